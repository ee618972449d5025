import {describe, expect, it} from 'vitest'
import {revisionGraph} from '../../src/inspect/revision-graph.ts'

/** Revisions from their ids and their parents', heads first. */
const graphOf = (...written: [id: string, ...parents: string[]][]) =>
  revisionGraph(
    written.map(([id, ...parents]) => ({
      id,
      parents,
      title: '',
      dependsOn: [],
      labels: [],
      isHead: false,
      isNew: false,
      at: {file: `${id}.py`},
    })),
  )

/** Each row as its lane and what stands in it. */
const rows = ({rows: all}: ReturnType<typeof graphOf>) =>
  all.map((row) => `${row.lane}:${row.kind === 'more' ? `+${row.count}` : row.revision.id}`)

describe('the graph of revisions for a picture', () => {
  it('is one lane for a line', () => {
    const graph = graphOf(['c', 'b'], ['b', 'a'], ['a'])
    expect(rows(graph)).toEqual(['0:c', '0:b', '0:a'])
    expect(graph.edges).toEqual([
      {from: 0, to: 1, lane: 0},
      {from: 1, to: 2, lane: 0},
    ])
    expect(graph.lanes).toBe(1)
  })

  it('leads a merge back along both lines', () => {
    const graph = graphOf(['m', 'x', 'y'], ['y', 'a'], ['x', 'a'], ['a'])
    expect(rows(graph)).toEqual(['0:m', '1:y', '0:x', '0:a'])
    expect(graph.edges).toEqual([
      {from: 0, to: 2, lane: 0},
      {from: 0, to: 1, lane: 1},
      {from: 1, to: 3, lane: 1},
      {from: 2, to: 3, lane: 0},
    ])
    expect(graph.lanes).toBe(2)
  })

  it('shortens a long line, and keeps what is near its ends', () => {
    const ids = Array.from({length: 2000}, (_, index) => String(2000 - index))
    const graph = graphOf(...ids.map((id, index): [string, ...string[]] => [id, ...ids.slice(index + 1, index + 2)]))
    expect(rows(graph)).toEqual(
      ['2000', '1999', '1998', '1997', '+1992', '4', '3', '2', '1'].map((each) => `0:${each}`),
    )
    expect(graph.edges).toHaveLength(8)
  })

  it('has no way to a parent that is not there, and none for a revision that follows itself', () => {
    expect(graphOf(['a', 'gone']).edges).toEqual([])
    expect(graphOf(['a', 'a']).edges).toEqual([])
    expect(graphOf()).toEqual({rows: [], edges: [], lanes: 0})
  })
})
