import {posix} from 'node:path'
import {expect, it} from 'vitest'
import {valuesOnce} from '../../../src/project/documents/document.ts'
import {parseToml} from '../../../src/project/documents/toml.ts'
import {ProjectReader} from '../../../src/project/files/reader.ts'
import {sharedFileSystem} from '../../../src/project/files/shared-file-system.ts'
import type {TextFile} from '../../../src/project/files/text.ts'
import {memoryFileSystem, root} from '../../memory.ts'

/** A file as two runs of one repository read it: at its top, and in `apps`. */
async function twice(text: string): Promise<TextFile[]> {
  const fs = sharedFileSystem(memoryFileSystem({'fly.toml': text, 'apps/a': ''}))
  const read = [
    new ProjectReader(root, fs).text('fly.toml'),
    new ProjectReader(posix.join(root, 'apps'), fs).text('../fly.toml'),
  ]
  return (await Promise.all(read)).flatMap((file) => file ?? [])
}

it('a file is parsed once, whatever folder it is read from', async () => {
  const files = await twice('app = "shop"\r\n')
  let count = 0
  const parse = (file: TextFile) => {
    count++
    return parseToml(file)
  }
  const [top, below] = files.map((file) => valuesOnce(file, parse))
  expect(top).toMatchObject({type: 'table'})
  expect(below).toBe(top)
  expect(files.map(({path, text, crlf}) => [path, text, crlf])).toEqual([
    ['fly.toml', 'app = "shop"\n', true],
    ['../fly.toml', 'app = "shop"\n', true],
  ])
  expect(count).toBe(1)
})

it('and why it cannot be is told with the path from each', async () => {
  const problems = (await twice('app = shop\n')).map((file) => valuesOnce(file, parseToml))
  expect(problems).toMatchObject([
    {message: 'the value of app needs quotes: app = "…"', at: {file: 'fly.toml', line: 1}},
    {message: 'the value of app needs quotes: app = "…"', at: {file: '../fly.toml', line: 1}},
  ])
})
