import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'

/** A setting of Rails in production, or a command, that needs a gem which the lock does not have. */
export interface SettingGem {
  /** As it is written: `adapter: postgresql`, `config.cache_store = :redis_cache_store`. */
  setting: string
  gem: string
  at: FileLocation
  /** What the machines start: the setting is a command. */
  isCommand: boolean
}

/** config/database.yml: "Specified 'postgresql' for database adapter, but the gem is not loaded". */
const adapters: Readonly<Record<string, string>> = {
  postgresql: 'pg',
  mysql2: 'mysql2',
  trilogy: 'trilogy',
  sqlite3: 'sqlite3',
  postgis: 'activerecord-postgis-adapter',
}
/** ActiveSupport::Cache.lookup_store, ActiveJob::QueueAdapters.lookup. */
const symbols: readonly {setting: RegExp; gems: Readonly<Record<string, string>>}[] = [
  {
    setting: /^[ \t]*config\.cache_store\s*=\s*:(\w+)/m,
    gems: {redis_cache_store: 'redis', mem_cache_store: 'dalli', solid_cache_store: 'solid_cache'},
  },
  {
    setting: /^[ \t]*config\.active_job\.queue_adapter\s*=\s*:(\w+)/m,
    gems: {
      sidekiq: 'sidekiq',
      good_job: 'good_job',
      solid_queue: 'solid_queue',
      resque: 'resque',
      delayed_job: 'delayed_job',
      que: 'que',
    },
  },
]
/** activestorage, lib/active_storage/service/*_service.rb: each begins with `gem "aws-sdk-s3"` and the like. */
const services: Readonly<Record<string, string>> = {S3: 'aws-sdk-s3', GCS: 'google-cloud-storage'}
/** actioncable, lib/action_cable/subscription_adapter. */
const cables: Readonly<Record<string, string>> = {redis: 'redis', solid_cable: 'solid_cable', postgresql: 'pg'}
/** "bundler: command not found: sidekiq" */
const programs: Readonly<Record<string, string>> = {
  sidekiq: 'sidekiq',
  puma: 'puma',
  unicorn: 'unicorn',
  good_job: 'good_job',
  thrust: 'thruster',
}

export async function loadSettingGems({reader}: Inputs, facts: FactStore): Promise<Fact<SettingGem[]>> {
  const [lock, gemfile, flyConfig, processes] = await Promise.all([
    reader.text('Gemfile.lock'),
    reader.text('Gemfile'),
    facts.value('flyConfig'),
    facts.value('processes'),
  ])
  if (!lock || !gemfile || !/^ {4}rails(?:ties)? \(/m.test(lock.text)) return absent('there is no lock file with Rails')
  const lacks = (gem: string) => !new RegExp(`^ {4}${gem} \\(`, 'm').test(lock.text) && !gemfile.text.includes(gem)
  const found: SettingGem[] = []
  const need = (gem: string | undefined, setting: string, at: FileLocation, isCommand = false) => {
    if (gem !== undefined && lacks(gem)) found.push({setting, gem, at, isCommand})
  }
  const [database, cable, storage, production, application, puma] = await Promise.all(
    ['database.yml', 'cable.yml', 'storage.yml', 'environments/production.rb', 'application.rb', 'puma.rb'].map(
      (name) => reader.text(`config/${name}`),
    ),
  )
  // Its scheme takes the place of the adapter.
  const names = Object.keys(flyConfig?.config.env ?? {})
  const adapter = names.some((name) => /DATABASE_URL|ADAPTER/.test(name)) ? undefined : keyIn(database, 'adapter')
  if (adapter) need(adapters[adapter.value], `adapter: ${adapter.value}`, adapter.at)
  const cabled = keyIn(cable, 'adapter')
  const cableGem = cabled && cables[cabled.value]
  // It is loaded with the first message, and an app that sends none goes without (action_cable/subscription_adapter).
  if (cabled && cableGem && lacks(cableGem) && (await usesCable()))
    found.push({setting: `adapter: ${cabled.value}`, gem: cableGem, at: cabled.at, isCommand: false})
  for (const {setting, gems} of symbols) {
    const set = setIn(production, setting) ?? setIn(application, setting)
    if (set) need(gems[set.value], set.text, set.at)
  }
  const service = setIn(production, storageService)
  const kind = service && keyIn(storage, 'service', service.value)
  if (kind) need(services[kind.value], `service: ${kind.value}`, kind.at)
  const plugin = setIn(puma, /^[ \t]*plugin[ \t(]+:(solid_queue|good_job)\b/m)
  if (plugin) need(plugin.value, plugin.text, plugin.at)
  for (const {text, at, certain} of processes?.commands ?? []) {
    const [, program = ''] =
      /^(?:exec )?bundle exec (\w+)(?=\s|$)/.exec(text) ?? /^(?:exec )?(?:\S*\/)?bin\/(thrust)(?=\s|$)/.exec(text) ?? []
    if (certain) need(programs[program], program === 'thrust' ? 'bin/thrust' : `bundle exec ${program}`, at, true)
  }
  return known(found)

  async function usesCable(): Promise<boolean> {
    const paths = (await facts.value('files')) ?? noFiles
    const sources = paths.ending('.rb', '.erb', '.haml', '.slim').filter((path) => path.startsWith('app/'))
    return (await reader.texts(sources)).some(({text}) => cableUse.test(text))
  }
}

/** What subscribes or broadcasts: a channel, or Turbo. */
const cableUse =
  /^[^#\n]*\b(?:turbo_stream_from|broadcasts\w*|broadcast_\w+|stream_(?:from|for|or_reject_for)|ActionCable\.server)\b/m

export interface Written {
  value: string
  at: FileLocation
}

/** The service of config/storage.yml that the app keeps its files with. */
export const storageService = /^[ \t]*config\.active_storage\.service\s*=\s*:(\w+)/m

/** What one line sets, once in the file and in no condition: the others may not count. */
export function setIn(file: TextFile | undefined, setting: RegExp): (Written & {text: string}) | undefined {
  const [match, another] = file?.text.matchAll(new RegExp(setting.source, 'gm')) ?? []
  if (!file || !match || another) return undefined
  const line = file.position(match.index + match[0].search(/\S/)).line
  const text = file.line(line)
  const before = file.text.slice(0, match.index)
  const open = (before.match(/^[ \t]{0,100}(?:if|unless|case)\b/gm)?.length ?? 0) > 0
  return open || /\b(?:if|unless)\b|\?/.test(text)
    ? undefined
    : {value: match[1] as string, text: match[0].trim(), at: file.lineSpan(line)}
}

/** A key of `production:` in a file of settings, or of what it takes over with `<<: *default`. */
export function keyIn(file: TextFile | undefined, key: string, section = 'production'): Written | undefined {
  if (!file || /<%(?!=)/.test(file.text)) return undefined
  const own = sectionOf(file.text, new RegExp(`^${section}:[^\\n]*\\n`, 'm'))
  const anchor = own && /^[ \t]{1,100}<<:[ \t]{0,20}\*(\w+)/m.exec(own.text)?.[1]
  const other =
    anchor === undefined ? undefined : sectionOf(file.text, new RegExp(`^\\w+:\\s*&${anchor}[ \\t]*\\n`, 'm'))
  for (const each of [own, other]) {
    const all = [...(each?.text.matchAll(new RegExp(`^([ \\t]+)${key}:[ \\t]*["']?(\\w+)["']?[ \\t]*$`, 'gm')) ?? [])]
    const [match, another] = all
    if (!each || !match) continue
    // Several databases may have several.
    if (another && new Set(all.map(([, , value]) => value)).size > 1) return undefined
    const start = each.start + match.index + (match[1]?.length ?? 0)
    return {value: match[2] as string, at: file.span(start, start + match[0].trim().length)}
  }
  return undefined
}

export function sectionOf(text: string, head: RegExp): {text: string; start: number} | undefined {
  const match = head.exec(text)
  if (!match) return undefined
  const start = match.index + match[0].length
  const end = text.slice(start).search(/^\S/m)
  return {text: end < 0 ? text.slice(start) : text.slice(start, start + end), start}
}
