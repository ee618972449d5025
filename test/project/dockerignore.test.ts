import {describe, expect, it} from 'vitest'
import {ignoreRules} from '../../src/project/context/dockerignore.ts'

const leftOut = (lines: string, paths: string) => paths.split(' ').filter((path) => ignoreRules(lines).ignores(path))

describe('.dockerignore', () => {
  it.each([
    ['node_modules', 'node_modules node_modules/a/b app/node_modules node_modulesx', 'node_modules node_modules/a/b'],
    ['/dist/', 'dist dist/a a/dist', 'dist dist/a'],
    ['./dist', 'dist a/dist', 'dist'],
    ['*.md', 'a.md b/a.md a.mdx', 'a.md'],
    ['**/*.md', 'a.md b/c/a.md a.mdx', 'a.md b/c/a.md'],
    ['**/dist', 'dist a/b/dist a/b/dist/c xdist', 'dist a/b/dist a/b/dist/c'],
    ['**dist', 'dist a/dist xdist', 'dist a/dist xdist'],
    ['a/**', 'a a/b a/b/c ab', 'a/b a/b/c'],
    ['a/**/b', 'a/b a/x/y/b a/x/yb ab', 'a/b a/x/y/b'],
    [
      'a/**/__tests__/**/*.test.*',
      'a/__tests__/x.test.ts a/b/__tests__/c/d/x.test.ts a/x.test.ts',
      'a/__tests__/x.test.ts a/b/__tests__/c/d/x.test.ts',
    ],
    ['?.txt', 'a.txt ab.txt /.txt', 'a.txt'],
    ['[a-c].txt', 'a.txt d.txt', 'a.txt'],
    ['[^a].txt', 'a.txt d.txt', 'd.txt'],
    ['\\*.txt', '*.txt a.txt', '*.txt'],
    // What means something to a regular expression only (escapeBytes of moby/patternmatcher).
    ['app/(group)/page+$.{x}|y', 'app/(group)/page+$.{x}|y app/group/page', 'app/(group)/page+$.{x}|y'],
    ['*\n!keep', 'a keep keep/b', 'a'],
    ['a\n!a/b\na/b/c', 'a a/b a/b/c a/b/d', 'a a/b/c'],
    ['# a\n #b', 'a #b', '#b'],
  ])('%j', (lines, paths, expected) => {
    expect(leftOut(lines, paths).join(' ')).toBe(expected)
  })

  it.each(['[a', '!', '! /', '[z-a]', 'a/[b-'])('Docker cannot read %s', (pattern) => {
    expect(ignoreRules(`a\n${pattern}\n`).badPattern).toBe(pattern)
  })

  it('a name that is longer than any path fits none', () => {
    expect(ignoreRules(`b\n${'a'.repeat(100_000)}\n`)).toMatchObject({badPattern: undefined})
    expect(leftOut(`b\n${'a'.repeat(100_000)}\n`, 'a b')).toEqual(['b'])
  })

  it('stars without end take no time without end', () => {
    const rules = ignoreRules(`${'*a'.repeat(100)}*b\n${'**/a/'.repeat(100)}b\n(a+)+$\n`)
    expect(rules.ignores('a'.repeat(3000))).toBe(false)
    expect(rules.ignores(`${'a/'.repeat(1500)}c`)).toBe(false)
    expect(rules.ignores(`x${'a'.repeat(200)}b`)).toBe(true)
  })
})
