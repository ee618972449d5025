import {absent, type Fact, type FactStore, failed, known} from '../facts.ts'
import type {FlyClient} from './client.ts'
import {field, listOrSentence, textOf} from './json.ts'

/** Unmanaged Postgres: apps of Fly's Postgres image, in every organisation the login may see. */
export interface PostgresApps {
  apps: {name: string; organization: string | undefined}[]
}

export async function loadPostgres(client: FlyClient, facts: FactStore): Promise<Fact<PostgresApps>> {
  const session = await facts.get('session')
  if (session.state !== 'ok') return session
  const answer = await client.json(['postgres', 'list'])
  const list = answer.ok ? listOrSentence(answer.json) : undefined
  const apps = list?.flatMap((app) => {
    const name = textOf(app, 'Name')
    return name ? [{name, organization: textOf(field(app, 'Organization'), 'Slug')}] : []
  })
  if (apps && apps.length > 0) return known({apps})
  // A token of one app sees no others: that it finds none, or is refused, says nothing.
  if (session.value.automation) return absent('this token may not see other apps of the organisation')
  if (!answer.ok) return failed(answer.message)
  return apps ? known({apps}) : failed('flyctl postgres list printed no list')
}
