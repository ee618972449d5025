import {absent, type Fact, type FactStore, known} from '../facts.ts'
import {askerOf, notUnderstood, unanswered} from './ask.ts'
import type {FlyClient} from './client.ts'
import {eachOf, field, listOrSentence, stateOf, textOf} from './json.ts'

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
  const asker = await askerOf(facts)
  if (asker.state !== 'ok') return asker
  const {organization, automation} = asker.value
  const command = ['mpg', 'list', '-o', organization]
  const answer = await client.json(command)
  if (!answer.ok) {
    // It takes no token of the old kind, and says the same where a damaged one was dropped.
    if (/older-style tokens/i.test(answer.message))
      return absent('flyctl mpg needs a newer login or token (flyctl auth login)')
    return unanswered(answer, command, automation)
  }
  const list = listOrSentence(answer.json)
  if (!list) return notUnderstood(command)
  if (list.length === 0 && automation) return absent('this token may not see the Managed Postgres of the organisation')
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
    status: stateOf(json, 'status'),
    attachedApps: attached === undefined ? undefined : eachOf(attached, (app) => textOf(app, 'name')),
  }
}
