/** Tables that a revision of alembic works on and that none makes. */
import type {FileLocation} from '../../../check.ts'
import type {Fact, FactStore} from '../../../facts.ts'
import type {AlembicEnvironment} from '../../alembic/environment.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Inputs} from '../../inputs.ts'
import {readSteps, type Step} from '../steps.ts'
import {textOf, type Value} from '../value.ts'
import {inOnlyHistory, upgradesOf} from './upgrades.ts'

export interface MissingTable {
  table: string
  /** `add_column`. */
  by: string
  at: FileLocation
  upgrade: FileLocation | undefined
}

export async function loadMissingTables({reader}: Inputs, facts: FactStore): Promise<Fact<MissingTable[]>> {
  const [alembic, files] = await Promise.all([facts.need('alembic'), facts.value('files')])
  return inOnlyHistory(alembic, (environment) => missingIn(environment, reader, files ?? noFiles))
}

const makesTables = /\bcreate_table\(/
/** Code that makes them from the models, or from SQL. */
const makesOtherwise =
  /\bcreate_all\b|\.__table__\.create\b|\bCreateTable\b|\bcreate\s{1,20}(?:\w{1,20}\s{1,20}){0,3}table\b/i

async function missingIn(
  {revisions}: AlembicEnvironment,
  reader: ProjectReader,
  paths: Files,
): Promise<Omit<MissingTable, 'upgrade'>[]> {
  const roots = new Set(revisions.filter(({down}) => down.length === 0).map(({at}) => at.file))
  const files = (await upgradesOf(revisions, reader)) ?? []
  // A history whose first revision makes no table was begun on a database that had them.
  if (!files.some(({file, text}) => roots.has(file.path) && makesTables.test(text))) return []
  const found: Omit<MissingTable, 'upgrade'>[] = []
  const named = new Set(files.flatMap(({text}) => tablesIn(text)))
  const missing = new Set([...named].filter((table) => !files.some(({text}) => makes(text, table))))
  for (const {file, text} of missing.size > 0 ? files : []) {
    const open = tablesIn(text).filter((table) => missing.has(table))
    if (open.length === 0) continue
    for (const step of readSteps(file, false)) {
      if (!isSure(step)) continue
      for (const {table, by, at} of [...worksOn(step), ...referencesIn(step.call)]) {
        if (!open.includes(table) || found.some((each) => each.table === table)) continue
        found.push({table, by, at: at ?? step.at})
      }
    }
  }
  if (found.length === 0) return []
  const own = new Set(revisions.map(({at}) => at.file))
  const code = paths.ending('.py', '.sql', '.sh').filter((path) => !isApart(path) && !own.has(path))
  const others = await reader.texts(code)
  return others.some(({text}) => makesOtherwise.test(text)) ? [] : found
}

const works =
  /\bop\.(?:add_column|drop_column|alter_column|drop_table|rename_table|batch_alter_table)\(\s{0,200}["'](\w{1,100})["'](?![^)\n]{0,300}\bschema\s{0,9}=\s{0,9}(?!None\b|\s))|\bop\.(?:create_index|create_unique_constraint|drop_constraint|create_foreign_key)\(\s{0,200}(?:op\.f\(\s{0,50})?(?:None|["'][^"'\n]{0,200}["'])\s{0,50}\)?,\s{0,200}["'](\w{1,100})["']/g

const refers =
  /\bForeignKey\(\s{0,200}["'](\w{1,100})\.\w{1,100}["']|\bForeignKeyConstraint\(\s{0,200}\[[^\]]{0,300}\],\s{0,200}\[\s{0,200}["'](\w{1,100})\.\w{1,100}["']/g

const tablesIn = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(works), ...text.matchAll(refers)].map(([, first, second]) => (first ?? second) as string),
  ),
]

interface Named {
  table: string
  by: string
  at: FileLocation | undefined
}

const worksOn = ({table, call: {method}}: Step): Named[] =>
  table === undefined || method === 'create_table' ? [] : [{table, by: method, at: undefined}]

/** The tables that the foreign keys of a new table or column name. */
function referencesIn(value: Value | Step['call']): Named[] {
  if (value.kind === 'list') return value.items.flatMap(referencesIn)
  if (value.kind !== 'call') return []
  const [first, second] = value.args
  const target =
    value.method === 'ForeignKey'
      ? first
      : value.method === 'ForeignKeyConstraint' && second?.kind === 'list'
        ? second.items[0]
        : undefined
  const [, table] = /^(\w+)\.\w+$/.exec(textOf(target) ?? '') ?? []
  if (table !== undefined) return value.keywords.has('use_alter') ? [] : [{table, by: value.method, at: target?.at}]
  return [...value.args, ...value.keywords.values()].flatMap(referencesIn)
}

/** By a call, under a new name, or in SQL; a name that is put together may be any. */
const makes = (text: string, table: string): boolean =>
  new RegExp(
    `\\bcreate_table\\(\\s{0,200}(?:["']${table}["']|(?!["'\\s]))|\\brename_table\\([^)]{0,300}["']${table}["']\\s{0,50}[,)]|\\b(?:table|view|to|exists)\\s{1,50}(?:["\\w]{1,50}\\.)?["\\\\]{0,2}${table}\\b|\\bTable\\(\\s{0,50}["']${table}["']`,
    'i',
  ).test(text)

const isSure = ({call: {name, keywords}, conditional}: Step): boolean =>
  !conditional &&
  /^(?:op|\w{0,50}batch\w{0,50})\.\w+$/.test(name) &&
  !['schema', 'source_schema', 'if_exists', 'if_not_exists'].some((each) => keywords.has(each))
