/** Tables and columns that the schema of Prisma has and no migration makes: `prisma migrate deploy` runs the files alone. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {withoutSlashComments} from '../../code/comments.ts'
import {isApart} from '../../files/apart.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands, textOf} from '../../processes/processes.ts'
import {MadeWords} from './made-words.ts'

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
  const {started, texts} = await startedCommands(facts)
  const all = started.map(({by, command}) => ({by, at: command.at, text: textOf(command)}))
  const find = (what: RegExp) => processes.find(what) ?? all.find(({text}) => what.test(text))
  const run = find(/\bprisma\b.{0,500}\bmigrate\s+deploy\b/)
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  const locks = run ? paths.named('migrations/migration_lock.toml') : []
  const copied = locks.filter((path) => image?.copies(path))
  const [lock, another] = copied.length > 0 ? copied : locks
  // db push makes the tables from the schema itself; settings may name tables that are somebody else's.
  if (!run || !lock || another || find(makesOtherwise) || texts.some(({text}) => changesTables.test(text)))
    return known([])
  const folder = posix.dirname(lock)
  const home = posix.dirname(folder)
  const others = [
    ...paths.ending('Dockerfile', '.sh'),
    ...paths.named('Makefile', 'justfile', '.gitlab-ci.yml', '.circleci/config.yml'),
    ...paths.under('.github/workflows'),
  ]
  const manifests = await reader.texts(paths.named('package.json'))
  const settings = await reader.texts(paths.named('prisma.config.ts'))
  const isElsewhere = (texts: readonly string[], place: RegExp, expected: string) =>
    texts.some((text) => [...text.matchAll(place)].some(([, written = '']) => !mayBe(written, expected)))
  if (
    isElsewhere([run.text], places.command, home) ||
    isElsewhere(manifests.map(textIn), places['package.json'], home) ||
    isElsewhere(settings.map(textIn), places['prisma.config.ts'], folder)
  )
    return known([])
  if ((await says(/\bexternal\b/, paths.named('prisma.config.ts'))) || (await says(/\bdb push\b/, others)))
    return known([])
  const beside = await reader.texts(paths.in(home).filter((path) => path.endsWith('.prisma')))
  const own = beside.find(({path}) => posix.basename(path) === 'schema.prisma')
  // What lies beside a file that has models is not read; one with a datasource of its own is for another database.
  const schemas =
    own && /^model\b/m.test(own.text)
      ? [own]
      : beside.filter((file) => file === own || !/^datasource\b/m.test(file.text))
  const made = await reader.texts(paths.named('migration.sql').filter((path) => path.startsWith(`${folder}/`)))
  const sql = new MadeWords(made.map(({text}) => text).join('\n;\n'))
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

const textIn = ({text}: TextFile): string => text

/** Where the schema, or the folder of the migrations, is said to be. */
const places = {
  command: /--schema[ =]['"]?([^\s'"]+)/g,
  'package.json': /"prisma"\s*:\s*\{\s*"schema"\s*:\s*"([^"\n]+)"/g,
  'prisma.config.ts': /\bpath\s*:\s*['"]([^'"\n]+)/g,
}

/** Whether a path, which may be written from elsewhere, may be this folder, or schema.prisma in it. */
function mayBe(written: string, folder: string): boolean {
  const [one, other] = [`/${folder}`, `/${written.replace(/^(?:\.{0,2}\/)+|\/?(?:schema\.prisma)?$/g, '')}`]
  return one.endsWith(other) || other.endsWith(one)
}

/** `prisma db push`, and SQL that a command is given. */
const makesOtherwise = /\bprisma\b.{0,500}\bdb\s+(?:push|execute)\b|\bpsql\b|\.sql\b/
/** In a script, or in code that is started. */
const changesTables = /\b(?:create|alter)\s+table\b/i

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
  const blocks = files.flatMap((file) =>
    [...withoutSlashComments(file.text).matchAll(block)].map((match) => ({file, match})),
  )
  const enums = new Set(blocks.flatMap(({match: [, kind, name]}) => (kind === 'enum' ? [name] : [])))
  return blocks.flatMap(({file, match}) => {
    const [whole, kind, name = '', body = ''] = match
    const space = /@@schema\("(\w+)"\)/.exec(body)?.[1]
    if (kind !== 'model' || /@@ignore\b/.test(body) || ofPlatforms.test(space ?? '')) return []
    const table = mapped(body, '@@') ?? name
    const from = match.index + whole.length - 1 - body.length
    const fields = [...body.matchAll(fieldLine)].flatMap((line) => {
      const [, field = '', type = '', rest = ''] = line
      // An attribute that goes on in the next line may name the column.
      if (!(scalars.has(type) || enums.has(type)) || /@ignore\b|\([^)]*$/.test(rest)) return []
      const at = from + line.index + line[0].indexOf(field)
      const column = mapped(rest, '@') ?? field
      return /^\w+$/.test(column) ? [{column, at: file.span(at, at + field.length)}] : []
    })
    const at = file.span(match.index, match.index + whole.indexOf('{'))
    return /^\w+$/.test(table) && !madeByTools.test(table) ? [{name, table, space, at, fields}] : []
  })
}

/** Prisma's own table, and that of PostGIS. */
const madeByTools = /^(?:_prisma_migrations|spatial_ref_sys)$/

/** Schemas of Supabase and Neon, and of queues that make their tables themselves. */
const ofPlatforms = /^(?:auth|storage|realtime|neon_auth|pgboss|graphile_worker|cron)$/
