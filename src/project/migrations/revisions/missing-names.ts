/** Indexes and constraints that a revision of alembic drops and that none makes under that name. */
import type {FileLocation} from '../../../check.ts'
import type {Fact, FactStore} from '../../../facts.ts'
import type {AlembicEnvironment} from '../../alembic/environment.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Inputs} from '../../inputs.ts'
import {readSteps, type Step} from '../steps.ts'
import {textOf} from '../value.ts'
import {isWhole} from './missing-columns.ts'
import {inOnlyHistory, type UpgradeText, upgradesOf} from './upgrades.ts'

export interface MissingName {
  kind: 'index' | 'constraint'
  name: string
  table: string
  at: FileLocation
  /** Where the table is made. */
  made: FileLocation
  upgrade: FileLocation | undefined
}

export async function loadMissingNames({reader}: Inputs, facts: FactStore): Promise<Fact<MissingName[]>> {
  const [alembic, files] = await Promise.all([facts.need('alembic'), facts.value('files')])
  return inOnlyHistory(alembic, (environment) => missingIn(environment, reader, files ?? noFiles))
}

const drops = /\bdrop_(?:index|constraint)\(/
/** A rule by which SQLAlchemy names them, of the app or of env.py. */
const namingRule = /\bnaming_convention\b/

async function missingIn(
  {revisions}: AlembicEnvironment,
  reader: ProjectReader,
  paths: Files,
): Promise<Omit<MissingName, 'upgrade'>[]> {
  const files = (await upgradesOf(revisions, reader)) ?? []
  if (!files.some(({text}) => drops.test(text))) return []
  const found: Omit<MissingName, 'upgrade'>[] = []
  for (const {file, text} of files) {
    if (!drops.test(text) || looksFirst.test(text)) continue
    for (const step of readSteps(file, false)) {
      const drop = dropOf(step)
      const made = drop && !isMade(drop.name, drop.table, files) ? madeBy(drop.table, files) : undefined
      if (!drop || !made) continue
      found.push({...drop, at: step.at, made})
      // The revision stops there.
      break
    }
  }
  if (found.length === 0) return []
  const others = await reader.texts(
    paths.ending('.py', '.sql').filter((path) => path.endsWith('.sql') || !isApart(path)),
  )
  if (others.some(({text}) => namingRule.test(text))) return []
  // SQL beside the revisions may have made it.
  const sql = others.filter(({path}) => path.endsWith('.sql'))
  return found.filter(({name}) => !sql.some(({text}) => text.includes(name)))
}

const looksFirst =
  /\binspect\(|\bhas_(?:table|index)\b|\bget_(?:indexes|\w*constraints|foreign_keys)\b|\bsuppress\(|\$\$/

function dropOf({call, table, conditional}: Step): Pick<MissingName, 'kind' | 'name' | 'table'> | undefined {
  const [, kind] = /^drop_(index|constraint)$/.exec(call.method) ?? []
  if (!kind || conditional || ['if_exists', 'schema'].some((each) => call.keywords.has(each))) return undefined
  const [first] = call.args
  // op.f says that no rule is to change the name.
  const given = first?.kind === 'call' && first.method === 'f' ? first.args[0] : first
  const name = textOf(given)
  return name === undefined || table === undefined || name.length > 60
    ? undefined
    : {kind: kind as 'index', name, table}
}

/** By its name, anywhere but in a drop; or by the rule of Postgres, or of SQLAlchemy for indexes, where nothing names it. */
function isMade(name: string, table: string, files: readonly UpgradeText[]): boolean {
  const dropped = new RegExp(
    `\\bdrop_(?:index|constraint)\\(\\s{0,200}(?:op\\.f\\(\\s{0,50})?["']${escapePattern(name)}["']`,
    'g',
  )
  const word = new RegExp(`(?<!\\w)${escapePattern(name)}(?!\\w)`)
  if (files.some(({text}) => word.test(text.replace(dropped, '')))) return true
  const unnamed = unnamedBy.find(([ends]) => ends.test(name))?.[1]
  if (unnamed === undefined) return false
  const about = files.filter(({text}) => new RegExp(`["']${escapePattern(table)}["']`).test(text))
  return about.some(({text}) => unnamed.test(text.replace(named, '')))
}

/** What gets such a name, where it is given none: Postgres, ChooseIndexName; SQLAlchemy, DEFAULT_NAMING_CONVENTION. */
const unnamedBy: readonly [ends: RegExp, maker: RegExp][] = [
  [/_fkey\d*$/, /\bForeignKey(?:Constraint)?\(|\bcreate_foreign_key\(\s{0,200}None\b|\breferences\b/i],
  [
    /_key\d*$/,
    /\bunique\s{0,9}=\s{0,9}True\b|\bUniqueConstraint\(|\bcreate_unique_constraint\(\s{0,200}None\b|\bunique\b/,
  ],
  [/^ix_/, /\bindex\s{0,9}=\s{0,9}True\b|\bIndex\(/],
  [/_idx\d*$|_pkey\d*$|_check\d*$|_excl\d*$/, /^/],
]
/** Constraints with a name of their own. */
const named =
  /\b(?:ForeignKey|UniqueConstraint|ForeignKeyConstraint)\((?:[^()]|\([^()]{0,200}\)){0,400}\bname\s{0,9}=\s{0,9}(?:["']|op\.f\()(?:[^()]|\([^()]{0,200}\)){0,200}\)/g

/** Where alembic itself makes the table, with all that it begins with. */
function madeBy(table: string, files: readonly UpgradeText[]): FileLocation | undefined {
  const makes = new RegExp(`\\bcreate_table\\(\\s{0,200}["']${escapePattern(table)}["']`)
  const bySql = new RegExp(
    `\\bcreate\\s{1,50}(?:\\w{1,30}\\s{1,50}){0,3}table\\b[^;]{0,100}\\b${escapePattern(table)}\\b|\\balter\\s{1,50}table\\b[^;]{0,100}\\b${escapePattern(table)}\\b`,
    'i',
  )
  if (files.some(({text}) => bySql.test(text))) return undefined
  const steps = files
    .filter(({text}) => makes.test(text))
    .flatMap(({file}) => readSteps(file, false))
    .filter((step) => step.call.method === 'create_table' && step.table === table)
  const [first, second] = steps
  return first && !second && isWhole(first) ? first.at : undefined
}
