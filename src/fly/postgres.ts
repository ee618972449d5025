import {absent, type Fact, type FactStore, known} from '../facts.ts'
import {notUnderstood, unanswered} from './ask.ts'
import type {FlyClient} from './client.ts'
import {eachOf, field, listOrSentence, textOf} from './json.ts'

/** Unmanaged Postgres: apps of Fly's Postgres image, in every organisation the login may see. */
export interface PostgresApps {
  apps: {name: string; organization: string | undefined}[]
}

export async function loadPostgres(client: FlyClient, facts: FactStore): Promise<Fact<PostgresApps>> {
  const session = await facts.get('session')
  if (session.state !== 'ok') return session
  const command = ['postgres', 'list']
  const answer = await client.json(command)
  if (!answer.ok) return unanswered(answer, command, session.value.automation)
  const list = listOrSentence(answer.json)
  if (!list) return notUnderstood(command)
  // A token of one app sees no others: that it finds none says nothing.
  if (list.length === 0 && session.value.automation)
    return absent('this token may not see other apps of the organisation')
  return known({
    apps: eachOf(list, (app) => {
      const name = textOf(app, 'Name')
      return name ? {name, organization: textOf(field(app, 'Organization'), 'Slug')} : undefined
    }),
  })
}
