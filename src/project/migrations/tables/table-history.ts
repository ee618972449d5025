/** What the migrations of frameworks do to the tables, one after the other, and where the database would refuse it. */
import {posix} from 'node:path'
import type {Location} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {groupBy} from '../../../group-by.ts'
import {isApart} from '../../apart.ts'
import {noFiles} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import type {ProjectReader} from '../../reader.ts'
import type {TextFile} from '../../text.ts'
import {ectoSteps} from './ecto-steps.ts'
import {type TableFault, tableFaults} from './replay-tables.ts'
import type {MigrationSteps} from './table-step.ts'

export interface HistoryFault extends TableFault {
  /** The command of the deploy that runs the migrations. */
  run: Location[]
  failsAt: 'release' | 'boot' | 'silent'
}

/** One framework whose migrations are numbered files of a folder. */
interface Framework {
  folder: RegExp
  file: RegExp
  stepsOf(file: TextFile): MigrationSteps | undefined
}

const ecto: Framework = {
  folder: /(?:^|\/)priv\/\w{1,60}\/migrations$/,
  file: /^\d{1,30}_.{1,200}\.exs$/,
  stepsOf: ectoSteps,
}
const frameworks: readonly Framework[] = [ecto]

export async function loadTableHistory({reader}: Inputs, facts: FactStore): Promise<Fact<HistoryFault[]>> {
  const paths = ((await facts.value('files')) ?? noFiles).only((path) => !isApart(path))
  const exs = paths.ending('.exs')
  const found: TableFault[] = []
  let isAny = false
  for (const {folder, file, stepsOf} of frameworks) {
    const own = exs.filter((path) => folder.test(posix.dirname(path)) && file.test(posix.basename(path)))
    const folders = groupBy(own, (path) => posix.dirname(path))
    // Several may be of one database, or each of its own.
    const [only, another] = [...folders.values()]
    if (!only || another || !(await hasServer(posix.dirname(only[0] as string), reader))) continue
    isAny = true
    const files = await reader.texts(only.toSorted(byVersion))
    if (files.length < only.length) continue
    found.push(...tableFaults(files.flatMap((each) => stepsOf(each) ?? [])))
  }
  if (!isAny) return absent('no folder has migrations of Ecto')
  if (found.length === 0) return known([])
  const [since, processes] = [await facts.value('since'), await facts.value('processes')]
  const run = processes?.find(/migrat/i)
  const failsAt = !run ? ('silent' as const) : run.by === 'release_command' ? ('release' as const) : ('boot' as const)
  return known(
    found.filter(({at}) => !since?.had(at.file)).map((fault) => ({...fault, run: run ? [run.at] : [], failsAt})),
  )
}

/** SQLite takes a foreign key to a table that is not there. */
async function hasServer(folder: string, reader: ProjectReader): Promise<boolean> {
  const manifest = (await reader.text(posix.join(folder, '../../../mix.exs')))?.text ?? ''
  return /\{:(?:postgrex|myxql|tds)\b/.test(manifest) && !/\{:(?:ecto_sqlite3|exqlite)\b/.test(manifest)
}

const versionOf = (path: string): bigint => BigInt(/^\d+/.exec(posix.basename(path))?.[0] ?? 0)

const byVersion = (one: string, other: string): number => {
  const [a, b] = [versionOf(one), versionOf(other)]
  return a < b ? -1 : a > b ? 1 : one < other ? -1 : 1
}
