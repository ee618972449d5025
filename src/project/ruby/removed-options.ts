import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {reachedLines} from './reached-lines.ts'

/** An option of Rails that its version has no more: the app does not start with it. */
export interface RemovedOption {
  /** `config.active_record.sqlite3_production_warning`. */
  option: string
  /** The series that came without it, and the version of the lock. */
  since: string
  version: string
  instead: string
  at: FileLocation
}

/**
 * Options of Active Record that a version has removed (guides/source/7_1_release_notes.md to 8_0_release_notes.md). Its
 * railtie sends each option to ActiveRecord::Base, where one that is gone raises NoMethodError. Those of other parts are
 * only kept, and harm nobody.
 */
const removed: ReadonlyMap<string, {since: string; instead: string}> = new Map([
  ['partial_writes', {since: '7.1', instead: 'Write partial_inserts and partial_updates.'}],
  ['legacy_connection_handling', {since: '7.1', instead: 'Delete the line.'}],
  ['suppress_multiple_database_warning', {since: '7.2', instead: 'Delete the line.'}],
  ['sqlite3_production_warning', {since: '8.0', instead: 'Delete the line: Rails 8 does not warn of SQLite.'}],
  ['commit_transaction_on_non_local_return', {since: '8.0', instead: 'Delete the line.'}],
  ['allow_deprecated_singular_associations_name', {since: '8.0', instead: 'Delete the line.'}],
  ['warn_on_records_fetched_greater_than', {since: '8.0', instead: 'Delete the line.'}],
])

const setting = /^\s*(?:Rails\.application\.)?(config\.active_record\.(\w+))\s*=(?![=~])/

export async function loadRemovedOptions({reader}: Inputs, facts: FactStore): Promise<Fact<RemovedOption[]>> {
  const version = (await facts.value('gems'))?.get('Gemfile.lock')?.gems.get('activerecord')?.version
  if (version === undefined) return absent('there is no Gemfile.lock with Active Record')
  const [build, flyConfig] = [await facts.value('build'), await facts.value('flyConfig')]
  const variable = (name: string) => flyConfig?.config.env?.[name] ?? build?.final.config.env.get(name)
  // Another Gemfile has another lock: so are the versions of two Rails kept side by side.
  const gemfile = variable('BUNDLE_GEMFILE')
  if (gemfile !== undefined && !/(?:^|\/)Gemfile$/.test(String(gemfile))) return known([])
  const environment = String(variable('RAILS_ENV') ?? variable('RACK_ENV') ?? 'production')
  const paths = (await facts.value('files')) ?? noFiles
  const places = /^config\/(?:application|environments\/production|initializers\/[\w/-]+)\.rb$/
  const files = await reader.texts(paths.ending('.rb').filter(isOf))
  const found: RemovedOption[] = []
  for (const file of files) {
    // What asks for the version, or for the option, is meant for several.
    if (/\brespond_to\?|\bVERSION\b|\bgem_version\b|\bRails\.version\b|\brescue\b/.test(file.text)) continue
    for (const {text, offset, isCertain} of reachedLines(file)) {
      const [, option = '', name = ''] = setting.exec(text) ?? []
      const row = removed.get(name)
      if (!row || !isCertain || !isFrom(version, row.since) || isBack(name)) continue
      found.push({option, version, ...row, at: file.lineSpan(file.position(offset).line)})
    }
  }
  return known(found)

  /** A project may bring back what a gem of it still sets. */
  function isBack(name: string): boolean {
    const brings = new RegExp(`\\bdef (?:self\\.)?${name}=|:${name}\\b`)
    return files.some(({text}) => brings.test(text))
  }

  function isOf(path: string): boolean {
    return places.test(path) && (environment === 'production' || !path.startsWith('config/environments/'))
  }
}

/** Whether a version is of a series, or of a later one; one before its first release may still have what it removes. */
function isFrom(version: string, series: string): boolean {
  const [[major = 0, minor = 0], [first = 0, second = 0]] = [version, series].map((each) =>
    each.split('.').map(Number),
  ) as [number[], number[]]
  return major > first || (major === first && (minor > second || (minor === second && !/[a-z]/i.test(version))))
}
