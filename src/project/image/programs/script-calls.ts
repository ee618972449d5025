import {posix} from 'node:path'
import {type Code, closing, codeOf, openBraces, placeOf} from '../../code/code.ts'
import {isConditional} from '../../code/conditional.ts'
import {programCalls} from '../../code/program-calls.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../build-commands.ts'
import type {Image} from '../image.ts'
import {unchangedAt} from '../moment.ts'
import {systemPrograms} from '../packages/system-programs.ts'
import {programOf} from '../shell/command.ts'
import {isPrepared} from './called-programs.ts'
import type {Lack} from './fetched-programs.ts'
import {mountsOnPath, programsAt} from './programs-at.ts'

/** They throw where there is no such program; `spawnSync` does not, and the others answer later on. */
const throwing = /\b(?:execSync|execFileSync|execaSync)\s{0,9}\(/

/**
 * Programs of the system that a script of JavaScript calls, which the build runs: `execFileSync('curl', …)`. Only the file
 * that is started is read, and whether it comes to that call is not known: the build may stop.
 */
export async function scriptCalls(
  commands: readonly BuildCommand[],
  image: Image,
  {reader, project}: {reader: ProjectReader; project: Files},
): Promise<Lack[]> {
  const found: Lack[] = []
  for (const command of commands) {
    if (command.conditional || !command.decisive || !/^(?:node|tsx)$/.test(programOf(command) ?? '')) continue
    const script = command.words.slice(1).find((word) => !word?.startsWith('-'))
    if (!script || !/\.[cm]?[jt]s$/.test(script) || mountsOnPath(command)) continue
    const file = await reader.text(unchangedAt(command, posix.resolve(command.folder, script), project))
    const code = file && codeOf(file)
    if (!code || isPrepared.test(code.text)) continue
    const programs = programsAt(command, image)
    if (!programs?.base) continue
    const call = programCalls(code).find(
      ({program, library, span: {start, end}}) =>
        !library &&
        systemPrograms.has(program) &&
        throwing.test(code.text.slice(start, end)) &&
        // A shell may have an answer to the failure.
        !/\|/.test(/^[^\n]{0,300}/.exec(code.text.slice(end))?.[0] ?? '') &&
        !isConditional(code, start) &&
        !isCaught(code, start) &&
        programs.has(program, true) === 'no',
    )
    if (call) {
      const {program, span} = call
      const says = `spawnSync ${program} ENOENT`
      found.push({command, program, by: posix.basename(script), written: placeOf(code, span), says, likely: true})
    }
  }
  return found
}

/** In a `try` whose `catch` does not hand the error on. */
const isCaught = (code: Code, at: number): boolean =>
  openBraces(code, at).some((open) => {
    if (!/\btry\s{0,9}$/.test(code.bare.slice(Math.max(0, open - 15), open))) return false
    const behind = code.bare.slice(closing(code, open) + 1)
    const handler = /^\s{0,20}catch\s{0,9}(?:\([^()]{0,100}\)\s{0,9})?\{/.exec(behind)
    if (!handler) return false
    const start = closing(code, open) + handler[0].length
    return !/\bthrow\b|\bprocess\s?\.\s?exit|\breject\(|\berror\s{0,9}[:,}]/.test(
      code.bare.slice(start, closing(code, start)),
    )
  })
