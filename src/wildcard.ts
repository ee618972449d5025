import {escapePattern} from './project/escape-pattern.ts'

/** Whether a text fits one of the patterns of preflight.toml, in which `*` stands for any text. */
export const fitsOne = (text: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => new RegExp(`^${pattern.split('*').map(escapePattern).join('.*')}$`, 's').test(text))
