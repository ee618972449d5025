import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {Step} from './workflow.ts'

/** An image as a step builds it. Paths are from the top of the repository, and as they are written. */
export interface Built {
  at: FileLocation
  /** The references that it gives the image. */
  tags: string[]
  context: string
  dockerfile: string
  /** `NAME=value` each. */
  buildArgs: string[]
  target: string | undefined
  isPushed: boolean
}

const command = /\bdocker (?:buildx )?build(?=\s)((?:\$\{\{[^}\n]{0,300}\}\}|[^\n;&|])*)/g
const push = /\bdocker push (?:-q |--quiet )?((?:\$\{\{[^}\n]{0,300}\}\}|[^\s;&|])+)/g

/** Those with a value that change nothing of what is in the image, and those without one. */
const plain = new Set('--platform --label --cache-from --cache-to --progress --builder --provenance --sbom'.split(' '))
const alone = new Set('--push --pull --no-cache --load -q --quiet'.split(' '))
const named = new Map([
  ...['-t', '--tag'].map((each) => [each, 'tag'] as const),
  ...['-f', '--file'].map((each) => [each, 'file'] as const),
  ['--build-arg', 'argument'],
  ['--target', 'target'],
])

/** The commands `docker build` of a script, in order; undefined where one of them cannot be read. */
export function dockerBuilds({run, workingDirectory}: Step): Built[] | undefined {
  // In the same places: the ends of continued lines become blanks.
  const text = run?.text.replace(/\\\n/g, '  ') ?? ''
  const commands = [...text.matchAll(command)]
  if (!run || commands.length === 0) return []
  if (/\b(?:cd|pushd)\s/.test(text)) return undefined
  const folder = workingDirectory?.text ?? '.'
  const found = commands.map((match): Built | undefined => {
    const read = readWords(wordsOf(match[1] as string))
    if (!read) return undefined
    const {values, context} = read
    const file = values.get('file')?.[0]
    return {
      at: run.place(match.index, match.index + match[0].length),
      tags: values.get('tag') ?? [],
      context: posix.join(folder, context),
      dockerfile: posix.join(folder, file ?? posix.join(context, 'Dockerfile')),
      buildArgs: values.get('argument') ?? [],
      target: values.get('target')?.[0],
      isPushed: values.has('push'),
    }
  })
  return found.every((each) => each !== undefined) ? found : undefined
}

export const dockerPushes = ({run}: Step): string[] =>
  [...(run?.text ?? '').matchAll(push)].flatMap(([, reference = '']) => wordsOf(reference))

/** What else a script does. */
export const withoutDocker = (script: string): string =>
  script.replace(/\\\n/g, '  ').replace(command, '').replace(push, '')

const wordsOf = (text: string): string[] =>
  text
    .replace(/\$\{\{[^}]{0,300}\}\}/g, (each) => each.replace(/\s/g, ''))
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))

/** Undefined where a flag is not known, or there is not one context. */
function readWords(words: readonly string[]): {values: Map<string, string[]>; context: string} | undefined {
  const values = new Map<string, string[]>()
  const contexts: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string
    const [, flag = '', given] = /^(--?[a-z][\w-]*)(?:=(.*))?$/.exec(word) ?? []
    const name = named.get(flag)
    if (flag === '') contexts.push(word)
    else if (alone.has(flag)) values.set(flag.replace(/^-+/, ''), [])
    else if (name || plain.has(flag)) {
      const value = given ?? words[++index]
      if (value === undefined) return undefined
      if (name) values.set(name, [...(values.get(name) ?? []), value.replace(/^["']|["']$/g, '')])
    } else return undefined
  }
  const [context] = contexts
  return contexts.length === 1 && context ? {values, context} : undefined
}
