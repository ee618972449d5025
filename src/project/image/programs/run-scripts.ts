import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {lookedFor} from '../base/base-programs.ts'
import type {BuildCommand} from '../build-commands.ts'
import type {Image} from '../image.ts'
import {unchangedAt} from '../moment.ts'
import type {Lack} from './fetched-programs.ts'
import {mountsOnPath, programsAt} from './programs-at.ts'

/** What may take carriage returns away, in a RUN before. */
const mends = /\\r|dos2unix|\^M|\btr\s|autocrlf/

/**
 * Scripts of the project that a RUN starts by their place: "./mvnw: not found" is what the shell says of one whose first
 * line names no program of the stage, as with a carriage return at its end.
 */
export async function unstartedScripts(
  commands: readonly BuildCommand[],
  image: Image,
  {reader, project}: {reader: ProjectReader; project: Files},
): Promise<Lack[]> {
  const found: Lack[] = []
  for (const command of commands) {
    const {words, by, conditional, decisive, folder, moment, before} = command
    const [script = ''] = words
    if (by !== undefined || conditional || !decisive || !script.includes('/')) continue
    const file = await reader.text(unchangedAt(command, posix.resolve(folder, script), project))
    const [, interpreter] = /^#!\s*(?:\/usr\/bin\/env\s+|\/(?:usr\/)?bin\/)([\w.-]+)/.exec(file?.text ?? '') ?? []
    if (!file || interpreter === undefined) continue
    const says = `${script}: not found`
    const texts = [before, ...moment.unknown.map(({text = ''}) => text)]
    if (file.crlf) {
      if (!texts.some((text) => mends.test(text)))
        found.push({command, program: script, says, carriage: file.lineSpan(1)})
      continue
    }
    if (!lookedFor.has(interpreter) || mountsOnPath(command)) continue
    const programs = programsAt(command, image)
    if (programs?.base && programs.has(interpreter, true) === 'no')
      found.push({command, program: interpreter, by: script, written: file.lineSpan(1), says})
  }
  return found
}
