import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {once} from '../../../once.ts'
import {madeAtStart} from '../../code/folders/made-at-start.ts'
import {allInstructions, flagOf, type Instruction, lineage, rootImage, type Stage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {type Processes, type StartedBy, startedCommands} from '../../processes/processes.ts'
import {settingPath} from '../../python/django/static-folders.ts'
import {basePrograms} from '../base/base-programs.ts'
import {comesWith, mayBringUser, mayMakeAny} from '../base/known-users.ts'
import type {Build} from '../build.ts'
import {copyOf} from '../files/context-path.ts'
import {isBelow} from '../files/image-path.ts'
import {commandIn} from '../final-moment.ts'
import {type Home, missingHome} from './homes.ts'
import {isRoot, Ownership} from './ownership.ts'

/** What the user that the image names is and may do. */
export interface UserRights {
  /** Users that USER names, or --chown of a COPY, and nothing makes. */
  unknown: {
    name: string
    by: 'USER' | 'COPY' | 'ADD'
    base: string
    at: FileLocation
    atBuild: boolean
    madeLater: FileLocation | undefined
  }[]
  /** Folders in which the app writes, and that user may not. */
  closed: {
    path: string
    place: string
    /** The one to give to the user. */
    folder: string
    user: string
    why: string
    at: FileLocation
    related: FileLocation[]
    /** What the code does as soon as it is loaded. */
    when?: 'boot' | 'release'
  }[]
  /** Programs that the machines start, and that keep something in the home of that user, which is not there. */
  homeless: {by: string; program: string; path: string; variable: string; user: string; home: Home; at: FileLocation}[]
}

/** What gives the top of the image to others, or has them do as root does. */
const opensTop = /\bsudo\b|\b(?:chown|chmod|setfacl)\s[^;&|\n]{0,300}\s\/(?=[\s;&|]|$)/

interface Look {
  /** A file that no base image has. */
  isNew?: boolean
  when?: 'boot' | 'release'
  /** The path is one that is written, and no folder. */
  isFile?: boolean
}

export async function loadUserRights(inputs: Inputs, facts: FactStore): Promise<Fact<UserRights>> {
  const {reader} = inputs
  const [[build, dockerfile, processes], flyConfig, gems, files] = await Promise.all([
    facts.needAll('build', 'dockerfile', 'processes'),
    facts.value('flyConfig'),
    facts.value('gems'),
    facts.value('files'),
  ])
  const {final} = build
  const {workingDir} = final.config
  const unknown = unknownUsers(build)
  const ownership = new Ownership(build, dockerfile)
  const closed: UserRights['closed'] = []
  const mounts = flyConfig?.config.mounts ?? []
  const runs = allInstructions(final.stage).flatMap(({keyword, text}) => (keyword === 'RUN' ? text : []))
  const look = (
    path: string,
    why: string,
    related: FileLocation[] = [],
    {isNew = false, isFile = false, ...how}: Look = {},
  ) => {
    // Fly.io gives a volume to the user of the image.
    if (mounts.some(({destination = ''}) => destination && (isBelow(path, destination) || isBelow(destination, path))))
      return
    // The top of every image is root's, and none of the base images has such a file.
    const atTop =
      isNew && posix.dirname(path) === '/' && !runs.some((text) => text.includes(path) || opensTop.test(text))
        ? '/'
        : undefined
    const place = ownership.closedBy(path) ?? atTop
    // One folder that is root's may keep the app from much.
    if (place === undefined || closed.some((each) => each.path === path || (how.when && each.place === place))) return
    const folder = isFile ? posix.dirname(path) : path
    closed.push({path, place, folder, user: ownership.user, why, at: ownership.at, related, ...how})
  }
  const commands = await startedCommands(facts)
  const withoutHome = homelessIn(build, ownership, {processes, commands, set: flyConfig?.config.env ?? {}}).filter(
    ({path}) => !mounts.some(({destination = '/-'}) => isBelow(path, destination)),
  )
  const isUv = ({program}: {program: string}) => /^uvx?$/.test(program)
  const homeless =
    withoutHome.some(isUv) && (await setsUvCache()) ? withoutHome.filter((each) => !isUv(each)) : withoutHome
  if (ownership.user === '' || !workingDir) return known({unknown, closed, homeless})

  for (const {text, certain, at, by, folder} of processes.commands) {
    const [program, ...rest] = text.split(' ')
    if (!certain || folder === undefined) continue
    // celery/apps/beat.py: a file in the working directory, unless it is told another or keeps it in a database.
    if (program === 'celery' && rest.some((word) => word === 'beat' || word === '-B')) {
      if (rest.some((word) => /^(-s|-S|--schedule|--scheduler|--workdir)(=|$)/.test(word))) continue
      look(posix.join(folder, 'celerybeat-schedule'), `celery beat keeps celerybeat-schedule there`, [at])
    }
    if (/\bmanage\.py collectstatic\b/.test(text) && !/\s(?:-n|--dry-run)\b/.test(text)) {
      const place = await staticRoot(text, folder)
      if (place !== undefined) look(place, `${by} runs manage.py collectstatic`, [at], {when: 'boot'})
    }
    if (!/^(mkdir|touch|fallocate)$/.test(program ?? '')) continue
    const named = program === 'fallocate' ? rest.slice(-1) : rest
    for (const word of named.filter((each) => !each.startsWith('-') && !/[?*$]/.test(each))) {
      const path = posix.resolve(folder, word)
      if (!final.files.get(path)) look(path, `${by} runs ${text}`, [at], {isNew: program === 'fallocate'})
    }
  }
  for (const {by, place, isFile, at} of await madeAtStart(inputs, facts, build)) {
    const when = by === 'release_command' ? 'release' : 'boot'
    look(place, `${at.file}, which ${by} starts, makes ${place}`, [at], {when, isFile})
  }
  const ofApp = gems?.get('Gemfile.lock')?.gems
  const runsRails = processes.commands.some(({text, certain}) => certain && /(^|\/)(rails|puma)\s?/.test(text))
  if (ofApp?.has('rails') && runsRails && final.files.get(posix.join(workingDir, 'config/application.rb'))) {
    if (!bringsTmp(build, workingDir))
      look(posix.join(workingDir, 'tmp'), 'Rails keeps its caches and the number of its process there')
    const carrier = ofApp.get('carrierwave')
    const path = posix.join(workingDir, 'public')
    if (carrier && (await cachesInPublic())) {
      look(path, 'CarrierWave lays every upload into public/uploads/tmp first', [carrier.at])
    }
  }
  return known({unknown, closed, homeless})

  /** STATIC_ROOT of Django's settings, where this command loads them and they lay the files into a folder. */
  async function staticRoot(text: string, folder: string): Promise<string | undefined> {
    const django = await facts.value('machineSettings')
    if (!django?.areLoadedBy(text)) return undefined
    const {settings, moment} = django
    const isElsewhere = /\b(?:storages|S3\w*|GoogleCloudStorage|AzureStorage)\b/.test(settings.text)
    return isElsewhere
      ? undefined
      : settingPath('STATIC_ROOT', settings, {...commandIn(moment, [], moment.instruction.at), folder})
  }

  /** `[tool.uv] cache-dir = "/tmp/uv"`: what uv keeps has a place of its own, or none. */
  async function setsUvCache(): Promise<boolean> {
    const settings = await reader.texts((files ?? noFiles).named('uv.toml', 'pyproject.toml'))
    return settings.some(({text}) => /^[ \t]*(?:cache-dir|no-cache)[ \t]*=/m.test(text))
  }

  /** Whether there is an uploader, and none has another folder: `def cache_dir`, `config.cache_dir =`. */
  async function cachesInPublic(): Promise<boolean> {
    const paths = (files ?? noFiles).ending('.rb').filter((path) => /^(?:app|lib|config\/initializers)\//.test(path))
    const texts = await reader.texts(paths)
    const isSet = texts.some(
      ({path, text}) => /^(?:app\/uploaders|config|lib)\//.test(path) && /\bcache_dir\b|\broot\b\s*=/.test(text),
    )
    return !isSet && texts.some(({text}) => /<\s*CarrierWave::Uploader::Base\b/.test(text))
  }
}

/** bootsnap and the pipelines of assets lay what they cache into tmp. */
const makesTmp = /\bbootsnap\s+precompile\b|\bassets:precompile\b/

/** Whether another stage makes the folder tmp of Rails, which the last one takes with the rest and gives to its user. */
function bringsTmp({final, stages}: Build, workingDir: string): boolean {
  const own = new Set(lineage(final.stage))
  const isMade = stages.some(
    ({stage}) =>
      !own.has(stage) && stage.instructions.some(({keyword, text}) => keyword === 'RUN' && makesTmp.test(text)),
  )
  return (
    isMade &&
    allInstructions(final.stage).some((each) => {
      const owner = flagOf(each, 'chown')
      const target = flagOf(each, 'from') === undefined ? undefined : copyOf(each)?.target
      return (
        owner !== undefined &&
        !isRoot(owner) &&
        target !== undefined &&
        isBelow(workingDir, posix.resolve(workingDir, target))
      )
    })
  )
}

/** uv and corepack lay what they fetch into the home, PM2 its sockets and logs, and end where they cannot make it. */
function homelessIn(
  {final, stages}: Build,
  {user, at}: Ownership,
  {processes, commands, set}: {processes: Processes; commands: StartedBy; set: Record<string, unknown>},
): UserRights['homeless'] {
  const home = user === '' ? undefined : missingHome({final, stages}, user, at)
  if (!home) return []
  const isSet = (name: string) =>
    final.config.env.get(name) !== undefined || set[name] !== undefined || processes.mayAssign(name)
  if (isSet('HOME')) return []
  const own = new Set(lineage(final.stage))
  const texts = stages
    .flatMap(({stage}) => (own.has(stage) ? stage.instructions : []))
    .filter(({keyword}) => keyword === 'RUN')
  /** `corepack enable` stands for all of its programs, `corepack enable pnpm` for one. */
  const isCorepacks = (program: string) =>
    texts.some(({text}) =>
      new RegExp(`\\bcorepack enable(?:[a-z ]{1,50}\\b${program}\\b|\\s*(?:$|[^\\s\\w-]))`, 'm').test(text),
    ) &&
    !texts.some(({text}) =>
      /\b(?:npm|pnpm|yarn)\s[^&|;\n]{0,200}(?:-g|--global|global)\s[^&|;\n]{0,200}\b(?:pnpm|yarn)\b/.test(text),
    )
  const lack = (path: string, variable: string, by: string, program: string, place: FileLocation) =>
    isSet(variable) || (path.startsWith('.cache/') && isSet('XDG_CACHE_HOME'))
      ? []
      : [{by, program, path: posix.join(home.path, path), variable, user, home, at: place}]
  // lib/Client.js binds the sockets of its daemon there, pm2-runtime those of the one inside it.
  const setsPm2 = commands.texts.some(({text}) => /\b(?:PM2_)?HOME=/.test(text))
  const ofPm2 = (setsPm2 ? [] : commands.started).flatMap(({by, command, certain}) => {
    const program = posix.basename(command.words[command.words[0] === 'npx' ? 1 : 0] ?? '')
    const isPm2 = certain && /^pm2(?:-runtime|-docker)?$/.test(program)
    return isPm2 ? lack('.pm2', 'PM2_HOME', by, program, command.at) : []
  })
  const others = processes.commands.flatMap(({by, text, certain, at: place}) => {
    const [program = ''] = text.split(' ')
    const lacks = (path: string, variable: string) => lack(path, variable, by, program, place)
    if (!certain) return []
    if (/^uvx?$/.test(program)) {
      const keepsNone = /\s(?:--no-cache|-n|--cache-dir|--version|--help)\b/.test(text) || isSet('UV_NO_CACHE')
      return keepsNone ? [] : lacks('.cache/uv', 'UV_CACHE_DIR')
    }
    return /^(?:pnpm|yarn)$/.test(program) && isCorepacks(program) ? lacks('.cache/node/corepack', 'COREPACK_HOME') : []
  })
  return [...others, ...ofPm2]
}

const isUserOrRun = ({keyword}: Instruction): boolean => keyword === 'RUN' || keyword === 'USER'

/** The USER behind which a stage, or those that it is built on, run nothing. */
function lastUser(stage: Stage | undefined): Instruction[] {
  for (let each = stage; each; each = each.parent) {
    const last = each.instructions.findLast(isUserOrRun)
    if (last) return last.keyword === 'USER' ? [last] : []
  }
  return []
}

/** The USERs of what is built that neither the base image has nor a RUN before makes. */
/** A name that must stand in /etc/passwd: no number, no variable, and not root. */
const isName = (name: string): boolean => /^[A-Za-z_][\w.-]*$/.test(name) && !isRoot(name)

function unknownUsers(build: Build): UserRights['unknown'] {
  const found = new Map<FileLocation, UserRights['unknown'][number]>()
  for (const {stage, files, unknown} of build.stages) {
    const root = rootImage(stage)
    const base = root === undefined ? undefined : basePrograms(root)
    if (root === undefined || !base || files.get('/etc/passwd')) continue
    if (unknown.some(({by, path}) => by === 'copy' && isBelow('/etc/passwd', path))) continue
    // Of the stages that it is built on, all but the last USER was looked at with them.
    const instructions = [...lastUser(stage.parent), ...stage.instructions.filter(isUserOrRun)]
    const runs = allInstructions(stage).filter(({keyword}) => keyword === 'RUN')
    const makesAnyone = runs.find(({text}) => mayMakeAny(text))
    /** The first RUN that makes a user of this name. */
    const makerOf = once((name: string) => runs.find((each) => each === makesAnyone || mayBringUser(each.text, name)))
    const isMadeBefore = (name: string, {offset}: Instruction) => {
      const maker = makerOf(name)
      return maker !== undefined && maker.offset < offset
    }
    const add = (name: string, by: UserRights['unknown'][number]['by'], {at}: Instruction, atBuild: boolean) => {
      if (!found.has(at)) found.set(at, {name, by, base: root, at, atBuild, madeLater: makerOf(name)?.at})
    }
    for (const each of stage.instructions) {
      const [name = ''] =
        (each.keyword === 'COPY' || each.keyword === 'ADD' ? flagOf(each, 'chown') : '')?.split(':') ?? []
      if (!isName(name) || comesWith(root, base.distribution, name) || isMadeBefore(name, each)) continue
      add(name, each.keyword === 'ADD' ? 'ADD' : 'COPY', each, true)
    }
    for (const [index, instruction] of instructions.entries()) {
      const {keyword, text} = instruction
      if (keyword !== 'USER') continue
      const [name = ''] = text.trim().split(':')
      if (!isName(name) || comesWith(root, base.distribution, name)) continue
      const next = instructions[index + 1]
      const atBuild = next?.keyword === 'RUN'
      // In a stage that nothing runs in, the name has no meaning.
      const isLast = stage === build.final.stage && next === undefined
      if (!atBuild && !isLast) continue
      if (!isMadeBefore(name, instruction)) add(name, 'USER', instruction, atBuild)
    }
  }
  return [...found.values()]
}
