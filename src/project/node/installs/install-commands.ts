import {rootImage} from '../../dockerfile/parse.ts'
import {plainName} from '../../image/base/base-images.ts'
import type {Moment} from '../../image/moment.ts'
import {type Command, programOf} from '../../image/shell/command.ts'

/** What installs a workspace. */
export type WorkspaceManager = 'bun' | 'npm' | 'pnpm' | 'yarn'

export const isFilter = /^(?:--filter|-F)/

/** Up to 1.3 a frozen lock must fit what is there; 1.4 leaves out members that are not (tried with 1.3.14 and 1.4.0). */
export function isFrozenBun({words}: Command, {stage}: Moment): boolean {
  const [, minor] = /^oven\/bun:1\.(\d+)/.exec(plainName(rootImage(stage) ?? '')) ?? []
  const isFrozen = words.some((word) => /^(?:ci|--frozen-lockfile|--production|-p)$/.test(word ?? ''))
  return isFrozen && minor !== undefined && Number(minor) < 4
}

/** pnpm goes by the lock file alone in CI, else only when it is told to (tried with 7, 8, 9 and 10). */
export const isFrozenPnpm = ({words}: Command, {env, instruction}: Moment): boolean =>
  words.includes('--frozen-lockfile') ||
  (([...env.keys()].some((name) => /^CI$|frozen_lockfile$/i.test(name)) ||
    /\bCI=|frozen_lockfile=/i.test(instruction.text)) &&
    !words.some((word) => word?.includes('frozen')))

/** `pnpm --filter app deploy /out`: pnpm looks for what the root and the package name of the workspace up to 11 (tried with 8, 9, 10 and 11.0). */
export function isPnpmDeploy({words, conditional, decisive}: Command): boolean {
  if (words[0] !== 'pnpm' || conditional || !decisive) return false
  const verb = words.find(
    (word, index) => index > 0 && word && !word.startsWith('-') && !/^(?:--filter|-F)$/.test(words[index - 1] ?? ''),
  )
  return verb === 'deploy' && !words.some((word) => /^(?:-C|--dir)\b/.test(word ?? ''))
}

/** The program, when a command installs the whole workspace. */
export function installOf(command: Command): WorkspaceManager | undefined {
  const {words, conditional, decisive} = command
  if (conditional || !decisive || words.includes(undefined)) return undefined
  const [, ...rest] = words as string[]
  const flags = rest.filter((word) => word.startsWith('-'))
  const [verb, ...others] = rest.filter(
    (word, index) => !word.startsWith('-') && !/^(?:--filter|-F)$/.test(rest[index - 1] ?? ''),
  )
  // A part only, another folder, or packages by name.
  if (others.length > 0) return undefined
  if (
    flags.some((flag) =>
      /^(?:--workspace|-w$|--cwd|--dir|-C|-g$|--global|--prefix|--lockfile-only|--no-(?!frozen-lockfile$))/.test(flag),
    )
  )
    return undefined
  const isFiltered = flags.some((flag) => isFilter.test(flag))
  if (isFiltered && programOf(command) !== 'bun') return undefined
  switch (programOf(command)) {
    case 'bun':
      return /^(?:install|i|ci)$/.test(verb ?? '') ? 'bun' : undefined
    case 'pnpm':
      return /^(?:install|i)$/.test(verb ?? '') ? 'pnpm' : undefined
    case 'npm':
      return /^(?:install|i)$/.test(verb ?? '') ? 'npm' : undefined
    case 'yarn':
      return flags.includes('--immutable') && (verb === undefined || verb === 'install') ? 'yarn' : undefined
    default:
      return undefined
  }
}
