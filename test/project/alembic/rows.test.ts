import {describe, expect, it} from 'vitest'
import {graphRows} from '../../../src/inspect/revision-rows.ts'

/** Revisions as `id` or `id: parent parent`, the heads first. */
const draw = (...lines: string[]) => {
  const revisions = lines.map((line) => {
    const [id = '', parents = ''] = line.split(': ')
    return {id, parents: parents.split(' ').filter(Boolean)}
  })
  return graphRows(revisions).map(({graph, index}) =>
    index === undefined ? graph : `${graph} ${revisions[index]?.id}`,
  )
}

describe('the drawing of a revision graph', () => {
  it('a line of forty is forty dots', () => {
    const line = Array.from({length: 40}, (_, index) => (index === 39 ? '0' : `${39 - index}: ${38 - index}`))
    expect(draw(...line)).toEqual(Array.from({length: 40}, (_, index) => `● ${39 - index}`))
  })

  it('a fork has two heads', () => {
    expect(draw('d: c', 'c: a', 'b: a', 'a')).toEqual(['● d', '● c', '│ ● b', '├─╯', '● a'])
  })

  it('a merge parts, and a branch point joins', () => {
    expect(draw('d: b c', 'c: a', 'b: a', 'a')).toEqual(['● d', '├─╮', '│ ● c', '● │ b', '├─╯', '● a'])
  })

  it('a merge of three', () => {
    expect(draw('e: b c d', 'd: a', 'c: a', 'b: a', 'a')).toEqual([
      '● e',
      '├─┬─╮',
      '│ │ ● d',
      '│ ● │ c',
      '● │ │ b',
      '├─┴─╯',
      '● a',
    ])
  })

  it('a lane that is there already is joined', () => {
    expect(draw('d: b c', 'b: a c', 'c: a', 'a')).toEqual(['● d', '├─╮', '● │ b', '├─┤', '│ ● c', '├─╯', '● a'])
  })

  it('two lines that nothing joins', () => {
    expect(draw('b: a', 'a', 'd: c', 'c')).toEqual(['● b', '● a', '● d', '● c'])
  })

  it('a parent that is missing', () => {
    expect(draw('c: b', 'b: gone')).toEqual(['● c', '● b'])
  })
})
