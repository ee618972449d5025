import {posix} from 'node:path'
import {longestPath} from '../files/image-path.ts'
import type {Command} from './command.ts'

/** Goes to another folder. */
export const isMove = ({words: [program]}: Pick<Command, 'words'>): boolean => /^(?:cd|pushd|popd)$/.test(program ?? '')

/**
 * The folder that each of some commands runs in, where the first of them runs in `from`; undefined behind one that goes
 * somewhere unknown: `cd -`, `cd app*`, `cd "$HOME"`, and a `cd` that may not run.
 */
export function foldersOf(
  commands: readonly Pick<Command, 'words' | 'conditional'>[],
  from: string | undefined,
): (string | undefined)[] {
  let folder = from
  return commands.map((command) => {
    const here = folder
    if (isMove(command)) folder = here === undefined || command.conditional ? undefined : target(here, command.words)
    return here
  })
}

function target(from: string, [program, to, more]: Command['words']): string | undefined {
  if (program !== 'cd' || to === undefined || more !== undefined || /^[-~]|[*?]/.test(to)) return undefined
  const folder = posix.resolve(from, to)
  return folder.length < longestPath ? folder : undefined
}
