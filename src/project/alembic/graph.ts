import type {Revision} from './revision.ts'

/** The graph that alembic builds of all revisions before any command (script/revision.py, RevisionMap). */
export interface RevisionGraph {
  /** What `head` means: revisions that no down_revision names. Each further file of a duplicated id stays one for ever. */
  heads: Revision[]
  /** What `heads` means: without those that another one depends on. */
  realHeads: Revision[]
  bases: Revision[]
  /** Files beyond the first that have the same id. */
  duplicates: Revision[]
  /** What ends every command; then the rest tells little. */
  problems: GraphProblem[]
}

export type GraphProblem =
  | {kind: 'parent' | 'dependency'; revision: Revision; name: string}
  | {kind: 'label'; revision: Revision; name: string; other: Revision}
  | {kind: 'circle' | 'dependency circle'; revisions: Revision[]}

export function revisionGraph(revisions: readonly Revision[]): RevisionGraph {
  const problems: GraphProblem[] = []
  const heads = new Set(revisions)
  const realHeads = new Set(revisions)
  const bases = revisions.filter(({down}) => down.length === 0)
  const duplicates: Revision[] = []
  // The last file of an id counts; the others are nobody's parents.
  const byId = new Map<string, Revision>()
  for (const revision of revisions) {
    if (byId.has(revision.id)) duplicates.push(revision)
    byId.set(revision.id, revision)
  }
  // Labels share the names of the ids, but only depends_on may use them.
  const names = new Map(byId)
  for (const revision of revisions) {
    for (const name of revision.labels) {
      const other = names.get(name)
      if (other) problems.push({kind: 'label', revision, name, other})
      else names.set(name, revision)
    }
  }
  const dependencies = new Map<Revision, Revision[]>()
  for (const revision of revisions) {
    const found: Revision[] = []
    for (const name of revision.dependsOn) {
      const other = names.get(name)
      if (other) found.push(other)
      else problems.push({kind: 'dependency', revision, name})
    }
    dependencies.set(revision, found)
  }
  const parents = new Map<Revision, Revision[]>()
  for (const revision of revisions) {
    const counts = byId.get(revision.id) === revision
    const found: Revision[] = []
    for (const name of new Set(revision.down)) {
      const parent = byId.get(name)
      if (parent) found.push(parent)
      else if (counts) problems.push({kind: 'parent', revision, name})
    }
    // The other files of an id stay heads, and lead to what they follow.
    parents.set(revision, found)
  }
  for (const revision of byId.values()) {
    for (const parent of parents.get(revision) ?? []) heads.delete(parent)
    for (const each of above(revision)) realHeads.delete(each)
  }

  // What follows itself is refused before there is a graph.
  for (const revision of revisions) {
    if (revision.down.includes(revision.id)) problems.push({kind: 'circle', revisions: [revision]})
    else if (dependencies.get(revision)?.some(({id}) => id === revision.id))
      problems.push({kind: 'dependency circle', revisions: [revision]})
  }
  if (problems.length === 0) {
    const circle = outside(byId, heads, bases, (revision) => parents.get(revision) ?? [])
    const realBases = bases.filter(({dependsOn}) => dependsOn.length === 0)
    const hasDependencies = revisions.some(({dependsOn}) => dependsOn.length > 0)
    const wider = circle.length > 0 || !hasDependencies ? [] : outside(byId, realHeads, realBases, above)
    if (circle.length > 0) problems.push({kind: 'circle', revisions: circle})
    if (wider.length > 0) problems.push({kind: 'dependency circle', revisions: wider})
  }
  return {heads: [...heads], realHeads: [...realHeads], bases, duplicates, problems}

  function above(revision: Revision): Revision[] {
    return [...(parents.get(revision) ?? []), ...(dependencies.get(revision) ?? [])]
  }
}

/** Revisions that are not both above a base and below a head: they follow each other in a circle (_detect_cycles). */
function outside(
  byId: ReadonlyMap<string, Revision>,
  heads: Iterable<Revision>,
  bases: readonly Revision[],
  above: (revision: Revision) => readonly Revision[],
): Revision[] {
  const children = new Map<Revision, Revision[]>()
  for (const revision of byId.values()) {
    for (const parent of above(revision)) {
      const known = children.get(parent)
      if (known) known.push(revision)
      else children.set(parent, [revision])
    }
  }
  const ancestors = reach(heads, above)
  const descendants = reach(bases, (revision) => children.get(revision) ?? [])
  const [below, over] = [ancestors, descendants].map((each) => new Set([...each].map(({id}) => id)))
  return [...byId.values()].filter(({id}) => !(below?.has(id) && over?.has(id)))
}

function reach(from: Iterable<Revision>, next: (revision: Revision) => readonly Revision[]): Set<Revision> {
  const reached = new Set<Revision>()
  const open = [...from]
  for (let revision = open.pop(); revision; revision = open.pop()) {
    if (reached.has(revision)) continue
    reached.add(revision)
    open.push(...next(revision))
  }
  return reached
}
