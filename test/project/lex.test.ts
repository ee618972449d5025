import {describe, expect, it} from 'vitest'
import {LexError, processWord, processWords, splitWords} from '../../src/project/dockerfile/lex.ts'

const variables = new Map([
  ['F', 'a.tar.gz'],
  ['EMPTY', ''],
  ['P', '/usr/bin'],
])
const word = (text: string, escapeCharacter?: string) =>
  processWord(text, (name) => variables.get(name), escapeCharacter)

describe('words of a Dockerfile', () => {
  it.each([
    ['$F', 'a.tar.gz'],
    ['${F}', 'a.tar.gz'],
    ['$NONE', ''],
    ['a$', 'a$'],
    ['$F.', 'a.tar.gz.'],
    ['\\$F', '$F'],
    ["'$F'", '$F'],
    ['"$F"', 'a.tar.gz'],
    ['"\\$F"', '$F'],
    ['"a\\nb"', 'a\\nb'],
    ['a"b"c', 'abc'],
    ['a\\ b', 'a b'],
    ['${NONE:-x}', 'x'],
    ['${EMPTY:-x}', 'x'],
    ['${EMPTY-x}', ''],
    ['${F:+set}', 'set'],
    ['${EMPTY+set}', 'set'],
    ['${EMPTY:+set}', ''],
    ['${F%.gz}', 'a.tar'],
    ['${F%%.*}', 'a'],
    ['${F#*.}', 'tar.gz'],
    ['${F##*.}', 'gz'],
    ['${F/tar/zip}', 'a.zip.gz'],
    ['${P//\\//-}', '-usr-bin'],
    ['${NONE:-${F}}', 'a.tar.gz'],
  ])('%s is %s', (text, value) => {
    expect(word(text)).toBe(value)
  })

  it.each(['"a', "'a", '${F', '${}', '${F^^}', '${NONE:?must be set}'])('%s is refused', (text) => {
    expect(() => word(text)).toThrow(LexError)
  })

  it('have another escapeCharacter where the file says so', () => {
    expect(word('C:\\x`$F', '`')).toBe('C:\\x$F')
  })

  it('are split at blanks outside quotes, and at those that a variable brings', () => {
    expect(splitWords('a "b c" d\\ e')).toEqual(['a', '"b c"', 'd\\ e'])
    expect(processWords('80 $PORTS', () => '90 91')).toEqual(['80', '90', '91'])
  })
})
