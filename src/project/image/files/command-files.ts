import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands, textOf} from '../../processes/processes.ts'
import {startBrings} from '../../processes/start-brings.ts'
import type {BuildCommand} from '../build-commands.ts'
import {mayBring} from '../may-hold.ts'
import {originOf} from '../moment.ts'
import {type Command, programOf} from '../shell/command.ts'
import {inAbsentFolder, lacksSupervisor} from './absent-folder.ts'
import {type Laid, laidElsewhere} from './build-files.ts'
import {configOf, preloads, scriptOf} from './command-words.ts'
import {copiedByStart} from './copied-by-start.ts'
import {imagePath, isBelow, withAbove} from './image-path.ts'
import {type LaidContent, laidContent} from './laid-content.ts'
import {makesManifest, manifestOf, otherNames} from './manifests.ts'
import {isByHand, isOutput, mayBeBuilt, ownPlace, placeBelow} from './own-files.ts'

/** A file that a machine starts with, and that is not in the image. */
export interface CommandFile {
  by: string
  /** As the command names it, and in the image. */
  script: string
  path: string
  /** It is no program: a configuration. */
  isSettings: boolean
  at: FileLocation
  /** What started it goes on when it fails. */
  goesOn: boolean
  /** The file of the project that no COPY brings; undefined: the project has none. */
  own: string | undefined
  /** It is a folder, brought by that instruction, and the `go build -o` that meant to write a file there. */
  isFolder: {broughtBy: FileLocation | undefined; build: {at: FileLocation; output: string} | undefined} | undefined
  /** The line of .dockerignore that leaves that file out. */
  rule: FileLocation | undefined
  /** Where a COPY laid that file in the place of this one. */
  laid: Laid | undefined
  /** A COPY that laid the content of the folder that it names. */
  content: LaidContent | undefined
  /** Of a file that the project does not have: where it should be, its folder there, the names in it, and what brings them. */
  folder: {source: string; path: string; names: string[]; at: FileLocation | undefined} | undefined
}

const isManifest = (path: string): boolean => posix.basename(path) === 'package.json'

export async function loadCommandFiles({reader}: Inputs, facts: FactStore): Promise<Fact<CommandFile[]>> {
  const [[build, processes, paths], flyConfig, buildCommands, deployCommands, context] = await Promise.all([
    facts.needAll('build', 'processes', 'files'),
    facts.value('flyConfig'),
    facts.value('buildCommands'),
    facts.value('deployCommands'),
    facts.value('buildContext'),
  ])
  const {final, has, lacks} = build
  const {config, stage} = final
  const places = new Set([stage.at.file, flyConfig?.file])
  const {mounts = [], files: placed = []} = flyConfig?.config ?? {}
  const env = new Set([...config.env.keys(), ...Object.keys(flyConfig?.config.env ?? {})])
  const set = flyConfig?.config.env?.NODE_OPTIONS ?? config.env.get('NODE_OPTIONS')
  const told = new Set<string>()
  const found: CommandFile[] = []
  // `npm run migrate` starts what that script of package.json starts.
  const ofPackages = (await startedCommands(facts)).started.filter(({command}) => isManifest(command.at.file))
  for (const {by, command, certain, folder: cwd} of [...processes.read.started, ...ofPackages]) {
    const folder = config.workingDir ? cwd : undefined
    const {at, supervised = false, conditional} = command
    const text = textOf(command)
    const words = text.split(' ')
    const inScript = !places.has(at.file) && !isManifest(at.file)
    // A script and a loop without an end go on when it fails; of a Procfile it may be that one line alone is started.
    const goesOn = !certain && (supervised || (inScript && !conditional && !/Procfile/.test(at.file)))
    const source = inScript
      ? copiedByStart(command, {by, read: processes.read, lacks: (file) => isHidden(folder, file)})
      : undefined
    const hidden = source && folder !== undefined ? hiddenFile(folder, source.file) : undefined
    if (source && hidden && !told.has(hidden.path)) {
      told.add(hidden.path)
      found.push({...nothingElse, by, goesOn: source.goesOn, script: source.file, isSettings: true, at, ...hidden})
    }
    if (!certain && !goesOn) continue
    const inFolder = startsFolder(words[0] as string, folder)
    if (inFolder && !told.has(inFolder.path)) {
      told.add(inFolder.path)
      found.push({...nothingElse, by, goesOn, at, script: words[0] as string, ...inFolder})
    }
    const home = words.find((word, index) => index < 2 && word.includes('/node_modules/'))?.split('/node_modules/')[0]
    const isPlaced = home?.startsWith('/') || folder !== undefined
    const member = home && home !== '.' && isPlaced ? imagePath(folder ?? '/', home) : undefined
    const lost = member && !told.has(member) ? goneMember(member) : undefined
    if (member && lost) {
      told.add(member)
      found.push({...nothingElse, by, goesOn, script: words[0] as string, path: member, at, folder: lost})
      continue
    }
    const lostManifest = manifestOf(words, (name) => env.has(name))
    const gap = lostManifest && !told.has(lostManifest) ? manifestGap(lostManifest, folder) : undefined
    if (lostManifest && gap) {
      told.add(lostManifest)
      found.push({...nothingElse, by, goesOn, script: lostManifest, isSettings: true, at, ...gap})
    }
    const settings = configOf(words, env)
    const started = scriptOf(words)
    // `node ./node_modules/typeorm/cli.js -d src/data-source.ts`
    const script = started?.includes('node_modules/') ? (settings ?? started) : (started ?? settings)
    if (script) add(script, script === settings)
    for (const preload of await preloadsOf(command, {words, reader, set})) add(preload, true)

    function add(script: string, isSettings: boolean): void {
      if (!script.startsWith('/') && folder === undefined) return
      const path = imagePath(folder ?? '/', script)
      const mounted = mounts.some(({destination = ''}) => destination && path.startsWith(`${destination}/`))
      if (mounted || placed.some(({guest_path: guest}) => guest === path)) return
      const held = has(path)
      if (told.has(path) || held === 'yes') return
      const content = folder === undefined || script.startsWith('/') ? undefined : laidContent(stage, folder, path)
      if (content && held === 'maybe') {
        told.add(path)
        found.push({...nothingElse, by, goesOn, script, path, at, content})
        return
      }
      // What stands in such a folder of the repository, too, is what a build makes.
      if (/\/(dist|build|out|\.output)\//.test(path) && !lacks(path)) return
      const tail = script.replace(/^(\.?\/)+/, '')
      const beside =
        isSettings && script === settings && !isOfBase(words[0] as string, path)
          ? besideOthers(path, by, command)
          : undefined
      const own =
        (held === 'maybe' ? lostOwn(words[0] as string, path) : undefined) ??
        (held === 'maybe' || isSourceOf(path) ? undefined : paths.alike(tail)[0]) ??
        (mayBring(final, path) ? undefined : (leftOut(path) ?? fromAbove(script))) ??
        beside
      // What alembic looks for without being told may be set elsewhere.
      const gone = own || !text.includes(script) ? undefined : goneFrom(path)
      const isBrought =
        (own === undefined || own !== beside) && startBrings(processes.read.started, by, posix.basename(path))
      if ((!own && !gone) || isBrought) return
      told.add(path)
      const laid = own === undefined ? undefined : laidElsewhere(final.files, own, stage)
      found.push({...nothingElse, by, goesOn, script, path, isSettings, at, own, folder: gone, laid})
    }
  }
  for (const each of found) each.rule = each.own === undefined ? undefined : await context?.ruleFor(`/${each.own}`)
  // What git ignores is made here or there.
  const ignored = await ignoredPaths(
    reader.root,
    found.flatMap(({folder}) => folder?.source ?? []),
  )
  return known(found.filter(({folder}) => !folder || !ignored.has(folder.source)))

  /** By a volume, or by [[files]]. */
  function isPut(path: string): boolean {
    const places = [...mounts.map((each) => each.destination), ...placed.map((each) => each.guest_path)]
    return places.some((place) => place && isBelow(path, place))
  }

  /** The project's own file of that name, which lies elsewhere in the image, where its place is surely none. */
  function lostOwn(program: string, path: string): string | undefined {
    const isLost =
      posix.basename(program) === 'supervisord' ? lacksSupervisor(build, path) : inAbsentFolder(build, path)
    const [only, another] = isLost ? paths.named(posix.basename(path)).filter((each) => !each.includes('vendor/')) : []
    return only !== undefined && another === undefined && laidElsewhere(final.files, only, stage) ? only : undefined
  }

  /** `index.ts` beside `index.js`: tsc writes that one there, and none of the same name elsewhere is meant. */
  function isSourceOf(path: string): boolean {
    const [, stem, kind] = /^(.+)\.([cm]?)jsx?$/.exec(path) ?? []
    return stem !== undefined && [`${stem}.${kind}ts`, `${stem}.tsx`].some((each) => final.files.get(each))
  }

  /** A file that .dockerignore would keep from its place, too, if somebody who deploys had it. */
  function isHidden(folder: string | undefined, file: string): boolean {
    const path = imagePath(folder ?? '/', file)
    const source = isPut(path) ? undefined : ownPlace(final.files, path, paths)
    return source !== undefined && has(path) === 'no' && context?.ruleAgainst(`/${source}`) !== undefined
  }

  /** What .dockerignore keeps from its place, and nothing else brings there. */
  function hiddenFile(folder: string, file: string): Pick<CommandFile, 'path' | 'own'> | undefined {
    const path = imagePath(folder, file)
    const own = isPut(path) || has(path) !== 'no' || mayBring(final, path) ? undefined : leftOut(path)
    return own === undefined || !context?.leftOut(`/${own}`) ? undefined : {path, own}
  }

  /** The project's own file of that place, which no COPY brings with the others of its folder. */
  function leftOut(path: string): string | undefined {
    const source = ownPlace(final.files, path, paths)
    if (source === undefined) return isLaid(path) ? undefined : placeBelow(final.files, path, paths)
    if (!paths.has(source)) return undefined
    return isLaid(path) && !isByHand(source) ? undefined : source
  }

  /** Settings that the project keeps beside others, which are copied to this folder, whatever the base image has there. */
  function besideOthers(path: string, by: string, but: Command): string | undefined {
    const name = posix.basename(path)
    const isNamed = processes.read.started.some(
      (each) => each.by === by && each.command.at !== but.at && makesNamed(each.command, name),
    )
    if (isNamed) return undefined
    const own = ownPlace(final.files, path, paths)
    const brought = {stage, unknown: final.unknown.filter(({by}) => by !== 'base')}
    return own === undefined || !paths.has(own) || isLaid(path) || mayBring(brought, path) ? undefined : own
  }

  /** A folder that a build made may have one of that name: Next.js writes its own server.js. */
  function isLaid(path: string): boolean {
    return final.unknown.some((each) => each.by === 'copy' && isBelow(path, each.path))
  }

  /** `./app/start.sh` in the folder /app: what lies at that path from the root of the image. */
  function fromAbove(script: string): string | undefined {
    return script.startsWith('/') ? undefined : final.files.ownSource(posix.resolve('/', script), paths)
  }

  /** What is neither in the folder where a command runs nor above it, and that the project has. */
  function manifestGap(
    name: string,
    folder: string | undefined,
  ): Pick<CommandFile, 'path' | 'own' | 'laid'> | undefined {
    if (folder === undefined || mounts.some(({destination = '/-'}) => isBelow(folder, destination))) return undefined
    const names = [name, ...(otherNames.get(name) ?? [])]
    const places = names.flatMap((file) => withAbove(folder).map((each) => posix.join(each, file)))
    if (places.some((place) => final.files.get(place) || mayBring(final, place) || isLaid(place))) return undefined
    if (name === 'package.json' && final.unknown.some(({text = ''}) => makesManifest.test(text))) return undefined
    const path = places[0] as string
    const own = [leftOut(path), ...paths.named(name).sort((a, b) => a.length - b.length)].find(Boolean)
    return own === undefined ? undefined : {path, own, laid: laidElsewhere(final.files, own, stage)}
  }

  /** A program that is a folder; a RUN of the last stage may still have put a file there. */
  function startsFolder(
    program: string,
    folder: string | undefined,
  ): Pick<CommandFile, 'path' | 'isFolder'> | undefined {
    if (!/^\.{0,2}\//.test(program) || program.endsWith('/') || (!program.startsWith('/') && folder === undefined))
      return undefined
    const path = imagePath(folder ?? '/', program)
    const entry = final.files.get(path)
    if (
      path === '/' ||
      entry?.kind !== 'folder' ||
      mounts.some(({destination = ''}) => isBelow(path, destination || '/-'))
    )
      return undefined
    const name = posix.basename(path)
    const replaced = final.moments.some(
      ({instruction: {text}}) => /\b(rm|rmdir|mv|ln|cp)\b/.test(text) && text.includes(name),
    )
    if (replaced) return undefined
    const [inside] = final.files.filesOf(entry)
    const source = inside?.[1].source
    const build = buildCommands?.commands.find((command) => writesInto(command, source))
    return {
      path,
      isFolder: {build: build && {at: build.at, output: outputOf(build) as string}, broughtBy: inside?.[1].at},
    }
  }

  /** `go build -o NAME`, where NAME is the folder that a file of the context is in. */
  function writesInto(command: BuildCommand, source: string | undefined): boolean {
    const output = outputOf(command)
    const folder = output === undefined ? undefined : command.moment.files.get(posix.resolve(command.folder, output))
    if (source === undefined || folder?.kind !== 'folder') return false
    const text = `${command.before} ${command.moment.unknown.map((each) => each.text ?? '').join(' ')}`
    if (/\b(rm|mv)\b/.test(text) && text.includes(posix.basename(output as string))) return false
    for (const [, each] of command.moment.files.filesOf(folder)) return each.source === source
    return false
  }

  /** Packages are installed into folders of the project alone: one that it has no more has none. */
  function goneMember(path: string): CommandFile['folder'] {
    const above = originOf({files: final.files}, posix.dirname(path), paths)
    const source = above === undefined ? undefined : posix.join(above, posix.basename(path))
    if (source === undefined || paths.hasFolder(source) || final.files.get(path) || mayBring(final, path))
      return undefined
    if (!buildCommands || mayBeBuilt(source, paths, buildCommands) || deployCommands?.makes(source)) return undefined
    const entry = final.files.get(posix.dirname(path))
    return {
      source,
      path: posix.dirname(source),
      names: entry?.kind === 'folder' ? [...entry.entries.keys()] : [],
      at: undefined,
    }
  }

  /** The project's own folder that should have it. What else is not in the repository is made by the build. */
  function goneFrom(path: string): CommandFile['folder'] {
    const source = ownPlace(final.files, path, paths) ?? placeOfScript(path)
    if (source === undefined || paths.has(source) || mayBring(final, path)) return undefined
    if (isLaid(path) && !isByHand(source)) return undefined
    if (!buildCommands || mayBeBuilt(source, paths, buildCommands)) return undefined
    // Beside the manifests a build may lay its results.
    if (!source.includes('/') && !lacks(path) && !(isByHand(source) && !buildCommands.commands.some(runsOwn)))
      return undefined
    if (deployCommands?.makes(source)) return undefined
    const entry = final.files.get(posix.dirname(path))
    const entries = entry?.kind === 'folder' ? [...entry.entries] : []
    const files = entries.flatMap(([name, each]) => (each.kind === 'folder' ? [] : [{name, at: each.at}]))
    return {source, path: posix.dirname(source), names: files.map(({name}) => name), at: files[0]?.at}
  }

  /** Of a script in a folder that neither the project nor the image has; no build makes one. */
  function placeOfScript(path: string): string | undefined {
    const folder = posix.dirname(path)
    // What a clone without its submodules does not have another one has.
    if (!/\.(?:(?:ba)?sh|py|rb|php|exs)$/.test(path) || final.files.get(folder) || paths.has('.gitmodules'))
      return undefined
    const above = originOf({files: final.files}, posix.dirname(folder), paths)
    const source = above === undefined ? undefined : posix.join(above, posix.basename(folder), posix.basename(path))
    return source === undefined || isOutput(source) || paths.hasFolder(posix.dirname(source)) ? undefined : source
  }
}

/** What node loads before the program: by its own options, and those of NODE_OPTIONS, also as they stand before the command. */
async function preloadsOf(
  {at}: Command,
  {words, reader, set = ''}: {words: readonly string[]; reader: ProjectReader; set: string | undefined},
): Promise<string[]> {
  const [program = '', ...rest] = words
  if (posix.basename(program) !== 'node') return []
  const line = (await reader.text(at.file))?.line(at.line ?? 1) ?? ''
  const [, before = set] = /\bNODE_OPTIONS=\\?["']?([^"'\\\n]{1,500})/.exec(line) ?? []
  return [...preloads(before.split(/\s+/)), ...preloads(rest)]
}

/** Whether a command makes a file of that name, as far as it says so. */
const makesNamed = ({words, writes = []}: Command, name: string): boolean =>
  writes.some((path) => path.endsWith(name)) ||
  (!/^(?:echo|printf|chmod|chown|cat|test|\[|rm)$/.test(words[0] ?? '') && words.some((word) => word?.includes(name)))

/** Names that the settings of a base image have of its program, or have everywhere. */
const isOfBase = (program: string, path: string): boolean => {
  const [stem = ''] = posix.basename(path).split('.')
  return /^(?:default|main|config|conf|settings|server|index)$/.test(stem) || posix.basename(program).includes(stem)
}

const nothingElse = {
  isSettings: false,
  own: undefined,
  rule: undefined,
  folder: undefined,
  laid: undefined,
  content: undefined,
  isFolder: undefined,
}

/** A program of the project, or a text: what it writes is not read. */
function runsOwn({words}: BuildCommand): boolean {
  const [program = '', ...rest] = words
  if (/^\.{0,2}\/|^(?:make|just|task)$|\//.test(program)) return true
  return (
    /^(?:node|bun|deno|tsx|ts-node|npx|python[\d.]*|ruby|php|bash|sh)$/.test(program) &&
    rest.some((word) => word === undefined || /\.(?:[cm]?[jt]s|py|rb|php|sh|bash)$|^-\w*[ecp]$/.test(word))
  )
}

/** What `go build -o` names. */
function outputOf({words}: BuildCommand): string | undefined {
  if (programOf({words}) !== 'go' || words[1] !== 'build') return undefined
  const index = words.indexOf('-o')
  return index < 0 ? words.find((word) => word?.startsWith('-o='))?.slice(3) : words[index + 1]
}
