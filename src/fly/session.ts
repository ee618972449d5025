import {type Fact, type FactStore, failed, known, type Problem} from '../facts.ts'
import {noAnswer} from './ask.ts'
import type {FlyClient} from './client.ts'
import {textOf} from './json.ts'
import type {Token, TokenSource} from './token.ts'

export interface Session {
  /** A deploy, org or other automation token: it may not see the whole organisation. */
  automation: boolean
  /** Whether preflight runs in CI (flyctl internal/env, IsCI). */
  ci: boolean
}

export async function loadSession(client: FlyClient, facts: FactStore, {env}: TokenSource): Promise<Fact<Session>> {
  // Beside the question whether it is flyctl at all: no other program knows this command.
  const [flyctl, answer] = await Promise.all([facts.get('flyctl'), client.json(['auth', 'whoami'])])
  if (flyctl.state !== 'ok') return flyctl
  if (!answer.ok) {
    if (answer.cause !== 'auth' && answer.cause !== 'forbidden') return noAnswer(answer)
    const loggedOut = /no access token/i.test(answer.message)
    return failed(
      loggedOut ? 'flyctl is not logged in' : 'Fly.io refuses the token',
      refused(loggedOut, await facts.value('token')),
    )
  }
  const email = textOf(answer.json, 'email')
  if (!email) return failed('flyctl auth whoami does not say who is logged in')
  const ci = ['CI', 'CONTINUOUS_INTEGRATION', 'BUILD_NUMBER', 'RUN_ID'].some((name) => env[name] !== undefined)
  // Every macaroon token has an address of this domain; a person has another.
  return known({automation: email.endsWith('@tokens.fly.io'), ci})
}

const login = 'Run flyctl auth login, or set FLY_API_TOKEN to a token, all of it (flyctl tokens create deploy).'

/** Why Fly.io lets nobody in, as exactly as the token tells. */
function refused(loggedOut: boolean, token: Token | undefined): Problem {
  const problem = (message: string, hint: string, subject?: string): Problem => ({
    kind: 'refused',
    message,
    at: {live: 'session', ...(subject && {subject})},
    hint,
  })
  const {from = 'login', empty, daysLeft, expiresAt} = token ?? {}
  if (empty && loggedOut) {
    return problem(
      token?.hidesApiToken
        ? `${empty} is set and empty: flyctl looks at it in the place of FLY_API_TOKEN, and then is not logged in`
        : `${empty} is set and empty, and flyctl is not logged in otherwise`,
      token?.hidesApiToken
        ? `Unset ${empty}: an empty variable counts as set.`
        : `Set it to a token (flyctl tokens create deploy). In CI: is there a secret of the name that it is filled from?`,
      empty,
    )
  }
  if (from !== 'login' && expiresAt !== undefined && daysLeft !== undefined && daysLeft < 0) {
    return problem(
      `the token of ${from} ended on ${new Date(expiresAt).toISOString().slice(0, 10)}`,
      `Set ${from} to a new one: flyctl tokens create deploy`,
      from,
    )
  }
  if (from !== 'login' && token?.damaged) {
    return problem(
      `${from} holds a token that is cut off or damaged: flyctl drops it without a word and is then logged out`,
      `Set ${from} anew, the whole of what flyctl tokens create deploy prints, "FlyV1 " included.`,
      from,
    )
  }
  return loggedOut
    ? problem('flyctl is not logged in to Fly.io (a login lasts 30 days)', login)
    : problem('Fly.io refuses the token: it is expired, revoked or incomplete', login)
}
