import {posix} from 'node:path'
import {absent, type Fact, failed, known} from '../../facts.ts'
import {folderOf} from '../files/file-index.ts'
import {ProjectReader} from '../files/reader.ts'
import type {Inputs} from '../inputs.ts'
import {git} from './git.ts'
import {type Git, readStatus} from './git-status.ts'
import {spelledOnDisk} from './spelled-on-disk.ts'

/** A folder as git sees it. Paths are relative to it, in git's order. */
interface WorkingTree {
  /** undefined where git does not say. */
  files: TreeFiles | undefined
  /** Without the untracked files: two commands would look for them. */
  status: Fact<Git>
  /** Whether it is the top of the repository; asked only where it counts. */
  isTop: boolean
}

interface TreeFiles {
  tracked: string[]
  /** And not ignored. */
  untracked: string[]
  /** Tracked, and not there. */
  gone: ReadonlySet<string>
}

/** The files that git tracks or would track; undefined outside a repository, and where git does not work. */
export async function pathsInGit(inputs: Inputs): Promise<string[] | undefined> {
  const {files} = await workingTree(inputs)
  return files && [...files.tracked.filter((path) => !files.gone.has(path)), ...files.untracked]
}

export async function loadGit(inputs: Inputs): Promise<Fact<Git>> {
  const {files, status, isTop} = await workingTree(inputs)
  if (status.state !== 'ok') return status
  if (!files) return failed('git ls-files failed')
  return known({...status.value, untracked: untrackedPaths(files, isTop)})
}

async function workingTree({repository}: Inputs): Promise<WorkingTree> {
  if (!(await repository.exists())) {
    return {files: undefined, status: absent('the folder is no git repository'), isTop: false}
  }
  const [tree, path] = [await repository.once('working tree', readTree), await repository.path()]
  return path === '' ? tree : below(path, tree)
}

/** The part of it that is in a folder: `apps/shop/`. */
function below(folder: string, {files, status}: WorkingTree): WorkingTree {
  const own = (paths: Iterable<string>) =>
    [...paths].filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length))
  return {
    files: files && {tracked: own(files.tracked), untracked: own(files.untracked), gone: new Set(own(files.gone))},
    status:
      status.state === 'ok'
        ? known({...status.value, changed: own(status.value.changed), gone: own(status.value.gone)})
        : status,
    isTop: false,
  }
}

async function readTree(root: string): Promise<WorkingTree> {
  const [listed, {status: read, foldsCase}] = await Promise.all([listFiles(root), readStatus(root)])
  const isClean = read.state !== 'ok' || read.value.changed.length === 0
  // Paths come from the top of the repository, whatever folder git runs in. The usual clean tree needs no third call.
  const prefix =
    isClean && listed?.tracked.length !== 0
      ? ''
      : (await git(root, ['rev-parse', '--show-prefix'])).stdout.replace(/\n$/, '')
  const here = (path: string) => posix.relative(prefix, path) || '.'
  const status =
    read.state === 'ok'
      ? known({...read.value, changed: read.value.changed.map(here), gone: read.value.gone.map(here)})
      : read
  if (!listed) return {files: undefined, status, isTop: prefix === ''}
  const {hasUnwatched, tracked, untracked} = listed
  const gone = status.state === 'ok' && !hasUnwatched ? status.value.gone : await goneFiles(root)
  return {
    files: {tracked: foldsCase ? onDisk(root, tracked) : tracked, untracked, gone: new Set(gone)},
    status,
    isTop: prefix === '',
  }
}

function onDisk(root: string, paths: readonly string[]): string[] {
  const reader = new ProjectReader(root)
  return spelledOnDisk(paths, (folder) => {
    const {files, folders, links, others} = reader.listing(folder)
    return [...files.list(), ...folders, ...links, ...others]
  })
}

/** `hasUnwatched`: for some files, the index says that nobody shall look whether they have changed. */
async function listFiles(root: string): Promise<(Omit<TreeFiles, 'gone'> & {hasUnwatched: boolean}) | undefined> {
  // -v marks each path: ? is untracked, and a small letter not to be looked at.
  const {code, stdout} = await git(root, ['ls-files', '-v', '-z', '--cached', '--others', '--exclude-standard'])
  if (code !== 0) return undefined
  const tracked: string[] = []
  const untracked: string[] = []
  let hasUnwatched = false
  for (const entry of stdout.split('\0')) {
    const [tag = '', path] = [entry[0], entry.slice(2)]
    if (path === '') continue
    if (tag === '?') untracked.push(path)
    // Of a file in conflict there are several entries, one behind the other.
    else if (path !== tracked.at(-1)) tracked.push(path)
    hasUnwatched ||= tag >= 'a'
  }
  return {tracked, untracked, hasUnwatched}
}

async function goneFiles(root: string): Promise<string[]> {
  return (await git(root, ['ls-files', '-z', '--deleted'])).stdout.split('\0').filter(Boolean)
}

/** As `git status` tells them: of a folder without tracked files, not the files but the folder. */
function untrackedPaths({tracked, untracked}: TreeFiles, isTop: boolean): string[] {
  if (untracked.length === 0) return []
  if (tracked.length === 0 && !isTop) return ['.']
  const folders = new Set([''])
  for (const path of tracked) {
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder)
  }
  return [...new Set(untracked.map(nearest))]

  function nearest(path: string): string {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      if (!folders.has(path.slice(0, at))) return path.slice(0, at + 1)
    }
    return path
  }
}
