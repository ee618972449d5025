import {posix} from 'node:path'
import {parseJson} from '../../documents/json.ts'
import type {ProjectReader} from '../../files/reader.ts'

/** Those that are read here. */
export const lockFiles = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock']

/** The version of a package in the lock file of a folder; undefined for none and for several. */
export async function lockedVersion(reader: ProjectReader, folder = ''): Promise<(name: string) => string | undefined> {
  const [npm, pnpm, yarn] = await Promise.all(lockFiles.map((name) => reader.text(posix.join(folder, name))))
  const parsed = npm && parseJson(npm)
  const tree = parsed && 'value' in parsed ? (parsed.value as NpmLock) : undefined
  const others = versionsIn(pnpm?.text ?? '', yarn?.text ?? '')
  return (name) => {
    const found = new Set<string | undefined>(others.get(name))
    const entry = tree?.packages?.[`node_modules/${name}`] ?? tree?.dependencies?.[name]
    if (entry) found.add(entry.version)
    return found.size === 1 ? [...found][0] : undefined
  }
}

/** The versions of each package in pnpm's lock file and in Yarn's. */
function versionsIn(pnpm: string, yarn: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const add = (name: string, version: string) => {
    const versions = found.get(name)
    if (versions) versions.add(version)
    else found.set(name, new Set([version]))
  }
  // `  'name@1.2.3(peer@1)':`, and before version 6 of the file `  /name/1.2.3:`; a part of a name may begin with a digit.
  for (const [, key = ''] of pnpm.matchAll(/^ +'?\/?([^\s:]{1,300})/gm)) {
    for (const {0: version, index} of key.matchAll(/(?<=[@/])\d[\w.+-]*/g)) add(key.slice(0, index - 1), version)
  }
  // `name@^1.0.0, name@^1.2.0:`, then `  version "1.2.3"` or `  version: 1.2.3`
  for (const [, name = '', version = ''] of yarn.matchAll(/^"?(@?[^@\s"]+)@.*:\n +version:? "?(\d[\w.+-]*)/gm))
    add(name, version)
  return found
}

interface NpmLock {
  packages?: Record<string, {version?: string}>
  dependencies?: Record<string, {version?: string}>
}
