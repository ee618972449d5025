import {defineCheck, type Facts, type FileLocation, type Finding, groupBy} from '../../src/check.ts'

type DatabaseUrl = Facts['databaseUrl']
type Connection = DatabaseUrl['connections'][number]

export default defineCheck({
  id: 'env/database-url',
  title: 'DATABASE_URL fits the driver that it reaches',
  why: 'Fly.io writes the URL in a form of its own, and a driver that does not know it stops the app at its first query.',
  // Which URL the app has, no fact says, live ones included: of secrets Fly.io tells the names, and that a Postgres is attached
  // says how flyctl wrote the URL once, not whether somebody has written another one since, to fit the driver.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['databaseUrl'],
  *run({databaseUrl}) {
    const {connections, refused, percents, evidence, documented} = databaseUrl
    const wanted = documented?.isReal
      ? ['hand']
      : evidence.fly?.kind === 'mpg'
        ? ['flyctl mpg attach', 'hand']
        : undefined
    const told = new Set<string>()
    const groups = grouped(connections.filter(({setBy}) => !wanted || wanted.includes(setBy)))
    // With no sign of a Postgres on Fly.io, what the project itself writes, or names, is the URL to go by.
    const isOwn = ([first]: readonly Connection[]) => first?.setBy === 'hand' || first?.setBy === 'Neon'
    if (!evidence.fly) groups.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)))
    for (const group of groups) {
      // Of the ways in which the URL may be set, the first that goes wrong is enough to repair all of them.
      const places = group.map(({at}) => `${at.file}:${at.line}`)
      if (places.every((place) => told.has(place))) continue
      for (const place of places) told.add(place)
      const worst = group.reduce((a, b) => (b.problems.length > a.problems.length ? b : a))
      yield {...finding(group, worst, databaseUrl), ...severityOf(worst, databaseUrl)}
    }
    for (const at of percents) {
      yield {
        message: 'a % in the URL ends set_main_option with ValueError: invalid interpolation syntax',
        at,
        hint: 'Double it: url.replace("%", "%%"). flyctl mpg attach writes special characters of a password as %XX.',
        failsAt: 'release',
        severity: 'info',
      }
    }
    for (const {setBy, url, at, from} of refused) {
      if (setBy === 'hand' || (wanted && !wanted.includes(setBy))) continue
      yield {
        message: `${url} is refused here, and that is how ${setBy} sets DATABASE_URL`,
        at,
        related: [from],
        hint: 'Take postgres:// and postgresql:// both, and write the scheme that the driver needs in their place.',
        ...(!evidence.fly && evidence.other && {severity: 'info' as const}),
      }
    }
  },
})

/** Connections that go wrong, together where the URL is read at one place: there it is to be repaired. */
function grouped(connections: readonly Connection[]): Connection[][] {
  const wrong = connections.filter(({problems}) => problems.length > 0)
  return [...groupBy(wrong, ({setBy, steps: [step]}) => `${setBy} ${step?.file}:${step?.line}`).values()]
}

function finding(group: readonly Connection[], worst: Connection, databaseUrl: DatabaseUrl): Finding {
  const {setBy, url, steps, problems, callee} = worst
  const [source, ...handedOn] = steps
  const wrong = problems.map(({text}) => text)
  const last = wrong.pop()
  const all = wrong.length > 0 ? `${wrong.join(', ')}, and ${last}` : last
  const set =
    setBy === 'hand'
      ? `as ${databaseUrl.documented?.at.file} writes DATABASE_URL`
      : setBy === 'Neon'
        ? 'which is left of the URL that Neon gives'
        : `as ${setBy} sets DATABASE_URL`
  const related = [...group.map(({at}) => at), ...handedOn].filter(
    (place, index, places) => places.findIndex((each) => samePlace(each, place)) === index,
  )
  return {
    message: `${url}, ${set}, reaches ${callee} in ${worst.at.file}: ${all}`,
    at: source ?? worst.at,
    related: related.slice(0, 8),
    hint: cure(worst, databaseUrl),
  }
}

const samePlace = (a: FileLocation, b: FileLocation) => a.file === b.file && a.line === b.line

const drivers = ['psycopg2', 'psycopg2-binary', 'psycopg', 'asyncpg', 'pg8000', 'aiopg', 'databases']

/** Without a sign that the database is Fly's, the URL may well be one that somebody wrote to fit. */
function severityOf(
  {setBy, problems}: Connection,
  {evidence, documented, installed}: DatabaseUrl,
): Pick<Finding, 'severity'> {
  if (setBy === 'hand' || setBy === 'Neon' || evidence.fly) return {}
  // With no driver for any Postgres the database is SQLite, as the code has it without DATABASE_URL.
  const isSqlite = drivers.every((name) => installed.has(name) === false)
  if (isSqlite && problems.every(({kind}) => kind === 'dialect')) return {severity: 'info'}
  // Whoever runs the database.
  if (evidence.other && problems.some(({kind}) => kind === 'option')) return {}
  const onlyTls = problems.every(({kind}) => kind.startsWith('tls'))
  return evidence.other || onlyTls || documented?.scheme.includes('+') ? {severity: 'info'} : {}
}

function cure({callee, url, problems, setBy}: Connection, {installed, connections}: DatabaseUrl): string {
  const kinds = problems.map(({kind}) => kind)
  // Written anew where it is read, the other engine would have the wrong one.
  if (kinds.includes('not-sync') && connections.some((each) => each.url === url && /async/.test(each.callee)))
    return `The same URL reaches async engines: make this one async, too (${callee.replace(/(?=create_engine|engine_from)/, 'async_').replace('async_create_', 'create_async_')}), or install psycopg[binary] and write postgresql+psycopg://, which is both.`
  const isDjango = callee === 'DATABASES'
  const async = /async/.test(callee)
  const sync = installed.has('psycopg')
    ? 'postgresql+psycopg'
    : installed.has('asyncpg')
      ? 'postgresql'
      : 'postgresql+psycopg2'
  const scheme = async ? 'postgresql+asyncpg' : sync
  const steps: string[] = []
  // Tortoise of old takes this one alone.
  if (kinds.includes('scheme') && url.startsWith('postgresql://'))
    steps.push('url = url.replace("postgresql://", "postgres://", 1)')
  else if (kinds.includes('scheme'))
    steps.push('url = re.sub(r"^postgres(ql)?([+][a-z0-9]+)?://", "postgresql://", url)')
  else if (kinds.some((kind) => /dialect|not-async|not-sync/.test(kind))) {
    const from = kinds.includes('not-sync') ? '^postgresql[+]asyncpg://' : '^postgres(ql)?://'
    steps.push(`url = re.sub(r"${from}", "${scheme}://", url)`)
  }
  if (kinds.includes('query')) steps.push('url = url.split("?")[0]')
  const sentences = [
    steps.length > 0 ? `Where it is read: ${steps.join('; ')}` : '',
    kinds.includes('tls-demanded')
      ? 'Leave it to the URL whether there is TLS: take sslmode=require (ssl_require=True) out, or demand it where the host is not in .flycast'
      : '',
    kinds.includes('option')
      ? 'Hand check_same_thread over for SQLite alone: connect_args={"check_same_thread": False} if url.startswith("sqlite") else {}'
      : '',
    kinds.includes('driver') && isDjango ? 'Add psycopg[binary] to the requirements' : '',
    kinds.includes('driver') && !isDjango
      ? `Install the driver, or name in the scheme the one that is: ${scheme}://`
      : '',
    setBy !== 'Neon' &&
    problems.some(({kind, text}) => kind === 'tls' || (kind === 'query' && text.includes('asyncpg')))
      ? `For a host in .flycast, tell asyncpg to use no TLS: ${async ? 'connect_args={"ssl": False}' : 'ssl=False'}`
      : '',
  ]
  return sentences.filter(Boolean).join('. ')
}
