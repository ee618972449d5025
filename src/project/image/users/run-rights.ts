import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {
  type Instruction,
  instructionsBefore,
  mountsOf,
  rootImage,
  rootStage,
  type Stage,
  unquote,
} from '../../dockerfile/parse.ts'
import type {Inputs} from '../../inputs.ts'
import {nameParts} from '../base/base-images.ts'
import {basePrograms} from '../base/base-programs.ts'
import {located, type Moment} from '../moment.ts'
import {isCertain, programOf} from '../shell/command.ts'
import {isRoot, Ownership} from './ownership.ts'

/** A command of a RUN that its user may not run, or that writes where its user may not. */
export interface RunRight {
  /** `apt-get install`, `npm ci`. */
  command: string
  user: string
  at: FileLocation
  /** What set the user. */
  by: FileLocation
  /** undefined: it is root's affair wherever it runs. Else the folder of root's, and what it would write there. */
  place: string | undefined
  writes: string
}

/** A file of the system that BuildKit mounts into every RUN, read-only, and a RUN that writes it. */
export interface MountedWrite {
  path: string
  at: FileLocation
}

export interface RunRights {
  rights: RunRight[]
  mounted: MountedWrite[]
}

export async function loadRunRights(_: Inputs, facts: FactStore): Promise<Fact<RunRights>> {
  const [build, dockerfile] = await facts.needAll('build', 'dockerfile')
  const found: RunRight[] = []
  const users = usersIn(build.stages.map(({stage}) => stage))
  const moments = build.stages.flatMap(({moments}) =>
    moments.map((moment) => ({moment, set: userOf(moment, users.get(moment.instruction))})),
  )
  for (const {moment, set} of moments) {
    // These run a command as another user.
    if (!set || /\b(?:sudo|doas|su|su-exec|gosu|setpriv|runuser|fakeroot)\b/.test(moment.instruction.text)) continue
    const {user, by} = set
    let ownership: Ownership | undefined
    for (const {command, folder} of located(moment.commands, moment.workingDir)) {
      const words = command.words.slice(1)
      if (command.conditional || !command.decisive || words.includes(undefined)) continue
      const name = programOf(command) ?? ''
      const verb = name === 'mkdir' || name === 'touch' ? '' : verbOf(words as string[])
      const shown = [name, verb, words.includes('-g') ? '-g' : ''].filter(Boolean).join(' ')
      const at = {command: shown, user, at: command.at, by}
      if (needsRoot(name, words as string[], moment)) {
        found.push({...at, place: undefined, writes: ''})
        break
      }
      const path = writtenBy(name, words as string[], moment)
      if (path === undefined || !isOfUser(moment)) continue
      ownership ??= new Ownership(build, dockerfile, moment)
      const full = posix.resolve(folder, path)
      const place = ownership.closedBy(full) ?? (name === 'mkdir' && isNewAtRoot(full, moment) ? '/' : undefined)
      if (place === undefined) continue
      found.push({...at, place, writes: path})
      break
    }
  }
  const mounted = build.stages.flatMap(({moments}) => moments.flatMap(mountedWrites))
  return known({rights: found, mounted})
}

/** withROBind of BuildKit's executor/oci/mounts.go. */
const mountedFiles = /^\/etc\/(?:hosts|resolv\.conf)$/

/** `echo … >> /etc/hosts`, `… | tee -a /etc/hosts`. */
function mountedWrites({instruction, commands}: Moment): MountedWrite[] {
  if (mountsOf(instruction).length > 0) return []
  const write = commands.filter(isCertain).flatMap(({words, writes = [], at}) => {
    const targets = programOf({words}) === 'tee' ? [...writes, ...words.slice(1)] : writes
    const path = targets.find((target) => mountedFiles.test(target ?? ''))
    return path === undefined ? [] : [{path, at}]
  })
  return write.slice(0, 1)
}

/** Images whose own USER is not root (their Dockerfiles); the name before the tag. */
const usersOfImages: ReadonlyMap<string, string> = new Map([
  ['n8nio/n8n', 'node'],
  ['docker.n8n.io/n8nio/n8n', 'node'],
  ['directus/directus', 'node'],
  ['grafana/grafana', '472'],
  ['grafana/grafana-oss', '472'],
  ['grafana/loki', '10001'],
  ['prom/prometheus', 'nobody'],
  ['gotenberg/gotenberg', 'gotenberg'],
  ['ghcr.io/puppeteer/puppeteer', 'pptruser'],
  ['quay.io/keycloak/keycloak', '1000'],
  ['apache/airflow', 'airflow'],
  ['jenkins/jenkins', 'jenkins'],
  ['cgr.dev/chainguard/glibc-dynamic', 'nonroot'],
  ['cgr.dev/chainguard/python', 'nonroot'],
])

/** Tags of those images from before they had a USER: what they start went to it from root. */
const onceRoot: ReadonlyMap<string, RegExp> = new Map([
  ['n8nio/n8n', /^0\./],
  ['docker.n8n.io/n8nio/n8n', /^0\./],
  ['directus/directus', /^v?[89]\b/],
])

/** For each RUN of these stages, in order, the USER that holds for it: maybe that of the stage that its own is built on. */
function usersIn(stages: readonly Stage[]): ReadonlyMap<Instruction, Instruction> {
  const found = new Map<Instruction, Instruction>()
  const last = new Map<Stage, Instruction | undefined>()
  for (const stage of stages) {
    let user = stage.parent && last.get(stage.parent)
    for (const instruction of stage.instructions) {
      if (instruction.keyword === 'USER') user = instruction
      else if (instruction.keyword === 'RUN' && user) found.set(instruction, user)
    }
    last.set(stage, user)
  }
  return found
}

/** The user that a RUN runs as, where it surely is not root. `last`: the USER before it. */
function userOf({stage}: Moment, last: Instruction | undefined): {user: string; by: FileLocation} | undefined {
  if (last) {
    const user = unquote(last.text.trim())
    return isRoot(user) || user.includes('$') ? undefined : {user, by: last.at}
  }
  const [name, tag = ''] = nameParts(rootImage(stage) ?? '')
  const user = onceRoot.get(name)?.test(tag) ? undefined : usersOfImages.get(name)
  return user === undefined ? undefined : {user, by: rootStage(stage).at}
}

/** Of the folders of an image that nobody knows it is not known whose they are. */
function isOfUser({stage}: Moment): boolean {
  const base = rootImage(stage) ?? ''
  return basePrograms(base) !== undefined || base.startsWith('cgr.dev/chainguard/')
}

/** Folders that base images have; /go of golang's is everybody's. */
const ofSystem = /^\/(?:bin|boot|dev|etc|go|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)$/

/** Whether a path is to be made in a folder right under /, which nothing before speaks of. */
function isNewAtRoot(path: string, {stage, instruction}: Moment): boolean {
  const top = /^\/[^/]+/.exec(path)?.[0] ?? ''
  return (
    top !== '' && !ofSystem.test(top) && !instructionsBefore(stage, instruction).some(({text}) => text.includes(top))
  )
}

const verbOf = (words: readonly string[]): string => words.find((word) => !word.startsWith('-')) ?? ''

const packageManagers = /^(?:apt|apt-get|apk|yum|dnf|microdnf|tdnf|zypper)$/
const changes = /^(?:install|add|update|upgrade|dist-upgrade|del|remove|purge|autoremove)$/
const looks = /^(?:-h|--help|-V|--version)$/
/** apt-get and apk then say what they would do. */
const onlyTells = /^--(?:simulate|dry-run|just-print|no-act|recon|print-uris)$/
const accounts = /^(?:useradd|adduser|groupadd|addgroup|usermod|groupmod|update-ca-certificates|ldconfig)$/

/** What writes into folders of the system. */
function needsRoot(name: string, words: readonly string[], {stage, env, instruction}: Moment): boolean {
  const verb = verbOf(words)
  if (packageManagers.test(name))
    return changes.test(verb) && !words.some((word) => word === '-s' || looks.test(word) || onlyTells.test(word))
  if (accounts.test(name)) return !words.some((word) => looks.test(word)) && !(name === 'ldconfig' && words.length > 0)
  if (name !== 'npm' && name !== 'corepack') return false
  // /usr/local of node's image is root's; with a prefix of one's own it is another folder.
  const isNode = nameParts(rootImage(stage) ?? '')[0] === 'node'
  const isMoved = [...env.keys()].some((each) => /^npm_config_prefix$/i.test(each)) || /prefix/.test(instruction.text)
  // A program that is laid in /usr/local/bin is none of npm's.
  const mayMove = ({keyword, text}: Instruction) =>
    (keyword === 'RUN' &&
      /\bprefix\b|\/usr\/local(?!\/s?bin\/\w)|\bchown\b.{0,300}\/usr(?:\s|$)|\bnpm (?:root|bin)\b/.test(text)) ||
    (keyword !== 'FROM' && text.includes('npmrc'))
  if (!isNode || isMoved || instructionsBefore(stage, instruction).some(mayMove)) return false
  if (name === 'corepack') {
    // What root has linked already is left as it is (corepack, sources/commands/Enable.ts).
    const isEnabled = instructionsBefore(stage, instruction).some(({text}) => /\bcorepack\s+enable\b/.test(text))
    return verb === 'enable' && !isEnabled && !words.some((word) => word.startsWith('--install-directory'))
  }
  return /^(?:i|install|add)$/.test(verb) && words.some((word) => /^(?:-g|--global)$/.test(word))
}

const installs = /^(?:install|i|ci|clean-install)$/

/** What a command surely makes, in the folder where it runs. */
function writtenBy(name: string, words: readonly string[], {env}: Moment): string | undefined {
  const verb = verbOf(words)
  const has = (flag: RegExp) => words.some((word) => flag.test(word))
  const others = words.filter((word) => !word.startsWith('-'))
  switch (name) {
    case 'npm':
    case 'pnpm':
    case 'bun':
      return installs.test(verb) && !has(/^(?:-g|--global|-C|--prefix|--dir|--cwd|--lockfile-only)/)
        ? 'node_modules'
        : undefined
    case 'yarn':
      return /^(?:install)?$/.test(verb) && !has(/^(?:--cwd|--modules-folder|--version|-v|--help)/)
        ? 'node_modules'
        : undefined
    case 'uv':
      return verb === 'sync' && !env.has('UV_PROJECT_ENVIRONMENT') && !has(/^(?:--active|--project|--directory)/)
        ? '.venv'
        : undefined
    case 'cargo':
      return verb === 'build' && !env.has('CARGO_TARGET_DIR') && !has(/^(?:--target-dir|--manifest-path)/)
        ? 'target'
        : undefined
    case 'mix':
      return verb === 'deps.get' && !env.has('MIX_DEPS_PATH') ? 'deps' : undefined
    case 'composer':
      return verb === 'install' && !env.has('COMPOSER_VENDOR_DIR') && !has(/^(?:-d|--working-dir)/)
        ? 'vendor'
        : undefined
    case 'mkdir':
    case 'touch':
      return others.length === 1 && !/[*?$~{]/.test(others[0] as string) ? others[0] : undefined
    default:
      return undefined
  }
}
