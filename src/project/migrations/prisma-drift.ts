/** Tables and columns that the schema of Prisma has and no migration makes: `prisma migrate deploy` runs the files alone. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../apart.ts'
import {noFiles} from '../files.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands, textOf} from '../processes/processes.ts'
import type {TextFile} from '../text.ts'

/** A model whose table, or some of whose columns, no migration makes. */
export interface PrismaDrift {
  model: string
  table: string
  /** The columns that are missing; undefined: the whole table. */
  columns: string[] | undefined
  /** The model, or its first missing field. */
  at: FileLocation
  /** The folder of the migrations. */
  folder: string
  /** What runs them. */
  run: {by: string; at: FileLocation}
}

export async function loadPrismaDrift({reader}: Inputs, facts: FactStore): Promise<Fact<PrismaDrift[]>> {
  const [processes, files, image] = await Promise.all([
    facts.need('processes'),
    facts.value('files'),
    facts.value('image'),
  ])
  // Those of package.json among them: `npm start` runs `prisma migrate deploy && node server.js`.
  const {started} = await startedCommands(facts)
  const all = started.map(({by, command}) => ({by, at: command.at, text: textOf(command)}))
  const find = (what: RegExp) => processes.find(what) ?? all.find(({text}) => what.test(text))
  const run = find(/\bprisma\b.{0,500}\bmigrate\s+deploy\b/)
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  const locks = run ? paths.named('migrations/migration_lock.toml') : []
  const copied = locks.filter((path) => image?.copies(path))
  const [lock, another] = copied.length > 0 ? copied : locks
  // db push makes the tables from the schema itself; settings may name tables that are somebody else's.
  if (!run || !lock || another || find(makesOtherwise)) return known([])
  const others = [...paths.ending('Dockerfile'), ...paths.under('.github/workflows')]
  if ((await says(/\bexternal\b/, paths.named('prisma.config.ts'))) || (await says(/\bdb push\b/, others)))
    return known([])
  const folder = posix.dirname(lock)
  const beside = await reader.texts(paths.in(posix.dirname(folder)).filter((path) => path.endsWith('.prisma')))
  // One with a datasource of its own is for another database.
  const schemas = beside.filter(({path, text}) => path.endsWith('/schema.prisma') || !/^datasource\b/m.test(text))
  const made = await reader.texts(paths.named('migration.sql').filter((path) => path.startsWith(`${folder}/`)))
  const sql = new Made(made.map(({text}) => text).join('\n;\n'))
  const models = modelsIn(schemas).filter(({space}) => space === undefined || sql.has(space))
  // The tables were made in another way, and these migrations only add to them.
  if (models.filter(({table}) => sql.has(table)).length < models.length / 2) return known([])
  return known(
    models.flatMap(({name, table, at, fields}): PrismaDrift[] => {
      const own = {model: name, table, folder, run}
      if (!sql.has(table)) return [{...own, columns: undefined, at}]
      const missing = fields.filter(({column}) => !sql.hasColumn(table, column))
      return missing[0] ? [{...own, columns: missing.map(({column}) => column), at: missing[0].at}] : []
    }),
  )

  async function says(what: RegExp, places: readonly string[]): Promise<boolean> {
    return (await reader.texts(places)).some(({text}) => what.test(text))
  }
}

/** `prisma db push`, and SQL that a command is given. */
const makesOtherwise = /\bprisma\b.{0,500}\bdb\s+(?:push|execute)\b|\bpsql\b|\.sql\b/

/** The words of the migrations: what none of them names, none of them makes. */
class Made {
  readonly #words: ReadonlySet<string>
  readonly #statements: ReadonlySet<string>[]
  /** A column may have got its name, or its table, in a way that a statement does not show. */
  readonly #isMoved: boolean

  constructor(sql: string) {
    const text = sql.replace(/--[^\n]*|\/\*[\s\S]{0,20000}?\*\//g, ' ').toLowerCase()
    this.#words = wordsOf(text)
    this.#statements = text.split(';').map(wordsOf)
    const renamed = [...text.matchAll(/\brename\s+to\s+["`]?(\w+)/g)].some(
      ({1: to, index}) => !text.slice(Math.max(0, index - 200), index).includes(`new_${to}`),
    )
    this.#isMoved = renamed || /\bexecute\b|\binherits\b|\(\s*like\b|\bas\s+select\b/.test(text)
  }

  has(name: string): boolean {
    return this.#words.has(name.toLowerCase())
  }

  hasColumn(table: string, column: string): boolean {
    if (this.#isMoved) return this.has(column)
    // SQLite has no way to change a column: Prisma makes the table anew, as new_Table.
    const names = [table.toLowerCase(), `new_${table.toLowerCase()}`]
    const word = column.toLowerCase()
    return this.#statements.some((words) => words.has(word) && names.some((name) => words.has(name)))
  }
}

const wordsOf = (text: string): Set<string> => new Set(text.match(/\w+/g))

interface Model {
  name: string
  table: string
  /** The schema of the database that it is in, where it says one. */
  space: string | undefined
  at: FileLocation
  fields: {column: string; at: FileLocation}[]
}

const scalars = new Set('String Boolean Int BigInt Float Decimal DateTime Json Bytes Unsupported'.split(' '))
const block = /^(model|enum)[ \t]+(\w+)[ \t]*\{([\s\S]*?)^\}/gm
/** A field, its type and its attributes; comments and @@ begin otherwise. */
const fieldLine = /^[ \t]+(\w+)[ \t]+(\w+)(?:\("[^"\n]*"\))?(?:\[\])?\??(?=[\s@]|$)([^\n]*)$/gm
const mapped = (text: string, sign: string): string | undefined =>
  new RegExp(`(?:^|[^@])${sign}map\\(\\s*(?:name:\\s*)?"([^"\\n]+)"`).exec(text)?.[1]

/** Those that Prisma makes: not what it is told to ignore, and none that a platform has in the database already. */
function modelsIn(files: readonly TextFile[]): Model[] {
  const blocks = files.flatMap((file) => [...file.text.matchAll(block)].map((match) => ({file, match})))
  const enums = new Set(blocks.flatMap(({match: [, kind, name]}) => (kind === 'enum' ? [name] : [])))
  return blocks.flatMap(({file, match}) => {
    const [whole, kind, name = '', body = ''] = match
    const space = /@@schema\("(\w+)"\)/.exec(body)?.[1]
    if (kind !== 'model' || /@@ignore\b/.test(body) || ofPlatforms.test(space ?? '')) return []
    const table = mapped(body, '@@') ?? name
    const from = match.index + whole.length - 1 - body.length
    const fields = [...body.matchAll(fieldLine)].flatMap((line) => {
      const [, field = '', type = '', rest = ''] = line
      const attributes = rest.replace(/(?:^|\s)\/\/.*$/, '')
      if (!(scalars.has(type) || enums.has(type)) || /@ignore\b/.test(attributes)) return []
      const at = from + line.index + line[0].indexOf(field)
      const column = mapped(attributes, '@') ?? field
      return /^\w+$/.test(column) ? [{column, at: file.span(at, at + field.length)}] : []
    })
    const at = file.span(match.index, match.index + whole.indexOf('{'))
    return /^\w+$/.test(table) ? [{name, table, space, at, fields}] : []
  })
}

/** Schemas of Supabase and Neon, and of queues that make their tables themselves. */
const ofPlatforms = /^(?:auth|storage|realtime|neon_auth|pgboss|graphile_worker|cron)$/
