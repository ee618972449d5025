/** Numbered files of SQL that a program of the project itself runs, one after the other. */
import {posix} from 'node:path'
import {compare} from '../../../compare.ts'
import type {TextFile} from '../../files/text.ts'
import type {MigrationSet, SetInputs} from './migration-set.ts'
import {sqlSteps} from './sql-file.ts'

const lists =
  /\b(?:readdir(?:Sync)?|readDir(?:Sync)?|globSync|fast-?glob|listdir|scandir|iterdir|ReadDir|WalkDir|read_dir|include_dir)\b|\.glob\(|\*\.sql\b/
const sends =
  /\.(?:query|execute|exec|unsafe|raw|begin|Exec|ExecContext|batch_execute|executescript|fetch)\s*\(|\bpsql\b/

/** The one such folder, where a file of the program lists files of SQL and sends them to a database. */
export async function ownSets(
  folders: readonly (readonly {path: string}[])[],
  inputs: SetInputs,
): Promise<MigrationSet[]> {
  const {paths, reader, since} = inputs
  const [files, another] = folders.filter((each) => each.length > 2)
  const folder = posix.dirname(files?.[0]?.path ?? '')
  if (!files || another || /(?:^|\/)supabase\//.test(folder) || paths.has(`${folder}/meta/_journal.json`)) return []
  const runner = await ownRunner(posix.basename(folder))
  if (!runner) return []
  // Of two with one number it is not told whether both are run.
  const numbers = files.flatMap(({path}) => /^\d+/.exec(posix.basename(path)) ?? [])
  if (new Set(numbers).size < numbers.length) return []
  // Such a program sorts the names.
  const sorted = files.map(({path}) => path).toSorted((a, b) => compare(posix.basename(a), posix.basename(b)))
  const texts = await reader.texts(sorted)
  if (texts.length < sorted.length || texts.some(({text}) => /^--\s*(?:\+|@)?(?:migrate:)?(?:up|down)\b/im.test(text)))
    return []
  const newest = sorted.at(-1) as string
  const run = {by: runner.path, at: runner.whole, certain: false, failsAt: 'release' as const}
  return [
    {
      index: newest,
      migrations: [],
      faults: [],
      parts: texts.map((file) => ({file, from: 0, to: file.text.length})),
      own: texts.map((file) => ({
        file: file.path,
        // It sends the whole text, too.
        tool: 'golang-migrate',
        steps: sqlSteps(file, false),
        upgrade: run,
        isNew: since ? !since.had(file.path) : file.path === newest,
        autocommits: true,
        driver: undefined,
      })),
    },
  ]

  async function ownRunner(name: string): Promise<TextFile | undefined> {
    const code = paths
      .ending('.ts', '.mts', '.js', '.mjs', '.cjs', '.py', '.go', '.rs', '.sh')
      .filter((path) => /migrat|schema|database|\bdb\b|setup|init|entrypoint|start|main|index|server|app/i.test(path))
    for (const path of code) {
      const file = await reader.glance(path)
      if (!file?.text.includes('.sql') || !file.text.includes(name)) continue
      if (lists.test(file.text) && sends.test(file.text)) return reader.text(path)
    }
    return undefined
  }
}
