/** The loaders of the live facts: nothing runs before a check asks for one. */
import {
  absent,
  type Fact,
  type FactStore,
  type Facts,
  type LiveFactName,
  type Loader,
  type Loaders,
  liveFacts,
} from '../facts.ts'
import type {FlyClient} from './client.ts'
import {commandLine} from './run-flyctl.ts'
import type {TokenSource} from './token.ts'

type LiveLoader<K extends LiveFactName> = (
  client: FlyClient,
  facts: FactStore,
  source: TokenSource,
) => Promise<Fact<Facts[K]>>

const loaders: {readonly [K in LiveFactName]: LiveLoader<K>} = {
  flyctl: async (client) => (await import('./flyctl.ts')).loadFlyctl(client),
  token: async (client, facts, source) => (await import('./token.ts')).loadToken(client, facts, source),
  session: async (client, facts, source) => (await import('./session.ts')).loadSession(client, facts, source),
  app: async (client, facts) => (await import('./app.ts')).loadApp(client, facts),
  secrets: async (client, facts) => (await import('./secrets.ts')).loadSecrets(client, facts),
  volumes: async (client, facts) => (await import('./volumes.ts')).loadVolumes(client, facts),
  ips: async (client, facts) => (await import('./ips.ts')).loadIps(client, facts),
  certificates: async (client, facts) => (await import('./certificates.ts')).loadCertificates(client, facts),
  regions: async (client, facts) => (await import('./regions.ts')).loadRegions(client, facts),
  vmSizes: async (client, facts) => (await import('./vm-sizes.ts')).loadVmSizes(client, facts),
  releases: async (client, facts) => (await import('./releases.ts')).loadReleases(client, facts),
  deployedConfig: async (client, facts) => (await import('./deployed-config.ts')).loadDeployedConfig(client, facts),
  postgres: async (client, facts) => (await import('./postgres.ts')).loadPostgres(client, facts),
  managedPostgres: async (client, facts) => (await import('./managed-postgres.ts')).loadManagedPostgres(client, facts),
  redis: async (client, facts) => (await import('./redis.ts')).loadRedis(client, facts),
}

export function flyLoaders(
  client: FlyClient,
  source: TokenSource,
  askers: Askers = new Map(),
): Pick<Loaders, LiveFactName> {
  return eachLiveFact((name) => (facts) => loaders[name](noting(client, name, askers), facts, source))
}

/** The facts that asked for each call, by its command line: what they wait for. */
export type Askers = Map<string, Set<LiveFactName>>

/** The client as one fact has it: what it asks is noted. */
function noting(client: FlyClient, fact: LiveFactName, askers: Askers): FlyClient {
  const note = (args: readonly string[]) => {
    const command = commandLine(args)
    askers.set(command, (askers.get(command) ?? new Set()).add(fact))
    return args
  }
  return {
    calls: client.calls,
    json: (args) => client.json(note(args)),
    text: (args) => client.text(note(args)),
  }
}

/** Nothing is asked of Fly.io: a check that can do without a live fact goes without it. */
export const unaskedLoaders = (reason: string): Pick<Loaders, LiveFactName> =>
  eachLiveFact(() => async () => absent(reason))

const eachLiveFact = (loader: (name: LiveFactName) => Loader<LiveFactName>): Pick<Loaders, LiveFactName> =>
  Object.fromEntries(liveFacts.map((name) => [name, loader(name)])) as unknown as Pick<Loaders, LiveFactName>
