import type {FileLocation} from '../../../check.ts'

/** One program with its arguments, as a shell text starts it. */
export interface Command {
  /** The program first; undefined where a word cannot be known. */
  words: (string | undefined)[]
  at: FileLocation
  /** It may not run, or its failure is caught: in an `if`, a loop, a function, or a list with `||`. */
  conditional: boolean
  /**
   * When it fails, the whole text fails: it is in the last statement, or under `set -e`, which a failure before the end
   * of an `&&` list does not meet, and one in the background never.
   */
  decisive: boolean
  /** A supervisor starts it, or a shell in the background, and goes on without it when it fails. */
  supervised?: boolean
  /** The files that its output goes to, `> log`, `>> log`, where there are such. */
  writes?: string[]
}

/** In characters. MAX_ARG_STRLEN of Linux: execve takes no longer argument or variable. */
export const longestArgument = 131_072

/** It runs, and when it fails, what started it fails. */
export const isCertain = ({conditional, decisive}: Command): boolean => !conditional && decisive

export type Variables = (name: string) => string | undefined
/** What offsets in a text are as a location. */
export type Place = (start: number, end: number) => FileLocation

/** The program's name without its folder; undefined where it cannot be known. */
export const programOf = ({words: [program]}: Pick<Command, 'words'>): string | undefined =>
  program?.slice(program.lastIndexOf('/') + 1)
