import {describe, expect, it} from 'vitest'
import {patternsOf, slowOn} from './patterns.ts'

describe('a regular expression that takes a time without bounds is found', () => {
  it.each([
    ['with each character twice as long', '/^(a+)+$/'],
    ['by two ways to read a flag', '/^npm( --?\\S+)*$/'],
    ['with the square of the blanks', '/\\s+$/'],
    ['with the square of what may begin it', '/a[^;]*from/'],
    ['with the square of the lines', '/^\\s*#/m'],
    ['by two parts that match the same', '/^a[ab]*[ac]*$/'],
  ])('%s', (_, pattern) => {
    expect(slowOn(pattern, 2000)).toBeDefined()
  })

  it.each(['/^\\s+$/', '/(?<!\\s)\\s+$/', '/import[^;]{0,500}from/', '/^[ \\t]*#/m', '/^(?:a|b)+$/', '/[a-z]+/g'])(
    'and %s is none',
    (pattern) => {
      expect(slowOn(pattern)).toBeUndefined()
    },
  )
})

it('those of the sources are found, also what is made of a text; npm run fuzz tries them all', () => {
  const patterns = patternsOf('src', 'checks', 'bin')
  expect(patterns.size).toBeGreaterThan(2000)
  expect([...patterns.keys()]).toContainEqual(expect.stringContaining('\\bname\\b'))
})
