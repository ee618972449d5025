import {absent, type Fact, type FactStore} from '../facts.ts'
import {askAboutApp} from './ask.ts'
import type {FlyClient} from './client.ts'
import {eachOf, listOf, numberOf, stateOf, textOf} from './json.ts'

/** A release, the newest first; flyctl lists the last 25. */
export interface Release {
  version: number
  /** `complete`, `failed`, `interrupted`, `pending`, `running`. */
  status: string
  /** ISO 8601. */
  createdAt: string | undefined
}

export async function loadReleases(client: FlyClient, facts: FactStore): Promise<Fact<Release[]>> {
  const releases = await askAboutApp(client, facts, ['releases'], (json) =>
    listOf(json)
      ? eachOf(json, (release) => {
          const [version, status] = [numberOf(release, 'Version'), stateOf(release, 'Status')]
          return version !== undefined && status
            ? {version, status: status.toLowerCase(), createdAt: textOf(release, 'CreatedAt')}
            : undefined
        })
      : undefined,
  )
  if (releases.state === 'ok' && releases.value.length === 0) return absent('the app has never been deployed')
  return releases
}
