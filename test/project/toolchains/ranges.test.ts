import {describe, expect, it} from 'vitest'
import {type Dialect, everyOf, meets, parseRange} from '../../../src/project/toolchains/ranges.ts'

const accepts = (version: string, text: string, dialect: Dialect) => {
  const range = parseRange(text, dialect)
  return range && meets(everyOf(version), range)
}

describe('version ranges', () => {
  it.each<[Dialect, string, string, boolean | undefined]>([
    ['npm', '>=20', '18', false],
    ['npm', '>=18.18 <19 || >=20', '18', true],
    ['npm', '^18.18.0 || ^19.8.0 || >= 20.0.0', '18.17', false],
    ['npm', '20.x', '22', false],
    ['npm', '18 - 20', '20.5', true],
    ['npm', '18 - 20', '21', false],
    ['npm', '~18.2', '18.3', false],
    ['npm', '>18', '18', false],
    ['npm', '*', '8', true],
    ['npm', 'lts/*', '20', undefined],
    ['composer', '^8.2', '8.1', false],
    ['composer', '^7.4|^8.0', '8.5', true],
    ['composer', '~8.3.0 || ~8.4.0', '8.2', false],
    ['composer', '~8.3.0 || ~8.4.0', '8.5', false],
    ['composer', '~8.1', '8.4', true],
    ['composer', '>=8.1,<8.4', '8.4', false],
    ['composer', '8.2.*', '8.2', true],
    ['composer', '8.2', '8.2.29', false],
    ['composer', '^0.2.3', '0.3', false],
    ['composer', 'dev-main', '8.2', undefined],
    ['gem', '~> 3.2', '3.4', true],
    ['gem', '~> 3.2.1', '3.3', false],
    ['gem', '>= 3.1, < 3.4', '3.4', false],
    ['gem', '3.3.4', '3.3.5', false],
    ['gem', '~> 1.14 or ~> 1.17', '1.15', true],
    ['gem', '>= 1.14.0 and < 1.17.0', '1.17', false],
  ])('%s %s: %s is %s', (dialect, range, version, expected) => {
    expect(accepts(version, range, dialect)).toBe(expected)
  })
})
