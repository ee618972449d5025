import {absent, type Fact, type FactStore, failed, known} from '../facts.ts'
import type {FlyClient} from './client.ts'
import {eachOf, field, listOrSentence, textOf} from './json.ts'

/** A Managed Postgres cluster of the app's organisation. */
export interface Cluster {
  id: string
  name: string
  region: string | undefined
  /** `ready`, `failed`, `error`, or one that passes. */
  status: string | undefined
  /** The apps that have its URL as a secret; undefined: flyctl does not say. */
  attachedApps: string[] | undefined
}

export async function loadManagedPostgres(client: FlyClient, facts: FactStore): Promise<Fact<Cluster[]>> {
  const [session, app] = await Promise.all([facts.get('session'), facts.get('app')])
  if (session.state !== 'ok') return session
  if (app.state !== 'ok') return app
  const {organization} = app.value
  if (!organization) return absent('the organisation of the app is not known')
  const answer = await client.json(['mpg', 'list', '-o', organization])
  const list = answer.ok ? listOrSentence(answer.json) : undefined
  if (!list) {
    if (session.value.automation) return absent('this token may not list the Managed Postgres of the organisation')
    if (!answer.ok && answer.cause === 'auth') return absent('flyctl mpg needs a newer login (flyctl auth login)')
    return failed(answer.ok ? 'flyctl mpg list printed no list' : answer.message)
  }
  if (list.length === 0 && session.value.automation)
    return absent('this token may not see the Managed Postgres of the organisation')
  return known(eachOf(list, readCluster))
}

function readCluster(json: unknown): Cluster | undefined {
  const [id, name] = [textOf(json, 'id'), textOf(json, 'name')]
  if (!id || !name) return undefined
  const attached = field(json, 'attached_apps')
  return {
    id,
    name,
    region: textOf(json, 'region'),
    status: textOf(json, 'status'),
    attachedApps: attached === undefined ? undefined : eachOf(attached, (app) => textOf(app, 'name')),
  }
}
