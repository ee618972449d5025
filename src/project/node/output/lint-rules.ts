/** What Next.js makes an error of the lint of a build (each held against eslint 9 with eslint-config-next 15.5). */
import type {Span} from '../../code/code.ts'
import type {TextFile} from '../../text.ts'
import {reactRules} from './react-rules.ts'
import {typescriptRules} from './typescript-rules.ts'

export interface LintRule {
  /** As eslint calls it. */
  name: string
  /** The settings that have it: those of all projects, or those of TypeScript. */
  settings: 'next' | 'next/typescript'
  /** What stands in the file. */
  what: string
  cure: string
  find: (file: TextFile) => Span[]
}

export const lintRules: readonly LintRule[] = [
  ...reactRules.map((rule) => ({...rule, settings: 'next' as const})),
  ...typescriptRules.map((rule) => ({...rule, settings: 'next/typescript' as const})),
]

/** Where a file breaks a rule, and does not say that it may there. */
export const lintFaults = (file: TextFile, rule: LintRule): Span[] =>
  rule.find(file).filter(({start}) => !isAllowed(file.text, start))

/** `// eslint-disable-next-line` */
function isAllowed(text: string, start: number): boolean {
  const end = text.indexOf('\n', start)
  const lines = text.slice(0, end < 0 ? text.length : end).split('\n')
  return /eslint-disable-line/.test(lines.at(-1) ?? '') || /eslint-disable-next-line/.test(lines.slice(-4).join('\n'))
}
