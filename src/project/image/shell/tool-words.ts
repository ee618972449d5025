/** How the words behind a program are read, for what it reads of the project. */

/** A file that a command reads: any one of these, relative to the folder that it runs in. */
export interface Read {
  files: readonly string[]
  /** What becomes of the command without it; undefined: it stops. */
  without?: string
  /** A folder above may have it too. */
  above?: boolean
  /** The command stops only where none of these is there either; else `without` is told. */
  unless?: readonly string[]
}

export type Words = readonly string[]

/** What a program reads, by the words behind its name. */
export type Tools = Readonly<Record<string, (words: Words) => Read[]>>

/** The value of a flag, in either spelling. */
export function flag(words: Words, ...names: string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    const [name = '', value] = word.split(/=(.*)/s)
    if (names.includes(name)) return value ?? words[index + 1]
  }
  return undefined
}

/** The words that are no flags; what stands behind one of `valued` is its value. */
export function plain(words: Words, valued: Words = []): string[] {
  return words.filter((word, index) => !word.startsWith('-') && !valued.includes(words[index - 1] ?? ''))
}

export const named = (file: string | undefined): Read[] => (file ? [{files: [file]}] : [])
export const either = (file: string | undefined, otherwise: Read): Read[] => (file ? named(file) : [otherwise])
