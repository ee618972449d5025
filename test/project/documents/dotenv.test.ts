import {describe, expect, it} from 'vitest'
import {dotenvSettings} from '../../../src/project/documents/dotenv.ts'
import {TextFile} from '../../../src/project/files/text.ts'

const read = (text: string) =>
  dotenvSettings(new TextFile('.env', '/.env', text)).map(({name, value, at}) => [
    name,
    value,
    `${at.line}:${at.column}`,
  ])

describe('a file of settings', () => {
  it('is read as dotenv reads it, with the place of each name', () => {
    expect(
      read('# A=0\nA=1 # one\n  export B="two words"\r\nC=\'#3\'\nD = four\nE=\nno setting\n-----BEGIN KEY-----\n'),
    ).toEqual([
      ['A', '1', '2:1'],
      ['B', 'two words', '3:10'],
      ['C', '#3', '4:1'],
      ['D', 'four', '5:1'],
      ['E', '', '6:1'],
    ])
  })

  it('a name that stands twice has the last value, at the last place', () => {
    expect(read('A=1\nA=2\n')).toEqual([['A', '2', '2:1']])
  })

  it('names of objects are names like others', () => {
    expect(read('constructor=1\n')).toEqual([['constructor', '1', '1:1']])
  })
})
