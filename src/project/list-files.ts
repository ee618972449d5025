import {absent, type Fact, known} from '../facts.ts'
import {Files} from './files.ts'
import {git} from './git.ts'
import type {Inputs} from './inputs.ts'
import type {ProjectReader} from './reader.ts'

/** Folders that hold other people's code or build results. */
const notOurs = new Set(['node_modules', '.git', '.venv', 'venv', '__pycache__', 'dist', 'target', '.next', '.tox'])

/** Enough for any real project; a folder that holds more (a home directory, say) is cut off there. */
const mostFiles = 100_000

export async function loadFiles({reader}: Inputs): Promise<Fact<Files>> {
  // -t marks each path: R is tracked and gone from the folder.
  const listed = await git(reader.root, [
    'ls-files',
    '-t',
    '-z',
    '--cached',
    '--others',
    '--deleted',
    '--exclude-standard',
  ])
  if (listed.code === 0) return known(Files.of(pathsIn(listed.stdout)))
  const folders = walk(reader)
  return folders.size > 0 ? known(Files.inFolders(folders)) : absent('the folder is empty')
}

/** Of a file that is gone or in conflict there are several entries. */
function pathsIn(output: string): Iterable<string> {
  const entries = output.split('\0').filter(Boolean)
  const paths = new Set<string>()
  for (const entry of entries) paths.add(entry.slice(2))
  for (const entry of entries) if (entry.startsWith('R ')) paths.delete(entry.slice(2))
  return paths
}

/** By folder: the names of the files in it. */
function walk(reader: ProjectReader): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  const next = ['']
  let count = 0
  for (let folder = next.pop(); folder !== undefined && count < mostFiles; folder = next.pop()) {
    const {files, folders, links, others} = reader.listing(folder)
    const names = links.length + others.length === 0 ? files : [...files, ...links, ...others]
    if (names.length > 0) found.set(folder, names)
    count += names.length
    for (const name of [...folders].sort())
      if (!notOurs.has(name)) next.push(folder === '' ? name : `${folder}/${name}`)
  }
  return found
}
