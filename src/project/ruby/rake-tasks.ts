import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {withoutHashLines} from '../code/comments.ts'
import type {Tracked} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {sourceAt} from '../image/moment.ts'
import {programOf} from '../image/shell/command.ts'

/** How a command comes to run a task. */
export interface TaskRun {
  /** The command, or the line of lib/tasks that names the task. */
  at: FileLocation
  /** A file of the project may define the task itself. */
  mayDefine: boolean
}

/** Whether a rails or rake command runs a task: itself, or through one of lib/tasks that it starts. */
export async function rakeTaskRun(
  command: BuildCommand,
  task: string,
  {reader, tracked}: {reader: ProjectReader; tracked: Tracked},
): Promise<TaskRun | undefined> {
  const words = command.words.slice(programOf(command) === 'bundle' && command.words[1] === 'exec' ? 2 : 0)
  if (!/(^|\/)(rails|rake)$/.test(words[0] ?? '')) return undefined
  const asked = words.slice(1).filter((word) => word !== undefined && /^[a-z]\w*(:\w+)+$/.test(word)) as string[]
  if (asked.length === 0) return undefined
  const files = await rakeFiles(command, reader, tracked)
  const [name = '', space = ''] = task.split(':').reverse()
  const defines = new RegExp(`namespace[ (]+["':]?${space}\\b|task[ (]+["':]?${name}\\b|["']${task}["']\\s*(=>|do\\b)`)
  const mayDefine = files.some(({text}) => defines.test(withoutHashLines(text)))
  if (asked.includes(task)) return {at: command.at, mayDefine}
  for (const file of files) {
    const line = lineThatRuns(file, asked, task)
    if (line !== undefined) return {at: file.lineSpan(line), mayDefine}
  }
  return undefined
}

/** The Rakefile and lib/tasks, as they are in the image. */
export async function rakeFiles({moment, folder}: BuildCommand, reader: ProjectReader, tracked: Tracked) {
  const tasks = moment.files.get(posix.join(folder, 'lib/tasks'))
  const names = tasks?.kind === 'folder' ? [...tasks.entries.keys()].filter((name) => name.endsWith('.rake')) : []
  const paths = ['Rakefile', ...names.map((name) => `lib/tasks/${name}`)]
  const sources = paths.flatMap((path) => sourceAt(moment, posix.join(folder, path), tracked) ?? [])
  const files = await Promise.all(sources.map((source) => reader.text(source)))
  return files.filter((file) => file !== undefined)
}

/** The line on which one of the tasks names the other: as what it depends on, or to invoke it. */
function lineThatRuns(file: TextFile, asked: readonly string[], task: string): number | undefined {
  let space = ''
  let current = ''
  for (let number = 1; number <= file.lineCount; number++) {
    const line = file.line(number).replace(/(^|\s)#.*$/s, '')
    space = /^\s*namespace[ (]+["':]?(\w+)/.exec(line)?.[1] ?? space
    const name = /^\s*task[ (]+["':]?(\w+)/.exec(line)?.[1]
    if (name) current = space ? `${space}:${name}` : name
    if (asked.includes(current) && new RegExp(`["']${task}["']`).test(line)) return number
  }
  return undefined
}
