/** What the upgrades of the revisions of alembic say, for those who look at a history as a whole. */
import type {FileLocation} from '../../../check.ts'
import {absent, type Fact, known} from '../../../facts.ts'
import type {Alembic} from '../../alembic/alembic.ts'
import type {AlembicEnvironment} from '../../alembic/environment.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {withoutDowngrade} from './downgrade.ts'

export interface UpgradeText {
  file: TextFile
  text: string
}

/** The revisions are one line, and each is read without running it. */
export const isOneLine = (graph: AlembicEnvironment['graph']): boolean =>
  graph?.heads.length === 1 && graph.problems.length === 0 && graph.duplicates.length === 0

/** What a look at the only history of a project finds, with what runs it: of several databases each has its own. */
export async function inOnlyHistory<Found>(
  {environments: [environment, another]}: Alembic,
  find: (environment: AlembicEnvironment) => Promise<Found[]>,
): Promise<Fact<(Found & {upgrade: FileLocation | undefined})[]>> {
  if (!environment?.graph) return absent('the revisions cannot be read without running them')
  if (another || !isOneLine(environment.graph)) return known([])
  const found = await find(environment)
  return known(found.map((each) => ({...each, upgrade: environment.upgrade?.at})))
}

type Kept = WeakMap<AlembicEnvironment['revisions'], Promise<UpgradeText[] | undefined>>
/** Several facts ask for the same. */
const kept: Kept = new WeakMap()
const keptWithNames: Kept = new WeakMap()

/**
 * Of all revisions; undefined where one cannot be read, or makes what is not seen. `followsNames`: who asks knows what becomes of
 * a table that gets another name, where both are written out.
 */
export function upgradesOf(
  revisions: AlembicEnvironment['revisions'],
  reader: ProjectReader,
  followsNames = false,
): Promise<UpgradeText[] | undefined> {
  const all = followsNames ? keptWithNames : kept
  const found = all.get(revisions) ?? readUpgrades(revisions, reader, followsNames)
  all.set(revisions, found)
  return found
}

async function readUpgrades(
  revisions: AlembicEnvironment['revisions'],
  reader: ProjectReader,
  followsNames: boolean,
): Promise<UpgradeText[] | undefined> {
  const read = await Promise.all(revisions.map(({at}) => reader.text(at.file)))
  const files = read.flatMap((file) => (file ? {file, text: withoutDowngrade(file.text)} : []))
  const isSeen =
    files.length === read.length &&
    !files.some(({text}) => makesUnseen.test(followsNames ? text.replace(givesName, '') : text) || runsOthers(text))
  return isSeen ? files : undefined
}

const givesName = /\bop\.rename_table\(\s{0,50}["']\w{1,100}["'],\s{0,50}["']\w{1,100}["'],?\s{0,50}\)/g
/** What makes tables or columns in a way that is not read: from models, by a file of SQL, for tables in a variable. */
const makesUnseen =
  /\bcreate_all\b|\bCreateTable\b|__table__|\breflect\b|\bopen\(|\bread_(?:text|sql)\b|\brename_table\b|\brename\s{1,50}to\b|\bsearch_path\b|\bset_schema\b|\badd_column\(\s{0,200}(?!["'\s]|(?:\w{1,30}\.)?Column\(\s{0,200}["'])|\badd_column\(\s{0,200}["']\w{1,100}["'],\s{0,200}(?!\s|(?:\w{1,30}\.)?Column\(\s{0,200}["'])|\bnew_column_name\s{0,50}=\s{0,50}(?!["'])|\badd\s{1,50}(?:column\s{1,50})?(?:if\s{1,50}not\s{1,50}exists\s{1,50})?["'\\]{0,9}\s{0,50}[{%+]/i
/** Modules that bring types and the like, and change no table by themselves. */
const plainModules =
  /^(?:alembic|sqlalchemy\w*|sqlmodel|pgvector|geoalchemy2|typing|typing_extensions|collections|datetime|uuid|json|os|sys|logging|enum|re|decimal|__future__)(?:\.|$)/
const imported =
  /^[ \t]{0,40}(?:from[ \t]+([\w.]{1,200})[ \t]+import[ \t]+(?:\(([^)]{0,2000})\)|([^\n(]{1,500}))|import[ \t]+([\w.]{1,200})(?:[ \t]+as[ \t]+(\w{1,100}))?)/gm

/** Whether a function or a text of the project's own does something: `run_sql_file("002.sql")`, `op.execute(SQL)`. */
function runsOthers(text: string): boolean {
  const names = [...text.matchAll(imported)].flatMap(([, from, several, one, module = '', as]) =>
    plainModules.test(from ?? module)
      ? []
      : from
        ? (several ?? one ?? '')
            .split(',')
            .flatMap((each) => /\w{1,200}$/.exec(each.replace(/#[^\n]*/g, '').trim())?.[0] ?? [])
        : (as ?? (module.split('.')[0] as string)),
  )
  return names.some((name) =>
    new RegExp(
      `^[ \\t]+${name}(?:\\.\\w+)*\\(|\\bexecute\\([^)\\n]{0,100}\\b${name}\\b|\\b(?:in|with)[ \\t]+${name}\\b`,
      'm',
    ).test(text),
  )
}
