import {describe, expect, it} from 'vitest'
import {History} from '../../src/project/image/history.ts'

describe('the variables at one moment', () => {
  const variables = new History([['PATH', '/bin']])
  variables.set('A', '1')
  const then = variables.now()
  variables.set('A', '2')
  variables.set('B', '3')

  it('stay what they were', () => {
    expect(then.get('A')).toBe('1')
    expect(variables.get('A')).toBe('2')
    expect(variables.now().get('A')).toBe('2')
  })

  it('know nothing of what is set later', () => {
    expect(then.has('B')).toBe(false)
    expect([...then.keys()]).toEqual(['PATH', 'A'])
    expect([...then.values()]).toEqual(['/bin', '1'])
  })

  it('are handed on to a stage that is built on this one', () => {
    expect([...new History(variables)]).toEqual([...variables])
  })
})
