/** Installs that lay their packages elsewhere: those of the server, when pages with a package.json of their own are built. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {sourceAt} from '../../image/moment.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {scriptsOf} from '../scripts/scripts-of.ts'
import {mayInstall} from './may-install.ts'

/** A program that a script calls, the packages that have it, and the folder in the image whose package.json asks for one. */
export interface Sought {
  program: string
  names: readonly string[]
  folder: string
}

/** `npm ci`, `npm install --prefix server`: with no package named, and not for all projects. */
const plainInstall =
  /\bnpm\s+(?:ci|i|install|clean-install)(?:\s+(?:--prefix|-C)[\s=]\S+|\s+-(?!(?:g|-global|w|-workspaces?)\b)\S+)*(?=\s*(?:$|[;&|\n]))/g
/** What `npx` starts of itself, and that installs nothing of the project's. */
const plainPrograms = /\bnpx\s+(?:-y\s+|--yes\s+)?(?:prisma\s+generate|tsc|eslint|tailwindcss)\b[^&;|\n]*/g

/**
 * The last install of those before, where all are plain ones of npm in other folders, and none lays the program where npm looks
 * for it: in node_modules/.bin of the folder and of those above (npm puts them all on PATH). Of an install above, its lock file
 * says what it lays there; without one that is not known.
 */
export async function installedApart(
  {program, names, folder}: Sought,
  before: readonly BuildCommand[],
  texts: readonly string[],
  {reader, tracked}: {reader: ProjectReader; tracked: Files},
): Promise<{at: FileLocation; folder: string} | undefined> {
  const installs = before.filter(({words}) => readRequest(words)?.kind === 'install')
  const written = texts.flatMap((text) => text.replace(/\\\r?\n/g, ' ').match(plainInstall) ?? [])
  // One that is not followed may be of any folder.
  if (installs.length === 0 || written.length > installs.length) return undefined
  const left = texts.map((text) =>
    text
      .replace(/\\\r?\n/g, ' ')
      .replace(plainInstall, '')
      .replace(plainPrograms, ''),
  )
  if (left.some(mayInstall)) return undefined
  const found: {at: FileLocation; folder: string}[] = []
  for (const each of installs) {
    const request = readRequest(each.words)
    const text = each.words.join(' ')
    if (request?.manager !== 'npm' || request.member !== undefined || text.replace(plainInstall, '').trim() !== '')
      return undefined
    const other = posix.resolve(each.folder, request.folder ?? '.')
    if (other === folder || !(await leavesOut(each, other))) return undefined
    found.push({at: each.at, folder: other})
  }
  return found.at(-1)

  async function leavesOut({moment}: BuildCommand, other: string): Promise<boolean> {
    const [manifest, lock] = await Promise.all(
      ['package.json', 'package-lock.json'].map((name) =>
        reader.text(sourceAt(moment, posix.join(other, name), tracked)),
      ),
    )
    const value = manifest && parseLoosely(manifest.text)
    if (!value || value.workspaces !== undefined) return false
    const scripts = scriptsOf(value)
    const own = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare']
    if (own.some((name) => /\b(?:cd|npm|yarn|pnpm|bun)\b/.test(scripts[name] ?? '') || mayInstall(scripts[name] ?? '')))
      return false
    // What is not above is not looked in.
    if (!isBelow(folder, other)) return true
    const packages = lock && npmLockPackages(lock)
    if (!packages) return false
    const below = posix.relative(other, folder)
    return Object.entries(packages).every(([path, entry]) => {
      if (path === below || path.startsWith(`${below}/`)) return false
      if (!path.startsWith('node_modules/') || path.lastIndexOf('node_modules/') > 0) return true
      const bin = isTable(entry) && isTable(entry.bin) ? entry.bin : {}
      return !names.includes(path.slice('node_modules/'.length)) && !Object.hasOwn(bin, program)
    })
  }
}
