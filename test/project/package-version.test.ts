import {describe, expect, it} from 'vitest'
import {ProjectReader} from '../../src/project/files/reader.ts'
import {isAtLeast, packageVersion} from '../../src/project/python/packages/package-version.ts'
import {readRequirements} from '../../src/project/python/packages/requirements.ts'
import type {Python} from '../../src/project/python/python.ts'
import {memoryFileSystem, root} from '../memory.ts'

async function versionOf(files: Readonly<Record<string, string>>) {
  const reader = new ProjectReader(root, memoryFileSystem(files))
  const read = await readRequirements(reader, 'requirements.txt')
  const requirements = new Map(read ? [['requirements.txt', read] as const] : [])
  const python = {requirements, pyprojects: new Map()} as unknown as Python
  return packageVersion('alembic', ['', 'api/'], {reader, python})
}

describe('the version of a package', () => {
  it.each([
    [{'requirements.txt': 'alembic==1.13.1\n'}, {exact: '1.13.1', least: '1.13.1'}],
    [{'requirements.txt': 'alembic>=1.16,<2\n'}, {exact: undefined, least: '1.16'}],
    [{'requirements.txt': 'alembic\n'}, {exact: undefined, least: undefined}],
    [{'requirements.txt': 'alembic-utils==0.8\n'}, {exact: undefined, least: undefined}],
    [
      {'requirements.txt': 'alembic>=1\n', 'api/uv.lock': '[[package]]\nname = "alembic"\nversion = "1.14.0"\n'},
      {exact: '1.14.0', least: '1.14.0'},
    ],
  ])('%j', async (files, expected) => {
    expect(await versionOf(files)).toEqual(expected)
  })

  it('compares numbers, not text', () => {
    expect(isAtLeast({exact: '1.9.4', least: '1.9.4'}, '1.10')).toBe(false)
    expect(isAtLeast({exact: '1.16', least: '1.16'}, '1.16.0')).toBe(true)
    expect(isAtLeast({exact: undefined, least: '1.8'}, '1.10')).toBeUndefined()
    expect(isAtLeast({exact: undefined, least: '1.16.4'}, '1.16')).toBe(true)
  })
})
