import {describe, expect, it} from 'vitest'
import {AptNames} from '../../src/project/image/packages/apt-names.ts'

const names = new AptNames(
  'bookworm trixie noble\n^node-|-doc$\ncurl 7\nlibicu72 1\nlibicu74 4\nlibicu76 2\nlibllvm10 2\nlibllvm9 2\nlibicu-dev 7\nnetcat-openbsd 7\n',
)

describe('the packages of a release', () => {
  it('are known by their whole names', () => {
    expect(names.has('trixie', 'curl')).toBe(true)
    expect(names.has('trixie', 'cur')).toBe(false)
    expect(names.has('trixie', 'libicu72')).toBe(false)
    expect(names.has('bookworm', 'libicu72')).toBe(true)
  })

  it('are not known of other releases and of families that are left out', () => {
    expect(names.has('buster', 'curl')).toBeUndefined()
    expect(names.has('trixie', 'node-express')).toBeUndefined()
    expect(names.has('trixie', 'curl-doc')).toBeUndefined()
  })

  it('are matched by a name that is a regular expression', () => {
    expect(names.match('trixie', 'libicu7.')).toBe(true)
    expect(names.match('trixie', 'netcat++')).toBe(true)
    expect(names.match('trixie', 'libicu.4')).toBe(false)
  })

  it('are looked for by another version, by a name that is like it, and in another release of the same distribution', () => {
    expect(names.versionsOf('trixie', 'libicu72')).toEqual(['libicu76'])
    expect(names.versionsOf('trixie', 'libllvm13')).toEqual(['libllvm9', 'libllvm10'])
    expect(names.versionsOf('trixie', 'curl')).toEqual([])
    expect(names.like('trixie', 'netcat-openbds')).toBe('netcat-openbsd')
    expect(names.like('trixie', 'netcat')).toBeUndefined()
    expect(names.lastWith('trixie', 'libicu72')).toBe('bookworm')
    expect(names.lastWith('trixie', 'libicu74')).toBeUndefined()
  })
})
