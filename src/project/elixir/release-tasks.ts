import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {withoutHashLines} from '../code/comments.ts'
import {escapePattern} from '../escape-pattern.ts'
import type {TextFile} from '../files/text.ts'
import {machineCommands} from '../image/machine-commands.ts'
import type {Inputs} from '../inputs.ts'
import {releaseNames} from './release-names.ts'

/** What `bin/shop eval Shop.Release.migrate` names and the release does not have. */
export interface MissingTask {
  /** `release_command`, `[processes] web`, `CMD`. */
  by: string
  /** `Shop.Release.migrate` */
  task: string
  /**
   * `module`: no file defines it. `function`: its module has none of this name. `application`: the one whose environment it
   * reads, `Application.fetch_env!(@app, :ecto_repos)`, is none of the release. `program`: a script of rel/overlays starts
   * the release by another name than it has.
   */
  kind: 'module' | 'function' | 'application' | 'program'
  name: string
  at: FileLocation
  command: FileLocation
  /** The applications of the project itself. */
  own: string[]
  /** It is evaluated whatever is so, and what comes then is not what follows a failure. */
  sure: boolean
}

/** A module and its function, as they stand behind `eval` and `rpc` of a release. */
const evaluated = /\b(?:eval|rpc)\s+["']?((?:[A-Z]\w*\.)+)([a-z_]\w*[?!]?)(?=[\s"'(;]|$)/g

export async function loadReleaseTasks({reader}: Inputs, facts: FactStore): Promise<Fact<MissingTask[]>> {
  const [build, files, flyConfig] = await Promise.all([
    facts.need('build'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const manifests = files?.named('mix.exs').filter((path) => !/(^|\/)deps\//.test(path)) ?? []
  if (!files || manifests.length === 0) return known([])
  const texts = await reader.texts(manifests)
  const own = texts.flatMap(({text}) => /^[ \t]{0,200}app:[ \t]{0,20}:(\w{1,200})/m.exec(text)?.[1] ?? [])
  const sources = files.ending('.ex').filter((path) => !/(^|\/)(deps|_build)\//.test(path))
  // What the build writes, and what lies in another repository, is in no file here.
  const mayBeElsewhere =
    files.has('.gitmodules') ||
    build.stages.some(({stage}) =>
      stage.instructions.some(({keyword, text}) => keyword === 'RUN' && /phx\.gen|\.ex\b|\bgit clone\b/.test(text)),
    )
  const scripts = files.under(...manifests.map((path) => posix.join(posix.dirname(path), 'rel/overlays/bin')))
  const overlays = await reader.texts(scripts.filter((path) => !path.endsWith('.bat')))
  const found = new Map<string, MissingTask>()
  for (const {by, words, at} of machineCommands(build, flyConfig)) {
    const line = words.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' ')
    for (const {module, name, sure} of tasksIn(line)) await look({by, module, name, sure, at, command: at})
    for (const script of overlays) {
      if (!words.some((word) => /(^|\/)bin\/[^/]+$/.test(word) && posix.basename(word) === posix.basename(script.path)))
        continue
      lookForProgram(script, by, at)
      for (const {module, name, sure, from, to} of tasksIn(script.text))
        await look({by, module, name, sure: sure && !line.includes('||'), at: script.span(from, to), command: at})
    }
  }
  return known([...found.values()])

  /** `exec ./shop start`: beside the script lies the program of the release, called as that is. */
  function lookForProgram(script: TextFile, by: string, command: FileLocation) {
    const [manifest, another] = texts
    const code = withoutHashLines(script.text)
    const [line, before = '', program = ''] =
      /^([^\n]*?\bexec\s{1,9})\.\/([\w-]{1,100}) (?:start|eval|daemon|start_iex)\b/m.exec(code) ?? []
    const release = manifest && !another ? releaseNames(manifest) : undefined
    const isThere = scripts.some((path) => posix.basename(path) === program)
    if (!line || !release || isThere || release.names.includes(program) || !/\bcd -P -- "\$\(dirname/.test(code)) return
    const from = code.indexOf(line) + before.length
    const at = script.span(from, from + program.length + 2)
    found.set(`./${program}`, {
      by,
      task: `./${program}`,
      sure: false,
      at,
      command,
      own: release.names,
      kind: 'program',
      name: script.path,
    })
  }

  async function look({module, name, by, sure, at, command}: Named) {
    const task = `${module}.${name}`
    const problem = found.has(task) ? undefined : await problemOf(module, name)
    if (!problem) return
    found.set(task, {
      by,
      task,
      sure: sure && !problem.isLikely,
      at: problem.at ?? at,
      command,
      own,
      kind: problem.kind,
      name: problem.name,
    })
  }

  async function problemOf(
    module: string,
    name: string,
  ): Promise<{kind: MissingTask['kind']; name: string; at?: FileLocation; isLikely?: boolean} | undefined> {
    if (!files || name === 'module_info') return undefined
    const [root = ''] = module.split('.')
    const last = module.split('.').at(-1) ?? ''
    const likely = sources.filter((path) => posix.basename(path) === `${snake(last)}.ex`)
    const definition = definitionOf(escapePattern(module))
    const [file, another] = (await reader.texts(likely)).filter(({text}) => definition.test(text))
    if (another) return undefined
    if (!file) {
      const all = await reader.texts(sources)
      // One of a dependency is in no file of the project, and one that stands in another has a part of its name.
      const isOwn = all.some(({text}) => definitionOf(`${root}(?:\\.\\w+)*`).test(text))
      const isHere = all.some(({text}) =>
        new RegExp(`(?:defmodule|Module\\.create)[ (][\\w. ]{0,200}\\b${last}\\b`).test(text),
      )
      const declared = await reader.texts([...manifests, ...files.named('mix.lock')])
      const isTheirs = isOfDependency(root, declared, own)
      // Of another name of the app: Store.Release, where the project has Shop.Release.
      const isRenamed = !isOwn && isHere && /Release/.test(last)
      return ((isOwn && !isHere) || isRenamed) && !isTheirs && !mayBeElsewhere
        ? {kind: 'module', name: module, isLikely: isRenamed}
        : undefined
    }
    const code = withoutHashLines(file.text)
    const isWritten = new RegExp(
      `\\b(?:def|defdelegate)\\s{0,200}\\(?\\s{0,200}${escapePattern(name)}(?![\\w?!])`,
    ).test(code)
    if (!isWritten)
      return /^\s{0,200}(?:use|import|defmacro|@before_compile)\b|\bunquote\b/m.test(code)
        ? undefined
        : {kind: 'function', name}
    return foreignApplication(file, code)
  }

  /** Its environment is empty, so that fetch_env! raises: docs and generators write names of their own there. */
  async function foreignApplication(file: TextFile, code: string) {
    const written = /^[ \t]*@app\s+:(\w+)/m.exec(code)
    const [, app = ''] = written ?? []
    if (!written || !/\bApplication\.fetch_env!\(\s*@app\b/.test(code) || own.length === 0) return undefined
    const locks = await reader.texts([...manifests, ...(files?.named('mix.lock') ?? [])])
    const settings = await reader.texts(files?.ending('.exs').filter((path) => /(^|\/)config\//.test(path)) ?? [])
    const isKnown =
      own.includes(app) ||
      locks.some(({text}) => new RegExp(`[:"]${app}\\b`).test(text)) ||
      settings.some(({text}) => new RegExp(`:${app}\\b`).test(text))
    const from = written.index + written[0].lastIndexOf(':')
    return isKnown ? undefined : {kind: 'application' as const, name: app, at: file.span(from, from + app.length + 1)}
  }
}

type Named = Pick<MissingTask, 'by' | 'sure' | 'at' | 'command'> & {module: string; name: string}

/** What is evaluated, by the lines of a script or of a command; not what one of them only prints. */
function tasksIn(text: string): {module: string; name: string; sure: boolean; from: number; to: number}[] {
  const code = text.replace(/^[ \t]*(?:#|echo\b|printf\b).*$/gm, (each) => ' '.repeat(each.length))
  const isBranched = /^[ \t]*(?:if|case|while|until|for)\b|<<-?\s*['"]?\w|\(\)\s*\{/m.test(code)
  // Without set -e a script goes on behind what has failed.
  const isStrict = /\bset\s+-\w*e|^#!\S+\s+-\w*e|\bsh\s+-\w*e/m.test(code)
  return [...code.matchAll(evaluated)].map((match) => {
    const [whole, place = '', name = ''] = match
    const line = code.slice(code.lastIndexOf('\n', match.index) + 1).split('\n', 1)[0] as string
    const goesOn = !isStrict && /[;\n]\s{0,200}[^\s;"']/.test(code.slice(match.index + whole.length))
    const sure = !isBranched && !goesOn && !/\|\||&&|^[ \t]*!|\b(?:then|do|else)\b/.test(line)
    return {module: place.slice(0, -1), name, sure, from: match.index, to: match.index + whole.length}
  })
}

/** Modules of Elixir itself and of Mix; Phoenix and Ecto are dependencies as others are. */
const ofElixir =
  /^(?:Agent|Application|Code|Config|Date|DateTime|EEx|Enum|ExUnit|File|GenServer|IEx|IO|Inspect|Integer|Kernel|Keyword|List|Logger|Macro|Map|Mix|Module|Node|Path|Process|Registry|Regex|Release|Stream|String|Supervisor|System|Task|Version)$/

/** Whether a dependency may define modules below a name, as acme_core does below Acme and ecto_sql below Ecto. */
const isOfDependency = (root: string, texts: readonly TextFile[], own: readonly string[]): boolean =>
  ofElixir.test(root) ||
  texts.some(({text}) =>
    [...text.matchAll(/(?:^\s{0,200}"|\{:)(\w{1,200})["\s]{0,200}[,:]/gm)].some(
      ([, name = '']) => !own.includes(name) && name.replaceAll('_', '').startsWith(root.toLowerCase()),
    ),
  )

const definitionOf = (module: string): RegExp =>
  new RegExp(`^[ \\t]{0,200}defmodule\\s{0,200}\\(?\\s{0,200}(?:Elixir\\.)?${module}\\s{0,200}(?:,|do\\b|$)`, 'm')

/** `ReleaseTasks` lies in release_tasks.ex. */
const snake = (name: string): string =>
  name.replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase()
