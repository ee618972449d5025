import {type Fact, type FactStore, failed, known} from '../facts.ts'
import type {FlyClient} from './client.ts'
import {listOf, textOf} from './json.ts'

/** The secrets of the app: their names only. */
export interface Secrets {
  names: ReadonlySet<string>
}

export async function loadSecrets(client: FlyClient, facts: FactStore): Promise<Fact<Secrets>> {
  const app = await facts.get('app')
  if (app.state !== 'ok') return app
  const answer = await client.json(['secrets', 'list', '-a', app.value.name])
  if (!answer.ok) return failed(answer.message)
  const list = listOf(answer.json)
  if (!list) return failed('flyctl secrets list printed no list')
  return known({names: new Set(list.flatMap((secret) => textOf(secret, 'name') ?? []))})
}
