import {absent, type Fact, type FactStore, known} from '../facts.ts'
import {askerOf, notUnderstood, unanswered} from './ask.ts'
import type {FlyClient} from './client.ts'

/** A Redis of Upstash in the organisation of the app. Its URL, which holds the password, is never asked for. */
export interface Redis {
  name: string
  region: string | undefined
}

/** `redis list` has no JSON: a table of NAME, ORG, PLAN, EVICTION, PRIMARY REGION, READ REGIONS. */
export async function loadRedis(client: FlyClient, facts: FactStore): Promise<Fact<Redis[]>> {
  const asker = await askerOf(facts)
  if (asker.state !== 'ok') return asker
  const {organization, automation} = asker.value
  const command = ['redis', 'list', '-o', organization]
  const answer = await client.text(command)
  if (!answer.ok) return unanswered(answer, command, automation)
  const list = readTable(answer.text)
  if (!list) return notUnderstood(command)
  if (list.length === 0 && automation) return absent('this token may not see the Redis of the organisation')
  return known(list)
}

/** Only a header where there is none. */
function readTable(text: string): Redis[] | undefined {
  const rows = text.split('\n').map((row) => row.split(/[│\t]/).map((cell) => cell.trim()))
  const header = rows.findIndex((row) => row[0]?.toUpperCase() === 'NAME')
  if (header < 0) return undefined
  const region = rows[header]?.findIndex((title) => title.toUpperCase() === 'PRIMARY REGION') ?? -1
  return rows.slice(header + 1).flatMap((row) => {
    const [name] = row
    return name && row.length > 1 && !/^[-─]+$/.test(name) ? [{name, region: row[region] || undefined}] : []
  })
}
