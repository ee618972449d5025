import {absent, type Fact, type FactStore, known} from '../facts.ts'
import {notUnderstood, unanswered} from './ask.ts'
import type {FlyClient} from './client.ts'
import {eachOf, field, listOrSentence, textOf} from './json.ts'

/** Unmanaged Postgres: apps of Fly's Postgres image, in every organisation the login may see. */
export interface PostgresApps {
  apps: {name: string; organization: string | undefined}[]
}

/** Asked for where preflight.toml names one, or one could give the app the DATABASE_URL that it lacks. */
export async function loadPostgres(client: FlyClient, facts: FactStore): Promise<Fact<PostgresApps>> {
  const isNamed = (await facts.value('settings'))?.postgres.app !== undefined
  if (!isNamed && !(await lacksDatabaseUrl(facts))) return absent('nothing asks for a Postgres app')
  const session = await facts.need('session')
  const command = ['postgres', 'list']
  const answer = await client.json(command)
  if (!answer.ok) return unanswered(answer, command, session.automation)
  const list = listOrSentence(answer.json)
  if (!list) return notUnderstood(command)
  // A token of one app sees no others: that it finds none says nothing.
  if (list.length === 0 && session.automation) return absent('this token may not see other apps of the organisation')
  return known({
    apps: eachOf(list, (app) => {
      const name = textOf(app, 'Name')
      return name ? {name, organization: textOf(field(app, 'Organization'), 'Slug')} : undefined
    }),
  })
}

async function lacksDatabaseUrl(facts: FactStore): Promise<boolean> {
  const wanted = await facts.value('wantedSecrets')
  if (!wanted?.some(({names}) => names.includes('DATABASE_URL'))) return false
  const secrets = await facts.value('secrets')
  return secrets !== undefined && !secrets.names.has('DATABASE_URL')
}
