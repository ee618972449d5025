import {posix} from 'node:path'
import {lineage} from '../dockerfile/parse.ts'
import {type Document, isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {unchangedAt} from '../image/moment.ts'
import {programOf} from '../image/shell/command.ts'
import type {LockGap} from '../node/locks/lock-gaps.ts'

type Gap = Omit<LockGap, 'isMended' | 'manager'>

/** PHP itself, its extensions and libraries, and composer (PlatformRepository). */
const platform = /^(?:php(?:-\w+)?|hhvm|(?:ext|lib)-[\w.-]+|composer(?:-(?:plugin|runtime)-api)?)$/i

/** What brings the lock file in line, or lets composer pass over it. */
export const renewsComposer =
  /\bcomposer(?:\.phar)?\s+(?:-\S+\s+){0,5}(?:update|u|upgrade|require|req|remove|bump|config)\b|allow-missing-requirements|\brm\b[^\n&;|]{0,300}composer\.lock/

/**
 * composer 2 stops where composer.json requires what composer.lock does not have, by its name or by what another replaces or
 * provides: `Required package "…" is not present in the lock file.` (Locker::getMissingRequirementInfo, exit code 4). That the
 * content hash is another one is a warning alone.
 */
export async function composerGap(
  command: BuildCommand,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<Gap | undefined> {
  const words = command.words.map((word) => word ?? '')
  const at = /^composer(?:\.phar)?$/.test(programOf(command) ?? '')
    ? 0
    : programOf(command) === 'php' && /composer(?:\.phar)?$/.test(words[1] ?? '')
      ? 1
      : -1
  const verb = words[at + 1] ?? ''
  if (
    at < 0 ||
    !/^(?:install|i)$/.test(verb) ||
    words.some((word) => word === '' || /^(?:-d|--working-dir|--dry-run|--ignore-platform-reqs=)/.test(word))
  )
    return undefined
  const {moment, before} = command
  if ([before, ...moment.unknown.map(({text = ''}) => text)].some((text) => renewsComposer.test(text))) return undefined
  // The first composer only warns.
  const brings = lineage(moment.stage).flatMap(({image = '', instructions}) => [
    image,
    ...instructions.map(({text, flags}) => `${flags.map((flag) => flag.join('=')).join(' ')} ${text}`),
  ])
  if (brings.some((text) => /composer:1(?![\d])|--1\b|--version=1\.|composer-1\./.test(text))) return undefined
  const read = async (name: string): Promise<{file: TextFile; document: Document} | undefined> => {
    const file = await reader.text(unchangedAt(command, posix.join(command.folder, name), paths))
    const document = file && parseJson(file)
    return file && document && 'value' in document ? {file, document} : undefined
  }
  const [manifest, lock] = await Promise.all([read('composer.json'), read('composer.lock')])
  if (!manifest || !lock) return undefined
  const {config, ...root} = manifest.document.value
  if (isTable(config) && config['allow-missing-requirements']) return undefined
  const withDev = !words.includes('--no-dev') && !moment.variables.has('COMPOSER_NO_DEV')
  const lists = withDev ? ['packages', 'packages-dev'] : ['packages']
  const given = new Set(namesOf(root))
  for (const list of lists) {
    const packages = lock.document.value[list]
    // A lock file of another make.
    if (!Array.isArray(packages)) return undefined
    for (const each of packages) if (isTable(each)) for (const name of namesOf(each)) given.add(name)
  }
  const missing = (withDev ? ['require', 'require-dev'] : ['require']).flatMap((table) =>
    Object.entries(isTable(root[table]) ? root[table] : {}).flatMap(([name, wanted]) =>
      platform.test(name) || wanted === 'self.version' || given.has(name.toLowerCase())
        ? []
        : [{table, name, wanted: String(wanted)}],
    ),
  )
  const [first] = missing
  if (!first) return undefined
  return {
    ...{name: first.name, wanted: first.wanted, locked: undefined, others: missing.length - 1},
    ...{command: words.slice(0, at + 2).join(' '), install: command.at, lock: lock.file.whole},
    ...{manifest: manifest.file.path, at: manifest.document.at([first.table, first.name])},
  }
}

/** A package by its own name, and by those that it stands for. */
function namesOf(each: Record<string, unknown>): string[] {
  const others = [each.replace, each.provide].flatMap((table) => (isTable(table) ? Object.keys(table) : []))
  return [...(typeof each.name === 'string' ? [each.name] : []), ...others].map((name) => name.toLowerCase())
}
