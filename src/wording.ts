/** A text of the project in a sentence: in quotes, so that one sees where it ends. */
export const quote = (text: string): string => JSON.stringify(text)

/** The beginning of a text, where the whole would fill the report. */
export const shorten = (text: string, most = 40): string => (text.length > most ? `${beginning(text, most)}…` : text)

/** So many characters at most, the last of them no half one. */
export const beginning = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '')

/** `a`, `a and b`, `a, b and c` */
export const inSeries = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** The first of many, where all would fill the report: `a, b and 3 more`. */
export const firstOf = (words: readonly string[], most: number): string =>
  words.length > most ? `${words.slice(0, most).join(', ')} and ${words.length - most} more` : words.join(', ')

/** What a value may be: `"http" or "tcp"`, `1, 2 or 4`. */
export function oneOf(values: readonly (string | number)[]): string {
  const words = values.map((value) => JSON.stringify(value))
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** Where a package of Python is to be added: to a list of the project, or else to a command of the Dockerfile. */
export const listOf = (file: string | undefined): string =>
  file && /\.(?:txt|in|toml|cfg|py|lock|ya?ml)$|(?:^|\/)Pipfile$/.test(file) ? file : 'what the Dockerfile installs'

/** `1 machine`, `2 machines` */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Behind what is told of the first of several steps: ` (and so at 2 other steps of the workflow)`. */
export const andOtherSteps = ({length}: readonly unknown[]): string =>
  length > 0 ? ` (and so at ${plural(length, 'other step')} of the workflow)` : ''

/** What JSON.parse says is wrong, without the text: the file may be any. */
export const jsonFault = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/, ".*$/s, '').split('\n')[0] as string
