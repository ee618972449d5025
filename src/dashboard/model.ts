import {compare} from '../compare.ts'
import {groupBy} from '../group-by.ts'
import {worst} from '../severity.ts'
import type {Run, RunFinding} from './run.ts'

/** One app with its runs, the oldest first. */
export interface App {
  name: string
  /** The file of its page, below `apps/`. */
  page: string
  runs: Run[]
  newest: Run
  /** The first of the runs that ended as the newest one did, without another verdict in between. */
  since: Run
}

/** A check that has found something in one of the newest runs, or earlier. */
export interface FiringCheck {
  id: string
  title: string
  /** Apps in whose newest run it fires. */
  apps: App[]
  /** Runs in which it fired. */
  runs: number
  /** The worst of what it finds now; where it is silent now, of what it found. */
  severity: RunFinding['severity']
}

export function appsOf(runs: readonly Run[]): App[] {
  const pages = new Set<string>()
  return [...groupBy(runs, ({app}) => app)]
    .sort(([a], [b]) => compare(a, b))
    .map(([name, own]) => {
      const sorted = own.sort((a, b) => compare(a.startedAt, b.startedAt) || compare(a.file, b.file))
      const newest = sorted.at(-1) as Run
      const changed = sorted.findLastIndex(({verdict}) => verdict !== newest.verdict)
      return {name, page: pageOf(name, pages), runs: sorted, newest, since: sorted[changed + 1] as Run}
    })
}

/** A file name on every disk, whatever the app is called; no two are the same. */
function pageOf(name: string, taken: Set<string>): string {
  const plain =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'app'
  let page = plain
  for (let number = 2; taken.has(page); number++) page = `${plain}-${number}`
  taken.add(page)
  return `${page}.html`
}

/** Those that fire in most apps now first, then those that fired in most runs. */
export function firingChecks(apps: readonly App[]): FiringCheck[] {
  const found = new Map<string, {apps: App[]; runs: number; now: RunFinding[]; ever: RunFinding[]}>()
  for (const app of apps) {
    for (const run of app.runs) {
      for (const [id, findings] of groupBy(run.findings, ({check}) => check)) {
        const check = found.get(id) ?? {apps: [], runs: 0, now: [], ever: []}
        found.set(id, check)
        check.runs++
        check.ever.push(...findings)
        if (run !== app.newest) continue
        check.apps.push(app)
        check.now.push(...findings)
      }
    }
  }
  return [...found]
    .map(([id, {apps: own, runs, now, ever}]): FiringCheck => {
      const counted = now.length > 0 ? now : ever
      return {id, title: (counted.at(-1) as RunFinding).title, apps: own, runs, severity: worst(counted) ?? 'info'}
    })
    .sort((a, b) => b.apps.length - a.apps.length || b.runs - a.runs || compare(a.id, b.id))
}

/** Runs per span of days, the oldest first. */
export interface Span {
  from: string
  go: number
  noGo: number
}

/** At most so many spans, of as many whole days each as that takes. */
export function spansOf(runs: readonly Run[], most = 60): Span[] {
  const days = runs.map(({startedAt}) => Math.floor(Date.parse(startedAt) / dayMs))
  const first = days.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const last = days.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (runs.length === 0) return []
  const length = Math.ceil((last - first + 1) / most)
  const spans = Array.from({length: Math.floor((last - first) / length) + 1}, (_, index): Span => {
    return {from: new Date((first + index * length) * dayMs).toISOString().slice(0, 10), go: 0, noGo: 0}
  })
  runs.forEach(({verdict}, index) => {
    const span = spans[Math.floor(((days[index] as number) - first) / length)] as Span
    if (verdict === 'go') span.go++
    else span.noGo++
  })
  return spans
}

const dayMs = 24 * 60 * 60 * 1000

/** The orders of the list of apps, each on a page of its own: they need no script. */
export const orders: readonly {page: string; title: string; sort(a: App, b: App): number}[] = [
  {
    page: 'index.html',
    title: 'what is blocked first',
    sort: (a, b) => Number(a.newest.verdict === 'go') - Number(b.newest.verdict === 'go') || compare(a.name, b.name),
  },
  {page: 'by-name.html', title: 'name', sort: (a, b) => compare(a.name, b.name)},
  {
    page: 'by-findings.html',
    title: 'errors and warnings',
    sort: (a, b) =>
      b.newest.summary.errors - a.newest.summary.errors ||
      b.newest.summary.warnings - a.newest.summary.warnings ||
      compare(a.name, b.name),
  },
  {
    page: 'by-last-run.html',
    title: 'last run',
    sort: (a, b) => compare(b.newest.startedAt, a.newest.startedAt) || compare(a.name, b.name),
  },
]
