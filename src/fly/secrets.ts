import type {Fact, FactStore} from '../facts.ts'
import {askAboutApp} from './ask.ts'
import type {FlyClient} from './client.ts'
import {eachOf, listOf, textOf} from './json.ts'

/** The secrets of the app: their names only. */
export interface Secrets {
  names: ReadonlySet<string>
  /**
   * How many of the machines have each: `staged`, none; `partial`, some. From flyctl 0.4.6 on, up to 100 machines.
   * flyctl says `staged`, too, when it cannot list machines or releases: alone it is weak evidence.
   */
  status: ReadonlyMap<string, 'deployed' | 'staged' | 'partial' | 'unknown'>
}

export const loadSecrets = (client: FlyClient, facts: FactStore): Promise<Fact<Secrets>> =>
  askAboutApp(client, facts, ['secrets', 'list'], (json) => {
    if (!listOf(json)) return undefined
    const secrets = eachOf(json, (secret) => {
      const name = textOf(secret, 'name')
      return name ? {name, status: textOf(secret, 'status')?.toLowerCase()} : undefined
    })
    return {
      names: new Set(secrets.map(({name}) => name)),
      status: new Map(
        secrets.map(({name, status}) => [
          name,
          status === 'deployed' || status === 'staged' || status === 'partial' ? status : 'unknown',
        ]),
      ),
    }
  })
