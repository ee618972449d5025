import {defineCheck, type Facts, type Finding, type Location, mayRunServers, oneOf} from '../../src/check.ts'

type DatabaseUrl = Facts['databaseUrl']

export default defineCheck({
  id: 'env/database-variable',
  title: 'DATABASE_URL is what every engine asks for',
  why: 'Where one part of the code asks for another variable, it finds nothing, or works on a database of its own.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['databaseUrl', 'secretNames'],
  uses: ['flyConfig', 'image', 'settings', 'alembic', 'processes'],
  *run({databaseUrl, secretNames, flyConfig, image, settings, alembic, processes}) {
    const {connections, elsewhere, unmet, fallbacks} = databaseUrl
    const isSet = (name: string | undefined): boolean =>
      name !== undefined &&
      (secretNames.some((secret) => secret.name === name) ||
        Object.hasOwn(flyConfig?.config.env ?? {}, name) ||
        image?.final.env.has(name) === true ||
        settings?.requiredSecrets.some((secret) => secret.name === name) === true)
    const app = connections.find(({at}) => !isEnv(at.file))
    const read = app?.steps[0]
    const told = new Set<string>()
    for (const {at, names, asked} of read ? unmet : []) {
      if (names.some(isSet) || told.has(at.file)) continue
      told.add(at.file)
      yield {
        message: `env.py asks for ${oneOf(names)} and stops without, while the app takes its database from DATABASE_URL`,
        at: asked,
        related: [at, ...(read ? [read] : [])],
        hint: `Let env.py ask for DATABASE_URL first, as ${read?.file} does; or set ${names[0]} too.`,
      }
    }
    for (const each of read ? elsewhere : []) {
      if (!isEnv(each.at.file) || isSet(each.variable) || told.has(each.at.file)) continue
      // The default of the app is the same file.
      if (fallbacks.some(({at, url}) => !isEnv(at.file) && isSameFile(url, each.url)) && !isSet('DATABASE_URL'))
        continue
      told.add(each.at.file)
      yield {
        message: `${each.callee} gets ${each.url} here, while the app takes its database from DATABASE_URL`,
        at: each.from ?? each.at,
        related: [each.at, ...(read ? [read] : [])],
        hint: 'Let env.py take the URL from DATABASE_URL as well: the migrations then change the database of the app.',
        failsAt: 'silent',
      }
    }
    const upgrade = mayRunServers({flyConfig, processes, image}) ? undefined : alembic?.upgrade
    for (const {at, from = at, callee, url, variable} of upgrade?.certain ? elsewhere : []) {
      if (!isEnv(at.file) || variable !== undefined || !isLocal.test(url) || told.has(at.file)) continue
      told.add(at.file)
      yield {
        message: `${callee} gets ${url} when ${upgrade?.by} runs alembic, and no database listens in the machine: the connection is refused`,
        at: from,
        related: [at, ...(upgrade ? [upgrade.at] : [])],
        hint: 'Let env.py take the URL from DATABASE_URL: config.set_main_option("sqlalchemy.url", …), each % doubled.',
      }
    }
    if (connections.length === 0) yield* unread(databaseUrl, secretNames, isSet)
  },
})

/** `sqlite+aiosqlite:////data/app.db` and `sqlite:////data/app.db`. */
const isSameFile = (url: string, other: string): boolean =>
  /^sqlite/.test(url) && url.replace(/^sqlite\+\w+/, 'sqlite') === other.replace(/^sqlite\+\w+/, 'sqlite')

const isLocal = /:\/\/(?:localhost|127\.0\.0\.1)(?=[:/]|$)/

const isEnv = (path: string): boolean => /(^|\/)env\.py$/.test(path)

/** The deploy sets DATABASE_URL, and the code asks for something else. */
function* unread(
  {elsewhere, mentions}: DatabaseUrl,
  secretNames: Facts['secretNames'],
  isSet: (name: string | undefined) => boolean,
): Iterable<Finding> {
  const set = secretNames.find(({name, by}) => name === 'DATABASE_URL' && by === 'command')
  if (!set) return
  const candidates = elsewhere.filter(({variable, at, from}) => {
    // Code that speaks of DATABASE_URL somewhere may read it in a way that is not followed.
    const around = [at.file, from?.file]
    return variable && !isSet(variable) && !mentions.some((file) => around.includes(file))
  })
  const [first] = candidates
  if (!first?.from) return
  const engines: Location[] = candidates.filter(({variable}) => variable === first.variable).map(({at}) => at)
  yield {
    message: `${first.variable} is what the code asks for, and nothing sets it: ${first.callee} gets ${first.url}, not the DATABASE_URL that the deploy sets`,
    at: first.from,
    related: [set.at, ...engines],
    hint: `Read DATABASE_URL here (in pydantic: validation_alias=AliasChoices("DATABASE_URL", "${first.variable}")), or set ${first.variable} as well.`,
    failsAt: 'runtime',
  }
}
