import {absent, type Fact, type FactStore} from '../facts.ts'
import {askAboutApp} from './ask.ts'
import type {FlyClient} from './client.ts'
import {listWith, numberOf, stateOf, textOf} from './json.ts'

/** A release, the newest first; flyctl lists the last 25. */
export interface Release {
  version: number
  /** `complete`, `failed`, `interrupted`, `pending`, `running`. */
  status: string
  /** ISO 8601. */
  createdAt: string | undefined
}

export async function loadReleases(client: FlyClient, facts: FactStore): Promise<Fact<Release[]>> {
  const releases = await askAboutApp(client, facts, ['releases'], listWith(readRelease))
  if (releases.state === 'ok' && releases.value.length === 0) return absent('the app has never been deployed')
  return releases
}

function readRelease(json: unknown): Release | undefined {
  const [version, status] = [numberOf(json, 'Version'), stateOf(json, 'Status')]
  return version !== undefined && status
    ? {version, status: status.toLowerCase(), createdAt: textOf(json, 'CreatedAt')}
    : undefined
}
