import type {FileLocation} from '../check.ts'
import {type Command, programOf, shellCommands, type Variables} from './image/shell.ts'
import type {Reading} from './processes.ts'
import type {TextFile} from './text.ts'

/** A file in which a program finds what it starts, and that. */
export interface Launched {
  file: TextFile
  commands: Command[]
  /** When one of them fails, the program ends, too. */
  decisive: boolean
}

interface Launcher {
  /** Where it looks for its file, in this order. */
  files: readonly string[]
  read(file: TextFile, reading: Reading): Command[] | Promise<Command[]>
  decisive: boolean
}

/** The command behind `--`, which `litefs mount` starts in place of those in its file. */
export function launchedBehind({words, ...command}: Command): Command | undefined {
  const index = words.indexOf('--')
  if (programOf({words}) !== 'litefs' || words[1] !== 'mount' || index < 0) return undefined
  return {...command, words: words.slice(index + 1)}
}

/** What a supervisor or LiteFS starts by its own file; undefined for any other program, and where the file is not known. */
export async function launchedBy(
  {words}: Command,
  reading: Reading,
  fileAt: (path: string) => Promise<TextFile | undefined>,
): Promise<Launched | undefined> {
  const launcher = launcherOf(words)
  for (const path of launcher?.files ?? []) {
    const file = await fileAt(path)
    if (launcher && file) return {file, commands: await launcher.read(file, reading), decisive: launcher.decisive}
  }
  return undefined
}

function launcherOf(words: readonly (string | undefined)[]): Launcher | undefined {
  const program = programOf({words: [...words]})
  const named = (...flags: string[]): string[] | undefined => {
    const index = words.findIndex((word) => flags.some((flag) => word === flag || word?.startsWith(`${flag}=`)))
    if (index < 0) return undefined
    const path = words[index]?.includes('=') ? words[index]?.replace(/^[^=]*=/, '') : words[index + 1]
    return path === undefined ? [] : [path]
  }
  if (program === 'litefs' && words[1] === 'mount') {
    const files = named('-config', '--config') ?? ['litefs.yml', '/etc/litefs.yml']
    return words.includes('--') ? undefined : {files, read: litefsCommands, decisive: true}
  }
  if (program === 'supervisord') {
    const usual = [
      'supervisord.conf',
      'etc/supervisord.conf',
      '/etc/supervisord.conf',
      '/etc/supervisor/supervisord.conf',
    ]
    return {files: named('-c', '--configuration') ?? usual, read: supervisedCommands, decisive: false}
  }
  if (/^(?:foreman|honcho|goreman|overmind|hivemind)$/.test(program ?? '')) {
    const behind = program === 'hivemind' ? words[1] : undefined
    const other = behind && !behind.startsWith('-') ? [behind] : undefined
    const files = named('-f', '--procfile') ?? other ?? ['Procfile']
    return {files, read: procfileCommands, decisive: false}
  }
  return undefined
}

/** `exec` of litefs.yml: a command, or several with `cmd`, of which some run on the primary alone. No shell reads them. */
async function litefsCommands(file: TextFile, reading: Reading): Promise<Command[]> {
  const {parseYaml} = await import('./documents/yaml.ts')
  const document = parseYaml(file)
  if (!('value' in document)) return []
  const {exec} = document.value
  const each = typeof exec === 'string' ? [{cmd: exec}] : Array.isArray(exec) ? exec : []
  return each.flatMap((entry: unknown, index) => {
    if (typeof entry !== 'object' || entry === null || !('cmd' in entry) || typeof entry.cmd !== 'string') return []
    const at = document.at(typeof exec === 'string' ? ['exec'] : ['exec', index, 'cmd'])
    const conditional = 'if-candidate' in entry || 'if-hostname' in entry
    return split(entry.cmd, reading.outside, at).map((command) => ({...command, conditional}))
  })
}

/** The programs of supervisord's file, each in the folder that it names. */
function supervisedCommands(file: TextFile, reading: Reading): Command[] {
  const sections = [...file.text.matchAll(/^\[program:[^\]\n]*\][^\n]*\n((?:(?!\[)[^\n]*\n?)*)/gm)]
  return sections.flatMap(({0: whole, 1: body = '', index}) => {
    const written = /^command[ \t]*=[ \t]*([^\n;]*(?:;(?<! ;)[^\n;]*)*)/m.exec(body)
    if (!written || /^autostart[ \t]*=[ \t]*(?:false|0|no|off)\b/im.test(body)) return []
    const start = index + whole.length - body.length + written.index
    const at = file.span(start, start + written[0].length)
    const folder = /^directory[ \t]*=[ \t]*(\S+)/m.exec(body)?.[1]
    const moved: Command[] = folder ? [{words: ['cd', folder], at, conditional: false, decisive: false}] : []
    return [...moved, ...split(written[1]?.trim() ?? '', reading.outside, at)]
  })
}

/** Each line of a Procfile, which a shell reads. */
const procfileCommands = (file: TextFile, {inShell}: Reading): Command[] =>
  [...file.text.matchAll(/^([\w-]{1,100}):[ \t]*(\S[^\n]*)$/gm)].flatMap(({0: line, 2: text = '', index}) => {
    const start = index + line.length - text.length
    return shellCommands(text, inShell, (from, to) => file.span(start + from, start + to)) ?? []
  })

/** `a && b` are arguments of a where no shell reads them. */
const split = (text: string, variables: Variables, at: FileLocation): Command[] =>
  (shellCommands(text, variables, () => at) ?? []).slice(
    0,
    /[;&|]/.test(text) && !/^\S*sh\s+-\w*c\s/.test(text) ? 1 : undefined,
  )
