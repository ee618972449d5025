import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files.ts'
import type {StageCommand} from '../image/stage-image.ts'
import type {GemLock} from './gems.ts'

/** A `bundle install` of the build, with the lock that it finds: the first of each lock. */
export interface BundleInstall {
  lock: GemLock
  /** Bundler may not change the lock. */
  frozen: boolean
  at: FileLocation
  /** Its failure ends the build, and no file of Bundler's settings may say otherwise. */
  decisive: boolean
  /** Whether git is there by then. */
  git: 'yes' | 'no' | 'unknown'
}

/** What Bundler reads as no (Bundler::Settings#to_bool). */
const no = /^(?:false|f|no|n|0|)$/i

export async function loadBundleInstalls(facts: FactStore): Promise<Fact<BundleInstall[]>> {
  const [image, gems, files] = await Promise.all([facts.get('image'), facts.get('gems'), facts.value('files')])
  if (image.state !== 'ok') return image
  if (gems.state !== 'ok') return gems
  // It comes before the variables.
  const isConfigured = (files ?? noFiles).named('.bundle/config').length > 0
  const found = new Map<GemLock, BundleInstall>()
  for (const {commands, env} of image.value.stages) {
    for (const [index, {words, conditional, decisive, at, source, packagesThen}] of commands.entries()) {
      if (words[0] !== 'bundle' || words[1] !== 'install' || conditional) continue
      const lock = gems.value.get(source('Gemfile.lock') ?? '')
      if (!lock || found.has(lock)) continue
      const before = commands.slice(0, index)
      const answers = [
        ...['BUNDLE_DEPLOYMENT', 'BUNDLE_FROZEN'].map((name) => isSet(env.get(name)?.value)),
        ...[...before, {words}].map((each) => freezes(each.words)),
      ]
      const frozen = answers.includes(true) && !answers.includes(false) && !before.some(makesFit)
      found.set(lock, {lock, frozen, at, decisive: decisive && !isConfigured, git: packagesThen.has('git')})
    }
  }
  return known([...found.values()])
}

const isSet = (value: string | undefined): boolean | undefined => (value === undefined ? undefined : !no.test(value))

/** It makes the lock fit before. */
const makesFit = ({words}: StageCommand): boolean =>
  words[0] === 'bundle' && /^(?:lock|update|add|remove)$/.test(words[1] ?? '')

/** Whether a command makes Bundler take the lock as it is, or no longer; undefined where it says nothing of it. */
function freezes([program, verb, ...rest]: readonly (string | undefined)[]): boolean | undefined {
  if (program !== 'bundle') return undefined
  if (verb === 'install') return rest.some((word) => word === '--deployment' || word === '--frozen') || undefined
  const index = verb === 'config' ? rest.findIndex((word) => word === 'deployment' || word === 'frozen') : -1
  if (index < 0) return undefined
  const value = rest.slice(index + 1).find((word) => !word?.startsWith('-'))
  return rest.includes('unset') ? false : value === undefined ? undefined : !no.test(value)
}
