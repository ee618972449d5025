import {posix, win32} from 'node:path'
import {expect, it} from 'vitest'
import {pathFrom} from '../../src/project/reader.ts'

it.each([
  ['/work/shop', '/work/shop/config/fly.toml', posix, 'config/fly.toml'],
  ['/work/shop', '/work/shop', posix, '.'],
  ['/work/shop', '/work/fly.toml', posix, '../fly.toml'],
  ['/work/shop', '/work/shop/a\\b.toml', posix, 'a\\b.toml'],
  ['C:\\work\\shop', 'C:\\work\\shop\\config\\fly.toml', win32, 'config/fly.toml'],
  ['C:\\work\\shop', 'c:\\Work\\fly.toml', win32, '../fly.toml'],
  ['C:\\work\\shop', 'D:\\fly.toml', win32, 'D:/fly.toml'],
  ['\\\\server\\share\\shop', '\\\\server\\share\\shop\\fly.toml', win32, 'fly.toml'],
] as const)('in %s, %s is named with /', (folder, path, system, expected) => {
  expect(pathFrom(folder, path, system)).toBe(expected)
})
