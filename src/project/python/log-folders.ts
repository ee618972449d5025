/** Log files of Python's logging whose folder the image does not have: the handler opens its file when it is made. */
import {posix} from 'node:path'
import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isBelow} from '../image/files/image-path.ts'
import {leavesPython} from '../image/shell/quiet-run.ts'
import type {Inputs} from '../inputs.ts'
import type {StartedCommand} from '../processes/processes.ts'
import {copiedPython} from './copied-python.ts'
import {logHandlers} from './django/log-handlers.ts'
import {children} from './imports/module-constants.ts'
import {startedModules} from './imports/started-modules.ts'
import {pythonTree} from './source/tree.ts'

export interface LogFolder {
  /** As the code writes it. */
  file: string
  /** In the image. */
  folder: string
  at: FileLocation
  command: StartedCommand
  /** LOGGING of Django's settings names it. */
  byDjango?: true
}

const handlers =
  /\b(?:logging\.basicConfig|basicConfig)\(\s{0,99}(?:[^()]{0,300},\s{0,99})?filename\s{0,9}=\s{0,9}["']([\w./-]{1,200})["']|\b(?:logging\.|handlers\.|logging\.handlers\.)?(?:Timed|)(?:Rotating|Watched|)FileHandler\(\s{0,99}(?:filename\s{0,9}=\s{0,9})?["']([\w./-]{1,200})["']([^()]{0,300})/g
const makes = /\bmk_?dirs?\s{0,9}\(|\bmakedirs\s{0,9}\(|\bmkdir\b|\bchdir\b/i

export async function loadLogFolders({reader}: Inputs, facts: FactStore): Promise<Fact<LogFolder[]>> {
  const [build, image, processes, files] = await facts.needAll('build', 'image', 'processes', 'files')
  const [flyConfig, django] = await Promise.all([facts.value('flyConfig'), facts.value('machineSettings')])
  const {mounts = [], files: laid = []} = flyConfig?.config ?? {}
  const covered = [...mounts.map(({destination}) => destination), ...laid.map((each) => each.guest_path)]
  const paths = copiedPython(image, files)
  const found: LogFolder[] = []
  for (const command of processes.commands.filter(({certain, supervised}) => certain && !supervised)) {
    if (command.folder === undefined) continue
    const started = await reader.texts(await startedModules([command.text], paths, reader))
    for (const file of started.filter(({text}) => /\blogging\b/.test(text))) {
      for (const {written, from, to} of logFiles(file.text)) {
        const folder = posix.resolve(command.folder, posix.dirname(written))
        if (posix.dirname(written) !== '.') await add({file: written, folder, at: file.span(from, to), command})
      }
    }
  }
  const command = processes.commands.find(({certain, text}) => certain && django?.areLoadedBy(text))
  if (django && command) {
    for (const {file, place, at} of logHandlers(django.settings, django.moment.workingDir))
      await add({file, folder: posix.dirname(place), at, command, byDjango: true})
  }
  return known(found)

  /** Unless the folder is there, or may be. */
  async function add(each: LogFolder): Promise<void> {
    const {folder: place} = each
    const isCovered = covered.some((other = '') => other && (isBelow(place, other) || isBelow(other, place)))
    // What collects the static files, or installs packages, makes no folder for a log.
    const isLeft = build.final.unknown.every(({by, text = ''}) => by !== 'run' || leavesPython(text))
    const isThere = each.byDjango && isLeft ? build.has(place) !== 'no' : !build.lacks(place)
    if (isCovered || isThere || found.some(({folder}) => folder === place)) return
    if (!(await isMade(posix.basename(place)))) found.push(each)
  }

  /** By the code, or by a script, that names it. */
  async function isMade(name: string): Promise<boolean> {
    const texts = await reader.texts([...files.ending('.py', '.sh'), ...files.named('Procfile')])
    return (
      texts.some(({text}) => makes.test(text) && text.includes(name)) ||
      processes.commands.some(({text}) => /\bmkdir\b/.test(text))
    )
  }
}

/** Those that a module opens where it is imported: in no function, no branch and no `try`. */
function logFiles(source: string): {written: string; from: number; to: number}[] {
  return children(pythonTree(source).topNode).flatMap((node: SyntaxNode) => {
    if (node.name !== 'ExpressionStatement' && node.name !== 'AssignStatement') return []
    const statement = source.slice(node.from, node.to)
    if (/\blambda\b|\bif\b/.test(statement)) return []
    return [...statement.matchAll(handlers)].flatMap((match) => {
      const written = match[1] ?? match[2]
      // It waits for the first line.
      if (written === undefined || /\bdelay\s{0,9}=\s{0,9}True\b/.test(match[3] ?? '')) return []
      const from = node.from + match.index
      return [{written, from, to: from + match[0].length}]
    })
  })
}
