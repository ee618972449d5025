/** A script of package.json that is given to a program which runs none by that name: `npm build`, `node start:prod`. */

import {posix} from 'node:path'
import {rootImage} from '../../dockerfile/parse.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {lacks, unchangedAt} from '../../image/moment.ts'
import type {MissingTask, Project} from '../../image/programs/missing-tasks.ts'
import {scriptsOf} from './scripts-of.ts'

/** The commands of npm 6 to 11 and their other names (lib/utils/cmd-list.js); npm takes the beginning of one, too. */
const ofNpm =
  'access add add-user adduser audit author birthday bin bugs c cache ci cit clean-install clean-install-test completion config create ddp dedupe deprecate diff dist-tag dist-tags docs doctor edit exec explain explore find find-dupes fund get help help-search hlep home hook i ic in info init innit install install-ci-test install-clean install-test isntall issues it la link list ll ln login logout ls org outdated owner pack ping pkg prefix profile prune publish query r rb rebuild remove repo restart rm root run run-script rum s sbom se search set set-script shrinkwrap show sit star stars start stop substack t team test token trust tst udpate un undeprecate uninstall unlink unpublish unstar up update upgrade urn v verison version view visnup whoami why x xmas'.split(
    ' ',
  )

export interface MistakenScript {
  program: 'node' | 'npm'
  /** As it is written: `start:prod`, `run start`. */
  words: string
  script: string
}

/** What words ask for, if package.json has it as a script and the program takes it for something else. */
export function mistakenScript(
  words: readonly (string | undefined)[],
  scripts: readonly string[],
): MistakenScript | undefined {
  const [path = '', first = '', second = ''] = words
  const program = path.split('/').at(-1)
  if (program === 'npm' && scripts.includes(first) && !ofNpm.some((each) => each.startsWith(first)))
    return {program, words: first, script: first}
  // What a build writes is called server.js or build/index.js, not that.
  if (program === 'node' && scripts.includes(first) && /^start$|:/.test(first))
    return {program, words: first, script: first}
  if (program === 'node' && first === 'run' && scripts.includes(second))
    return {program, words: `run ${second}`, script: second}
  return undefined
}

/** Where node looks for a file that it is told to start, and what tsc makes one of. */
export const nodePlaces = ({words}: MistakenScript, folder: string): string[] => {
  const path = posix.resolve(folder, words.split(' ')[0] as string)
  return ['', '.js', '.json', '.node', '.ts'].map((ending) => `${path}${ending}`)
}

export const whyMistaken = ({program, words, script}: MistakenScript, manifest: string): string =>
  program === 'npm'
    ? `npm has no such command: ${script} is a script of ${manifest}`
    : `node looks for a file called ${words.split(' ')[0]}: ${script} is a script of ${manifest}`

/** The same of a RUN. */
export async function mistakenTask(
  command: BuildCommand,
  {reader, tracked}: Project,
): Promise<MissingTask | undefined> {
  const {folder, words, at} = command
  if (!/(?:^|\/)(?:npm|node)$/.test(words[0] ?? '')) return undefined
  const source = unchangedAt(command, posix.join(folder, 'package.json'), tracked)
  const file = await reader.text(source)
  const scripts = Object.keys(scriptsOf(file && parseLoosely(file.text)))
  const mistaken = mistakenScript(words, scripts)
  if (!file || !mistaken) return undefined
  if (mistaken.program === 'node' && !nodePlaces(mistaken, folder).every((path) => lacks(command, path)))
    return undefined
  // npm 6, which Node 14 brings, has a `build` that does nothing.
  const [, major] = /^(?:\S+\/)?node:(\d+)/.exec(rootImage(command.moment.stage) ?? '') ?? []
  const likely = mistaken.script === 'build' && !(Number(major) > 14)
  return {
    message: `${mistaken.program} ${mistaken.words} ${likely ? 'is likely to stop' : 'stops'}: ${whyMistaken(mistaken, file.path)}`,
    at,
    related: [file.whole],
    hint: `Write npm run ${mistaken.script}.`,
    likely,
  }
}
