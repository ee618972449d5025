import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {lockFiles} from '../locks/lock-files.ts'
import {lockedVersion} from '../locks/locked-version.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'
import {readManifest} from '../workspace/workspace.ts'
import {type StartedPackage, startedPackages} from './started-packages.ts'

/** A plugin that says which Fastify it is for, and that there is another one. */
export interface FastifyPlugin extends StartedPackage {
  version: string
  fastify: string
  /** The last major version for Fastify 4, or the first one for 5. */
  fitting: number
}

/** The first major version for Fastify 5; those before it take a Fastify of version 4 at most (fastify-plugin's `fastify`). */
const forFive: Readonly<Record<string, number>> = {
  '@fastify/compress': 8,
  '@fastify/cors': 10,
  '@fastify/helmet': 12,
  '@fastify/multipart': 9,
  '@fastify/rate-limit': 10,
  '@fastify/sensible': 6,
  '@fastify/static': 8,
  '@fastify/swagger': 9,
  '@fastify/swagger-ui': 5,
  '@fastify/websocket': 11,
}

export async function loadFastifyPlugins(inputs: Inputs, facts: FactStore): Promise<Fact<FastifyPlugin[]>> {
  const {reader} = inputs
  const locked = await lockedVersion(reader)
  const npm = await reader.text('package-lock.json')
  // Which of several a plugin is given, the lock file alone does not say.
  const several = Object.keys((npm && npmLockPackages(npm)) ?? {}).filter((path) =>
    /(?:^|\/)node_modules\/fastify$/.test(path),
  )
  const hasLock = (await Promise.all(lockFiles.map((name) => reader.text(name)))).some(Boolean)
  const manifest = hasLock ? undefined : await readManifest(reader, '')
  // Without a lock file the newest is taken that package.json allows, whose major version stands there.
  const versionOf = (name: string) => (hasLock ? locked(name) : majorRange(manifest?.dependencies[name]))
  const fastify = several.length > 1 ? undefined : versionOf('fastify')
  const major = Number.parseInt(fastify ?? '', 10)
  if (fastify === undefined || !(major === 4 || major === 5)) return known([])
  const wrong = Object.entries(forFive).flatMap(
    ([name, first]): [string, Pick<FastifyPlugin, 'version' | 'fitting'>][] => {
      const version = versionOf(name)
      const isForFive = Number.parseInt(version ?? '', 10) >= first
      return version === undefined || isForFive === (major === 5)
        ? []
        : [[name, {version, fitting: major === 5 ? first : first - 1}]]
    },
  )
  if (wrong.length === 0) return known([])
  const loaded = await startedPackages(inputs, facts)
  return known(
    wrong.flatMap(([name, plugin]) =>
      loaded.filter((each) => each.name === name).map((each) => ({...each, ...plugin, fastify})),
    ),
  )
}

/** `4` of `^4.28.1` and of `4.x`; undefined for a range over several. */
const majorRange = (range: string | undefined): string | undefined =>
  /^[\^~]?(\d{1,4})\.[\w.]{1,50}$/.exec(range ?? '')?.[1]
