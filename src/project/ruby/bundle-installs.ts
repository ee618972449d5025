import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {instructionsBefore, lineage} from '../dockerfile/parse.ts'
import {noFiles} from '../files/files.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {mayBeChanged, sourceAt} from '../image/moment.ts'
import type {GemLock} from './gems.ts'

/** A `bundle install` of the build, with the lock that it finds: the first of each lock. */
export interface BundleInstall {
  lock: GemLock
  /** Bundler may not change the lock. */
  frozen: boolean
  at: FileLocation
  /** Its failure ends the build, and no file of Bundler's settings may say otherwise. */
  decisive: boolean
}

/** What Bundler reads as no (Bundler::Settings#to_bool). */
const no = /^(?:false|f|no|n|0|)$/i

/** What may lift it, name another Gemfile, or write one of the files, in the text of a RUN. */
const interferes =
  /\bBUNDLE_(?:FROZEN|DEPLOYMENT|GEMFILE)\b|\.bundle\/config\b|\brm\b[^;&|\n]{0,300}\bGemfile|--gemfile\b|--no-(?:frozen|deployment)\b/

export async function loadBundleInstalls(facts: FactStore): Promise<Fact<BundleInstall[]>> {
  const [[{commands}, gems], files] = await Promise.all([facts.needAll('buildCommands', 'gems'), facts.value('files')])
  const tracked = files ?? noFiles
  // It comes before the variables.
  const isConfigured = tracked.named('.bundle/config').length > 0
  const found = new Map<GemLock, BundleInstall>()
  for (const [index, command] of commands.entries()) {
    const {words, conditional, decisive, at, moment, folder} = command
    if (words[0] !== 'bundle' || words[1] !== 'install' || conditional) continue
    const [lockPlace, gemfilePlace] = [posix.join(folder, 'Gemfile.lock'), posix.join(folder, 'Gemfile')]
    const path = sourceAt(moment, lockPlace, tracked) ?? ''
    const lock = gems.get(path)
    if (!lock || found.has(lock)) continue
    if (sourceAt(moment, gemfilePlace, tracked) !== path.replace(/\.lock$/, '')) continue
    if (mayBeChanged(command, lockPlace) || mayBeChanged(command, gemfilePlace)) continue
    const stages = lineage(moment.stage)
    const before = commands.slice(0, index).filter((each) => stages.includes(each.moment.stage))
    const answers = [
      ...['BUNDLE_DEPLOYMENT', 'BUNDLE_FROZEN'].map((name) => isSet(moment.variables.get(name))),
      ...[...before, command].map((each) => freezes(each.words)),
    ]
    const frozen =
      answers.includes(true) &&
      !answers.includes(false) &&
      !before.some(makesFit) &&
      !interferes.test(textUpTo(command))
    found.set(lock, {lock, frozen, at, decisive: decisive && !isConfigured})
  }
  return known([...found.values()])
}

/** What the stage has run by then, and the command itself; a variable of ENV that names another Gemfile counts, too. */
function textUpTo({moment, before}: BuildCommand): string {
  const {stage, instruction, variables} = moment
  const texts = instructionsBefore(stage, instruction).flatMap(({keyword, text}) => (keyword === 'RUN' ? text : []))
  const [own = ''] = instruction.text.slice(before.length).split(/&&|\|\||;|(?<!\\)\n/)
  return [...(variables.has('BUNDLE_GEMFILE') ? ['BUNDLE_GEMFILE'] : []), ...texts, before, own].join('\n')
}

const isSet = (value: string | undefined): boolean | undefined =>
  value === undefined || value.includes('$') ? undefined : !no.test(value)

/** It makes the lock fit before. */
const makesFit = ({words}: BuildCommand): boolean =>
  words[0] === 'bundle' && /^(?:lock|update|add|remove)$/.test(words[1] ?? '')

/** Whether a command makes Bundler take the lock as it is, or no longer; undefined where it says nothing of it. */
function freezes([program, verb, ...rest]: readonly (string | undefined)[]): boolean | undefined {
  if (program !== 'bundle') return undefined
  if (verb === 'install') return rest.some((word) => word === '--deployment' || word === '--frozen') || undefined
  const index = verb === 'config' ? rest.findIndex((word) => word === 'deployment' || word === 'frozen') : -1
  if (index < 0) return undefined
  const value = rest.slice(index + 1).find((word) => !word?.startsWith('-'))
  if (rest.includes('unset') || rest.includes('--delete')) return false
  return value === undefined ? undefined : !no.test(value)
}
