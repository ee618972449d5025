/** Packages of Hex that are not for everybody: those of an organization, or of a repository of somebody's own. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {FactStore} from '../../facts.ts'
import {instructionsBefore, rootImage} from '../dockerfile/parse.ts'
import {noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {basePrograms} from '../image/base/base-programs.ts'
import {isBelow} from '../image/files/image-path.ts'
import {lacks, unchangedAt} from '../image/moment.ts'
import {mayInstallAnything} from '../image/programs/programs.ts'
import {programOf} from '../image/shell/command.ts'
import {isOfAllEnvironments} from './mix-clones.ts'

export interface HexGap {
  /** `mix deps.get`. */
  text: string
  at: FileLocation
  /** The package in the lock file. */
  locked: FileLocation
  /** `hexpm:acme` is an organization, `oban` a repository. */
  repository: string
}

/** A package of another repository than Hex's own: the last words of its line are that one and a checksum. */
const foreign = /^[ \t]*"(\w+)": \{:hex, [^\n]{1,5000}\}\], "((?:hexpm:)?[\w.-]{1,100})", "[0-9a-f]{64}"\}/gm
/** mix.exs may ask for it only where there is a key, or something else in its place. */
const chooses = /\b(?:if|case|cond|unless)\b(?![?!:])|\bSystem\.(?:get|fetch)_env\b/
/** What makes a repository known, or may: a command, the folder of its settings, a variable or a secret. */
const signsIn = /\bhex\.\w|HEX_|\.hex\b|type=secret/

/**
 * Installs that stop as nobody has made the repository known to Hex before (`Unknown repository "oban"`), or has signed
 * in to the organization: "No authenticated organization found" (hex, lib/hex/repo.ex and lib/hex/registry/server.ex).
 */
export async function hexGaps(reader: ProjectReader, facts: FactStore): Promise<HexGap[]> {
  const [commands, files] = await Promise.all([facts.value('buildCommands'), facts.value('files')])
  const project = files ?? noFiles
  const found: HexGap[] = []
  for (const command of commands?.commands ?? []) {
    const {words, conditional, decisive, moment, folder, at} = command
    if (programOf(command) !== 'mix' || words[1] !== 'deps.get' || conditional || !decisive) continue
    const {stage, instruction, variables} = moment
    if (!basePrograms(rootImage(stage) ?? '') || [...variables.keys()].some((name) => name.startsWith('HEX_'))) continue
    const before = [...instructionsBefore(stage, instruction), instruction]
    const texts = before.flatMap(({text, flags}) => [text, ...flags.map(([name, value]) => `${name}=${value}`)])
    if (texts.some((text) => signsIn.test(text.replace(/\blocal\.hex\b/g, '')))) continue
    if (texts.slice(0, -1).some(mayInstallAnything) || moment.files.get('/root/.hex')) continue
    if (moment.unknown.some(({by, path}) => by === 'copy' && isBelow('/root/.hex', path))) continue
    const lock = await reader.text(unchangedAt(command, posix.join(folder, 'mix.lock'), project))
    const manifest = await reader.text(unchangedAt(command, posix.join(folder, 'mix.exs'), project))
    if (!lock || !manifest || chooses.test(manifest.text.replace(/(?<=^\s{0,200})#[^\n]*/gm, ''))) continue
    const told = new Set<string>()
    for (const {0: line, 1: name = '', 2: repository = '', index} of lock.text.matchAll(foreign)) {
      if (repository === 'hexpm' || told.has(repository) || !isOfAllEnvironments(manifest.text, name)) continue
      // It has come with the sources.
      if (!lacks(command, posix.join(folder, 'deps', name))) continue
      told.add(repository)
      const start = index + line.indexOf('"')
      found.push({text: 'mix deps.get', at, locked: lock.span(start, start + name.length + 2), repository})
    }
  }
  return found
}
