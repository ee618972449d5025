import {posix, win32} from 'node:path'
import {expect, it} from 'vitest'
import {pathFrom, withSlashes} from '../../src/project/files/reader.ts'

it.each([
  ['/home/ana/shop', '/home/ana/shop/config/fly.toml', posix, 'config/fly.toml'],
  ['/home/ana/shop', '/home/ana/shop', posix, '.'],
  ['/home/ana/shop', '/home/ana/fly.toml', posix, '../fly.toml'],
  ['/home/ana/shop', '/home/ana/shop/a\\b.toml', posix, 'a\\b.toml'],
  ['C:\\work\\shop', 'C:\\work\\shop\\config\\fly.toml', win32, 'config/fly.toml'],
  ['C:\\work\\shop', 'c:\\Work\\fly.toml', win32, '../fly.toml'],
  ['C:\\work\\shop', 'D:\\fly.toml', win32, 'D:/fly.toml'],
  ['\\\\server\\share\\shop', '\\\\server\\share\\shop\\fly.toml', win32, 'fly.toml'],
] as const)('in %s, %s is named with /', (folder, path, system, expected) => {
  expect(pathFrom(folder, path, system)).toBe(expected)
})

it.each([
  ['apps\\web', win32, 'apps/web'],
  ['C:\\work\\shop', win32, 'C:/work/shop'],
  ['apps\\web', posix, 'apps\\web'],
] as const)('%s has slashes in a report', (path, system, expected) => {
  expect(withSlashes(path, system)).toBe(expected)
})
