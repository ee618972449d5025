import {type Fact, type FactStore, failed, known} from '../facts.ts'
import type {FlyClient} from './client.ts'
import {textOf} from './json.ts'

export interface Session {
  /** A deploy, org or other automation token: it may not see the whole organisation. */
  automation: boolean
}

export async function loadSession(client: FlyClient, facts: FactStore): Promise<Fact<Session>> {
  const flyctl = await facts.get('flyctl')
  if (flyctl.state !== 'ok') return flyctl
  const answer = await client.json(['auth', 'whoami'])
  if (!answer.ok) {
    if (answer.cause !== 'auth') return failed(answer.message)
    const token = await facts.value('token')
    if (token?.damaged) {
      return failed(`${token.from} is cut off`, {
        kind: 'refused',
        message: `${token.from} holds a token that is cut off or damaged: flyctl drops it without a word and is then logged out`,
        at: {live: 'session', subject: token.from},
        hint: `Set ${token.from} anew, the whole of what flyctl tokens create deploy prints, "FlyV1 " included.`,
      })
    }
    const loggedOut = /no access token/i.test(answer.message)
    return failed(loggedOut ? 'flyctl is not logged in' : 'Fly.io refuses the token', {
      kind: 'refused',
      message: loggedOut
        ? 'flyctl is not logged in to Fly.io (a login lasts 30 days)'
        : 'Fly.io refuses the token: it is expired, revoked or incomplete',
      at: {live: 'session'},
      hint: 'Run flyctl auth login, or set FLY_API_TOKEN to a token, all of it (flyctl tokens create deploy).',
    })
  }
  const email = textOf(answer.json, 'email')
  if (!email) return failed('flyctl auth whoami does not say who is logged in')
  // Every macaroon token has an address of this domain; a person has another.
  return known({automation: email.endsWith('@tokens.fly.io')})
}
