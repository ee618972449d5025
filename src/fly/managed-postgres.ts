import {absent, type Fact, type FactStore, failed, known} from '../facts.ts'
import type {FlyClient} from './client.ts'
import {listOrSentence, textOf} from './json.ts'

/** A Managed Postgres cluster of the app's organisation. */
export interface Cluster {
  id: string
  name: string
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
  return known(
    list.flatMap((cluster) => {
      const [id, name] = [textOf(cluster, 'id'), textOf(cluster, 'name')]
      return id && name ? [{id, name}] : []
    }),
  )
}
