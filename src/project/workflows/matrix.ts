import type {Node} from '../documents/document.ts'
import {itemsOf, tableOf, type Values} from './values.ts'

/** What the expressions of a job stand for in one of its runs: `matrix.app`, `inputs.config`. */
export type Known = ReadonlyMap<string, string>

/** More runs than this are not told apart. */
const most = 64

/**
 * The runs of a job's matrix, each with the values of its keys (`matrix.app.name`); undefined where an expression makes
 * a part of it. GitHub's rules: each combination of the lists, without `exclude`; an entry of `include` adds to those that
 * it does not contradict, or else is one of its own.
 */
export function matrixRuns(matrix: Node | undefined, values: Values): Known[] | undefined {
  const table = tableOf(matrix)
  if (!table) return matrix === undefined ? [new Map()] : undefined
  const entries = (node: Node | undefined): Known[] | undefined => {
    if (node === undefined) return []
    return node.type === 'array' ? node.items.map((each) => flat(each, '')) : undefined
  }
  const [included, excluded] = [entries(table.entries.get('include')), entries(table.entries.get('exclude'))]
  if (!included || !excluded) return undefined
  let runs: Known[] = [new Map()]
  for (const [key, node] of table.entries) {
    if (key === 'include' || key === 'exclude') continue
    const options = node.type === 'array' ? node.items.map((each) => flat(each, key)) : []
    runs = runs.flatMap((run) => options.map((option) => new Map([...run, ...option])))
    if (options.length === 0 || runs.length > most) return undefined
  }
  runs = runs.filter((run) => !excluded.some((each) => [...each].every(([key, value]) => run.get(key) === value)))
  const crossed = runs.filter((run) => run.size > 0)
  const more: Known[] = []
  const added = crossed.map((run) => new Map(run))
  for (const each of included) {
    const fitting = crossed.flatMap((run, index) => (fits(each, run) ? [index] : []))
    for (const index of fitting) for (const [key, value] of each) added[index]?.set(key, value)
    if (fitting.length === 0) more.push(each)
  }
  const all: Known[] = [...added, ...more]
  if (all.length === 0 || all.length > most) return undefined
  return all.map((run) => new Map([...run].map(([key, value]) => [`matrix.${key}`, value])))

  function flat(node: Node | undefined, key: string): Known {
    return new Map(values.deep(node, key).map(({path, value}) => [path.replace(/^\./, ''), value.text]))
  }
}

const fits = (each: Known, run: Known): boolean =>
  [...each].every(([key, value]) => !run.has(key) || run.get(key) === value)

/** The labels that a matrix gives its runners under a key. */
export function matrixLabels(matrix: Node | undefined, key: string, values: Values): string[] {
  const entries = tableOf(matrix)?.entries
  const included = itemsOf(entries?.get('include')).map((each) => tableOf(each)?.entries.get(key))
  return [...itemsOf(entries?.get(key)), ...included].flatMap((each) => values.scalar(each)?.text ?? [])
}
