import {escapePattern} from '../escape-pattern.ts'
import type {Instruction} from './parse.ts'

/** Arguments that BuildKit knows without an ARG (Dockerfile reference, "Predefined ARGs"). */
export const isPredefined = (name: string): boolean =>
  /^(?:(?:https?|ftp|no|all)_proxy|BUILDKIT_\w+|SOURCE_DATE_EPOCH|DOCKER_\w+|BUILD_CONTEXT_\w+)$/i.test(name)

/** The names of the ARGs, of which one instruction may declare several. */
export const declaredArguments = (instructions: readonly Instruction[]): Set<string> =>
  new Set(instructions.flatMap((each) => (each.keyword === 'ARG' ? namesGiven(each) : [])))

/** What an ARG or ENV gives a value: `A=1 B=2`, or the old `ENV A value`. */
export function namesGiven({keyword, words}: Instruction): string[] {
  if (keyword !== 'ARG' && keyword !== 'ENV') return []
  const names = words.map((word) => word.replace(/=.*$/s, ''))
  return keyword === 'ENV' && !words[0]?.includes('=') ? names.slice(0, 1) : names
}

/** A secret of the build that a RUN mounts. */
export interface SecretMount {
  id: string
  required: boolean
  /** Whether the RUN looks for its file (`[ -s /run/secrets/NAME ]`, `cat /run/secrets/NAME || true`), and so may do without. */
  isLookedFor: boolean
  at: Instruction['at']
}

/** `--mount=type=secret,id=NAME,required`: the id is by default the name of the file that it becomes. */
export function secretMounts({keyword, flags, text, at}: Instruction): SecretMount[] {
  if (keyword !== 'RUN') return []
  return flags.flatMap(([name, value]) => {
    const options = value.split(',').map((each) => each.split('='))
    const option = (...keys: string[]) => options.find(([key = '']) => keys.includes(key))?.[1]
    if (name !== 'mount' || option('type') !== 'secret') return []
    const file = option('target', 'dst', 'destination')
    const id = option('id') ?? file?.split('/').at(-1)
    if (!id) return []
    const required = options.some(([key, said]) => key === 'required' && said !== 'false')
    const place = escapePattern(file ?? `/run/secrets/${id}`)
    const looks = new RegExp(`\\s-[sefr]\\s+["']?${place}(?![\\w.-])|${place}["')]{0,3}\\s*(?:2>\\s*/dev/null|\\|\\|)`)
    return [{id, required, isLookedFor: !required && looks.test(text), at}]
  })
}
