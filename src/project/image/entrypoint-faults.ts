import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {parseToml} from '../documents/toml.ts'
import {escapePattern} from '../escape-pattern.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {runsOnNode} from '../processes/javascript-commands.ts'
import {pyprojectPrograms} from '../python/packages/pyproject-programs.ts'
import {usualPath} from './base/base-images.ts'
import {isBelow} from './files/image-path.ts'
import {isShell, type MachineCommand, machineCommands, startedBy} from './machine-commands.ts'

/** A command of the machines that ENTRYPOINT, which stands before it, does not take as it is meant. */
export interface EntrypointFault {
  by: string
  words: readonly string[]
  at: FileLocation
  /**
   * `line`: ENTRYPOINT is a line for a shell, which drops the command. `script`: a script that asks for no arguments.
   * `first`: a shell of which one word is the line, so that it runs the first word alone. `twice`: the program that the
   * command begins with stands in ENTRYPOINT already, and is its own first argument. `program`: ENTRYPOINT is a program
   * that is compiled of the project, or one of its pyproject.toml, and the command begins with another one.
   */
  kind: 'line' | 'script' | 'first' | 'twice' | 'program'
  /** What ENTRYPOINT starts: a program, the path of a script, or the line. */
  starts: string
  entrypoint: FileLocation
  script: FileLocation | undefined
  /** The program is known to stop at such an argument. */
  stops: boolean
  /** `twice`: the bare name of a program that ENTRYPOINT names by its path, which may be a command of that program. */
  mayBeMeant: boolean
  /** What ENTRYPOINT starts seems to be the app, so that a CMD behind it is a leftover. */
  startsApp: boolean
}

const isShellScript = /^#!.*\b(?:ba|da|a|z)?sh\b/
/** Programs that take their first argument for a file to run or for a command of theirs. */
const takesCommand =
  /^(?:node|python[\d.]*|ruby|php|bun|deno|perl|uvicorn|gunicorn|hypercorn|daphne|celery|flask|alembic|npm|yarn|next|rails|rake|bundle|mix|dotnet|java)$/
/** What a command begins with that is to start something. */
const startsProgram = (word: string): boolean => takesCommand.test(posix.basename(word)) || /^\.?\//.test(word)
/** They run any program that they are given, also themselves: `pnpm pnpm start` is `pnpm start`. */
const runsAny = /^(?:npx|pnpm|pnpx|bunx)$/
/** Its name alone starts a server. */
const startsAlone = /^next$/
/** Also `for each do`, which goes through the arguments. */
const readsArguments =
  /\$[@*#\d]|\$\{[@*#\d]|\b(?:shift|getopts)\b|^[ \t]*(?:\.|source)[ \t]|^[ \t]*for[ \t]+\w+[ \t]*(?:;|\n|do\b)/m
/** Where a script looks at its arguments, and starts none of them. */
const looks =
  /\[{1,2} [^\]\n]{0,300}\]{1,2}|^[ \t]*case [^\n]{0,200} in\b|^[ \t]*(?:echo|printf|log)\b[^\n&|;>]{0,2000}(?:>&2[ \t]{0,20})?(?=[\n;]|&&|\|\||$)|^[ \t]*#[^\n]*/gm
/** What it starts then for any other one. */
const otherwise = /\*\)|^[ \t]*(?:else|elif)\b/m

/** Whether a script of the shell may start what it is given, or do something of its own for it. */
const takesArguments = (text: string): boolean => {
  const rest = text.replace(looks, '')
  return readsArguments.test(rest) || (rest !== text && readsArguments.test(text) && otherwise.test(text))
}

/** `java -jar app.jar`, `dotnet Shop.dll`: the app itself, and no program that starts what it is given. */
const isArchive = (program: string, rest: readonly string[]): boolean => {
  const name = posix.basename(program)
  const [archive = ''] = name === 'java' ? rest.slice(rest.indexOf('-jar') + 1 || rest.length) : rest
  return (name === 'java' && /\.jar$/.test(archive)) || (name === 'dotnet' && /\.dll$/.test(archive))
}

const startsAnother = (word: string): boolean =>
  startsProgram(word) || isShell(word) || runsAny.test(posix.basename(word))

/** A program of the system, which no app has for a command of its own. */
const startsSystem = (word = ''): boolean =>
  isShell(word) || /^(?:echo|true|sleep|tail|env|python3?|uvicorn|gunicorn|celery|alembic)$/.test(posix.basename(word))

const compiles = /\b(?:go|cargo|swift|zig) (?:-C \S+ )?(?:build|install)\b/

const conditions = /\bif\s{0,20}\((?:[^()\n]|\([^()\n]{0,200}\)){0,300}\)/g

/** A program of JavaScript that looks at its arguments in conditions alone, with nothing beside Node's own modules. */
const startsNone = (text: string): boolean =>
  !/\bargv\b|\bparseArgs\b/.test(text.replace(conditions, '')) &&
  [...text.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["']([^"'\n]{1,200})["']/g)].every(([, name = '']) =>
    /^(?:node:)?(?:child_process|fs|path|url|process|os|util)(?:\/promises)?$/.test(name),
  )

/** Variables of Fly.io by which a script may know what it is to do. */
const asksFly = /\b(?:RELEASE_COMMAND|FLY_PROCESS_GROUP)\b/

export async function loadEntrypointFaults({reader}: Inputs, facts: FactStore): Promise<Fact<EntrypointFault[]>> {
  const [build, flyConfig, files] = await Promise.all([
    facts.need('build'),
    facts.value('flyConfig'),
    facts.value('files'),
  ])
  if (flyConfig?.hasContainers) return known([])
  const {final, stages} = build
  const commands = machineCommands(build, flyConfig)
  const first = commands.find(({by}) => by === 'ENTRYPOINT')
  if (!first) return known([])
  const {words: entrypoint, at: place} = first
  const program = startedBy(entrypoint).at(-1) as string
  const rest = entrypoint.slice(entrypoint.indexOf(program) + 1)
  const behind = commands.filter((each) => each !== first)
  const fault = (command: MachineCommand, kind: EntrypointFault['kind'], starts: string, script?: FileLocation) => ({
    ...{by: command.by, words: command.words, at: command.at, kind, starts, entrypoint: place, script},
    stops: stopsAt(command.words[0] ?? '', kind),
    mayBeMeant: command.words[0] !== program,
    startsApp: true,
  })

  const startsShell = isShell(program)
  if (startsShell && /^-[a-z]*c$/.test(rest[0] ?? '')) {
    const line = rest[1]
    if (line === undefined) {
      const cut = behind.filter(({words}) => words.length > 1)
      return known(cut.map((command) => fault(command, 'first', program)))
    }
    if (readsArguments.test(line) || (await asks(line))) return known([])
    // A script that would start what it is given starts nothing then.
    const script = await scriptAt(line.split(/\s/)[0] as string)
    const lost = behind.filter(({words}) => !isNamed(words, `${line}\n${script?.text ?? ''}`))
    const startsApp = !script || !readsArguments.test(script.text)
    return known(lost.map((command) => ({...fault(command, 'line', line, script?.whole), startsApp})))
  }
  const path = startsShell ? rest.find((word) => !word.startsWith('-')) : program
  const file = path === undefined ? undefined : await scriptAt(path)
  if (file) {
    if (takesArguments(file.text) || (await asks(file.text))) return known([])
    // A word that it only looks at may be one of its own.
    const isOwn = ([word = '']: readonly string[]) => readsArguments.test(file.text) && !startsProgram(word)
    const lost = behind.filter(({words}) => !isNamed(words, file.text.replace(looks, '')) && !isOwn(words))
    const startsApp = /^[ \t]*exec[ \t]/m.test(file.text)
    return known(lost.map((command) => ({...fault(command, 'script', file.path, file.whole), startsApp})))
  }
  const main = await javascriptAt(program, rest)
  if (main && startsNone(main.text) && !/\.listen\(|\bserve\(/.test(main.text) && !(await asks(main.text))) {
    const lost = behind.filter(
      ({words}) => startsProgram(words[0] ?? '') && !isNamed(words, main.text.replace(conditions, '')),
    )
    return known(lost.map((command) => ({...fault(command, 'script', main.path, main.whole), startsApp: false})))
  }
  const handed = isCompiled(program)
    ? behind.filter(({by, words}) => by !== 'CMD' && isOther(words[0]))
    : isArchive(program, rest)
      ? behind.filter(
          ({by, words}) => by === 'release_command' && (startsAnother(words[0] ?? '') || startsSystem(words[0])),
        )
      : behind.some(({by, words}) => by !== 'CMD' && startsSystem(words[0])) && (await isOfPython(program))
        ? behind.filter(({by, words}) => by !== 'CMD' && startsSystem(words[0]))
        : []
  if (handed.length > 0) return known(handed.map((command) => fault(command, 'program', program)))
  const repeated =
    startsShell || rest.length > 0 || runsAny.test(posix.basename(program))
      ? []
      : behind.filter(({words}) => isSame(words[0] as string, program))
  return known(repeated.filter(({words}) => words.length > 1).map((command) => fault(command, 'twice', program)))

  function stopsAt(word: string, kind: EntrypointFault['kind']): boolean {
    const name = posix.basename(word)
    if (kind === 'first') return (takesCommand.test(name) || runsAny.test(name)) && !startsAlone.test(name)
    // The app may look for a word anywhere among its arguments.
    if (kind === 'program') return false
    // `python python` runs a folder or file of that name.
    return takesCommand.test(name) && !inImage(word)
  }

  /** A program that pyproject.toml makes of a function: `[project.scripts] shop = "shop.cli:main"`. */
  async function isOfPython(word: string): Promise<boolean> {
    const manifests = await reader.texts((files ?? noFiles).named('pyproject.toml'))
    return manifests.some((file) => {
      const document = parseToml(file)
      return 'value' in document && pyprojectPrograms(document.value).includes(posix.basename(word))
    })
  }

  /** What a stage compiles, and does not call as one that starts what it is given. */
  function isCompiled(word: string): boolean {
    const isWrapper = /init|entry|launch|exec|wrap|start|run|boot|tini|supervis/i.test(posix.basename(word))
    if (!word.includes('/') || isWrapper || inImage(word)) return false
    const builds = stages.some(({unknown}) => unknown.some(({text = ''}) => compiles.test(text)))
    return builds && isBrought(word)
  }

  /** A program by its place, which a COPY brings beside it. */
  function isOther(word = ''): boolean {
    if (word === program || !word.startsWith('/') || /\.\w+$/.test(word)) return false
    return isBrought(word)
  }

  /** A COPY brings it by its name; or with its folder, where a stage is told to call one so. */
  function isBrought(word: string): boolean {
    const name = escapePattern(posix.basename(word))
    const makes = new RegExp(`\\s-o[ =]\\S{0,300}/${name}(?:\\s|$)`)
    const isMade = stages.some(({unknown}) => unknown.some(({text = ''}) => makes.test(text)))
    return final.unknown.some(({by, path}) => by === 'copy' && (path === word || (isMade && isBelow(word, path))))
  }

  function inImage(word: string) {
    return final.files.get(posix.resolve('/', final.config.workingDir, word))
  }

  /** Whether shell text, or a file of the project that it starts, knows by Fly.io's variables what it is to do. */
  async function asks(text: string, depth = 0): Promise<boolean> {
    if (asksFly.test(text)) return true
    for (const word of new Set(text.match(/[\w./-]{1,300}/g))) {
      const entry = /[./]/.test(word) ? inImage(word) : undefined
      if (entry?.kind !== 'file' || !(files ?? noFiles).has(entry.source)) continue
      const named = (await reader.text(entry.source))?.text ?? ''
      const isScript = depth < 2 && isShellScript.test(named)
      if (isScript ? await asks(named, depth + 1) : asksFly.test(named)) return true
    }
    return false
  }

  /** A program of JavaScript of the project that node is given, or that begins with its name. */
  async function javascriptAt(word: string, [first = '']: readonly string[]) {
    const isNode = posix.basename(word) === 'node'
    const entry = final.files.get(posix.resolve('/', final.config.workingDir, isNode ? first : word))
    if (entry?.kind !== 'file' || !/\.[cm]?js$/.test(entry.source) || !(files ?? noFiles).has(entry.source))
      return undefined
    const text = await reader.text(entry.source)
    return text && (isNode || runsOnNode(text.text)) ? text : undefined
  }

  /** A shell script of the project, as the image has it. */
  async function scriptAt(word: string) {
    const isPlace = word.includes('/') || startsShell
    const folders = isPlace ? [final.config.workingDir] : (final.config.env.get('PATH') ?? usualPath).split(':')
    const entry = folders
      .map((folder) => final.files.get(posix.resolve('/', folder, word)))
      .find((each) => each?.kind === 'file')
    if (entry?.kind !== 'file' || !(files ?? noFiles).has(entry.source)) return undefined
    const name = posix.basename(word)
    const isChanged = stages.some(({stage}) =>
      stage.instructions.some(({keyword, text}) => keyword === 'RUN' && />|\bsed\b/.test(text) && text.includes(name)),
    )
    const text = isChanged ? undefined : await reader.text(entry.source)
    return text && (startsShell || isShellScript.test(text.text)) ? text : undefined
  }
}

/** Whether what ENTRYPOINT runs anyway is this command: each of its words stands in that text. */
const isNamed = (words: readonly string[], text: string): boolean =>
  words.filter((word) => !/^-|^(?:\S*\/)?(?:ba|da)?sh$|^exec$/.test(word)).every((word) => text.includes(word))

const isSame = (word: string, program: string): boolean =>
  word === program ||
  (!(word.includes('/') && program.includes('/')) && posix.basename(word) === posix.basename(program))
