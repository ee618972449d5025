/** The loaders of the live facts: nothing runs before a check asks for one. */
import {absent, type LiveFactName, type Loaders, liveFacts} from '../facts.ts'
import type {FlyClient} from './client.ts'
import type {TokenSource} from './token.ts'

export function flyLoaders(client: FlyClient, source: TokenSource): Pick<Loaders, LiveFactName> {
  return {
    flyctl: async () => (await import('./flyctl.ts')).loadFlyctl(client),
    token: async (facts) => (await import('./token.ts')).loadToken(client, facts, source),
    session: async (facts) => (await import('./session.ts')).loadSession(client, facts),
    app: async (facts) => (await import('./app.ts')).loadApp(client, facts),
    secrets: async (facts) => (await import('./secrets.ts')).loadSecrets(client, facts),
    volumes: async (facts) => (await import('./volumes.ts')).loadVolumes(client, facts),
    ips: async (facts) => (await import('./ips.ts')).loadIps(client, facts),
    certificates: async (facts) => (await import('./certificates.ts')).loadCertificates(client, facts),
    regions: async (facts) => (await import('./regions.ts')).loadRegions(client, facts),
    vmSizes: async (facts) => (await import('./vm-sizes.ts')).loadVmSizes(client, facts),
    releases: async (facts) => (await import('./releases.ts')).loadReleases(client, facts),
    deployedConfig: async (facts) => (await import('./deployed-config.ts')).loadDeployedConfig(client, facts),
    postgres: async (facts) => (await import('./postgres.ts')).loadPostgres(client, facts),
    managedPostgres: async (facts) => (await import('./managed-postgres.ts')).loadManagedPostgres(client, facts),
    redis: async (facts) => (await import('./redis.ts')).loadRedis(client, facts),
  }
}

/** Nothing is asked of Fly.io: a check that can do without a live fact goes without it. */
export function unaskedLoaders(reason: string): Pick<Loaders, LiveFactName> {
  const unasked = async () => absent(reason)
  const loaders: Partial<Record<LiveFactName, typeof unasked>> = {}
  for (const name of liveFacts) loaders[name] = unasked
  return loaders as Record<LiveFactName, typeof unasked>
}
