/** Lock files in a format that the package manager of the image does not read. */
import {rootImage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {plainName} from '../../image/base/base-images.ts'
import {imageVersion} from '../../toolchains/image-versions.ts'
import {atLeast, everyOf, isBelow} from '../../toolchains/ranges.ts'
import type {Install} from '../installs/installs.ts'
import {gap, type ManagerGap} from './manager-rules.ts'
import {pnpmMajor} from './pnpm-version.ts'

/** A lock file that is not read. */
interface Unread {
  /** `pnpm 8`. */
  reader: string
  /** Of the lock file: `9.0`, and where it says so. */
  version: string
  line: string
  /** Who reads it. */
  readers: string
  hint: string
  /** The install stops there, and does not go on without it. */
  stops: boolean
}

export function lockVersion(install: Install): ManagerGap | undefined {
  const {request, lock, text} = install
  const unread = lock && {npm, pnpm, bun, yarn: () => undefined}[request.manager](install, lock.text)
  if (!unread) return undefined
  const {reader, version, line, readers, hint, stops} = unread
  const start = lock.text.indexOf(line)
  const result = stops ? 'stops' : 'does not go by the lock file'
  return gap(
    install,
    `${text} ${result}: ${reader} does not read ${lock.path} of version ${version}, which is for ${readers}`,
    hint,
    [lock.span(start, start + line.length)],
    stops ? 'error' : 'warning',
  )
}

const isFrozen = ({command}: Install): boolean => command.words.includes('--frozen-lockfile')
/** pnpm asks for no change of the lock file in CI, either; but one that it does not know it leaves aside there. */
const isCi = ({command}: Install): boolean => /^(?:true|1)$/.test(command.moment.variables.get('CI') ?? '')

/** Which versions of pnpm read which lockfileVersion (ERR_PNPM_LOCKFILE_BREAKING_CHANGE, ERR_PNPM_NO_LOCKFILE). */
const pnpmReaders = new Map<string, {from: number; to: number; name: string}>([
  ['5', {from: 3, to: 7, name: 'pnpm 7 or earlier'}],
  ['6', {from: 8, to: 9, name: 'pnpm 8 or 9'}],
  ['9', {from: 9, to: Number.POSITIVE_INFINITY, name: 'pnpm 9 or later'}],
])

function pnpm(install: Install, lock: string): Unread | undefined {
  const {packageManager, before, value, command} = install
  // corepack and pnpm go by these, too.
  const isAsked = packageManager === undefined && isTable(value.devEngines) && value.devEngines.packageManager
  if (isAsked || command.moment.variables.get('COREPACK_DEFAULT_TO_LATEST') === '0') return undefined
  const [line = '', written = ''] = /^lockfileVersion:\s*'?(\d+)[^\n]*/m.exec(lock) ?? []
  const reader = pnpmReaders.get(written)
  const major = pnpmMajor(packageManager, before)
  if (!reader || major === undefined) return undefined
  const number = major === 'newest' ? Number.POSITIVE_INFINITY : major
  // Version 7 could write and read 6.0 where it was asked to.
  if (number < 8 && written === '6') return undefined
  const isRead = major === 'newest' ? reader.to === number : number >= reader.from && number <= reader.to
  if (isRead) return undefined
  const version = Math.min(reader.to, Math.max(reader.from, 7))
  return {
    reader: major === 'newest' ? 'the newest pnpm, which is taken here,' : `pnpm ${major}`,
    version: /[\d.]+/.exec(line)?.[0] ?? written,
    line,
    readers: reader.name,
    hint: `Name the version that the lock file is for, in package.json ("packageManager": "pnpm@${version}…") or where pnpm is installed; or write the lock file anew with the other one: pnpm install`,
    // pnpm 8 still knows what 5.4 is (tried with 8.15, 9.15, 10.17 and 11).
    stops: isFrozen(install) || (isCi(install) && major === 8 && written === '5'),
  }
}

/** npm 6, of Node 14 and earlier, knows the tree of version 1 alone, which version 2 still has beside its own. */
function npm({command, before}: Install, lock: string): Unread | undefined {
  const node = imageVersion(rootImage(command.moment.stage) ?? '', 'Node')
  const line = /"lockfileVersion":\s*3\b/.exec(lock.slice(0, 2000))?.[0]
  if (!line || !node || Number.parseInt(node, 10) >= 15 || before.some(bringsNpm)) return undefined
  return {
    reader: `npm 6, which comes with Node ${node},`,
    version: '3',
    line,
    readers: 'npm 7 or later',
    hint: 'Take an image of a newer Node: FROM node:24-slim; or write the lock file for both: npm install --lockfile-version 2',
    stops: /^(?:ci|clean-install)$/.test(command.words[1] ?? ''),
  }
}

const bringsNpm = (text: string): boolean => /\bnpm@|\b(?:nvm|fnm|volta|n) |nodesource|nodejs\.org/.test(text)

/** By lockfileVersion of bun.lock: from which Bun on it is read (tried with 1.2.20, 1.3.14 and 1.4.0); before 1.1.39 none is looked at. */
const bunReaders = new Map([
  ['0', '1.1.39'],
  ['1', '1.2.0'],
  ['2', '1.4.0'],
])

function bun(install: Install, lock: string): Unread | undefined {
  const [line, written = ''] = /"lockfileVersion":\s*(\d+)/.exec(lock.slice(0, 2000)) ?? []
  const first = bunReaders.get(written)
  const version = bunVersion(install)
  if (!line || !first || !version || !isBelow(everyOf(version), atLeast(first))) return undefined
  const looks = !isBelow(everyOf(version), atLeast('1.1.39'))
  return {
    reader: `Bun ${version}`,
    version: written,
    line,
    readers: `Bun ${first} or later`,
    hint: `Take the Bun that wrote it, or a later one: FROM oven/bun:1`,
    stops: looks && (isFrozen(install) || install.command.words.includes('ci')),
  }
}

/** Of its own image, or as npm installs it. */
function bunVersion({command, before}: Install): string | undefined {
  const named = before.flatMap((text) => /\bbun(?:@|-v)(\d+(?:\.\d+){0,2})\b/.exec(text)?.[1] ?? [])
  const image = /^oven\/bun:(\d+\.\d+(?:\.\d+)?)(?=$|[-@])/.exec(plainName(rootImage(command.moment.stage) ?? ''))?.[1]
  return before.some((text) => /\bbun upgrade\b/.test(text)) ? undefined : (named.at(-1) ?? image)
}
