/** Queries that sqlx checks while cargo compiles, and that its offline data in .sqlx does not have. */
import {createHash} from 'node:crypto'
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {argumentsAt, type Code, codeOf} from '../../code/code.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import type {BuildCommand} from '../build-commands.ts'
import {mayBring} from '../may-hold.ts'
import {sourceAt} from '../moment.ts'
import {isCompiled, rustSources} from '../rust-variables.ts'
import {mentions} from '../variable-reads.ts'

export interface UnpreparedQuery {
  /** `query_as!`, where it is called. */
  macro: string
  query: FileLocation
  /** The cargo command. */
  at: FileLocation
  /** How many more there are. */
  others: number
  /** The data has others of the same build: what is told of names of its files is true of this one, too. */
  isCertain: boolean
}

const macros = /\b(?:sqlx::)?(query(?:_file)?(?:_as|_scalar)?(?:_unchecked)?)!\s{0,20}\(/g
/** Where the macro finds a database it asks that. */
const addresses = /\bDATABASE_URL\w*|\bSQLX_OFFLINE_DIR\b/

/**
 * Without a database the macros look for `.sqlx/query-<hash>.json` in the folder of their crate and in that of the
 * workspace, by the SHA-256 of the query's text (sqlx-macros-core/src/query/mod.rs): "there is no cached data for this
 * query, run `cargo sqlx prepare`".
 */
export async function loadUnpreparedQueries({reader}: Inputs, facts: FactStore): Promise<Fact<UnpreparedQuery[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const tracked = files ?? noFiles
  const found: UnpreparedQuery[] = []
  if (!tracked.ending('.json').some((path) => /(?:^|\/)\.sqlx\/query-/.test(path))) return known(found)
  for (const command of commands) {
    if (command.conditional || !command.decisive || asksDatabase(command)) continue
    const prepared = preparedIn(command)
    const sources = prepared && (await rustSources(command, {reader, tracked}))
    if (!prepared || !sources) continue
    const codes = sources.flatMap((file) => (file.text.includes('sqlx') ? (codeOf(file) ?? []) : []))
    const isBuilt = await packagesOf(command, reader, tracked)
    const compiled = codes.filter(({file}) => isBuilt(crateOf(file)) && isCompiled(file, sources))
    const queries = (await Promise.all(compiled.map((code) => queriesOf(code, reader)))).flat()
    const missing = queries.filter(({text}) => !prepared.has(hashOf(text)))
    const [first] = missing
    if (!first) continue
    found.push({
      macro: first.macro,
      query: first.at,
      at: command.at,
      others: missing.length - 1,
      isCertain: missing.length < queries.length,
    })
  }
  return known(found)
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Whether a database may be there after all, or the data elsewhere. */
function asksDatabase(command: BuildCommand): boolean {
  const {moment, folder, before} = command
  const {stage, unknown, variables} = moment
  const isSet = (name: string) => variables.has(name) || mentions(command, name)
  if (isSet('SQLX_OFFLINE_DIR') || addresses.test(before)) return true
  if ([before, ...unknown.map(({text = ''}) => text)].some((text) => /\bsqlx prepare\b/.test(text))) return true
  if (/^(?:true|1)$/i.test(variables.get('SQLX_OFFLINE') ?? '')) return false
  if (isSet('DATABASE_URL')) return true
  const settings = ['.env', '.cargo/config.toml', '.cargo/config'].map((name) => posix.join(folder, name))
  return settings.some((path) => moment.files.get(path) || mayBring({stage, unknown}, path))
}

/** The hashes of all data in the image, in whatever folder; undefined where there may be more than is seen, or is none. */
function preparedIn({moment, folder}: BuildCommand): ReadonlySet<string> | undefined {
  const {stage, unknown} = moment
  if (mayBring({stage, unknown}, posix.join(folder, '.sqlx'))) return undefined
  const hashes = [...moment.files.files((names) => names.ending('.json'))].flatMap(([path]) => {
    const [, hash] = /\/\.sqlx\/query-([\da-f]{64})\.json$/.exec(path) ?? []
    return hash ?? []
  })
  return hashes.length > 0 ? new Set(hashes) : undefined
}

/**
 * Whether cargo builds the package of a folder of the project: those that -p names; the one of the manifest where it runs;
 * else all members of the workspace, where none is left out.
 */
async function packagesOf(
  {words, folder, moment}: BuildCommand,
  reader: ProjectReader,
  tracked: Files,
): Promise<(crate: string) => boolean> {
  const named = words.flatMap((word, index) => {
    if (word === '-p' || word === '--package') return words[index + 1] ?? []
    return /^(?:-p|--package=)(.+)$/.exec(word ?? '')?.[1] ?? []
  })
  const manifest = sourceAt(moment, posix.join(folder, 'Cargo.toml'), tracked)
  const {text = ''} = (await reader.text(manifest)) ?? {}
  const home = posix.dirname(manifest ?? '')
  if (named.length === 0 && /^\[package\]/m.test(text)) return (crate) => posix.join(crate, '.') === home
  if (named.length === 0) {
    const isPart = /^[ \t]{0,20}(?:exclude|default-members)[ \t]{0,20}=/m.test(text) || words.includes('--exclude')
    return () => !isPart
  }
  const manifests = await reader.texts(tracked.named('Cargo.toml'))
  const homes = manifests.flatMap((each) => {
    const [, name = ''] = /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/m.exec(each.text) ?? []
    return named.includes(name) ? posix.dirname(each.path) : []
  })
  return (crate) => homes.includes(posix.join(crate, '.'))
}

/** The folder of the manifest, as cargo has its sources in src/. */
const crateOf = ({path}: TextFile): string => path.replace(/(?:^|\/)src\/.*$/s, '')

interface Query {
  macro: string
  text: string
  at: FileLocation
}

/** Those that are written as texts, or in files; what stands behind a condition may be for the tests. */
async function queriesOf(code: Code, reader: ProjectReader): Promise<Query[]> {
  const chosen = code.bare.search(/#!?\[cfg|\bmacro_rules!/)
  const found: Query[] = []
  for (const match of code.bare.matchAll(macros)) {
    if (chosen >= 0 && match.index > chosen) break
    const [, name = ''] = match
    const args = argumentsAt(code, match.index + match[0].length - 1)
    const source = args[/^query(?:_file)?_as/.test(name) ? 1 : 0]
    const literal = source && literalOf(code.text.slice(source.start, source.end))
    const text = literal !== undefined && name.startsWith('query_file') ? await textIn(literal) : literal
    if (text !== undefined)
      found.push({macro: `${name}!`, text, at: code.file.span(match.index, match.index + match[0].length - 1)})
  }
  return found

  /** The path is that from the manifest of the crate (sqlx-macros-core/src/common.rs). */
  async function textIn(path: string): Promise<string | undefined> {
    return (await reader.text(posix.join(crateOf(code.file), path)))?.text
  }
}

/** What a literal of Rust, or several with + between them, are. */
function literalOf(written: string): string | undefined {
  const one = /\s*(?:r(#{0,9})"([\s\S]*?)"\1|"((?:[^"\\]|\\[\s\S])*)")\s*(\+|$)/y
  const texts: string[] = []
  let isOpen = true
  while (one.lastIndex < written.length || isOpen) {
    const match = one.exec(written)
    if (!match) return undefined
    const text = match[2] ?? unescaped(match[3] ?? '')
    if (text === undefined) return undefined
    texts.push(text.replace(/\r\n/g, '\n'))
    isOpen = match[4] === '+'
  }
  return texts.join('')
}

const escapes: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t', '\\': '\\', '0': '\0', '"': '"', "'": "'"}

/** A \ at the end of a line takes the line's end and the blanks of the next; of other escapes nothing is known. */
function unescaped(text: string): string | undefined {
  let isKnown = true
  const plain = text.replace(/\\(?:\r?\n\s*|([\s\S]))/g, (_, character?: string) => {
    if (character === undefined) return ''
    isKnown &&= character in escapes
    return escapes[character] ?? ''
  })
  return isKnown ? plain : undefined
}
