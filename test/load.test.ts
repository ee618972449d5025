import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync, utimesSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, it} from 'vitest'
import {temporary} from './cli.ts'

const loader = fileURLToPath(new URL('../bin/load.js', import.meta.url))
const functions = Array.from({length: 50}, (_, index) => `const f${index} = (x) => x.map((y) => y + ${index})`)
const program = `${functions.join('\n')}
const more = process.argv.at(-1) === 'more'
if (more) f1([1])
exports.main = () => console.log(more ? f1([1])[0] : 'nothing')
`

const run = (folder: string, ...args: string[]): string =>
  execFileSync(
    process.execPath,
    [
      '-e',
      `require(${JSON.stringify(loader)}).load(${JSON.stringify(join(folder, 'a.cjs'))}, 'use').main()`,
      '--',
      ...args,
    ],
    {encoding: 'utf8', env: {PATH: process.env.PATH}},
  ).trim()

const cache = (folder: string): {name: string; bytes: Buffer} => {
  const [name = '', ...others] = readdirSync(folder).filter((each) => each.endsWith('.v8'))
  expect(others).toEqual([])
  return {name, bytes: readFileSync(join(folder, name))}
}

it('keeps what V8 compiled beside the program, and adds what later runs need', () => {
  const folder = temporary({'a.cjs': program})
  expect(run(folder)).toBe('nothing')
  const first = cache(folder)
  expect(first.name).toBe(`a.cjs.use.${process.version}-${process.arch}.v8`)
  expect(run(folder, 'more')).toBe('2')
  const second = cache(folder)
  expect(second.bytes.length).toBeGreaterThan(first.bytes.length)
  expect(run(folder)).toBe('nothing')
  expect(cache(folder).bytes.length).toBe(second.bytes.length)
})

it('is content after a few runs', () => {
  const folder = temporary({'a.cjs': program})
  for (let count = 0; count < 6; count++) run(folder)
  const {bytes} = cache(folder)
  expect(run(folder, 'more')).toBe('2')
  expect(cache(folder).bytes.equals(bytes)).toBe(true)
})

it('goes by no cache that is older than the program, nor by one that V8 cannot read', () => {
  const folder = temporary({'a.cjs': program})
  run(folder, 'more')
  const {name, bytes} = cache(folder)
  utimesSync(join(folder, name), 0, 0)
  expect(run(folder)).toBe('nothing')
  expect(cache(folder).bytes.length).toBeLessThan(bytes.length)

  const broken = temporary({'a.cjs': program, [name]: 'no cache'})
  expect(run(broken)).toBe('nothing')
  expect(cache(broken).bytes.length).toBeGreaterThan(100)
})
