/** Packages that npm, Yarn 1 and pnpm clone with the program git (tried with npm 10 and 11, Yarn 1.22, pnpm 9). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isNear, noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Inputs} from '../../inputs.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'

export interface GitClone {
  name: string
  at: FileLocation
  /** It names the whole commit, of which nobody need be asked. */
  isPinned: boolean
}

/** By the path of a lock file; and of a package.json: what npm asks git for where no lock file is. */
export type GitClones = ReadonlyMap<string, readonly GitClone[]>

const ofGit = /^(?:github:|gitlab:|bitbucket:|git(?:\+\w+)?:\/\/|git@|\w[\w-]*\/\w[\w.-]*(?:#\S+)?$)/
/** npm fetches an archive of a commit from these. */
const hosted = /^git\+\w+:\/\/(?:[^/@]+@)?(?:github\.com|gitlab\.com|bitbucket\.org)[/:].*#[0-9a-f]{40}$/

export async function loadGitClones({reader}: Inputs, facts: FactStore): Promise<Fact<GitClones>> {
  const files = ((await facts.value('files')) ?? noFiles).only(isNear)
  const found = new Map<string, GitClone[]>()
  const documents = (await reader.texts(files.named('package.json'))).flatMap((file) => {
    const document = parseJson(file)
    return 'value' in document ? [{path: file.path, document}] : []
  })
  // A member of the workspace comes before what has its name elsewhere.
  const own = new Set(documents.map(({document}) => document.value.name))
  for (const {path, document} of documents) {
    const table = document.value.dependencies
    if (!isTable(table)) continue
    const {overrides, pnpm} = document.value
    const replaced = [overrides, isTable(pnpm) ? pnpm.overrides : undefined].filter(isTable)
    const asked = Object.entries(table).flatMap(([name, spec]) =>
      typeof spec === 'string' &&
      ofGit.test(spec) &&
      !own.has(name) &&
      !replaced.some((each) => Object.hasOwn(each, name))
        ? [{name, at: document.at(['dependencies', name]), isPinned: /#[0-9a-f]{40}$/.test(spec)}]
        : [],
    )
    // One that git ignores is on the computers of those who deploy by hand.
    const npmLock = posix.join(posix.dirname(path), 'package-lock.json')
    const isIgnored = asked.length > 0 && (await ignoredPaths(reader.root, [npmLock])).has(npmLock)
    if (asked.length > 0 && !isIgnored) found.set(path, asked)
    for (const [lock, isCloned] of Object.entries(locks)) {
      const place = posix.join(posix.dirname(path), lock)
      const text = files.has(place) ? await reader.text(place) : undefined
      // What the package does not name itself may be for development alone.
      const cloned = text ? asked.filter(({name}) => isCloned(text, name)) : []
      if (cloned.length > 0) found.set(place, cloned)
    }
  }
  return known(found)
}

const locks: Readonly<Record<string, (lock: TextFile, name: string) => boolean>> = {
  'package-lock.json'(lock, name) {
    const entry = npmLockPackages(lock)?.[`node_modules/${name}`]
    const resolved = isTable(entry) ? entry.resolved : undefined
    return typeof resolved === 'string' && resolved.startsWith('git') && !hosted.test(resolved)
  },
  'yarn.lock': (lock, name) =>
    /^# yarn lockfile v1/m.test(lock.text.slice(0, 300)) &&
    new RegExp(
      `^"?${escapePattern(name)}@[^\\n]{1,500}:\\n(?: {2}[^\\n]{0,500}\\n){0,3}? {2}resolved "(?:git[+:@]|https?://[^"]{1,300}\\.git#)`,
      'm',
    ).test(lock.text),
  'pnpm-lock.yaml': (lock, name) =>
    new RegExp(
      `^ {2}'?/?${escapePattern(name)}@[^\\n]{1,500}:\\n {4}resolution: \\{[^}\\n]{0,500}\\btype: git\\b`,
      'm',
    ).test(lock.text),
}
