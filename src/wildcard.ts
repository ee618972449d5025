import {anyText, exactly, matcherOf} from './project/files/glob.ts'

/** Whether a text fits one of the patterns of preflight.toml, in which `*` stands for any text. */
export const fitsOne = (text: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) =>
    matcherOf(pattern.split(/(\*)/).flatMap((part) => (part === '*' ? [anyText] : exactly(part))))(text),
  )
