import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {once} from '../../../once.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import type {TextFile} from '../../files/text.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import {writtenByRun} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import type {StartedCommand} from '../../processes/processes.ts'
import {modulesByHand} from '../installs/local-modules.ts'
import {installTexts, nodeModulesOf} from '../installs/node-modules.ts'
import {fetchedProgram} from '../workspace/fetched-programs.ts'
import {isScriptSomewhere, lostVerb} from './bun-verbs.ts'
import {mistakenScript, nodePlaces, whyMistaken} from './mistaken-scripts.ts'
import {type Manifest, type ManifestIn, nestedFault} from './nested-scripts.ts'
import {PackageManifest, type StartedProgram} from './package-manifest.ts'
import {hasDefault, isForTop, isScriptAlone, readRequest} from './package-runner.ts'
import {broughtByName, packagesOf} from './program-packages.ts'
import {isInBin, tracedModules} from './traced-modules.ts'
import {isLaidOver, programWrites} from './written-manifest.ts'

/** What npm and its like do not find of a command. */
export interface PackageProblem {
  /**
   * `script`: package.json has none of this name. `dev`: the package is left out. `undeclared`: no package.json names it.
   * `member`: a member of the workspace alone has it. `mistaken`: a script is given to what runs none by that name.
   * `traced`: node_modules has no programs, as Next.js wrote it.
   */
  kind: 'script' | 'dev' | 'undeclared' | 'member' | 'mistaken' | 'traced'
  command: StartedCommand
  /** The script, or the program. */
  name: string
  /** Of what is mistaken: why that fails, and what to write instead, if that is no script. */
  why?: string
  hint?: string
  /** Of a program: the package, and how it is started: by a script of package.json, or by npx. */
  package: string
  runner: string
  /** The names of the scripts that there are. */
  scripts: string[]
  manifest: string
  at: FileLocation
  /** The install that leaves it out. */
  install: FileLocation | undefined
  /** The script that asks for it, where the command itself asks for another one, and whether others are started beside it. */
  through?: {script: string; beside: boolean}
  /** A deploy by hand brings the node_modules of that computer. */
  isByHand: boolean
}

export async function loadPackageCommands({reader}: Inputs, facts: FactStore): Promise<Fact<PackageProblem[]>> {
  const [[build, dockerfile, {commands}], files, flyConfig, buildCommands] = await Promise.all([
    facts.needAll('build', 'dockerfile', 'processes'),
    facts.value('files'),
    facts.value('flyConfig'),
    facts.value('buildCommands'),
  ])
  const {final} = build
  if (!final.config.workingDir || !files) return known([])
  const tracked = files
  const texts = build.stages.flatMap(({stage}) =>
    stage.instructions.filter(({keyword}) => keyword === 'RUN').map(({text}) => text),
  )
  // A RUN that writes it may give it any script.
  const writes = /\bpackage\.json\b(?!\s*(?:package-lock|\.\/|$))|\bpkg\s+set\b|\bset-script\b|\bpnpm\s+deploy\b/
  if (texts.some((text) => writes.test(text))) return known([])
  const mounts = (flyConfig?.config.mounts ?? []).map(({destination = ''}) => destination)
  const copies = build.stages.flatMap(({stage}) =>
    stage.instructions.filter(({keyword}) => keyword === 'COPY').map(({text}) => text),
  )
  const isWritten = writtenByRun(build.stages)
  const manifestIn = manifestsOf((path) => {
    const found = final.files.get(path)
    const isOurs = found?.kind === 'file' && tracked.has(found.source) && !mounts.some((each) => isBelow(path, each))
    return isOurs && !isWritten(path) ? found.source : undefined
  })
  const nextConfigs = await reader.texts(tracked.beginning('next.config.'))
  const tracesMore = nextConfigs.some(({text}) => text.includes('outputFileTracingIncludes'))
  const told = new Set<string>()
  const all: PackageProblem[] = []
  const folders = new Set(commands.flatMap(({certain, folder}) => (certain && folder !== undefined ? folder : [])))
  for (const folder of folders)
    all.push(...(await problemsIn(folder)), ...(await tracedIn(folder)), ...(await fetchedIn(folder)))
  return known(all)

  async function problemsIn(folder: string): Promise<PackageProblem[]> {
    const entry = final.files.get(posix.join(folder, 'package.json'))
    if (entry?.kind !== 'file' || !tracked.has(entry.source) || mounts.includes(folder)) return []
    if (isLaidOver(build, folder, entry.at.line ?? 0)) return []
    const file = await reader.text(entry.source)
    const manifest = file && parseJson(file)
    if (!file || !manifest || !('value' in manifest)) return []
    const project = await PackageManifest.read(manifest, file, {reader, paths: tracked})
    // What npm installs is set there, too.
    const rc = posix.join(posix.dirname(file.path), '.npmrc')
    const settings = tracked.has(rc) ? ((await reader.text(rc))?.text ?? '') : ''
    const isSet = /^[ \t]*(?:production|include|omit|only)\b/m.test(settings)
    const modules =
      isSet || final.files.get(posix.join(folder, 'node_modules'))
        ? ({kind: 'unknown'} as const)
        : nodeModulesOf(final.stage, folder, {dockerfile, build})

    const isForDevelopment = (name: string) => project.lack([name], 'production')?.kind === 'dev'
    const effective = once<void, string[]>(() =>
      build.stages.flatMap(({stage}) => installTexts(stage, {dockerfile, build}, isForDevelopment).texts),
    )
    const isBrought = (name: string) => broughtByName(name, effective(), copies)

    const isByHand = (await modulesByHand(facts))(folder, allInstructions(final.stage))
    const found: PackageProblem[] = []
    for (const command of commands) {
      if (!command.certain || command.folder !== folder) continue
      const words = command.text.split(' ')
      const script = scriptOf(words)
      const base = {command, scripts: project.scripts, manifest: file.path, package: '', install: undefined, isByHand}
      const mistaken = mistakenScript(words, project.scripts)
      if (mistaken) {
        const absent = nodePlaces(mistaken, folder).every((path) => !final.files.get(path) && !mayBring(final, path))
        if (mistaken.program === 'npm' || absent)
          found.push({
            ...base,
            kind: 'mistaken',
            name: mistaken.script,
            runner: mistaken.program,
            at: manifest.at(['scripts', mistaken.script]),
            why: whyMistaken(mistaken, file.path),
          })
        continue
      }
      const lost = lostVerb(words)
      if (lost && !(await isScriptSomewhere(lost.verb, reader, tracked.named('package.json')))) {
        const {verb: name, why, hint} = lost
        found.push({...base, kind: 'mistaken', name, runner: 'bun', at: file.whole, why, hint})
        continue
      }
      if (script !== undefined && !project.scripts.includes(script)) {
        // Yarn runs a script with a colon of any member of the workspace.
        if (words[0] === 'yarn' && project.isElsewhere(script)) continue
        if (!hasDefault(script, mayHaveServer(folder, file)) && !told.has(script)) {
          told.add(script)
          found.push({...base, kind: 'script', name: script, runner: words[0] as string, at: manifest.at(['scripts'])})
        }
        continue
      }
      const nested = script === undefined ? undefined : await nestedFault(script, folder, manifestIn)
      if (nested) {
        const {name, runner, at, asked} = nested
        const through = {script: nested.script, beside: nested.beside}
        const why = nested.mistaken && whyMistaken(nested.mistaken, asked.manifest)
        const kind = nested.mistaken ? 'mistaken' : 'script'
        if (!told.has(name))
          found.push({
            ...base,
            kind,
            name,
            runner,
            at,
            through,
            scripts: asked.scripts,
            manifest: asked.manifest,
            ...(why && {why}),
          })
        told.add(name)
        continue
      }
      const started = script === undefined ? npxProgram(words) : project.programsOf(script)
      for (const {program, runner} of started) {
        const packages = packagesOf(program)
        if (!packages || told.has(program) || [program, ...packages].some(isBrought)) continue
        if (script !== undefined && installsFirst(manifest.value, script, final.config.env.get('NODE_ENV'))) continue
        const problem = project.lack(packages, modules.kind)
        if (!problem) continue
        told.add(program)
        const install = modules.kind === 'production' ? modules.at : undefined
        found.push({...base, ...problem, name: program, runner, install: problem.kind === 'dev' ? install : undefined})
      }
    }
    const ofScripts = found.some(({kind}) => kind === 'script')
    const own = isTable(manifest.value) && isTable(manifest.value.scripts) ? Object.values(manifest.value.scripts) : []
    const isMade = ofScripts && (await programWrites([...texts, ...own.map(String)], tracked, reader))
    return isMade ? found.filter(({kind}) => kind !== 'script') : found
  }

  /** server.js, which npm starts by itself: tsc may make one of server.ts, and other programs seldom do. */
  function mayHaveServer(folder: string, manifest: TextFile): boolean {
    const server = posix.join(folder, 'server.js')
    const held = build.has(server)
    const isSource = ['ts', 'mts', 'tsx'].some((ending) =>
      tracked.has(posix.join(posix.dirname(manifest.path), `server.${ending}`)),
    )
    const isNamed = manifest.text.includes('server.js')
    return held === 'yes' || (held === 'maybe' && (isSource || isNamed || mayBring(final, server)))
  }

  /** Programs that a script of the package.json beside the server of Next.js starts. */
  async function tracedIn(folder: string): Promise<PackageProblem[]> {
    const traced = tracesMore ? undefined : tracedModules(build, folder)
    const file = traced && (await reader.text(traced.manifest))
    const manifest = file && parseJson(file)
    if (!file || !manifest || !('value' in manifest)) return []
    const project = await PackageManifest.read(manifest, file, {reader, paths: tracked})
    return commands.flatMap((command): PackageProblem[] => {
      const script = command.certain && command.folder === folder ? scriptOf(command.text.split(' ')) : undefined
      const started = script === undefined ? [] : project.programsOf(script)
      return started.flatMap(({program: name, runner}): PackageProblem[] => {
        if (!isInBin(name) || told.has(name)) return []
        told.add(name)
        const at = manifest.at(['scripts', runner])
        const base = {command, scripts: project.scripts, manifest: file.path, package: '', isByHand: false}
        return [{...base, kind: 'traced', name, runner, at, install: traced.at}]
      })
    })
  }

  /** What npx fetches, as pnpm has laid it into another folder of the workspace. */
  async function fetchedIn(folder: string): Promise<PackageProblem[]> {
    const found: PackageProblem[] = []
    const {stages} = dockerfile
    for (const command of commands) {
      const [started] = command.certain && command.folder === folder ? npxProgram(command.text.split(' ')) : []
      const {program: name, runner} = started ?? {program: '', runner: ''}
      const packages = runner === 'npx' && !told.has(name) ? packagesOf(name) : undefined
      if (!packages || [name, ...packages].some((each) => broughtByName(each, texts, copies))) continue
      const project = {final: final.stage, stages, commands: buildCommands?.commands ?? []}
      const fetched = await fetchedProgram(packages, folder, project, {reader, tracked})
      if (!fetched) continue
      told.add(name)
      const {package: brought, member: manifest, at, install} = fetched
      const base = {command, scripts: [], isByHand: false}
      found.push({...base, kind: 'member', name, runner, package: brought, manifest, at, install})
    }
    return found
  }

  /** Each package.json of the image that is one of the project's, by its folder. */
  function manifestsOf(sourceAt: (path: string) => string | undefined): ManifestIn {
    return once(async (folder: string): Promise<Manifest | undefined> => {
      const path = sourceAt(posix.join(folder, 'package.json'))
      const text = await reader.text(path)
      const document = text && parseJson(text)
      return text && document && 'value' in document ? {path: text.path, document} : undefined
    })
  }
}

/** The script of this package.json that words run, where they can mean nothing else. */
function scriptOf(words: readonly string[]): string | undefined {
  const request = readRequest(words)
  if (request?.kind !== 'script' || request.folder !== undefined || request.member !== undefined) return undefined
  if (isForTop(request)) return undefined
  const {manager, name, mustExist, flags} = request
  if (flags.includes('--if-present') || !/^[\w.][\w:./-]*$/.test(name)) return undefined
  // Without `run` the others take a program, too, and bun a command of its own.
  if (!mustExist && manager === 'bun') return undefined
  return isScriptAlone(mustExist || manager === 'npm' ? manager : 'yarn', name) ? name : undefined
}

/** The program that `npx` and the like start. */
function npxProgram(words: readonly string[]): StartedProgram[] {
  const [program = '', ...rest] = words
  const isExec = /^(npm|pnpm|yarn)$/.test(program) && rest[0] === 'exec'
  if (!/^(npx|bunx)$/.test(program) && !isExec) return []
  const names = (isExec ? rest.slice(1) : rest).filter((word) => word !== '--')
  const [first = ''] = names.filter((word) => !/^(-y|--yes|--no-install|--no|--bun)$/.test(word))
  // With a version it is meant to be fetched.
  return /^[\w-]+$/.test(first) && !first.startsWith('-')
    ? [{program: first, runner: isExec ? `${program} exec` : program}]
    : []
}

/** `prestart: npm install`: what the image lacks is there by then. For production an install leaves development out. */
function installsFirst(manifest: unknown, script: string, mode: unknown): boolean {
  const scripts = isTable(manifest) && isTable(manifest.scripts) ? manifest.scripts : {}
  const text = [scripts[`pre${script}`], scripts[script]].join('\n')
  const installs = /\b(?:npm (?:i|install|ci)|pnpm (?:i|install)|yarn install|bun (?:i|install))\b/.test(text)
  return installs && (mode === undefined || /--(?:include|dev|prod(?:uction)?=false)\b|NODE_ENV=/.test(text))
}
