/** A package.json that is no JSON, so that no package manager reads it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {parseJson} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {foundFrom} from './installs.ts'

export interface UnreadManifest {
  /** `npm ci`. */
  command: string
  commandAt: FileLocation
  /** `package.json`. */
  file: string
  /** `this is no JSON: a comma must stand here`. */
  message: string
  at: FileLocation
}

export async function loadUnreadManifests({reader}: Inputs, facts: FactStore): Promise<Fact<UnreadManifest[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const tracked = files ?? noFiles
  const found = new Map<string, UnreadManifest>()
  for (const command of commands) {
    const request = readRequest(command.words)
    // bun takes comments and a comma at the end.
    if (request?.kind !== 'install' || request.manager === 'bun' || command.conditional || !command.decisive) continue
    const folder = posix.resolve(command.folder, request.folder ?? '.')
    const file = await foundFrom(folder, 'package.json', command, {reader, tracked})
    // git/merge-conflict tells of two versions in one file.
    if (!file || found.has(file.path) || file.text.trim() === '' || /^\ufeff|^[<=>]{7}/m.test(file.text)) continue
    const document = parseJson(file)
    if ('value' in document) continue
    const text = command.words.slice(0, 3).join(' ')
    found.set(file.path, {...document, command: text, commandAt: command.at, file: file.path})
  }
  return known([...found.values()])
}
