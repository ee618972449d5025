import {absent, type Fact, known} from '../facts.ts'
import {git} from './git.ts'
import type {Inputs} from './inputs.ts'
import type {ProjectReader} from './reader.ts'

/**
 * The files of the working directory, by path relative to it with `/`: what git tracks or would track. Without a
 * repository, everything but well-known folders of dependencies.
 */
export interface Files {
  paths: readonly string[]
}

/** Not deep below the working directory: where the files that configure a project stand. */
export function isNear(path: string): boolean {
  let slash = -1
  for (let depth = 0; depth < 4; depth++) {
    slash = path.indexOf('/', slash + 1)
    if (slash < 0) return true
  }
  return false
}

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
  if (listed.code === 0) {
    const entries = listed.stdout.split('\0').filter(Boolean)
    const gone = new Set(entries.filter((entry) => entry.startsWith('R ')).map((entry) => entry.slice(2)))
    const paths = [...new Set(entries.map((entry) => entry.slice(2)))].filter((path) => !gone.has(path)).sort()
    return known({paths})
  }
  const paths = await walk(reader)
  return paths.length > 0 ? known({paths}) : absent('the folder is empty')
}

async function walk(reader: ProjectReader): Promise<string[]> {
  const found: string[] = []
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined && found.length < mostFiles; folder = folders.pop()) {
    for (const name of await reader.list(folder || '.')) {
      if (!name.endsWith('/')) found.push(folder + name)
      else if (!notOurs.has(name.slice(0, -1))) folders.push(folder + name)
    }
  }
  return found.sort()
}
