import {describe, expect, it} from 'vitest'
import {Duration} from '../../../src/project/fly-config/duration.ts'
import {dateJson, dateText, floatText} from '../../../src/project/fly-config/go-text.ts'
import {parseMemory, parseVolumeSize} from '../../../src/project/fly-config/size.ts'
import {splitWords} from '../../../src/project/fly-config/words.ts'

describe("Go's durations", () => {
  it.each([
    ['30s', '30s'],
    ['1h30m', '1h30m0s'],
    ['1.5s', '1.5s'],
    ['.5s', '500ms'],
    ['-5ms', '-5ms'],
    ['0', '0s'],
    ['90s', '1m30s'],
    ['1500us', '1.5ms'],
    ['60001ms', '1m0.001s'],
    ['1ns', '1ns'],
    ['100h', '100h0m0s'],
  ])('%s is %s', (text, shown) => {
    expect(String(Duration.parse(text))).toBe(shown)
  })

  it.each(['5', '', '1d', '1 s', '1S', 's', '.s', '1s2', 'ten', '1e3s'])('%j is none', (text) => {
    expect(Duration.parse(text)).toBeUndefined()
  })
})

describe('sizes', () => {
  it.each([
    ['512', 512],
    ['512mb', 512],
    ['1gb', 1024],
    ['1GiB', 1024],
    ['2 GB', 2048],
    ['1.5g', 1536],
    ['512B', 0],
    ['512.0', 0],
    ['1000k', 0],
    ['-5', -5],
    ['0', 0],
  ])('memory of %s is %d MiB', (text, size) => {
    expect(parseMemory(text)).toBe(size)
  })

  it.each(['1 gigabyte', '1  gb', 'gb', '-5gb', '4g b', '', '1gbb', '1ix'])('%j is no size', (text) => {
    expect(parseMemory(text)).toBeUndefined()
  })

  it.each([
    ['3', 3],
    ['3gb', 3],
    ['1GiB', 1],
    ['999mb', 0],
    ['1.9gb', 1],
    ['1tb', 1000],
  ])('a volume of %s is %d GB', (text, size) => {
    expect(parseVolumeSize(text)).toBe(size)
  })
})

describe('words of a command', () => {
  it.each([
    ['alembic upgrade head', ['alembic', 'upgrade', 'head']],
    ['sh -c "a && b"', ['sh', '-c', 'a && b']],
    ["sh -c 'a \\n'", ['sh', '-c', 'a \\n']],
    ['echo "\\n"', ['echo', 'n']],
    ['a#b #c', ['a#b']],
    ["''", ['']],
    ['a "b"c', ['a', 'bc']],
    ['a\\ b', ['a b']],
    ['  ', []],
    ['# only a comment', []],
    ['a # comment\nb', ['a', 'b']],
    ['“a b”', ['“a', 'b”']],
  ])('%s', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it.each(['echo "x', "echo 'x", 'echo \\'])('%s cannot be split', (text) => {
    expect(splitWords(text)).toBeUndefined()
  })
})

describe("Go's texts", () => {
  it.each([
    [1, '1'],
    [999999, '999999'],
    [1e6, '1e+06'],
    [1234567.5, '1.2345675e+06'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [20.5, '20.5'],
    [-0, '-0'],
    [0, '0'],
    [1e21, '1e+21'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Inf'],
  ])('%d is %s', (value, text) => {
    expect(floatText(value)).toBe(text)
  })

  it.each([
    ['2024-01-02', '2024-01-02', '2024-01-02'],
    ['07:32', '07:32:00', '07:32:00'],
    ['2024-01-02 03:04', '2024-01-02T03:04:00', '2024-01-02T03:04:00'],
    ['2024-01-02T03:04:05Z', '2024-01-02 03:04:05 +0000 UTC', '2024-01-02T03:04:05Z'],
    ['2024-01-02T03:04:05.50+02:00', '2024-01-02 03:04:05.5 +0200 +0200', '2024-01-02T03:04:05.5+02:00'],
  ])('the date %s is %s, in JSON %s', (written, text, json) => {
    expect([dateText(written), dateJson(written)]).toEqual([text, json])
  })
})
