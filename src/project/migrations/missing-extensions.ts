/** Types and functions of an extension of Postgres that migrations use and that nothing in the project makes. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import type {Migration} from './migrations.ts'
import {withoutDowngrade} from './revisions/downgrade.ts'

export interface MissingExtension {
  /** `vector` */
  extension: string
  /** What of it: `the type vector`. */
  use: string
  at: FileLocation
  upgrade: Migration['upgrade']
}

interface Extension {
  name: string
  use: string
  sql: RegExp
  /** The same in a revision of alembic. */
  python?: RegExp
}

/** What comes with the server but is no part of a new database (docs of Postgres, Appendix F, and of pgvector and PostGIS). */
const extensions: readonly Extension[] = [
  {
    name: 'vector',
    use: 'the type vector',
    sql: /[\s"](?:vector|halfvec)\(\d{1,6}\)|\bvector_(?:cosine|l2|ip)_ops\b/i,
    python: /\b(?:pgvector\.sqlalchemy\.(?:\w{1,30}\.)?)?(?:VECTOR|Vector|HALFVEC)\(\s{0,20}(?:dim\s{0,9}=\s{0,9})?\d/,
  },
  {name: 'citext', use: 'the type citext', sql: /[\s"]citext\b["\s,)]/i, python: /\bCITEXT\(\)?/},
  {name: 'hstore', use: 'the type hstore', sql: /[\s"]hstore\b["\s,)]/i, python: /\bHSTORE\(\)?/},
  {name: 'ltree', use: 'the type ltree', sql: /[\s"]ltree\b["\s,)]/i, python: /\bLTREE\(\)?/},
  {name: 'pg_trgm', use: 'operator classes', sql: /\bg(?:in|ist)_trgm_ops\b/i},
  {name: 'uuid-ossp', use: 'function uuid_generate_v4()', sql: /\buuid_generate_v[1345]\w{0,3}\(/i},
  {name: 'pgcrypto', use: 'function gen_salt()', sql: /\bgen_salt\(/i},
  {name: 'unaccent', use: 'function unaccent()', sql: /\bunaccent\(/i},
  {
    name: 'postgis',
    use: 'the type geometry',
    sql: /[\s"](?:geometry|geography)\(\s{0,9}(?:point|line|poly|multi|geometry)/i,
    python: /\b(?:Geometry|Geography)\(\s{0,20}(?:geometry_type|["'])/,
  },
]

export async function loadMissingExtensions({reader}: Inputs, facts: FactStore): Promise<Fact<MissingExtension[]>> {
  const [{migrations, own}, files] = await Promise.all([facts.need('migrations'), facts.value('files')])
  const found = new Map<string, MissingExtension>()
  for (const {file: path, upgrade, tool} of [...migrations, ...own]) {
    const file = await reader.text(path)
    if (!file) continue
    const isPython = tool === 'alembic'
    const text = bare(isPython ? withoutDowngrade(file.text) : file.text, isPython)
    for (const extension of extensions) {
      if (found.has(extension.name)) continue
      const match = extension.sql.exec(text) ?? (isPython ? extension.python?.exec(text) : undefined)
      if (!match) continue
      const at = file.lineSpan(file.position(match.index + match[0].search(/\w/)).line)
      found.set(extension.name, {extension: extension.name, use: extension.use, at, upgrade})
    }
  }
  if (found.size === 0) return known([])
  // Any text that speaks of making it may do so: a script, the code, a note for whoever sets up the database.
  const paths = (files ?? noFiles).ending(
    '.py',
    '.sql',
    '.sh',
    '.ts',
    '.js',
    '.mjs',
    '.rb',
    '.yml',
    '.yaml',
    '.toml',
    '.md',
    '.prisma',
    '.json',
    '.go',
  )
  for (const {text} of await reader.texts(paths)) {
    if (!/extension/i.test(text)) continue
    for (const name of found.keys()) if (makes(text, name)) found.delete(name)
    if (found.size === 0) break
  }
  return known([...found.values()])
}

const makes = (text: string, name: string): boolean =>
  new RegExp(`extension[^;]{0,200}\\b${name}\\b|\\b${name}\\b[^;]{0,40}extension`, 'i').test(text)

/** Without comments: each place stays where it is. */
const bare = (text: string, isPython: boolean): string =>
  text.replace(isPython ? /(?<=^|\s)#[^\n]{0,2000}/g : /--[^\n]{0,2000}/g, (comment) => ' '.repeat(comment.length))
