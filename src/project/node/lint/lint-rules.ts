/** What Next.js makes an error of the lint of a build (each held against eslint 9 with eslint-config-next 15.5). */
import type {Span} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'
import {nodesOf} from '../source/syntax-nodes.ts'
import {reactRules} from './react-rules.ts'
import {typescriptRules} from './typescript-rules.ts'

export interface LintRule {
  /** As eslint calls it. */
  name: string
  /** The settings that have it; `next`: all that are not of TypeScript alone. */
  settings: 'next' | 'next/core-web-vitals' | 'next/typescript'
  /** What stands in the file. */
  what: string
  cure: string
  /** @param pages the addresses that have a page: `/`, `/about` */
  find: (file: TextFile, pages: ReadonlySet<string>) => Span[]
}

export const lintRules: readonly LintRule[] = [
  ...reactRules.map((rule) => ({...rule, settings: 'next' as const})),
  {
    name: '@next/next/no-html-link-for-pages',
    settings: 'next/core-web-vitals',
    what: 'an <a> that leads to a page of the app',
    cure: 'Write <Link href="/"> of next/link for it.',
    find: pageLinks,
  },
  ...typescriptRules.map((rule) => ({...rule, settings: 'next/typescript' as const})),
]

/** Where a file breaks a rule, and does not say that it may there; in the order of the text. */
export const lintFaults = (file: TextFile, rule: LintRule, pages: ReadonlySet<string>): Span[] =>
  rule
    .find(file, pages)
    .filter(({start}) => !isAllowed(file.text, start))
    .sort((one, other) => one.start - other.start)

/** `<a href="/">`, which does not open another window and saves nothing. */
function pageLinks(file: TextFile, pages: ReadonlySet<string>): Span[] {
  return nodesOf(file, 'JSXOpeningElement').flatMap(({node: {name, attributes, start}}) => {
    if (name.type !== 'JSXIdentifier' || name.name !== 'a') return []
    const values = new Map(
      attributes.flatMap((each) => (each.type === 'JSXAttribute' ? [[each.name.name, each.value]] : [])),
    )
    const href = values.get('href')
    if (values.has('target') || values.has('download') || href?.type !== 'StringLiteral') return []
    const address = href.value.replace(/[?#].*/s, '').replace(/(?<=.)\/$/, '')
    return pages.has(address) ? [{start: start ?? 0, end: (start ?? 0) + '<a'.length}] : []
  })
}

/** `// eslint-disable-next-line` */
function isAllowed(text: string, start: number): boolean {
  const end = text.indexOf('\n', start)
  const lines = text.slice(0, end < 0 ? text.length : end).split('\n')
  return /eslint-disable-line/.test(lines.at(-1) ?? '') || /eslint-disable-next-line/.test(lines.slice(-4).join('\n'))
}
