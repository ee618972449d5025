/** Names in the settings of Rails in production of something that another file of settings does not have. */
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {isEager, isProduction} from './rails-environment.ts'
import {keyIn, sectionOf, setIn, storageService} from './setting-gems.ts'

export interface LostSetting {
  /** A service of config/storage.yml, or a database of config/database.yml. */
  kind: 'service' | 'database'
  name: string
  /** What the file has. */
  others: string[]
  at: FileLocation
  /** The file that has none of this name. */
  file: FileLocation
}

/**
 * Both are looked up as their models are loaded, which Rails in production does as it starts: "Missing configuration for
 * the :amazon Active Storage service" (activestorage, lib/active_storage/engine.rb), "The `queue` database is not
 * configured for the `production` environment" (connects_to in the models of solid_queue and solid_cache).
 */
export async function loadLostSettings({reader}: Inputs, facts: FactStore): Promise<Fact<LostSetting[]>> {
  const [lock, build, flyConfig, files] = await Promise.all([
    reader.text('Gemfile.lock'),
    facts.need('build'),
    facts.value('flyConfig'),
    facts.value('files'),
  ])
  if (!lock || !/^ {4}rails(?:ties)? \(/m.test(lock.text)) return absent('there is no lock file with Rails')
  const [application, production, storage, database, cache] = await Promise.all(
    ['application.rb', 'environments/production.rb', 'storage.yml', 'database.yml', 'cache.yml'].map((name) =>
      reader.text(`config/${name}`),
    ),
  )
  if (!isProduction(build, flyConfig) || !isEager(production?.text)) return known([])
  const paths = files ?? noFiles
  const found: LostSetting[] = []
  const service = setIn(production, storageService)
  const isLoaded = /^[ \t]*require[ \t(]+["'](?:rails\/all|active_storage\/engine)["']/m.test(application?.text ?? '')
  if (service && storage && isLoaded && !hasCode(storage) && !paths.has('config/storage/production.yml')) {
    const others = [...storage.text.matchAll(/^["']?(\w+)["']?:/gm)].map(([, name = '']) => name)
    if (!others.includes(service.value))
      found.push({kind: 'service', name: service.value, others, at: service.at, file: storage.whole})
  }
  const databases = database && productionNames(database)
  const hasGem = (gem: string) => new RegExp(`^ {4}${gem} \\(`, 'm').test(lock.text)
  const queue = hasGem('solid_queue')
    ? setIn(
        production,
        /^[ \t]*config\.solid_queue\.connects_to\s*=\s*\{\s*database:\s*\{\s*writing:\s*:(\w+)\s*\}\s*\}/m,
      )
    : undefined
  const isCached = setIn(production, /^[ \t]*config\.cache_store\s*=\s*:(solid_cache_store)/m) && hasGem('solid_cache')
  for (const named of [queue, isCached ? keyIn(cache, 'database') : undefined]) {
    if (!named || !database || !databases || databases.includes(named.value)) continue
    if (flyConfig?.config.env?.[`${named.value.toUpperCase()}_DATABASE_URL`] !== undefined) continue
    found.push({kind: 'database', name: named.value, others: databases, at: named.at, file: database.whole})
  }
  return known(found)
}

/** What ERB writes there is not known. */
const hasCode = ({text}: TextFile): boolean => /<%(?!=)|^<%=/m.test(text)

/** The databases of production, of which one alone is called primary; undefined where another section may bring them. */
function productionNames(file: TextFile): string[] | undefined {
  const own = hasCode(file) ? undefined : sectionOf(file.text, /^production:[ \t]*(?:&\w+[ \t]*)?\n/m)
  const [indent] = /^[ \t]+(?=\S)/m.exec(own?.text ?? '') ?? []
  if (!own || indent === undefined) return undefined
  const names = [...own.text.matchAll(new RegExp(`^${indent}(\\w+):[ \\t]*(?:&\\w+[ \\t]*)?$`, 'gm'))].map(
    ([, name = '']) => name,
  )
  if (new RegExp(`^${indent}(?:<<|url|adapter|database):`, 'm').test(own.text))
    return names.length > 0 ? undefined : ['primary']
  return names.length > 0 ? names : undefined
}
