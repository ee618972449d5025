/** The loaders of the live facts: nothing runs before a check asks for one. */
import {absent, type LiveFactName, type Loaders} from '../facts.ts'
import type {FlyClient} from './client.ts'

export function flyLoaders(client: FlyClient): Pick<Loaders, LiveFactName> {
  return {
    flyctl: async () => (await import('./flyctl.ts')).loadFlyctl(client),
    session: async (facts) => (await import('./session.ts')).loadSession(client, facts),
    app: async (facts) => (await import('./app.ts')).loadApp(client, facts),
    secrets: async (facts) => (await import('./secrets.ts')).loadSecrets(client, facts),
    postgres: async (facts) => (await import('./postgres.ts')).loadPostgres(client, facts),
    managedPostgres: async (facts) => (await import('./managed-postgres.ts')).loadManagedPostgres(client, facts),
  }
}

/** Nothing is asked of Fly.io: a check that can do without a live fact goes without it. */
export function unaskedLoaders(reason: string): Pick<Loaders, LiveFactName> {
  const unasked = async () => absent(reason)
  return {
    flyctl: unasked,
    session: unasked,
    app: unasked,
    secrets: unasked,
    postgres: unasked,
    managedPostgres: unasked,
  }
}
