/** go-sqlite3 of a version that the C library of newer Alpines refuses. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {lineage} from '../../dockerfile/parse.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../build-commands.ts'
import type {GoProgram} from '../files/named/go-packages.ts'
import {heldOf, type Image} from '../image.ts'
import {sourceAt} from '../moment.ts'
import type {CPackage} from './c-packages.ts'

/**
 * musl 1.2.4, which Alpine has since 3.19, has no `pread64` any more; go-sqlite3 does without from 1.14.18 on (its issue 1164
 * and pull request 1177).
 */
export function mayBeRefused(command: BuildCommand, image: Image): boolean {
  const {moment} = command
  const {held} = heldOf(image, command)
  const {text} = moment.instruction
  // What the C compiler is told may bring them back.
  const isTold = /CGO_CFLAGS|LARGEFILE64|libsqlite3|\bgo (?:get|env -w|mod (?:edit|tidy|vendor))\b/.test(text)
  return (held?.release?.alpine ?? 0) >= 19 && !isTold && !moment.variables.has('CGO_CFLAGS')
}

const baseOf = ({moment: {stage}}: BuildCommand): FileLocation => (lineage(stage)[0] ?? stage).at

const driver = /^(?:github\.com\/mattn\/go-sqlite3|gorm\.io\/driver\/sqlite)$/

/** In what `go build` builds. */
export async function refusedBy(
  command: BuildCommand,
  program: GoProgram | undefined,
  reader: ProjectReader,
): Promise<CPackage | undefined> {
  const file = program && (await reader.text(posix.join(program.origin, 'go.mod')))
  const old = file && (await oldDriver(file, reader))
  if (!old) return undefined
  for (const {file: source, imports} of program.sources) {
    const used = imports.find(({path}) => driver.test(path))
    if (used)
      return {...old, at: command.at, base: baseOf(command), importedAt: source.span(used.start, used.end), sure: true}
  }
  return undefined
}

/** In what a script of the project builds: it says in which folder, or the module is the one at the top. */
export async function refusedInScript(
  command: BuildCommand,
  reader: ProjectReader,
  tracked: Files,
): Promise<CPackage | undefined> {
  const {words, moment, folder} = command
  const name = /^(?:ba|da|a)?sh$/.test(words[0] ?? '') ? words[1] : words[0]
  if (!name?.includes('/') && !name?.endsWith('.sh')) return undefined
  const script = await reader.text(sourceAt(moment, posix.resolve(folder, name), tracked))
  const text = script?.text ?? ''
  if (!/^[^#\n]{0,200}\bgo build\b/m.test(text) || /CGO_ENABLED["']?[= ]["']?0|CFLAGS|libsqlite3/.test(text))
    return undefined
  for (const path of tracked.named('go.mod')) {
    const place = posix.dirname(path)
    if (place !== '.' && !new RegExp(`\\bcd ["']?(?:\\./)?${place.replace(/[^\w/-]/g, '.')}\\b`).test(text)) continue
    const file = await reader.text(path)
    const old = file && (await oldDriver(file, reader))
    if (old) return {...old, at: command.at, base: baseOf(command), sure: false}
  }
  return undefined
}

/** What go.mod requires, where go.sum has no later one, which another module may ask for. */
async function oldDriver(
  file: TextFile,
  reader: ProjectReader,
): Promise<Omit<CPackage, 'at' | 'base' | 'sure'> | undefined> {
  const required = /^(?:require)?[ \t]{0,9}github\.com\/mattn\/go-sqlite3[ \t]+(v1\.\d+\.\d+)\b/m.exec(file.text)
  if (!required || /go-sqlite3[^\n]{0,100}=>/.test(file.text)) return undefined
  const sums = await reader.text(posix.join(posix.dirname(file.path), 'go.sum'))
  const locked = (sums?.text ?? '').matchAll(/^github\.com\/mattn\/go-sqlite3 (v1\.\d+\.\d+) /gm)
  const [whole, version = ''] = required
  if (![version, ...[...locked].map(([, each = '']) => each)].every(isOld)) return undefined
  const importedAt = file.span(required.index, required.index + whole.length)
  return {package: `github.com/mattn/go-sqlite3 ${version}`, importedAt, by: 'musl', stops: true}
}

const isOld = (version: string): boolean => {
  const [, minor = 0, patch = 0] = version.split('.').map(Number)
  return minor < 14 || (minor === 14 && patch <= 17)
}
