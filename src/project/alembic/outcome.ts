import type {AlembicEnvironment} from './environment.ts'

/** What alembic does with these files, as far as they tell; undefined where that cannot be told without running it. */
export interface Outcome {
  /** What `alembic heads` prints, in order; undefined where it fails. */
  heads: string[] | undefined
  /** Of `alembic upgrade head`; `nothing`: it exits 0 and runs no migration. */
  upgradeHead: 'runs' | 'fails' | 'nothing'
}

export function outcomeOf({faults, graph, read}: AlembicEnvironment): Outcome | undefined {
  const ends = new Set(faults.map((fault) => fault.ends))
  if (ends.has('load')) return {heads: undefined, upgradeHead: 'fails'}
  if (!read || !graph) return ends.has('upgrade') ? {heads: undefined, upgradeHead: 'fails'} : undefined
  // A revision ends Python before there is a graph.
  const quits = faults.some((fault) => fault.topic === 'revisions' && fault.ends === 'silent')
  if (quits) return {heads: [], upgradeHead: 'nothing'}
  const heads = graph.heads.map(({id}) => id).sort()
  if (ends.has('upgrade') || heads.length > 1) return {heads, upgradeHead: 'fails'}
  return {heads, upgradeHead: ends.has('silent') || heads.length === 0 ? 'nothing' : 'runs'}
}
