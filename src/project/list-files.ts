import {absent, type Fact, known} from '../facts.ts'
import {Files} from './files.ts'
import {git} from './git.ts'
import type {Inputs} from './inputs.ts'
import {Names} from './names.ts'
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

/** Each path once: of a file in conflict there are several entries, one behind the other. */
function pathsIn(output: string): string[] {
  const entries = output.split('\0')
  const gone = new Set(entries.filter((entry) => entry.startsWith('R ')).map((entry) => entry.slice(2)))
  const paths: string[] = []
  for (const entry of entries) {
    const path = entry.slice(2)
    if (path !== '' && path !== paths.at(-1) && !gone.has(path)) paths.push(path)
  }
  return paths
}

/** By folder: the names of the files in it. */
function walk(reader: ProjectReader): Map<string, Names> {
  const found = new Map<string, Names>()
  const next = ['']
  let count = 0
  for (let folder = next.pop(); folder !== undefined && count < mostFiles; folder = next.pop()) {
    const {files, folders, links, others} = reader.listing(folder)
    const names = links.length + others.length === 0 ? files : new Names([...files.list(), ...links, ...others])
    if (names.size > 0) found.set(folder, names)
    count += names.size
    for (const name of [...folders].sort()) if (!notOurs.has(name)) next.push(folder ? `${folder}/${name}` : name)
  }
  return found
}
