import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, lineage, rootImage} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {scriptAt} from '../../processes/processes.ts'
import {
  consoleScriptLack,
  inactiveEnvironment,
  isConsoleScript,
  isTool,
  type Lack,
} from '../../python/packages/console-scripts.ts'
import {type LeftProgram, leftProgram} from '../../python/packages/left-programs.ts'
import {placeInBase} from '../base/program-places.ts'
import {isStarted, machineCommands, startedBy} from '../machine-commands.ts'
import {aptInstalls, leavesOutRecommended} from '../packages/recommended.ts'
import {loginPath, startsLoginShell} from '../shell/login-shells.ts'
import {ofPackages} from './of-packages.ts'
import {ownPrograms} from './own-programs.ts'
import {finalPrograms} from './programs.ts'
import {bareBase, bringsNone, builtins, nameOf, ofSystem, servers} from './system-programs.ts'

/** A program that a machine starts and does not find. */
export interface ProgramProblem {
  by: string
  program: string
  at: FileLocation
  /**
   * `login`: it is in an environment that a login shell takes from PATH. `option`: it is none, but an option for Thruster,
   * which has none. `outside`: the project brings it, into a folder that PATH does not name. `left`: another stage has it.
   * `modules`: packages have it in node_modules/.bin. `place`: the base image has it, at another place.
   * `built`: Cargo or Go builds it of the project.
   * `flag`: it is an option, and no ENTRYPOINT stands before it.
   */
  kind:
    | 'absent'
    | 'flag'
    | 'built'
    | 'place'
    | 'builtin'
    | 'interpreter'
    | 'package'
    | 'environment'
    | 'login'
    | 'option'
    | 'outside'
    | 'left'
    | 'modules'
  /** Its name, or what is known of it. */
  base: string
  distribution: 'debian' | 'alpine' | 'none'
  /** Of `environment`, `login`, `outside`, `left` and `place`: where the program is. */
  folder: string | undefined
  /** Of `left`: the stage, as COPY --from names it. */
  stage: string | undefined
  related: FileLocation[]
  /** The machine itself starts it, not a script. */
  direct: boolean
  /** supervisord or a script starts it, and goes on without it. */
  supervised: boolean
}

/** The machine itself starts it, a script does, or supervisord. */
type How = 'direct' | 'script' | 'supervised'

/** What a shell looks for on PATH: a name that is none of its own words. */
const isName =
  /^(?!(?:bg|break|builtin|caller|case|command|compgen|complete|continue|declare|dirs|disown|do|done|echo|elif|else|enable|esac|fc|fg|fi|for|function|getopts|hash|help|history|if|in|jobs|let|local|mapfile|popd|read|readonly|return|select|shift|shopt|source|then|times|type|typeset|umask|unalias|until|wait|while)$)[a-z][\w-]+$/

/** Scripts that install what they start. */
const brings = /\b(?:apt-get|apt|apk|dnf)\s[^\n]{0,200}\b(?:install|add)\s/
const ends = /^[^#\n]*(?<![\w-])(?:exec[ \t]+["'$./A-Za-z]|exit(?:[ \t]+0)?[ \t]*(?:;|$))/m

export async function loadCommandPrograms(inputs: Inputs, facts: FactStore): Promise<Fact<ProgramProblem[]>> {
  const [[build, image, processes], flyConfig, files] = await Promise.all([
    facts.needAll('build', 'image', 'processes'),
    facts.value('flyConfig'),
    facts.value('files'),
  ])
  const {final} = build
  const programs = finalPrograms(build, image)
  const {base} = programs
  if (!base) return known([])
  // Another PATH, and what is copied into the machine, may bring any program.
  if (flyConfig?.hasContainers || flyConfig?.config.env?.PATH !== undefined || processes.mayAssign('PATH'))
    return known([])
  const path = (final.config.env.get('PATH') ?? '').split(':')
  const sourced = processes.commands.some(({text}) => /^(\.|source)\s/.test(text))
  const pythonPath = final.config.env.has('PYTHONPATH') || flyConfig?.config.env?.PYTHONPATH !== undefined
  const locks = ['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock']
  const isLocked = (files ?? noFiles).named(...locks).length > 0
  const locked = await namesIn(inputs, files ?? noFiles, ...locks)
  const asked = await namesIn(inputs, files ?? noFiles, 'pyproject.toml', 'Pipfile')
  const found: ProgramProblem[] = []
  const told = new Set<string>()
  const around = {base: rootImage(final.stage) ?? '', distribution: base.distribution}
  const own = bareBase.test(around.base) ? await ownPrograms(inputs, files ?? noFiles) : new Set<string>()

  const commands = machineCommands(build, flyConfig)
  const direct = commands.filter(({behind}) => isStarted(behind, base))
  const logins = new Set(direct.filter(({words}) => startsLoginShell(words)).map(({by}) => by))
  for (const {by, words, at, behind} of commands) {
    if (
      behind === 'base' &&
      base.entrypoint === 'interpreter' &&
      /^(node|python3?|java|(\/bin\/)?(ba)?sh)$/.test(words[0] ?? '')
    )
      tell(by, words[0] as string, at, 'interpreter', 'direct')
  }
  for (const {by, words, at, behind} of direct) {
    const isAlone = behind === undefined || (behind === 'base' && base.entrypoint === 'none')
    if (words[0]?.startsWith('-') && isAlone) tell(by, words[0], at, 'flag', 'direct')
    for (const word of startedBy(words)) {
      look(by, word, at, 'direct')
      lookBehindXvfb(by, word, at, 'script')
    }
    lookBehindThruster(by, words, at, 'direct')
  }
  const names = new Set(direct.map(({by}) => by))
  const kept = loginPath(final)
  for (const {by, text, at, certain, supervised} of processes.commands) {
    if (certain && !mayEndBefore(at)) lookBehindThruster(by, text.split(' '), at, supervised ? 'supervised' : 'script')
    // Behind an entrypoint of its own, too: without supervisord nothing of this image would run.
    if (!names.has(by) && !supervised) continue
    const word = text.split(' ')[0] as string
    if ((!certain || mayEndBefore(at)) && !supervised) continue
    look(by, word, at, supervised ? 'supervised' : 'script')
    lookBehindXvfb(by, word, at, supervised ? 'supervised' : 'script')
    lookInProject(by, text.split(' '), at, supervised ? 'supervised' : 'script')
    if (kept && logins.has(by)) lookBehindLogin(by, word, at, kept)
  }
  // A script goes on without what it starts beside the app.
  for (const {by, command} of processes.read.started) {
    const [word = ''] = command.words
    if (!names.has(by) || !servers.test(word) || command.conditional || command.supervised) continue
    const isMade = processes.read.scripts.some(({file}) => brings.test(file.text) || file.text.includes(`${word}()`))
    if (!isMade && !mayEndBefore(command.at)) look(by, word, command.at, 'supervised')
  }
  const seen = new Set<string>()
  // In a branch, too: what is copied beside PATH is meant to be started.
  for (const {by, command} of processes.read.started) {
    const [word = ''] = command.words
    if (seen.has(word) || told.has(word)) continue
    seen.add(word)
    const script = scriptAt(processes.read, command.at)
    if (!script || !names.has(by) || logins.has(by) || !isName.test(word) || builtins.test(word)) continue
    const asks = new RegExp(`\\b(?:command -v|which|type|hash|source)\\s[^\\n]{0,40}${escapePattern(word)}\\b`)
    if (!asks.test(script.text) && !isOfScript(word, command.at) && isOutside(word))
      tell(by, word, command.at, 'outside', 'supervised')
  }
  return known(found)

  /** Whether a script may have gone over to another program, or have ended well, in front of a line. */
  function mayEndBefore(at: FileLocation): boolean {
    const script = scriptAt(processes.read, at)
    return script !== undefined && ends.test(script.text.split('\n', (at.line ?? 0) - 1).join('\n'))
  }

  function look(by: string, word: string, at: FileLocation, how: How): void {
    const name = nameOf(word)
    if (name === undefined || isOfScript(word, at)) return
    // In fly.toml another check tells it; scripts are read by a shell.
    if (how === 'direct' && builtins.test(name) && at.file === final.stage.at.file) tell(by, name, at, 'builtin', how)
    else if (programs.has(name) === 'no') {
      const {installs} = image.final
      if (isTool(name) && installs.length > 0) tell(by, name, at, 'package', how, {kind: 'package', installs})
      else tell(by, name, at, 'absent', how)
    } else if (word === name && isWritten(at) && isOfPackage(name)) tell(by, name, at, 'modules', how)
    else if (isElsewhere(word, name)) tell(by, word, at, 'place', how)
    // A login shell may have another PATH, by /etc/profile.d.
    else if (word === name && isWritten(at) && !logins.has(by) && isOutside(name)) tell(by, name, at, 'outside', how)
    else if (word === name && (isWritten(at) || how === 'supervised') && !logins.has(by) && isLeftOut(name))
      tell(by, name, at, 'built', how)
    else if (isConsoleScript(name) && word === name && !sourced) {
      const lack = consoleScriptLack(name, image, path)
      if (lack && !(lack.kind === 'package' && locked(name))) tell(by, name, at, lack.kind, how, lack)
      else if (!lack && programs.has(name, true) === 'no') tellLeft(by, name, at, how)
    } else if (/^python3?$/.test(word) && !sourced && !pythonPath) {
      const lack = inactiveEnvironment(image, path)
      if (lack) tell(by, name, at, lack.kind, how, lack)
    }
  }

  /** A program of Python that another stage has, or none. */
  function tellLeft(by: string, name: string, at: FileLocation, how: How): void {
    const left = leftProgram(name, {image, final, processes})
    if (left) tell(by, name, at, left.kind, how, left)
  }

  /** `/usr/bin/php` on the image of PHP, which has it in /usr/local/bin. */
  function isElsewhere(word: string, name: string): boolean {
    const place = word === name ? undefined : placeInBase(around.base, name)
    return place !== undefined && place !== word && base?.has.has(name) === true && programs.hasAt(word) === 'no'
  }

  /** A function or another name that the script makes itself. */
  function isOfScript(word: string, at: FileLocation): boolean {
    const script = scriptAt(processes.read, at)
    const name = escapePattern(word)
    return (
      script !== undefined &&
      new RegExp(`^[ \\t]{0,40}(?:function[ \\t]+${name}\\b|${name}[ \\t]?\\(\\)|alias[ \\t]+${name}=)`, 'm').test(
        script.text,
      )
    )
  }

  /** By the Dockerfile or fly.toml: a script may have a function of that name. */
  function isWritten({file}: FileLocation): boolean {
    return file === final.stage.at.file || file === flyConfig?.file
  }

  /** One that npx and the scripts of package.json find; the image of node takes what it does not find for a file to run. */
  function isOfPackage(name: string): boolean {
    const files = ['', '.js', '/index.js', '/package.json'].map((end) =>
      posix.resolve(final.config.workingDir, name + end),
    )
    return (
      ofPackages.has(name) &&
      !sourced &&
      !files.some((each) => final.files.get(each)) &&
      programs.has(name, true) === 'no'
    )
  }

  /** A file that a COPY brings, or that a stage made; a folder of that name is none. */
  function isOutside(name: string): boolean {
    return !ofSystem.has(name) && isBare() && placeOutside(name) !== undefined && programs.has(name, true) === 'no'
  }

  /** A program that the project builds, and that no COPY brings here. */
  function isLeftOut(name: string): boolean {
    return own.has(name) && !ofSystem.has(name) && isBare() && programs.has(name, true) === 'no'
  }

  /** Whether the image has what its base has, packages that are known and what COPY brings. */
  function isBare(): boolean {
    if (path.some((folder) => !folder.startsWith('/')) || sourced || !bareBase.test(around.base)) return false
    const stages = lineage(final.stage)
    const run = image.stages.flatMap(({stage, commands: each}) => (stages.includes(stage) ? each : []))
    return run.every(({words}) => bringsNone.test(words[0] ?? '?'))
  }

  function folderOf(kind: ProgramProblem['kind'], program: string): string | undefined {
    if (kind === 'place') return posix.dirname(placeInBase(around.base, posix.basename(program)) ?? '/')
    return kind === 'outside' ? placeOutside(program) : undefined
  }

  function placeOutside(name: string): string | undefined {
    for (const [place, entry] of final.files.files((names) => names.ending(name)))
      if (posix.basename(place) === name && entry.kind === 'file') return posix.dirname(place)
    const made = final.unknown.find((each) => posix.basename(each.path) === name)
    return made && posix.dirname(made.path)
  }

  /**
   * `uv run gunicorn`: of the environment of the project, into which uv may bring what the lock file has. Without one it is
   * not known what the packages need.
   */
  function lookInProject(by: string, [manager = '', verb, program = '']: string[], at: FileLocation, how: How): void {
    if (!/^(?:uv|poetry|pdm|pipenv)$/.test(manager) || verb !== 'run' || !isLocked || sourced) return
    // A package of the system may bring it, too.
    if (!isConsoleScript(program) || programs.has(program, true) !== 'no') return
    const environment = inactiveEnvironment(image, path)
    const lack = consoleScriptLack(program, image, environment ? [posix.join(environment.folder, 'bin')] : path)
    if (lack?.kind === 'package' && !locked(program) && !asked(program)) tell(by, program, at, 'package', how, lack)
  }

  /** xvfb-run stops where xauth is not there, which Debian's xvfb only recommends ("xauth command not found"). */
  function lookBehindXvfb(by: string, word: string, at: FileLocation, how: How): void {
    if (nameOf(word) !== 'xvfb-run' || base?.distribution !== 'debian') return
    const runs = allInstructions(final.stage).filter(({keyword}) => keyword === 'RUN')
    const installs = aptInstalls(runs.map(({text}) => text)).filter((each) => /\bxvfb\b/.test(each))
    if (installs.length > 0 && leavesOutRecommended(installs) && programs.has('xauth') === 'no')
      tell(by, 'xauth', at, 'absent', how)
  }

  /** Thruster starts its first word, whatever that is (basecamp/thruster, internal/config.go): its settings are variables. */
  function lookBehindThruster(by: string, words: readonly (string | undefined)[], at: FileLocation, how: How): void {
    const [program = '', option] = words[0] === 'bundle' && words[1] === 'exec' ? words.slice(2) : words
    if (posix.basename(program) === 'thrust' && option?.startsWith('-')) tell(by, option, at, 'option', how)
  }

  /** What PATH has, and the PATH of a login shell has not; the profile of a user of Debian's brings ~/.local/bin. */
  function lookBehindLogin(by: string, word: string, at: FileLocation, keptPath: readonly string[]): void {
    if (sourced || pythonPath || !(isConsoleScript(word) || /^python3?$/.test(word))) return
    const isPython = word.startsWith('python')
    const lackOn = (folders: readonly string[]) =>
      isPython ? inactiveEnvironment(image, folders) : consoleScriptLack(word, image, folders)
    const lack = lackOn(path) ? undefined : lackOn(keptPath)
    if (lack?.kind === 'environment' && !lack.folder.endsWith('/.local')) tell(by, word, at, 'login', 'script', lack)
  }

  function tell(
    by: string,
    program: string,
    at: FileLocation,
    kind: ProgramProblem['kind'],
    how: How,
    lack?: Lack | LeftProgram,
  ): void {
    if (told.has(program)) return
    told.add(program)
    const related = lack?.kind === 'package' ? lack.installs.map((each) => each.at) : (lack?.related ?? [])
    const folder = lack && 'folder' in lack ? lack.folder : folderOf(kind, program)
    const stage = lack && 'stage' in lack ? lack.stage : undefined
    found.push({
      by,
      program,
      at,
      kind,
      ...around,
      folder,
      stage,
      related,
      direct: how === 'direct',
      supervised: how === 'supervised',
    })
  }
}

/** Whether one of these files of the project has a package of this name: what others need is in lock files. */
async function namesIn({reader}: Inputs, paths: Files, ...names: string[]): Promise<(name: string) => boolean> {
  const texts = await reader.texts(paths.named(...names))
  return (name) => {
    const written = new RegExp(`(?:["']|^[ \\t]*)${escapePattern(name)}\\b`, 'm')
    return texts.some(({text}) => written.test(text))
  }
}
