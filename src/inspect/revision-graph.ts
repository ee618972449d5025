import {laneSteps} from './lanes.ts'
import type {InspectedMigrations} from './migrations.ts'

type Revision = InspectedMigrations['revisions'][number]

/** A graph of revisions for a picture: each in a lane, long lines of them shortened. */
export interface RevisionGraph {
  /** Children above their parents. */
  rows: (
    | {kind: 'revision'; lane: number; revision: Revision}
    /** Revisions that follow each other, with nothing to tell of them. */
    | {kind: 'more'; lane: number; count: number}
  )[]
  /** From a row down to one of its parents' rows, in a lane. */
  edges: {from: number; to: number; lane: number}[]
  lanes: number
}

/** So many revisions on either side of an end or a junction stay; a line between is shortened. */
const near = 3

export function revisionGraph(revisions: readonly Revision[]): RevisionGraph {
  const nodes = shortened(revisions)
  const steps = laneSteps(nodes)
  const rowOf = new Map(nodes.map(({id}, index) => [id, index]))
  return {
    rows: steps.map(({index, lane}) => {
      const {revision, count} = nodes[index] as Node
      return revision ? {kind: 'revision', lane, revision} : {kind: 'more', lane, count}
    }),
    edges: steps.flatMap(({index, ways}) =>
      ways.map(({parent, lane}) => ({from: index, to: rowOf.get(parent) as number, lane})),
    ),
    lanes: Math.max(0, ...steps.map(({after, before}) => Math.max(after.length, before.length))),
  }
}

/** A revision, or several that follow each other: these have the id of the first. */
interface Node {
  id: string
  parents: readonly string[]
  revision: Revision | undefined
  count: number
}

/** Runs of revisions that have one parent and one child each are left out but for the ends. */
function shortened(revisions: readonly Revision[]): Node[] {
  const children = new Map<string, number>()
  for (const {parents} of revisions)
    for (const parent of new Set(parents)) children.set(parent, (children.get(parent) ?? 0) + 1)
  const isPlain = ({id, parents, labels, dependsOn}: Revision) =>
    parents.length === 1 && children.get(id) === 1 && labels.length === 0 && dependsOn.length === 0
  const nodes: Node[] = []
  for (let index = 0; index < revisions.length; ) {
    let end = index
    // They must also stand one behind another, as the lines of a graph with several do not always.
    while (isPlainAt(end) && revisions[end]?.parents[0] === revisions[end + 1]?.id) end++
    const line = revisions.slice(index, Math.max(end, index + 1))
    if (line.length > near * 2 + 1) {
      const hidden = line.slice(near, -near) as [Revision, ...Revision[]]
      nodes.push(...line.slice(0, near).map(node))
      nodes.push({id: hidden[0].id, parents: hidden.at(-1)?.parents ?? [], revision: undefined, count: hidden.length})
      nodes.push(...line.slice(-near).map(node))
    } else nodes.push(...line.map(node))
    index += line.length
  }
  return nodes

  function isPlainAt(index: number): boolean {
    const revision = revisions[index]
    return revision !== undefined && isPlain(revision)
  }
}

const node = (revision: Revision): Node => ({id: revision.id, parents: revision.parents, revision, count: 1})
