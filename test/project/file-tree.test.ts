import {describe, expect, it} from 'vitest'
import {Names} from '../../src/project/files/names.ts'
import {copyFiles} from '../../src/project/image/files/copy-files.ts'
import {FileTree, type LinkEntry} from '../../src/project/image/files/file-tree.ts'

const at = {file: 'Dockerfile', line: 2}
const request = {workdir: '/', parents: false, exclude: [], at}

/** A build context, and which of its folders were listed. */
function context(folders: Readonly<Record<string, readonly string[]>>) {
  const listed: string[] = []
  return {
    listed,
    complete: true,
    entry: (path: string) => {
      const folder = path.slice(0, path.lastIndexOf('/')) || '/'
      if (path === '/' || folders[path]) return {kind: 'folder' as const}
      return folders[folder]?.includes(path.slice(path.lastIndexOf('/') + 1)) ? {kind: 'file' as const} : undefined
    },
    names(path: string, wanted?: (names: Names) => readonly string[]) {
      listed.push(path)
      const names = folders[path] ?? []
      const isFolder = (name: string) => folders[`${path === '/' ? '' : path}/${name}`] !== undefined
      const files = new Names(names.filter((name) => !isFolder(name)))
      return [...names.filter(isFolder), ...(wanted ? wanted(files) : files.list())]
    },
    origin: (path: string) => path.slice(1),
  }
}

const copied = async (from: ReturnType<typeof context>, ...copies: [source: string, destination: string][]) => {
  const tree = new FileTree()
  for (const [source, destination] of copies) await copyFiles(tree, from, {...request, sources: [source], destination})
  return tree
}

describe('a folder that is copied', () => {
  const folders = {'/': ['data', 'src', 'Dockerfile'], '/data': ['0.bin', 'key.pem'], '/src': ['main.py', 'data']}

  it('is looked into when something in it is asked for', async () => {
    const from = context(folders)
    const tree = await copied(from, ['.', '/srv'])
    expect(from.listed).toEqual(['/'])
    expect(tree.get('/srv/data/0.bin')).toMatchObject({kind: 'file', source: 'data/0.bin'})
    expect(from.listed).toEqual(['/', '/data'])
  })

  it('tells the files of some names without looking at the others', async () => {
    const tree = await copied(context(folders), ['.', '/srv'])
    const wanted = (names: Names) => [...names.ending('.pem'), ...names.beginning('key')]
    const inData = [...tree.files(wanted)].map(([path]) => path).filter((path) => path.startsWith('/srv/data/'))
    expect(inData).toEqual(['/srv/data/key.pem'])
  })

  it('is another one after something else was put into it, and the copy made before is not', async () => {
    const tree = await copied(context(folders), ['.', '/srv'])
    const before = tree.copy()
    const link: LinkEntry = {kind: 'link', target: '/tmp', source: 'x', at}
    tree.put('/srv/data/link', link)
    const paths = (each: FileTree) => [...each.files()].map(([path]) => path)
    expect(paths(tree).filter((path) => !paths(before).includes(path))).toEqual(['/srv/data/link'])
  })

  it('goes into what is there already', async () => {
    const tree = await copied(context(folders), ['src', '/srv/data'], ['.', '/srv'])
    expect([...tree.files()].map(([path]) => path)).toEqual([
      '/srv/Dockerfile',
      '/srv/data/0.bin',
      '/srv/data/data',
      '/srv/data/key.pem',
      '/srv/data/main.py',
      '/srv/src/data',
      '/srv/src/main.py',
    ])
  })

  it('goes nowhere where a file has its place', async () => {
    await expect(copied(context(folders), ['src', '/srv'], ['.', '/srv'])).rejects.toThrow(
      '/srv/data is a file already',
    )
  })
})
