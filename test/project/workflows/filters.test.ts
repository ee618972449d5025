import {expect, it} from 'vitest'
import {passes} from '../../../src/project/workflows/filters.ts'

it.each([
  ['src/app/main.ts', ['src/**'], true],
  ['README.md', ['**/README.md'], true],
  ['docs/README.md', ['*.md'], false],
  ['a/b.js', ['**.js'], true],
  ['fly.toml', ['src/**', 'fly.toml'], true],
  ['src/a.md', ['src/**', '!**.md'], false],
  ['src/keep.md', ['src/**', '!**.md', 'src/keep.md'], true],
  ['release/1', ['release/[0-9]+'], true],
  ['feature/a/b', ['feature/*'], false],
  ['a.b', ['a?b'], false],
  ['ab', ['a?b'], true],
])('%s and %j: %s', (name, patterns, expected) => {
  expect(passes(name, patterns)).toBe(expected)
})

it('does not try what it cannot read', () => {
  expect(passes('a', ['*'.padEnd(40, '?*')])).toBeUndefined()
})
