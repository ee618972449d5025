import {posix} from 'node:path'
import type {Tracked} from '../files.ts'
import {configNames, isConfigName} from '../fly-config/find.ts'
import {parseConfig} from '../fly-config/fly-config.ts'
import type {ProjectReader} from '../reader.ts'
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
  /** `-a`, FLY_APP, or `app` of the configuration; undefined where it cannot be told. */
  app: string | undefined
}

export async function readDeploys(calls: readonly FlyctlCall[], reader: ProjectReader, tracked: Tracked) {
  return Promise.all(calls.filter(({command}) => command === 'deploy').map(readDeploy))

  async function readDeploy(call: FlyctlCall): Promise<Deploy> {
    const named = call.flags.has('config')
    const value = call.flags.get('config')
    const {folder} = call
    const known = folder !== undefined && (!named || (value !== undefined && !value.startsWith('/')))
    if (!known) return {call, wanted: undefined, config: undefined, isLost: false, app: await appOf(call, undefined)}
    const wanted = posix.join(folder, named ? (value as string) : configNames[0])
    const candidates = named
      ? [wanted, posix.join(wanted, configNames[0])]
      : configNames.map((name) => posix.join(folder, name))
    const found = await Promise.all(candidates.map(isThere))
    const config = candidates[found.indexOf(true)]
    const app = await appOf(call, config)
    // Without a file flyctl takes the configuration that the app has on Fly.io.
    const hasName = !named && (call.flags.has('app') || namesApp(call))
    const isLost = config === undefined && !hasName && !mayMake(call, posix.basename(wanted))
    return {call, wanted, config, isLost, app}
  }

  /** What git ignores is not in the checkout, even where it is here. */
  async function isThere(path: string): Promise<boolean> {
    if ((await reader.kindOf(path)) !== 'file') return false
    return path.startsWith('../') || tracked.has(path)
  }

  async function appOf(call: FlyctlCall, config: string | undefined): Promise<string | undefined> {
    if (call.flags.has('app')) return call.flags.get('app')
    if (namesApp(call) || config === undefined) return undefined
    return appIn(config, reader)
  }
}

/** The app that a configuration names; read once, however many deploys name it. */
function appIn(config: string, reader: ProjectReader): Promise<string | undefined> {
  const known = apps.get(reader) ?? new Map<string, Promise<string | undefined>>()
  apps.set(reader, known)
  const app = known.get(config) ?? readApp(config, reader)
  known.set(config, app)
  return app
}
const apps = new WeakMap<ProjectReader, Map<string, Promise<string | undefined>>>()

async function readApp(config: string, reader: ProjectReader): Promise<string | undefined> {
  const file = await reader.glance(config)
  const root = file && (await parseConfig(file))
  if (!root || 'message' in root) return undefined
  const app = root.entries.get('app')
  return app?.type === 'string' ? app.value : undefined
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

const namesApp = ({step, workflow}: FlyctlCall): boolean =>
  step.env.has('FLY_APP') || /\bFLY_APP=/.test(workflow.file.text)

/** An earlier step may make the file: it names it, or is of the kind that writes a configuration. */
const mayMake = ({before, step}: FlyctlCall, name: string): boolean =>
  before.includes(name) ||
  /\bfly(ctl)?\s+(launch|config\s+save)\b|download-artifact|uses: \.\//.test(before) ||
  step.env.has('FLY_CONFIG')
