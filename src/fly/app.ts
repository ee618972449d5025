import {type Fact, type FactStore, failed, known} from '../facts.ts'
import {didYouMean} from '../suggest.ts'
import type {FlyClient} from './client.ts'
import {booleanOf, eachOf, field, listOf, numberOf, textOf} from './json.ts'
import {type Machine, readMachines} from './machines.ts'

export interface App {
  name: string
  /** Slug; undefined where the token may not see it. */
  organization: string | undefined
  /** Whether it has ever been deployed: until then deploy makes volumes and addresses by itself. */
  deployed: boolean
  /** `deployed`, `suspended`, `pending`, or a text of Fly's. */
  status: string | undefined
  /** Of the current release; 0: there is none. */
  release: number
  /** Those of Fly Launch that are not destroyed, without those of release commands. */
  machines: Machine[]
  /** `shop.fly.dev` */
  hostname: string | undefined
}

/** `status` is the one command that any token that may deploy the app can run. */
export async function loadApp(client: FlyClient, facts: FactStore): Promise<Fact<App>> {
  const [session, name] = await Promise.all([facts.get('session'), facts.get('appName')])
  if (name.state !== 'ok') return name
  if (session.state !== 'ok') return session
  const app = name.value.name
  const answer = await client.json(['status', '-a', app])
  if (!answer.ok) {
    if (answer.cause === 'billing') {
      return failed(answer.message, {
        kind: 'refused',
        message: `Fly.io does nothing for the organisation of ${app} until it is paid: ${answer.message.replace(/^flyctl [^:]*: /, '')}`,
        at: {live: 'app', subject: app},
        hint: 'Add a credit card or pay the open invoice: flyctl dashboard, then Billing.',
      })
    }
    if (answer.cause !== 'not-found') return failed(answer.message)
    const meant = session.value.automation ? '' : didYouMean(app, await visibleApps(client))
    return failed(`the app ${app} is not there`, {
      kind: 'missing',
      message: `the app "${app}" does not exist on Fly.io, or this login may not see it.${meant}`.replace(/\.$/, ''),
      at: {live: 'app', subject: app},
      hint: `Make it: flyctl apps create ${app}. If it exists, check the name and the login (flyctl auth whoami).`,
    })
  }
  if (!textOf(answer.json, 'Name')) return failed('flyctl status printed something else than a status')
  return known({
    name: app,
    organization: textOf(field(answer.json, 'Organization'), 'Slug'),
    deployed: booleanOf(answer.json, 'Deployed'),
    status: textOf(answer.json, 'Status'),
    release: numberOf(answer.json, 'Version') ?? 0,
    machines: readMachines(listOf(field(answer.json, 'Machines'))),
    hostname: textOf(answer.json, 'Hostname'),
  })
}

/** Only for a suggestion: that a list is empty or refused says nothing. */
async function visibleApps(client: FlyClient): Promise<string[]> {
  const answer = await client.json(['apps', 'list'])
  return answer.ok ? eachOf(answer.json, (app) => textOf(app, 'Name')) : []
}
