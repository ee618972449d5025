import {posix, relative, resolve} from 'node:path'
import {escapePattern} from '../escape-pattern.ts'
import type {Tracked} from '../files/files.ts'
import {type ProjectReader, withSlashes} from '../files/reader.ts'
import {configNames, isConfigName} from '../fly-config/find.ts'
import {parseConfig} from '../fly-config/fly-config.ts'
import {programsIn} from '../processes/named-programs.ts'
import type {FlyctlCall} from './flyctl-calls.ts'

/** A call of `flyctl deploy`, with the configuration that it reads. Paths are relative to preflight's folder. */
export interface Deploy {
  call: FlyctlCall
  /** What `-c` names, else flyctl's default; undefined where it cannot be told. */
  wanted: string | undefined
  /** The file that flyctl then reads; undefined where there is none, or where it cannot be told. */
  config: string | undefined
  /** Surely no configuration is found, and no name of an app is given in its place. */
  isLost: boolean
  /** The app is named, and where flyctl runs there is neither a configuration nor a Dockerfile. */
  isBare: boolean
  /**
   * A step before it does nothing but go to this folder, which holds for that step alone; where flyctl finds a
   * configuration nevertheless, this folder has another one.
   */
  cd: string | undefined
  /** `-a`, FLY_APP, or `app` of the configuration; undefined where it cannot be told. */
  app: string | undefined
  /** What `--dockerfile` names, where it counts and the checkout surely has no such file. */
  lostDockerfile: string | undefined
}

export async function readDeploys(calls: readonly FlyctlCall[], reader: ProjectReader, tracked: Tracked) {
  return Promise.all(calls.filter(({command}) => command === 'deploy').map(readDeploy))

  async function readDeploy(call: FlyctlCall): Promise<Deploy> {
    const named = call.flags.has('config')
    const value = call.flags.get('config')
    const {folder} = call
    const known = folder !== undefined && (!named || (value !== undefined && !value.startsWith('/')))
    if (!known) {
      const app = await appOf(call, undefined)
      return {call, ...unknown, app}
    }
    const wanted = await fromHere(posix.join(folder, named ? (value as string) : configNames[0]))
    const candidates = named
      ? [wanted, posix.join(wanted, configNames[0])]
      : await Promise.all(configNames.map((name) => fromHere(posix.join(folder, name))))
    const found = await Promise.all(candidates.map(isThere))
    const there = candidates[found.indexOf(true)]
    // `cp fly.prod.toml fly.toml`: what flyctl reads is that one.
    const laid = there === undefined ? undefined : laidBefore(call, there)
    const config = laid !== undefined && (await isThere(laid)) ? laid : there
    const app = await appOf(call, config)
    // Without a file flyctl takes the configuration that the app has on Fly.io.
    const hasName = !named && (call.flags.has('app') || namesApp(call))
    const isMade = async () => mayMake(call, posix.basename(wanted)) || (await isWritten(call, posix.basename(wanted)))
    const isLost = config === undefined && !hasName && !(await isMade())
    const isBare =
      config === undefined && hasName && call.flags.has('app') && !(await isMade()) && (await isEmpty(call))
    const cd =
      isBare || (config !== undefined && !named && (await isAnother(call, config))) ? lastingCd(call) : undefined
    return {call, wanted, config, isLost, isBare, cd, app, lostDockerfile: await lostDockerfile(call, config)}
  }

  /** `fly.toml` for `../../apps/api/fly.toml`, where preflight's folder is `apps/api`. */
  async function fromHere(path: string): Promise<string> {
    if (!path.startsWith('../')) return path
    const here = await reader.real('.')
    return withSlashes(relative(here, resolve(here, path))) || '.'
  }

  /** Whether the folder that a step before goes to, in vain, has a configuration of its own. */
  async function isAnother(call: FlyctlCall, config: string): Promise<boolean> {
    const cd = lastingCd(call)
    if (cd === undefined || call.step.workingDirectory) return false
    const there = await fromHere(posix.join(call.folder ?? '.', cd, configNames[0]))
    return there !== config && (await isThere(there))
  }

  /** Nothing there can be built; what else a step may have laid there names it. */
  async function isEmpty({folder = '.', flags, before}: FlyctlCall): Promise<boolean> {
    if (
      ['image', 'dockerfile', 'nixpacks', 'buildpacks'].some((flag) => flags.has(flag)) ||
      /[Dd]ockerfile/.test(before)
    )
      return false
    const places = ['Dockerfile', 'dockerfile'].map((name) => posix.join(folder, name))
    return !(await Promise.all(places.map(isThere))).includes(true)
  }

  /** Whether a program of the project that ran before names the file, or one whose name it makes: `fly.${stage}.toml`. */
  async function isWritten({before, folder = '.'}: FlyctlCall, name: string): Promise<boolean> {
    let texts = [before]
    for (let depth = 0; depth < 2 && texts.length > 0; depth++) {
      const paths = new Set(
        texts.flatMap((text) => [
          ...programsIn(text),
          ...(/\b(?:npm|pnpm|yarn|bun) /.test(text) ? ['package.json'] : []),
          ...(/\bmake /.test(text) ? ['Makefile'] : []),
          ...(/\bjust /.test(text) ? ['justfile'] : []),
        ]),
      )
      const places = [...paths].flatMap((path) => [posix.normalize(path), posix.join(folder, path)])
      const own = [...new Set(places)].filter((path) => tracked.has(path))
      texts = (await Promise.all(own.map((path) => reader.glance(path)))).map((file) => file?.text ?? '')
      if (texts.some((text) => text.includes(name) || /\bfly\.[^\s\w][^\n]{0,80}\.toml\b/.test(text))) return true
    }
    return false
  }

  /** It is relative to the folder that flyctl works in, and what [build] of the configuration names counts before it. */
  async function lostDockerfile(call: FlyctlCall, config: string | undefined): Promise<string | undefined> {
    const value = call.flags.get('dockerfile')
    const {folder, before} = call
    if (folder === undefined || config === undefined || call.flags.has('image')) return undefined
    if (!value || !/^[\w./-]+$/.test(value) || value.startsWith('/')) return undefined
    const path = posix.join(folder, value)
    const made = before.includes(posix.basename(path)) || !/\bactions\/checkout@/.test(before)
    const {buildsFrom} = await readApp(config, reader)
    return made || buildsFrom || (await isThere(path)) ? undefined : path
  }

  /** What git ignores is not in the checkout, even where it is here. */
  async function isThere(path: string): Promise<boolean> {
    if ((await reader.kindOf(path)) !== 'file') return false
    return path.startsWith('../') || tracked.has(path)
  }

  async function appOf(call: FlyctlCall, config: string | undefined): Promise<string | undefined> {
    if (call.flags.has('app')) return call.flags.get('app')
    if (namesApp(call) || config === undefined) return undefined
    return (await readApp(config, reader)).app
  }
}

/** What a configuration says of its app. */
interface NamedApp {
  app: string | undefined
  /** [build] names a Dockerfile, an image or a builder; also where the file cannot be read. */
  buildsFrom: boolean
}

/** Read once, however many deploys name it. */
function readApp(config: string, reader: ProjectReader): Promise<NamedApp> {
  const known = apps.get(reader) ?? new Map<string, Promise<NamedApp>>()
  apps.set(reader, known)
  const app = known.get(config) ?? appIn(config, reader)
  known.set(config, app)
  return app
}
const apps = new WeakMap<ProjectReader, Map<string, Promise<NamedApp>>>()

async function appIn(config: string, reader: ProjectReader): Promise<NamedApp> {
  const file = await reader.glance(config)
  const root = file && (await parseConfig(file))
  if (!root || 'message' in root) return {app: undefined, buildsFrom: true}
  const app = root.entries.get('app')
  const build = root.entries.get('build')
  return {
    app: app?.type === 'string' ? app.value : undefined,
    buildsFrom: build !== undefined && (build.type !== 'table' || build.entries.size > 0),
  }
}

/** The configurations of a folder and of those directly below it. */
export async function configsNear(folder: string, reader: ProjectReader): Promise<string[]> {
  const names = await reader.list(folder)
  const below = names.filter((name) => name.endsWith('/') && name !== '.git/' && name !== 'node_modules/')
  const found = await Promise.all(
    ['', ...below].map(async (each) => {
      const inside = each === '' ? names : await reader.list(posix.join(folder, each))
      return inside
        .filter((name) => isConfigName(name) || (each.includes('fly') && name.endsWith('.toml')))
        .map((name) => reader.display(posix.join(folder, each, name)))
    }),
  )
  return found.flat()
}

const unknown = {
  wanted: undefined,
  config: undefined,
  isLost: false,
  isBare: false,
  cd: undefined,
  lostDockerfile: undefined,
}

/** `run: cd api`: each step begins in the folder of the checkout again. */
function lastingCd({job, step}: FlyctlCall): string | undefined {
  // Between it and the deploy flyctl is installed.
  const before = job.steps.slice(0, job.steps.indexOf(step)).findLast(({run}) => run)
  return /^\s*cd\s+(\.?\/?[\w./-]+)\s*$/.exec(before?.run?.text ?? '')?.[1]
}

const namesApp = ({step, workflow}: FlyctlCall): boolean =>
  step.env.has('FLY_APP') || /\bFLY_APP=/.test(workflow.file.text)

/** The file beside a configuration that the job copies over it before. */
function laidBefore({before}: FlyctlCall, config: string): string | undefined {
  const name = escapePattern(posix.basename(config))
  const copy = new RegExp(
    `\\b(?:cp|mv)\\s{1,9}(?:-\\w{1,9}\\s{1,9}){0,3}(?:\\./)?([\\w.-]{1,200}\\.toml)\\s{1,9}(?:\\./)?${name}(?=[\\s;&|]|$)`,
    'g',
  )
  const source = [...before.matchAll(copy)].at(-1)?.[1]
  return source && posix.join(posix.dirname(config), source)
}

/** An earlier step may make the file: it names it, or is of the kind that writes a configuration. */
const mayMake = ({before, step}: FlyctlCall, name: string): boolean =>
  // Another deploy reads its own.
  before.replace(/\bfly(?:ctl)?[ \t]+deploy\b(?:\\\r?\n|[^\n;&|]){0,2000}/g, '').includes(name) ||
  /\bfly(ctl)?\s+(launch|config\s+save)\b|download-artifact|uses: \.\//.test(before) ||
  // Nothing brings the project as the repository has it: ci/checkout tells of it.
  !/\bactions\/checkout\b|\bgit\s+(?:clone|init|fetch|pull)\b|\bgh\s+repo\b/.test(before) ||
  step.env.has('FLY_CONFIG')
