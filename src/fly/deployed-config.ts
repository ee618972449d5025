import {absent, type Fact, type FactStore} from '../facts.ts'
import {askAboutApp} from './ask.ts'
import type {FlyClient} from './client.ts'

/** The configuration of the current release, in the keys of fly.toml; empty ones are left out. */
export type DeployedConfig = Readonly<Record<string, unknown>>

export async function loadDeployedConfig(client: FlyClient, facts: FactStore): Promise<Fact<DeployedConfig>> {
  const config = askAboutApp(client, facts, ['config', 'show'], (json) =>
    typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as DeployedConfig) : undefined,
  )
  const app = await facts.get('app')
  // Without a release flyctl makes something up from machines, or fails.
  if (app.state === 'ok' && app.value.release === 0) return absent('the app has never been deployed')
  return config
}
