import {posix} from 'node:path'
import {type Code, codeOf, openBraces, placeOf} from '../../code/code.ts'
import {lookedFor} from '../base/base-programs.ts'
import type {BuildCommand} from '../build-commands.ts'
import type {Image} from '../image.ts'
import {sourceAt} from '../moment.ts'
import {programOf} from '../shell/command.ts'
import type {Lack} from './fetched-programs.ts'
import type {Project} from './missing-tasks.ts'
import {mountsOnPath, programsAt} from './programs-at.ts'

const builds = /^(?:b|build|install|auditable|leptos|run)$/

/** `Command::new("npm")…status().expect(…)`: the build script of a crate panics where there is no such program. */
const calls = /\bCommand::new\(\s{0,99}"([\w-]{1,40})"\s{0,99}\)/g
const panics = /\.(?:status|output|spawn)\(\)\s{0,99}(?:\.(?:expect|unwrap)\(|\?)/

/** Programs of the system that the build.rs of the crate starts, whatever happens, where cargo builds. */
export async function buildScriptLack(
  command: BuildCommand,
  image: Image,
  {reader, tracked}: Project,
): Promise<Lack | undefined> {
  if (programOf(command) !== 'cargo' || !command.words.some((word) => builds.test(word ?? ''))) return undefined
  if (mountsOnPath(command)) return undefined
  // Of a workspace it is not known here which members are built.
  const script = await reader.text(sourceAt(command.moment, posix.join(command.folder, 'build.rs'), tracked))
  const code = script && codeOf(script)
  if (!code) return undefined
  const programs = programsAt(command, image)
  if (!programs?.base) return undefined
  for (const {0: call, 1: program = '', index} of code.text.matchAll(calls)) {
    if (!lookedFor.has(program) || !isDone(code, index) || programs.has(program, true) !== 'no') continue
    const written = placeOf(code, {start: index, end: index + call.length})
    return {command, program, by: 'build.rs', written, says: 'No such file or directory (os error 2)'}
  }
  return undefined
}

/** It stands in `main` itself, in no branch, and nothing before it may end that. */
function isDone(code: Code, at: number): boolean {
  const [open, ...more] = openBraces(code, at)
  if (open === undefined || more.length > 0) return false
  if (!/\bfn\s+main\s*\(\s*\)[^;{}]{0,200}$/.test(code.bare.slice(Math.max(0, open - 300), open))) return false
  const before = code.bare.slice(open, at)
  if (/\breturn\b|\bexit\s*\(|#\[cfg|\bcfg!/.test(before)) return false
  const end = code.bare.indexOf(';', at)
  return panics.test(code.bare.slice(at, end < 0 ? undefined : end + 1))
}
