import {type Fact, type FactStore, failed, known} from '../facts.ts'
import type {FlyClient} from './client.ts'
import {field, textOf} from './json.ts'

export interface App {
  name: string
  /** Slug; undefined where the token may not see it. */
  organization: string | undefined
}

/** `status` is the one command that any token that may deploy the app can run. */
export async function loadApp(client: FlyClient, facts: FactStore): Promise<Fact<App>> {
  const [session, name] = await Promise.all([facts.get('session'), facts.get('appName')])
  if (name.state !== 'ok') return name
  if (session.state !== 'ok') return session
  const app = name.value.name
  const answer = await client.json(['status', '-a', app])
  if (!answer.ok) {
    if (answer.cause !== 'not-found') return failed(answer.message)
    return failed(`the app ${app} is not there`, {
      kind: 'missing',
      message: `the app "${app}" does not exist on Fly.io, or this login may not see it`,
      at: {live: 'app', subject: app},
      hint: `Make it: flyctl apps create ${app}. If it exists, check the name and the login (flyctl auth whoami).`,
    })
  }
  if (!textOf(answer.json, 'Name')) return failed('flyctl status printed something else than a status')
  return known({
    name: app,
    organization: textOf(field(answer.json, 'Organization'), 'Slug'),
  })
}
