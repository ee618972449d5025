/** Members of a workspace that a command of the build asks for by name, and that no package.json has. */

import {suggest} from '../../../suggest.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import type {MissingTask, Project} from '../../image/programs/missing-tasks.ts'
import {pnpmGlobs, readManifest} from './workspace.ts'

/** What a command does without the member: tried with turbo 1.10 to 2.11, npm 10, pnpm 10, Bun 1.1 to 1.3. */
type Result = 'stops' | 'does nothing'

interface Asked {
  /** Of several, one that is there may be enough. */
  names: string[]
  result: Result
  /** A name without its scope will do. */
  unscoped?: boolean
}

export async function missingMember(
  command: BuildCommand,
  {reader, tracked}: Project,
): Promise<MissingTask | undefined> {
  const asked = askedBy(command, await isTurbo1(reader))
  if (!asked) return undefined
  const root = await readManifest(reader, '')
  if (!root || !((await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? root.workspaces)) return undefined
  const names = await namesOf(reader, tracked)
  const {names: wanted, result} = asked
  const isThere = (name: string): boolean =>
    names.includes(name) ||
    // A folder will do for npm and pnpm; npm takes all that are below it.
    tracked.has(`${name}/package.json`) ||
    (command.words[0] === 'npm' && tracked.under(name).some((path) => path.endsWith('/package.json'))) ||
    (asked.unscoped === true && names.some((each) => each.endsWith(`/${name}`)))
  const [name] = wanted
  if (name === undefined || wanted.some(isThere)) return undefined
  const meant = names.find((each) => each.endsWith(`/${name}`)) ?? suggest(name, names)
  return {
    message: `${command.words.map((word) => word ?? '…').join(' ')} ${result}: no package.json of the project has the name ${name}`,
    at: command.at,
    related: [{file: 'package.json'}],
    hint: meant ? `Did you mean ${meant}?` : `Its packages: ${names.slice(0, 12).join(', ')}.`,
    ...(result === 'does nothing' && {likely: true}),
  }
}

const plain = /^(?:@[\w.-]+\/)?[\w.-]*\w$/

/** By its key for the tasks: turbo 2 calls it `tasks`, and stops at the old one. */
const isTurbo1 = async (reader: ProjectReader): Promise<boolean> =>
  /"pipeline"\s*:/.test((await reader.text('turbo.json'))?.text ?? '')

function askedBy({words}: BuildCommand, turbo1: boolean): Asked | undefined {
  if (words.includes(undefined)) return undefined
  const [program = '', ...rest] = words as string[]
  const turbo = [program, ...rest.slice(0, 2)].findIndex((word) => /^turbo(?:@|$)/.test(word))
  if (turbo >= 0) {
    const [verb, ...others] = words.slice(turbo + 1) as string[]
    if (verb === 'prune') return find([...values(others, '--scope'), ...others.filter(isFirst)], 'stops')
    const named = values(words as string[], '--filter')
    return turbo1 ? unscoped(find(named, 'does nothing')) : find(named, 'stops')
  }
  if (program === 'npm') return find([...values(rest, '--workspace'), ...values(rest, '-w')], 'stops')
  // "No packages matched the filter"; the packages that an install is for are others.
  if (program === 'bun' && !/^(?:i|install|ci|add|update)$/.test(rest.find((word) => !word.startsWith('-')) ?? ''))
    return find(filtersOfBun(rest), 'stops')
  if (program !== 'pnpm') return undefined
  return unscoped(find([...values(rest, '--filter'), ...values(rest, '-F')], 'does nothing'))
}

/** What stands behind the name of a script is the script's: `bun run build --filter=web`. */
function filtersOfBun(words: readonly string[]): string[] {
  const found: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string
    const [flag = '', value] = word.split(/=(.*)/s)
    if (flag === '--filter' || flag === '-F') found.push(value ?? words[++index] ?? '')
    else if (!word.startsWith('-') && !(word === 'run' && index === words.indexOf('run'))) break
  }
  return found
}

const unscoped = (asked: Asked | undefined): Asked | undefined => asked && {...asked, unscoped: true}

const isFirst = (word: string, index: number, all: readonly string[]): boolean =>
  !word.startsWith('-') && !all.slice(0, index).some((each) => /^--(?:out-dir|cwd|scope)$/.test(each))

/** `--filter web`, `--filter=web...`. */
const values = (words: readonly string[], flag: string): string[] =>
  words.flatMap((word, index) =>
    word === flag ? (words[index + 1] ?? []) : word.startsWith(`${flag}=`) ? word.slice(flag.length + 1) : [],
  )

/** Plain names alone: a pattern may find others. */
function find(named: readonly string[], result: Result): Asked | undefined {
  const names = named.map((name) => name.replace(/^["']|["']$/g, '').replace(/^(?:\.\.\.)?\^?|\^?\.\.\.$/g, ''))
  return names.length > 0 && names.every((name) => plain.test(name)) ? {names, result} : undefined
}

async function namesOf(reader: ProjectReader, tracked: Files): Promise<string[]> {
  const folders = tracked.named('package.json').map((path) => path.slice(0, -'package.json'.length))
  const manifests = await Promise.all(folders.map((folder) => readManifest(reader, folder)))
  return manifests.flatMap((each) => each?.name ?? [])
}
