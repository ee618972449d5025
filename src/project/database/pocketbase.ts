/**
 * Where PocketBase keeps its data: in `pb_data` beside the program, as it is called, unless `--dir` says otherwise
 * (pocketbase.go, NewWithConfig and inspectRuntime). A program found by PATH is called from where it runs.
 */
import {posix} from 'node:path'
import type {FactStore} from '../../facts.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {imagePath} from '../image/files/image-path.ts'
import type {CodeDatabase} from './sqlite-code.ts'

const serves = /^(\S+) serve(?: (?!.*--dir\b)|$)/

export async function pocketbaseData(
  reader: ProjectReader,
  files: Files | undefined,
  facts: FactStore,
): Promise<CodeDatabase[]> {
  const processes = await facts.value('processes')
  const commands = processes?.commands ?? []
  const entry = commands.find(({by, text}) => by === 'ENTRYPOINT' && !text.includes(' '))
  for (const {by, text, at, folder} of commands) {
    // CMD may be the arguments of ENTRYPOINT alone.
    const whole = by === 'CMD' && entry && text.startsWith('serve') ? `${entry.text} ${text}` : text
    const [, program] = serves.exec(whole) ?? []
    if (program === undefined || program.includes('?')) continue
    if (posix.basename(program) !== 'pocketbase' && !(await isOwn(reader, files ?? noFiles))) continue
    if (folder === undefined && !program.startsWith('/')) continue
    const home = program.includes('/')
      ? imagePath(folder ?? '/', posix.dirname(program))
      : imagePath('/', folder ?? '/')
    // A link may lead to the volume.
    const texts = [
      (await facts.value('dockerfile'))?.file.text ?? '',
      ...(processes?.read.texts.map((each) => each.text) ?? []),
    ]
    if (texts.some((each) => /\bln\s[^\n]{0,300}pb_data/.test(each))) return []
    return [{path: posix.join(home, 'pb_data/data.db'), at, option: '--dir'}]
  }
  return []
}

/** A program of the project's own that is PocketBase with more, and says no other folder. */
async function isOwn(reader: ProjectReader, files: Files): Promise<boolean> {
  const [manifest, another] = files.named('go.mod')
  const text = manifest && another === undefined ? ((await reader.text(manifest))?.text ?? '') : ''
  if (!/^\s{0,20}(?:require\s{1,9})?github\.com\/pocketbase\/pocketbase\s/m.test(text)) return false
  const sources = await reader.texts(files.ending('.go'))
  return !sources.some((file) => /\bDefaultDataDir\b|\bexec\.Command\b/.test(file.text))
}
