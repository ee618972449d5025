import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions, flagOf, type Instruction} from '../dockerfile/parse.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Unknown} from '../image/build-stage.ts'
import {sourceFile, workdirOf} from '../image/files/context-path.ts'
import {imagePath, isBelow} from '../image/files/image-path.ts'
import {type MachineCommand, machineCommands} from '../image/machine-commands.ts'
import {baseMayHave, mayHold} from '../image/may-hold.ts'
import {coveredBy} from '../image/servers/web-context.ts'
import {instructionCommands} from '../image/shell/shell.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes/processes.ts'
import {type LiteFsConfig, readLiteFs} from './config.ts'
import {type Mount, mountOf} from './mount.ts'

/** What `litefs mount` is started with. */
export interface LiteFs {
  /** The command. */
  by: string
  at: FileLocation
  /** It is the CMD, and fly.toml starts something else in its place, without LiteFS. */
  isReplaced: boolean
  /** undefined: it is not known, or there is none. */
  config: LiteFsConfig | undefined
  /** The command surely runs, and surely with this configuration. */
  certain: boolean
  /** Where it was looked for, when there surely is none. */
  missing: readonly string[]
  /** Commands that hand it words which are no options of it. */
  refused: {by: string; at: FileLocation; word: string}[]
  /** It is a release of which the keys are known. */
  isKnownRelease: boolean
  /** What stands behind `--` is started in place of `exec`. */
  replacesCommands: boolean
  /** Where it keeps the databases; undefined where only the machine knows. */
  dataFolder: string | undefined
  /** Where the app opens them. */
  fuseFolder: string | undefined
  /** A text of the configuration with what [env] and the image set filled in; undefined where one of its variables is not known. */
  filled(text: string): string | undefined
}

export async function loadLiteFs({reader}: Inputs, facts: FactStore): Promise<Fact<LiteFs>> {
  const [[build, dockerfile], files, flyConfig] = await Promise.all([
    facts.needAll('build', 'dockerfile'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const instructions = allInstructions(dockerfile.final)
  const {final} = build
  const mounting = (await started(facts)) ?? (await replaced(instructions, facts))
  if (!mounting) return absent('nothing starts litefs mount')
  const {by, at, mount, isReplaced} = mounting
  const {places} = mount
  const workdir = workdirOf(instructions)
  const found = sourceFile(places, workdir, instructions, files ?? noFiles)
  const covered = coveredBy(flyConfig?.config)
  // Of the plain base images none has one, though files of the system lie in /etc.
  const isPlain = !baseMayHave(final.stage, `/app/${places[0]}`)
  const bare = await hasBareReleases(files ?? noFiles, reader)
  const unknown = final.unknown.filter((each) => (each.by !== 'base' || !isPlain) && !(bare && isRelease(each)))
  // A script may write it before it starts LiteFS.
  const {scripts} = await startedCommands(facts)
  const others = scripts
    .flatMap(({file}) => file.text.split('\n'))
    .filter((line) => !/litefs["']?,? ["']?mount/.test(line))
  const isWritten = others.some((line) => places.some((place) => line.includes(posix.basename(place))))
  const lacks = (place: string): boolean => {
    const path = posix.resolve('/', workdir, place)
    const isCovered = covered.some((each) => isBelow(path, each))
    return !isCovered && final.files.get(path) === undefined && !mayHold({...final, unknown}, path)
  }
  const isMissing = places.length > 0 && !found?.certain && !isWritten && places.every(lacks)
  const source = isMissing ? undefined : found
  const file = source && (await reader.text(source.path))
  const config = file && readLiteFs(file)

  const env = new Map(Object.entries(flyConfig?.config.env ?? {}))
  const filled = (text: string): string | undefined => {
    const done = text.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced?: string, plain = '') => {
      const name = braced ?? plain
      return String(env.get(name) ?? final.config.env.get(name) ?? whole)
    })
    return done.includes('$') ? undefined : done
  }
  const folder = (text: string): string | undefined => {
    const path = filled(text)
    return path?.startsWith('/') ? imagePath('/', path) : undefined
  }
  // An older file names both by other keys.
  const defaults = config && !config.isOlder ? {data: '/var/lib/litefs', fuse: '/litefs'} : {data: '', fuse: ''}
  return known({
    by,
    at,
    isReplaced,
    config,
    certain: mounting.certain && (source?.certain ?? true),
    missing: isMissing ? places : [],
    refused: handed(machineCommands(build, flyConfig)),
    isKnownRelease: instructions.some(bringsKnownRelease),
    replacesCommands: mount.command !== undefined,
    dataFolder: folder(config?.dataDir?.text ?? defaults.data),
    fuseFolder: folder(config?.fuseDir?.text ?? defaults.fuse),
    filled,
  })
}

/** Elixir's releases have bin, lib, releases and Erlang, and what rel/overlays or a step of mix.exs lays beside them. */
async function hasBareReleases(files: Files, reader: ProjectReader): Promise<boolean> {
  const manifests = await reader.texts(files.named('mix.exs'))
  return (
    !manifests.some(({text}) => /\boverlays:|\bsteps:/.test(text)) &&
    !files.ending('.yml', '.eex').some((path) => /(?:^|\/)rel\/overlays\//.test(path))
  )
}

const isRelease = ({by, taken = []}: Unknown): boolean =>
  by === 'copy' && taken.length > 0 && taken.every((path) => /\/_build\/\w+\/rel\/[\w-]+\/?$/.test(path))

interface Mounting extends Pick<LiteFs, 'by' | 'at' | 'isReplaced' | 'certain'> {
  mount: Mount
}

async function started(facts: FactStore): Promise<Mounting | undefined> {
  for (const {by, command, certain} of (await startedCommands(facts)).started) {
    const mount = mountOf(command.words)
    if (mount) return {by, at: command.at, certain, mount, isReplaced: false}
  }
  return undefined
}

/** What ENTRYPOINT gets as arguments, where it is `litefs mount` and not a shell that starts it. */
function handed(commands: readonly MachineCommand[]): LiteFs['refused'] {
  const entrypoint = commands.find(({by}) => by === 'ENTRYPOINT')
  if (!entrypoint) return []
  return commands.flatMap(({by, words, at}) => {
    const word = by === 'ENTRYPOINT' ? undefined : mountOf([...entrypoint.words, ...words])?.refused
    return word === undefined ? [] : [{by, at, word}]
  })
}

/** The CMD that would start it, where nothing that fly.toml starts in its place mentions LiteFS. */
async function replaced(instructions: readonly Instruction[], facts: FactStore): Promise<Mounting | undefined> {
  const cmd = instructions.findLast(({keyword}) => keyword === 'CMD')
  const processes = await facts.value('processes')
  if (!cmd || processes?.find(/litefs/)) return undefined
  const commands = instructionCommands(
    cmd,
    () => undefined,
    () => cmd.at,
  )
  const [mount] = commands?.flatMap(({words}) => mountOf(words) ?? []) ?? []
  return mount && {by: 'CMD', at: cmd.at, certain: true, mount, isReplaced: true}
}

const bringsKnownRelease = (instruction: Instruction): boolean =>
  /^(?:docker\.io\/)?flyio\/litefs:(?:0\.5(?:\.\d+)?|latest|main)$/.test(flagOf(instruction, 'from') ?? '')
