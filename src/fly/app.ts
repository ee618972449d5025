import {type Fact, type FactStore, failed, known, type Problem} from '../facts.ts'
import {didYouMean} from '../suggest.ts'
import {noAnswer, notUnderstood} from './ask.ts'
import type {FlyClient} from './client.ts'
import {booleanOf, eachOf, field, listOf, numberOf, stateOf, textOf} from './json.ts'
import {type Machine, readMachines} from './machines.ts'

export interface App {
  name: string
  /** Slug; undefined where the token may not see it. */
  organization: string | undefined
  /** Whether it pays for a plan, which some regions ask for; undefined where the token may not see it. */
  paidPlan: boolean | undefined
  /** Whether it has ever been deployed: until then deploy makes volumes and addresses by itself. */
  deployed: boolean
  /** `deployed`, `suspended`, `pending`, or a text of Fly's. */
  status: string | undefined
  /** Of the current release; 0: there is none. */
  release: number
  /** Those that are not destroyed, without those of release commands. */
  machines: Machine[]
  /** `shop.fly.dev` */
  hostname: string | undefined
}

/** `status` is the one command that any token that may deploy the app can run. */
export async function loadApp(client: FlyClient, facts: FactStore): Promise<Fact<App>> {
  const [name, session] = await facts.needAll('appName', 'session')
  const app = name.name
  const answer = await client.json(['status', '-a', app])
  if (!answer.ok) {
    if (answer.cause === 'billing') return failed(answer.message, unpaid(app, answer.message))
    if (answer.cause !== 'not-found') return noAnswer(answer)
    const problem = session.automation ? hidden(app, (await facts.value('token'))?.appIds) : await missing(app, client)
    return failed(`the app ${app} is not there`, problem)
  }
  if (!textOf(answer.json, 'Name')) return notUnderstood(['status', '-a', app])
  return known({
    name: app,
    organization: textOf(field(answer.json, 'Organization'), 'Slug'),
    paidPlan: planOf(field(answer.json, 'Organization')),
    deployed: booleanOf(answer.json, 'Deployed'),
    status: stateOf(answer.json, 'Status'),
    release: numberOf(answer.json, 'Version') ?? 0,
    machines: readMachines(listOf(field(answer.json, 'Machines'))),
    hostname: textOf(answer.json, 'Hostname'),
  })
}

const unpaid = (app: string, said: string): Problem => ({
  kind: 'refused',
  message: `Fly.io does nothing for the organisation of ${app} until it is paid: ${said.replace(/^flyctl [^:]*: /, '')}`,
  at: {live: 'app', subject: app},
  hint: 'Add a credit card or pay the open invoice: flyctl dashboard, then Billing.',
})

/** A token of one app, or of one organisation: Fly.io says of every other app that it is not there. */
function hidden(app: string, appIds: readonly string[] | undefined): Problem {
  const limit = appIds
    ? `, which is limited to ${appIds.length === 1 ? `one app (number ${appIds[0]})` : `${appIds.length} apps`}`
    : ''
  return {
    kind: 'missing',
    message: `Fly.io shows no app "${app}" to this token${limit}: it does not exist, or the token is another app's`,
    at: {live: 'app', subject: app},
    hint: `Check the name. If the app exists, make a token for it: flyctl tokens create deploy -a ${app}`,
  }
}

async function missing(app: string, client: FlyClient): Promise<Problem> {
  const [apps, organizations] = await Promise.all([visibleApps(client), visibleOrganizations(client)])
  const meant = didYouMean(app, apps).replace(/\.$/, '')
  const organization = organizations.length === 1 ? organizations[0] : 'ORG'
  const choice = organizations.length > 1 ? ` (ORG is one of ${organizations.slice(0, 5).join(', ')})` : ''
  return {
    kind: 'missing',
    message: `the app "${app}" does not exist on Fly.io, or this login may not see it${meant && `.${meant}`}`,
    at: {live: 'app', subject: app},
    hint: `Make it: flyctl apps create ${app} -o ${organization}${choice}. If it exists, check the name and the login (flyctl auth whoami).`,
  }
}

function planOf(organization: unknown): boolean | undefined {
  const paid = field(organization, 'PaidPlan')
  return typeof paid === 'boolean' ? paid : undefined
}

/** Only for a suggestion: that a list is empty or refused says nothing. */
async function visibleApps(client: FlyClient): Promise<string[]> {
  const answer = await client.json(['apps', 'list'])
  return answer.ok ? eachOf(answer.json, (app) => textOf(app, 'Name')) : []
}

/** The same: an object, slugs to names. */
async function visibleOrganizations(client: FlyClient): Promise<string[]> {
  const answer = await client.json(['orgs', 'list'])
  const {json} = answer.ok ? answer : {json: undefined}
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.keys(json) : []
}
