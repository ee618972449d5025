import {type Code, openBraces} from './code.ts'

/** Under a condition, or for one environment; a brace mostly stands on a line of its own. */
export function isConditional(code: Code, at: number): boolean {
  const before = (end: number) => /[^;{}]{0,300}$/.exec(code.bare.slice(Math.max(0, end - 300), end))?.[0] ?? ''
  return [at, ...openBraces(code, at)].some((end) => conditional.test(before(end)))
}

const conditional = /\b(?:if|else|case|switch|for|foreach|while|catch)\b|\?/
