import type {FileLocation} from '../check.ts'
import type {Fact, Facts} from '../facts.ts'
import {newRevisions} from '../project/alembic/new-revisions.ts'
import {outcomeOf} from '../project/alembic/outcome.ts'
import type {Revision} from '../project/alembic/revision.ts'
import {plural} from '../wording.ts'
import {graphRows} from './revision-rows.ts'

/** alembic's environments as preflight sees them. */
export interface InspectedMigrations {
  config: string
  /** Where env.py stands, and the revisions. */
  scripts: string | null
  versions: string[]
  /** The heads first, each revision above its parents. */
  revisions: {
    id: string
    title: string
    parents: string[]
    dependsOn: string[]
    labels: string[]
    isHead: boolean
    /** The next deploy most likely brings it, and so the checks look at it. */
    isNew: boolean
    at: FileLocation
  }[]
  /** What is not new: what this commit has. Without one the heads are new, for `reason`. */
  since: {ref: string; commit: string; isMergeBase: boolean} | {reason: string}
  /** null where they cannot be told. */
  heads: string[] | null
  bases: string[]
  /** Files whose identifiers only Python can tell. */
  undetermined: string[]
  faults: {message: string; at: FileLocation}[]
  /** Of `alembic upgrade head`: `runs`, `fails`, `nothing` (it exits 0 and does nothing); null where it cannot be told. */
  upgradeHead: 'runs' | 'fails' | 'nothing' | null
  /** What of the deploy runs the upgrade. */
  upgrade: {by: string; command: string; at: FileLocation; certain: boolean} | null
}

type Environment = Facts['alembic']['environments'][number]

export const inspectMigrations = (
  {environments}: Facts['alembic'],
  since: Fact<Facts['since']>,
): InspectedMigrations[] =>
  environments.map((environment) => {
    const {graph, upgrade} = environment
    const base = since.state === 'ok' ? since.value : undefined
    const brought = newRevisions(environment, base)
    const heads = new Set(graph?.heads)
    const outcome = outcomeOf(environment)
    return {
      config: environment.config,
      scripts: environment.scriptFolder ?? null,
      versions: environment.versions,
      revisions: ordered(environment).map((revision) => ({
        id: revision.id,
        title: revision.title,
        parents: revision.down,
        dependsOn: revision.dependsOn,
        labels: revision.labels,
        isHead: heads.has(revision),
        isNew: brought.has(revision),
        at: revision.at,
      })),
      since:
        since.state === 'ok'
          ? {ref: since.value.ref, commit: since.value.commit, isMergeBase: since.value.isMergeBase}
          : {reason: since.reason},
      heads: graph ? graph.heads.map(({id}) => id) : null,
      bases: graph ? graph.bases.map(({id}) => id) : [],
      undetermined: environment.undetermined,
      faults: environment.faults.map(({message, at}) => ({message, at})),
      upgradeHead: outcome?.upgradeHead ?? null,
      upgrade: upgrade ? {by: upgrade.by, command: upgrade.command, at: upgrade.at, certain: upgrade.certain} : null,
    }
  })

/** Children above their parents; of several that could come next, the one that goes on with the line begun. */
function ordered({revisions}: Environment): Revision[] {
  const byId = new Map(revisions.map((revision) => [revision.id, revision]))
  const open = new Map<Revision, number>(revisions.map((revision) => [revision, 0]))
  const parents = (revision: Revision) =>
    [...new Set(revision.down)].flatMap((id) => {
      const parent = byId.get(id)
      return parent && parent !== revision ? [parent] : []
    })
  for (const revision of revisions) for (const each of parents(revision)) open.set(each, (open.get(each) ?? 0) + 1)
  const found: Revision[] = []
  const ready = revisions.filter((revision) => open.get(revision) === 0)
  for (let revision = ready.pop(); revision; revision = ready.pop()) {
    found.push(revision)
    for (const each of parents(revision)) {
      const left = (open.get(each) ?? 0) - 1
      open.set(each, left)
      if (left === 0) ready.push(each)
    }
  }
  // What follows itself in a circle comes last.
  const seen = new Set(found)
  return [...found, ...revisions.filter((revision) => !seen.has(revision))]
}

/** The graph for reading, heads on top. */
export function describeMigrations(environments: readonly InspectedMigrations[]): string {
  return environments.map(describe).join('\n')
}

/** What `alembic upgrade head` does, as a sentence without its end. */
export const upgradeInWords = (upgradeHead: InspectedMigrations['upgradeHead']): string =>
  ({
    runs: 'alembic upgrade head runs them',
    fails: 'alembic upgrade head fails',
    nothing: 'alembic upgrade head exits 0 and does nothing',
    unknown: 'What alembic upgrade head does, only Python can tell',
  })[upgradeHead ?? 'unknown']

const place = ({file, line}: FileLocation) => (line === undefined ? file : `${file}:${line}`)

function describe(environment: InspectedMigrations): string {
  const {config, scripts, revisions, heads, undetermined, faults, upgradeHead, upgrade, since} = environment
  const rows = graphRows(revisions)
  const labels = revisions.map(({id, labels: own, isHead, isNew, parents, dependsOn}) =>
    [
      id,
      ...(isNew && !('reason' in since) ? ['(new)'] : []),
      ...(isHead ? ['(head)'] : []),
      ...(parents.length === 0 ? ['(base)'] : parents.length > 1 ? ['(merge)'] : []),
      ...own.map((label) => `[${label}]`),
      ...(dependsOn.length > 0 ? [`needs ${dependsOn.join(', ')}`] : []),
    ].join(' '),
  )
  const drawn = Math.max(0, ...rows.map(({graph}) => graph.length))
  const named = Math.min(48, Math.max(0, ...labels.map((label) => label.length)))
  const lines = rows.map(({graph, index}) => {
    const revision = index === undefined ? undefined : revisions[index]
    if (!revision) return `  ${graph}`
    const file = place(revision.at).split('/').at(-1)
    const title =
      revision.title && `  ${revision.title.length > 60 ? `${revision.title.slice(0, 59)}…` : revision.title}`
    return `  ${graph.padEnd(drawn)}  ${(labels[index as number] as string).padEnd(named)}  ${file}${title}`
  })
  const outcome = upgradeInWords(upgradeHead)
  const count = heads === null ? '' : `, ${plural(heads.length, 'head')}`
  const by = upgrade
    ? `${upgrade.by} (${place(upgrade.at)}): ${upgrade.command}`
    : 'nothing in this deploy is seen to run them'
  return [
    `${config}  ${scripts ?? '(no folder of scripts found)'}`,
    `${plural(revisions.length, 'revision')}${count}`,
    '',
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    `${outcome}${heads && heads.length > 1 && upgradeHead === 'fails' ? `: ${heads.length} heads` : ''}`,
    `Run by: ${by}`,
    ...(revisions.length > 0 ? [`New: ${newInWords(environment)}`] : []),
    ...faults.map(({message, at}) => `! ${place(at)}  ${message}`),
    ...undetermined.map((path) => `? ${path}  its identifiers cannot be told without running it`),
    '',
  ].join('\n')
}

/** What counts as new, and why. */
export function newInWords({revisions, since}: InspectedMigrations): string {
  const count = revisions.filter(({isNew}) => isNew).length
  if ('reason' in since) {
    const heads = count === 1 ? 'the head' : 'the heads'
    return `${heads}, and perhaps what is below (${since.reason}); --since REF tells which`
  }
  const {ref, commit, isMergeBase} = since
  const what = count === 0 ? 'nothing' : plural(count, 'revision')
  return `${what} that ${isMergeBase ? `the merge base with ${ref}` : ref} (${commit.slice(0, 7)}) lacks`
}
