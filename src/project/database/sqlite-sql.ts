/** SQL of SQLite in an app whose database is Postgres. */
import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../apart.ts'
import {noFiles} from '../files.ts'
import type {Inputs} from '../inputs.ts'
import {loadedSources} from '../python/imports/loaded-sources.ts'
import {pythonTree} from '../python/source/tree.ts'
import type {TextFile} from '../text.ts'

export interface SqliteSql {
  /** What Postgres does not know: `INSERT OR REPLACE`, `func.strftime`. */
  what: string
  cure: string
  at: FileLocation
}

/** What SQLite has and Postgres refuses (each was run on Postgres 15). */
const inText: readonly {pattern: RegExp; cure: string}[] = [
  {
    pattern: /^\s*insert\s+or\s+(?:ignore|replace)\s+into\b/i,
    cure: 'INSERT … ON CONFLICT DO NOTHING, or DO UPDATE SET',
  },
  {pattern: /^\s*pragma\s+\w+/i, cure: 'information_schema.columns, say'},
  {pattern: /(?<![\w.])datetime\(\s*'now'/i, cure: "now() and now() - interval '1 day'"},
  {pattern: /(?<![\w.])strftime\(\s*'%[^']{1,50}'\s*,/i, cure: "to_char(…, 'YYYY-MM')"},
  {pattern: /(?<![\w.])julianday\(/i, cure: 'subtraction of times'},
  {pattern: /(?<![\w.])(?:ifnull|group_concat)\(/i, cure: 'COALESCE and string_agg'},
]
/** A cheap test, before a file is parsed. */
const mayHave = /\binsert\s{1,20}or\b|\bpragma\b|datetime\(|strftime\(|julianday\(|ifnull\(|group_concat\(/i
const sql = /^\s*(?:with\s+\w+|select|insert|update|delete|pragma)\b/i
/** The same by SQLAlchemy, which writes the name as it stands. The insert of its dialect for SQLite works on Postgres, too. */
const byName = /\bfunc\.(?:strftime|julianday|group_concat|ifnull|datetime)(?=\()/g
/** The file has an answer for each database, or is about one of SQLite. */
const asks =
  /\bdialect\.name\b|\bdialect_name\b|\bis_?sqlite\b|\bsqlite3\b|\baiosqlite\b|["']sqlite|\bis_?postgres|\bpostgresql\b|\bpragma_|\bregister\b/i

export async function loadSqliteSql({reader}: Inputs, facts: FactStore): Promise<Fact<SqliteSql[]>> {
  const [processes, image, files, flyConfig] = await Promise.all([
    facts.need('processes'),
    facts.value('image'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const {env = {}, mounts = []} = flyConfig?.config ?? {}
  // With a volume SQLite may well be what it runs on.
  const isOther =
    mounts.length > 0 ||
    [...Object.values(env), ...[...(image?.final.env.values() ?? [])].map(({value}) => value)].some((value) =>
      /^(?:sqlite|mysql)/.test(`${value}`),
    )
  if (isOther || (image?.final.drivers.length ?? 0) === 0) return known([])
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  const commands = processes.commands.map(({text}) => text)
  const loaded = await loadedSources(commands, paths, reader)
  // Where the app reads or writes a file of SQLite beside its database, nobody can tell which one a statement is for.
  if (!loaded.some(({text}) => /\bsqlalchemy\b|\bsqlmodel\b|\bpsycopg|\basyncpg\b/.test(text))) return known([])
  if (loaded.some(({text}) => /\b(?:import|from) (?:sqlite3|aiosqlite)\b/.test(text))) return known([])
  return known(loaded.flatMap((file) => (asks.test(file.text) ? [] : [...sqlIn(file), ...codeIn(file)])))
}

function* sqlIn(file: TextFile): Generator<SqliteSql> {
  if (!mayHave.test(file.text)) return
  const cursor = pythonTree(file.text).cursor()
  do {
    if (cursor.name !== 'String' && cursor.name !== 'FormatString') continue
    const node: SyntaxNode = cursor.node
    const text = file.text.slice(node.from, node.to).replace(/^\w{0,2}(?:"""|'''|"|')/, '')
    if (!sql.test(text)) continue
    for (const {pattern, cure} of inText) {
      const [what] = pattern.exec(text) ?? []
      if (what === undefined) continue
      yield {what: what.trim().replace(/\s+/g, ' '), cure, at: file.span(node.from, node.to)}
      break
    }
  } while (cursor.next())
}

function* codeIn(file: TextFile): Generator<SqliteSql> {
  for (const {0: what, index} of file.text.matchAll(byName)) {
    const cure = 'func.to_char, func.string_agg or func.coalesce'
    yield {what, cure, at: file.span(index, index + what.length)}
  }
}
