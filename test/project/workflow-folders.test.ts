import {expect, it} from 'vitest'
import {ProjectReader} from '../../src/project/files/reader.ts'
import {workflowFiles, workflowFolders, workflowsAbove} from '../../src/project/workflows/workflow-folders.ts'
import {type Files, memoryFileSystem, root} from '../memory.ts'

const reader = (files: Files) => new ProjectReader(`${root}/apps/shop`, memoryFileSystem(files))
const [own, above, top] = [
  'apps/shop/.github/workflows/own.yml',
  'apps/.github/workflows/above.yml',
  '.github/workflows/top.yaml',
]

it('tells the folders with workflows, the nearest first', async () => {
  expect(await workflowFolders(reader({[own]: '', [top]: ''}))).toEqual(['.', '../..'])
  expect(await workflowFolders(reader({'fly.toml': ''}))).toEqual([])
})

it('looks no further than to the top of the repository', async () => {
  expect(await workflowFolders(reader({[own]: '', 'apps/shop/.git/HEAD': '', [top]: ''}))).toEqual(['.'])
  expect(await workflowFolders(reader({'apps/.git/HEAD': '', [above]: '', [top]: ''}))).toEqual(['..'])
})

it('tells what is YAML in one of them', async () => {
  const files = {[own]: '', 'apps/shop/.github/workflows/README.md': ''}
  expect(await workflowFiles(reader(files), '.')).toEqual(['./.github/workflows/own.yml'])
})

it('tells those of the nearest folder above the working directory', async () => {
  expect(await workflowsAbove(reader({[own]: '', [above]: '', [top]: ''}))).toEqual(['../.github/workflows/above.yml'])
  expect(await workflowsAbove(reader({[own]: ''}))).toEqual([])
})
