import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'
import {splitWords} from '../fly-config/words.ts'
import {type Command, programOf, type Variables} from '../image/shell/command.ts'
import {shellCommands} from '../image/shell/shell-commands.ts'
import {startedPart} from '../image/shell/shell-operators.ts'
import {mountOf} from '../litefs/mount.ts'
import type {Reading} from './processes.ts'

/** A file in which a program finds what it starts, and that. */
export interface Launched {
  file: TextFile
  /** Of each entry, which starts in the folder of the launcher whatever those before it do. */
  commands: Command[][]
  /** This is surely its file, and when one of them fails, the program ends, too. */
  decisive: boolean
}

interface Launcher {
  /** Where it looks for its file, in this order. */
  places: readonly string[]
  read(file: TextFile, reading: Reading): Command[][] | Promise<Command[][]>
  decisive: boolean
  /** Patterns of more files, that it reads beside the one, or where the project has none. */
  more?: (file: TextFile | undefined) => readonly string[]
}

/** The files that a launcher reads, in the image. */
export interface LaunchFiles {
  fileAt(places: readonly string[]): Promise<{file: TextFile; certain: boolean} | undefined>
  filesAt(pattern: string): Promise<TextFile[]>
}

/** The command behind `--`, which `litefs mount` starts in place of those in its file, and that of `litestream -exec`. */
export function launchedBehind(command: Command): Command | undefined {
  const words = mountOf(command.words)?.command ?? replicatedOf(command.words)
  return words && {...command, words}
}

/** What `litestream replicate -exec "COMMAND"` starts beside itself, and without a shell: it ends with it (cmd/litestream/replicate.go). */
function replicatedOf(words: Command['words']): Command['words'] | undefined {
  if (posix.basename(words[0] ?? '') !== 'litestream' || words[1] !== 'replicate') return undefined
  const at = words.findIndex((word) => /^--?exec$/.test(word ?? ''))
  const joined = words.find((word) => /^--?exec=/.test(word ?? ''))
  const text = at < 0 ? joined?.replace(/^[^=]*=/, '') : words[at + 1]
  return text === undefined ? undefined : splitWords(text)
}

/** What a supervisor or LiteFS starts by each of its files; nothing where these are not known. */
export async function launchedBy(
  launcher: Launcher,
  reading: Reading,
  {fileAt, filesAt}: LaunchFiles,
): Promise<Launched[]> {
  const found = await fileAt(launcher.places)
  const launched = async (file: TextFile, certain: boolean): Promise<Launched> => {
    const commands = await launcher.read(file, reading)
    return {
      file,
      commands: certain ? commands : commands.map((entry) => entry.map((each) => ({...each, supervised: false}))),
      decisive: launcher.decisive && certain,
    }
  }
  const patterns = launcher.more?.(found?.certain ? found.file : undefined) ?? []
  const more = (await Promise.all(patterns.map(filesAt))).flat()
  const isOther = more.every(({path}) => path !== found?.file.path)
  return Promise.all([
    ...(found && isOther ? [launched(found.file, found.certain)] : []),
    ...more.map((file) => launched(file, true)),
  ])
}

/** The supervisor, or LiteFS, that a command is; undefined for any other program. */
export function launcherOf({words}: Command): Launcher | undefined {
  const program = programOf({words})
  const named = (...flags: string[]): string[] | undefined => {
    const index = words.findIndex((word) => flags.some((flag) => word === flag || word?.startsWith(`${flag}=`)))
    if (index < 0) return undefined
    const path = words[index]?.includes('=') ? words[index]?.replace(/^[^=]*=/, '') : words[index + 1]
    return path === undefined ? [] : [path]
  }
  const mount = mountOf(words)
  if (mount) return mount.command ? undefined : {places: mount.places, read: liteFsCommands, decisive: true}
  if (program === 'supervisord') {
    const usual = [
      'supervisord.conf',
      'etc/supervisord.conf',
      '/etc/supervisord.conf',
      '/etc/supervisor/supervisord.conf',
    ]
    const own = named('-c', '--configuration')
    const more = (file: TextFile | undefined) => (file ? included(file) : own ? [] : includedByPackages)
    return {places: own ?? usual, read: supervisedCommands, decisive: false, more}
  }
  if (/^(?:foreman|honcho|goreman|overmind|hivemind)$/.test(program ?? '')) {
    const behind = program === 'hivemind' ? words[1] : undefined
    const other = behind && !behind.startsWith('-') ? [behind] : undefined
    const places = named('-f', '--procfile') ?? other ?? ['Procfile']
    return {places, read: procfileCommands, decisive: false}
  }
  return undefined
}

/** `exec` of litefs.yml, of which some run on the primary alone. LiteFS fills in its variables as a shell would. */
async function liteFsCommands(file: TextFile, {inShell}: Reading): Promise<Command[][]> {
  const {readLiteFs} = await import('../litefs/config.ts')
  return (readLiteFs(file)?.commands ?? []).map(({text, at, onlyOnCandidates}) =>
    withoutShell(text, inShell, at).map((command) => ({
      ...command,
      conditional: command.conditional || onlyOnCandidates,
    })),
  )
}

/** What the file says that Debian's package brings, and that of Alpine. */
const includedByPackages = ['/etc/supervisor/conf.d/*.conf', '/etc/supervisor.d/*.ini']

/** `[include] files = /etc/supervisor/conf.d/*.conf`; relative ones are those beside a file whose place is not known. */
function included({text}: TextFile): string[] {
  const [, files = ''] = /^\[include\][^[]*?^files[ \t]*=[ \t]*([^\n;]*)/m.exec(text) ?? []
  return files.split(/\s+/).filter((each) => each.startsWith('/'))
}

/** The programs of supervisord's file, each in the folder that it names. */
function supervisedCommands(file: TextFile, reading: Reading): Command[][] {
  const sections = [...file.text.matchAll(/^\[program:[^\]\n]*\][^\n]*\n((?:(?!\[)[^\n]*\n?)*)/gm)]
  return sections.flatMap(({0: whole, 1: body = '', index}) => {
    const written = /^command[ \t]*=[ \t]*([^\n;]*(?:;(?<! ;)[^\n;]*)*)/m.exec(body)
    if (!written || /^autostart[ \t]*=[ \t]*(?:false|0|no|off)\b/im.test(body)) return []
    const start = index + whole.length - body.length + written.index
    const at = file.span(start, start + written[0].length)
    const folder = /^directory[ \t]*=[ \t]*(\S+)/m.exec(body)?.[1]
    const moved: Command[] = folder ? [{words: ['cd', folder], at, conditional: false, decisive: false}] : []
    const own = withoutShell(written[1]?.trim() ?? '', reading.outside, at)
    return [[...moved, ...own.map((each) => ({...each, supervised: true}))]]
  })
}

/** Each line of a Procfile, which a shell reads. */
const procfileCommands = (file: TextFile, {inShell}: Reading): Command[][] =>
  [...file.text.matchAll(/^([\w-]{1,100}):[ \t]*(\S[^\n]*)$/gm)].map(({0: line, 2: text = '', index}) => {
    const start = index + line.length - text.length
    return shellCommands(text, inShell, (from, to) => file.span(start + from, start + to)) ?? []
  })

/** `a && b` starts a alone where no shell reads it. */
const withoutShell = (text: string, variables: Variables, at: FileLocation): Command[] =>
  shellCommands(startedPart(text), variables, () => at) ?? []
