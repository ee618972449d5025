import {absent, type Fact, known} from '../../facts.ts'
import {pathsInGit} from '../git/working-tree.ts'
import type {Inputs} from '../inputs.ts'
import {Files} from './files.ts'
import {Names} from './names.ts'
import type {ProjectReader} from './reader.ts'

/** Folders that hold other people's code or build results. */
export const notOurs = new Set([
  'node_modules',
  '.git',
  '.venv',
  'venv',
  '__pycache__',
  'dist',
  'target',
  '.next',
  '.tox',
])

/** Enough for any real project; a folder that holds more (a home directory, say) is cut off there. */
const mostFiles = 100_000

export async function loadFiles(inputs: Inputs): Promise<Fact<Files>> {
  const {reader, repository} = inputs
  // Two configurations of one folder have the same files.
  return repository.once(`files in ${await repository.path()}`, async () => {
    const paths = await pathsInGit(inputs)
    if (paths) return known(Files.of(paths))
    const folders = walk(reader)
    return folders.size > 0 ? known(Files.inFolders(folders)) : absent('the folder is empty')
  })
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
