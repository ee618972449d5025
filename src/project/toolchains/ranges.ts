/** The version ranges of the package managers. What one of them writes that is not understood here is no range. */

/** Three numbers. */
export type Version = readonly [major: number, minor: number, patch: number]

/** From a version on, up to another one that is no longer in it; without an end where that is undefined. */
export interface Span {
  from: Version
  to: Version | undefined
}

/** Any of its spans. */
export type Range = readonly Span[]

/** Whose rules: npm, Composer, and RubyGems, which Elixir's Version and pub share. */
export type Dialect = 'npm' | 'composer' | 'gem'

const compare = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]

const numbers = (text: string): number[] => text.split('.').map(Number)

const padded = ([major = 0, minor = 0, patch = 0]: readonly number[]): Version => [major, minor, patch]

/** The first version behind all that begin with these numbers. */
const after = (parts: readonly number[], count: number): Version =>
  padded(parts.slice(0, count).map((part, index) => (index === count - 1 ? part + 1 : part)))

/** `1.23` is every 1.23.x. */
export const everyOf = (text: string): Span => {
  const parts = numbers(text).slice(0, 3)
  return {from: padded(parts), to: after(parts, parts.length)}
}

export const atLeast = (text: string): Range => [{from: padded(numbers(text)), to: undefined}]

/** Whether one version at least is in both. */
export const meets = (span: Span, range: Range): boolean => range.some((each) => common(each, span) !== undefined)

/** From its oldest version on, without an end. */
export function withoutEnd(range: Range): Range {
  const [oldest] = range.map(({from}) => from).sort(compare)
  return oldest ? [{from: oldest, to: undefined}] : []
}

/** Whether every version of a range is newer than all that a span has: not another, but an older one is there. */
export const isBelow = ({to}: Span, range: Range): boolean =>
  to !== undefined && range.every(({from}) => compare(to, from) <= 0)

function common(a: Span, b: Span): Span | undefined {
  const from = compare(a.from, b.from) > 0 ? a.from : b.from
  const to = a.to && b.to ? (compare(a.to, b.to) < 0 ? a.to : b.to) : (a.to ?? b.to)
  return to && compare(from, to) >= 0 ? undefined : {from, to}
}

const comparator = /^(\^|~>|~|>=|<=|>|<|==?|)\s*v?(\d+(?:\.(?:\d+|[xX*]))*|\*|[xX])(?:-[\w.]*)?(?:\+[\w.]*)?$/

/** undefined where the text is not understood. */
export function parseRange(text: string, dialect: Dialect): Range | undefined {
  const range: Span[] = []
  for (const alternative of text.replace(/\s+/g, ' ').split(/\|\|?| or /)) {
    const all = allOf(alternative.trim(), dialect)
    if (!all) return undefined
    range.push(...all)
  }
  return range.length > 0 ? range : undefined
}

/** What all comparators of a list have in common; none where they exclude each other. */
function allOf(text: string, dialect: Dialect): Range | undefined {
  const hyphen = /^v?([\d.]+)\s+-\s+v?([\d.]+)$/.exec(text)
  const list = hyphen
    ? [`>=${hyphen[1]}`, `<=${hyphen[2]}`]
    : text
        .replace(/([\^~=<>]) /g, '$1')
        .split(/[ ,]+(?:and )?/)
        .filter(Boolean)
  let span: Span | undefined = {from: [0, 0, 0], to: undefined}
  for (const each of list) {
    const next = spanOf(each, dialect)
    if (!next) return undefined
    span = span && common(span, next)
  }
  return span ? [span] : []
}

function spanOf(text: string, dialect: Dialect): Span | undefined {
  const [, operator, version] = comparator.exec(text) ?? []
  if (operator === undefined || version === undefined) return undefined
  const written = version.split('.')
  const wild = written.findIndex((part) => !/^\d+$/.test(part))
  const parts = (wild < 0 ? written : written.slice(0, wild)).slice(0, 3).map(Number)
  if (parts.length === 0) return {from: [0, 0, 0], to: undefined}
  const from = padded(parts)
  // npm and a `*` mean every version that begins so; the others mean the one that ends in zeros.
  const last = dialect === 'npm' || wild >= 0 ? parts.length : 3
  switch (operator) {
    case '>=':
      return {from, to: undefined}
    case '>':
      return {from: after(from, last), to: undefined}
    case '<':
      return {from: [0, 0, 0], to: from}
    case '<=':
      return {from: [0, 0, 0], to: after(from, last)}
    case '^': {
      const leading = parts.findIndex((part) => part > 0)
      return {from, to: after(parts, (leading < 0 ? parts.length - 1 : leading) + 1)}
    }
    case '~>':
      return {from, to: after(parts, Math.max(1, parts.length - 1))}
    case '~':
      return {from, to: after(parts, dialect === 'npm' ? Math.min(2, parts.length) : Math.max(1, parts.length - 1))}
    default:
      return {from, to: after(from, last)}
  }
}
