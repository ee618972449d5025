/** Where `next build` lays the server of the standalone output: below the root of the files that it traces. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {TextFile} from '../../files/text.ts'
import type {Build} from '../../image/build.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import type {Started} from '../../processes/processes.ts'
import {startedScript} from '../scripts/started-script.ts'
import {configuredFolder} from './configured-folder.ts'

/** Of one of these Next.js takes the folder as the root (next/src/lib/find-root.ts). */
const locks = ['pnpm-lock.yaml', 'package-lock.json', 'yarn.lock', 'bun.lock', 'bun.lockb']

const installs = /^(?:npm|pnpm|yarn|bun) (?:install|i|ci|add)\b(?! -g\b| --global\b)|^yarn$/

/**
 * The folder of the server in .next/standalone: `apps/web` for a member of a workspace. undefined where it cannot be
 * told: of several lock files older versions take the nearest one, and newer ones the outermost.
 */
export function standaloneFolder(
  app: string,
  builder: BuiltStage,
  config: TextFile | undefined,
  run: readonly BuildCommand[],
): {folder: string; because: string} | undefined {
  const text = config?.text ?? ''
  if (config && /outputFileTracingRoot/.test(text)) {
    const keys = [['outputFileTracingRoot'], ['experimental', 'outputFileTracingRoot']]
    const set = keys.map((each) => configuredFolder([config], each)).find((each) => each?.path !== undefined)
    const because = `outputFileTracingRoot of ${config.path}`
    return set?.path === undefined ? undefined : {folder: posix.relative(posix.join(app, set.path), app), because}
  }
  if (/\broot\s*:/.test(text)) return undefined
  const found: string[] = []
  for (let folder = app; ; folder = posix.dirname(folder)) {
    found.push(...locks.map((name) => posix.join(folder, name)).filter((path) => builder.files.get(path)))
    if (folder === '/') break
  }
  // Those of bun are none to many versions: 14.0 knows neither, 15.1 knows bun.lockb alone.
  const only = found.find((path) => !posix.basename(path).startsWith('bun'))
  if (only === undefined || found.some((path) => posix.dirname(path) !== posix.dirname(only))) return undefined
  const root = posix.dirname(only)
  // An install in another folder may write a lock file there.
  if (run.some((each) => installs.test(each.words.join(' ')) && each.folder !== root)) return undefined
  return {folder: posix.relative(root, app), because: `the folder of ${posix.basename(only)}`}
}

/** A server.js that is started and does not lie where the copied output has it. */
export function missingServer(
  started: readonly Started[],
  {has, final}: Build,
  {target, folder}: {target: string; folder: string},
): {by: string; script: string; expected: string; at: FileLocation} | undefined {
  const {workingDir} = final.config
  const expected = posix.resolve(workingDir, target, folder, 'server.js')
  for (const each of started) {
    const script = startedScript(each)
    if (!script || !each.certain || each.folder === undefined || posix.basename(script) !== 'server.js') continue
    const place = posix.resolve(each.folder, script)
    const isInside = `${place}/`.startsWith(`${posix.resolve(workingDir, target)}/`.replace('//', '/'))
    if (place !== expected && isInside && has(place) !== 'yes')
      return {by: each.by, script, expected, at: each.command.at}
  }
  return undefined
}
