import {FactStore, known, type Loaders} from '../../src/facts.ts'
import {flyLoaders} from '../../src/fly/index.ts'
import {recordedFly} from '../harness.ts'

/** What flyctl prints by itself: the scenario, single answers that differ from it, the variables that it would see. */
export interface Said {
  flyctl?: string
  answers?: Readonly<Record<string, string>>
  env?: Readonly<Record<string, string>>
  /** Whether preflight.toml names a Postgres app. Default: it does. */
  namesPostgres?: boolean
  /** The secrets that the app is said to need. */
  wanted?: readonly string[]
  /** What fly.toml has that decides whether something is asked for at all. Default: all of it. */
  config?: {mounts?: readonly unknown[]; services?: readonly unknown[]; guests?: readonly unknown[]}
}

/** The live facts of the app `shop`, from recorded answers. */
export function liveFactsOf({env = {}, config = {}, namesPostgres = true, wanted = [], ...said}: Said = {}): FactStore {
  const loaders: Partial<Loaders> = {
    ...flyLoaders(recordedFly(said), {env, now: () => new Date('2026-07-01T12:00:00Z')}),
    appName: async () => known({name: 'shop'}),
    settings: async () => known({postgres: namesPostgres ? {app: {name: 'shop-db'}} : {}} as never),
    wantedSecrets: async () => known(wanted.map((name) => ({names: [name]})) as never),
    flyConfig: async () =>
      known({
        config: {mounts: config.mounts ?? [{source: 'data', destination: '/data'}]},
        services: config.services ?? [{}],
        guests: config.guests ?? [{used: true, size: 'unheard-of', machine: undefined}],
      } as never),
  }
  return new FactStore(loaders as Loaders)
}

export const json = (value: unknown): string => JSON.stringify(value)

/** The error of an app that Fly.io does not show, as flyctl prints it. */
export const notFound =
  'Error: failed to get app: failed to run query ($appName: String!) { app(name: $appName) { id } }: Could not find App "shop"'
export const revoked =
  'Error: failed to list app secrets: Authenticate: token validation error (Request ID: 01K2Z8-iad)'
