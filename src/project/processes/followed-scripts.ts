import {posix} from 'node:path'
import type {Instruction} from '../dockerfile/parse.ts'
import type {Files} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import {contextPath, copyOf, sourceFile, workdirOf} from '../image/files/context-path.ts'
import {isShell} from '../image/machine-commands.ts'
import type {Moment} from '../image/moment.ts'
import {packageCommands, packageScript, scriptText} from '../image/programs/package-scripts.ts'
import {type Command, isCertain, programOf} from '../image/shell/command.ts'
import {foldersOf, isMove} from '../image/shell/folders.ts'
import {scriptCommands} from '../image/shell/shell.ts'
import type {Inputs} from '../inputs.ts'
import {isForTop, readRequest} from '../node/scripts/package-runner.ts'
import {plainScript} from '../node/scripts/started-script.ts'
import {startedScripts} from '../node/scripts/started-scripts.ts'
import {goesOnTo, isJavaScriptProgram, javascriptCommands} from './javascript-commands.ts'
import {type LaunchFiles, launchedBehind, launchedBy, launcherOf} from './launchers.ts'
import type {Reading, Started, StartedBy} from './processes.ts'

/** A program of another language than the shell's: it is not known which of its lines run. */
export const isCode = (path: string): boolean => /\.(?:py|[cm]?[jt]sx?|rb|php|exs?)$/.test(path)

/** `#!/usr/bin/env perl`: the kernel gives the file to that program. */
const foreign = /^#!(?![^\n]{0,200}sh\b)/

/** What a program reads as its settings: `-config litestream.yml` starts none of its lines. */
const isSettings = (path: string): boolean => /\.(?:ya?ml|json|toml|conf|cfg|ini|sql|txt|md)$/.test(path)

interface Context {
  inputs: Inputs
  instructions: readonly Instruction[]
  /** The folder that the machines start in. */
  start: string
  reading: Reading
  paths: Files
  /** The file of the project that the final image has at a path, brought there by one stage after another. */
  source(path: string): string | undefined
  /** The names of what a folder of the final image is seen to have, in their order. */
  namesIn(folder: string): string[]
  /** The words that ENTRYPOINT is handed by each machine. */
  given: readonly (readonly string[])[]
  /** A command as the environment sets its program. */
  set(command: Command): Command
  /** The image as the machines find it; undefined where their folder is not known. */
  moment: Moment | undefined
}

/**
 * The commands of the scripts and supervisors that commands start, and of those that these start; of package.json's, where
 * that is asked for.
 */
export async function follow(
  started: readonly Started[],
  {inputs, instructions, start, reading, set, paths, source, namesIn, given, moment}: Context,
): Promise<{commands: Started[]; scripts: StartedBy['scripts']; packages: StartedBy['texts']}> {
  const commands = [...started]
  const scripts: {by: string; file: TextFile}[] = []
  const packages: {by: string; text: string}[] = []
  const seen = new Set<string>()
  /** Those of JavaScript. */
  const read = new Set<string>()
  /** What takes in the commands of a script that goes to another folder. */
  const wanderers = new Set<string>()
  const workdir = workdirOf(instructions)
  const targets = new Set(instructions.map((each) => posix.basename(copyOf(each)?.target ?? '')))
  let next: readonly Started[] = started
  for (let depth = 0; depth < 3 && next.length > 0; depth++) {
    const inside: Started[] = []
    for (const {by, command, certain, folder} of next) {
      if (isSourced(command) && command.words[1] === undefined) wanderers.add(by)
      // Of a base that has a WORKDIR the instructions do not know.
      const cwd = folder === undefined || folder === start ? workdir : folder
      const add = (found: readonly Command[] | undefined, sure: boolean, from = folder) => {
        const folders = foldersOf(found ?? [], from)
        for (const [index, each] of (found ?? []).entries()) {
          const conditional = each.conditional || command.conditional
          // A long script has thousands of commands, of which nearly all are as they were.
          const own = conditional === each.conditional && !each.supervised ? each : {...each, conditional}
          if (each.supervised) own.supervised = certain && !conditional
          inside.push({by, command: set(own), certain: certain && sure && isCertain(each), folder: folders[index]})
        }
      }
      for (const {place, texts, said} of reading.packageScripts ? await packageScripts({command, folder}) : []) {
        packages.push({by, text: said})
        if (place !== folder) add([movedTo(place, command)], true)
        for (const each of texts) add(each, true, place)
      }
      const behind = launchedBehind(command)
      if (behind) add([behind], true)
      const launcher = launcherOf(command)
      for (const launched of launcher ? await launchedBy(launcher, reading, filesFrom(cwd)) : []) {
        if (seen.has(launched.file.path)) continue
        seen.add(launched.file.path)
        scripts.push({by, file: launched.file})
        for (const each of launched.commands) add(each, launched.decisive)
      }
      const program = await javascriptOf(command, cwd)
      if (program) {
        const found = javascriptCommands(program, reading, by === 'ENTRYPOINT' && depth === 0 ? given : [])
        if (found.length > 0 && !seen.has(program.path)) {
          seen.add(program.path)
          scripts.push({by, file: program})
        }
        add(found, true)
        const words = command.words.slice(command.words.findIndex((word) => /\.[cm]?js$/.test(word ?? '')) + 1)
        // What comes before may end it.
        if (words.length > 0 && words.length < command.words.length && goesOnTo(program))
          add([{...command, words}], false)
      }
      const listed = (await scriptsOf(command, cwd)).map((path) => ({path, certain: true}))
      for (const script of [...command.words.map((word) => scriptOf(word, cwd)), ...listed]) {
        if (!script || seen.has(script.path)) continue
        seen.add(script.path)
        const file = await inputs.reader.text(script.path)
        if (!file) continue
        scripts.push({by, file})
        if (isCode(file.path) || isSettings(file.path) || foreign.test(file.text)) continue
        const found = scriptCommands(file, reading.inShell)
        if (isSourced(command) && found?.some(isMove)) wanderers.add(by)
        add(found, script.certain)
      }
    }
    commands.push(...inside)
    next = inside
  }
  return {
    commands: commands.map((each) => (wanderers.has(each.by) ? {...each, folder: undefined} : each)),
    scripts,
    packages,
  }

  /** The file of JavaScript that a command starts, as `node start.js` or by its first line. */
  async function javascriptOf(command: Command, cwd: string): Promise<TextFile | undefined> {
    const [first] = command.words
    const word = plainScript({command}) ?? (first && isJavaScriptProgram(first) ? first : undefined)
    if (word === undefined) return undefined
    const path = contextPath(word, cwd, instructions, paths) ?? source(posix.resolve(cwd, word))
    const file = path === undefined || read.has(path) ? undefined : await inputs.reader.text(path)
    if (file) read.add(file.path)
    return file
  }

  /** As a supervisor finds them that starts there. */
  function filesFrom(cwd: string): LaunchFiles {
    return {
      async fileAt(places) {
        const found = sourceFile(places, cwd, instructions, paths)
        const file = found && (await inputs.reader.text(found.path))
        return file && {file, certain: found.certain}
      },
      filesAt: (pattern) => inputs.reader.texts(matching(pattern, cwd)),
    }
  }

  /** What `npm start` runs in its folder, and `pnpm --filter shop start` in that of another package.json. */
  async function packageScripts({command, folder}: Pick<Started, 'command' | 'folder'>): Promise<PackageScript[]> {
    if (folder === undefined) return []
    const name = packageScript(command.words)
    if (name !== undefined) {
      const path = posix.join(folder, 'package.json')
      const own = contextPath(path, '/', instructions, paths) ?? source(path)
      const file = await inputs.reader.text(own)
      return file ? [readScript(file, name, folder)] : []
    }
    if (!moment || !asksElsewhere(command.words)) return []
    const project = {reader: inputs.reader, tracked: paths}
    const [only, another] = await startedScripts({...command, moment, folder, before: ''}, project)
    if (!only || another) return []
    const {file, name: asked, folder: place, exec, more} = only
    if (exec) return [{place, texts: [[{...command, words: [...exec]}]], said: exec.join(' ')}]
    return file && asked !== undefined && more.length === 0 ? [readScript(file, asked, place)] : []
  }

  /** What npm itself sets is not known: its scripts are read without variables. */
  function readScript(file: TextFile, name: string, place: string): PackageScript {
    return {place, texts: packageCommands(file, name, reading.outside) ?? [], said: scriptText(file, name)}
  }

  /** `sh scripts/*.sh` of a loop, and `run-parts scripts`: what COPY is seen to bring there, by the order of the names. */
  async function scriptsOf(command: Command, cwd: string): Promise<string[]> {
    const program = programOf(command) ?? ''
    if (program === 'run-parts') return partsOf(command, cwd)
    const place = command.words.find((word) => word?.includes('*'))
    if (!place || !(isShell(program) || /^(?:source|\.)$/.test(program) || place === command.words[0])) return []
    return matching(place, cwd)
  }

  /** Those that may be executed, and whose names have no dot (run-parts of Debian); what a pattern asks for is not known. */
  async function partsOf({words}: Command, cwd: string): Promise<string[]> {
    const folder = words.at(-1)
    if (!folder || words.some((word) => word === undefined || /^--(?:test|list|regex)\b/.test(word))) return []
    const paths = broughtTo(posix.resolve(cwd, folder), (name) => /^[\w-]+$/.test(name))
    const are = await Promise.all(paths.map((path) => inputs.reader.isExecutable(path)))
    return paths.filter((_, index) => are[index] !== false)
  }

  /** The files of `folder/*.sh`, or the one of `folder/name`. */
  function matching(pattern: string, cwd: string): string[] {
    const [folder, name] = [posix.resolve(cwd, posix.dirname(pattern)), posix.basename(pattern)]
    if (!/^\*?[\w.-]*$/.test(name)) return []
    // A star stands for no dot at the begin of a name.
    const matches = (each: string) => !each.startsWith('.') && each.endsWith(name.slice(1))
    return broughtTo(folder, (each) => (name.startsWith('*') ? matches(each) : each === name))
  }

  /** The files that COPY is seen to bring to a folder, by the order of their names. */
  function broughtTo(folder: string, isWanted: (name: string) => boolean): string[] {
    return namesIn(folder)
      .filter(isWanted)
      .flatMap((each) => {
        const path = posix.join(folder, each)
        return contextPath(path, '/', instructions, paths) ?? source(path) ?? []
      })
  }

  function scriptOf(word: string | undefined, cwd: string): {path: string; certain: boolean} | undefined {
    // A program's bare name is no file of the project, unless it is one by its ending or its path.
    if (!word || !/\.(sh|bash|py)$|\//.test(word) || word.endsWith('/')) return undefined
    const name = posix.basename(word)
    // Most words of a long script name nothing that the project has, or that COPY gives a name of its own.
    if (!targets.has(name) && paths.named(name).length === 0) return undefined
    const found = sourceFile([word], cwd, instructions, paths)
    // A COPY brings it from a stage that has it of the project.
    const kept = found?.certain ? undefined : source(posix.resolve(cwd, word))
    if (kept !== undefined) return {path: kept, certain: true}
    return found?.certain || /\.(sh|bash|py)$|entrypoint|start/.test(name) ? found : undefined
  }
}

/** What a script of package.json, or a program of another package, runs in its folder. */
interface PackageScript {
  place: string
  /** Of each of its texts, which have a shell of their own. */
  texts: Command[][]
  /** In words. */
  said: string
}

const movedTo = (folder: string, {at}: Command): Command => ({
  ...{words: ['cd', folder], at},
  ...{conditional: false, decisive: false},
})

const isSourced = ({words: [program]}: Command): boolean => program === '.' || program === 'source'

/** `npm start -w api`, `pnpm -C api start`, `turbo run start --filter=api`. */
function asksElsewhere(words: Command['words']): boolean {
  if (words[0] === 'turbo') return words.some((word) => word?.startsWith('--filter'))
  const request = readRequest(words)
  return (
    request !== undefined &&
    request.kind !== 'install' &&
    ((request.member ?? request.folder) !== undefined || isForTop(request))
  )
}
