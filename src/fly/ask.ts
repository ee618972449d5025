import {absent, type Fact, type FactStore, failed, known, type Unknown} from '../facts.ts'
import type {Answer, Cause, Refusal} from './answers.ts'
import type {FlyClient} from './client.ts'

/**
 * Asks something about the app, beside the call that tells whether it is there, so that the answers come together.
 * `read` makes the value of the JSON; undefined: it is something else than this command prints.
 */
export async function askAboutApp<T>(
  client: FlyClient,
  facts: FactStore,
  command: readonly string[],
  read: (json: unknown) => T | undefined,
): Promise<Fact<T>> {
  const [name, session] = await facts.needAll('appName', 'session')
  const answer = client.json([...command, '-a', name.name])
  // An app that is not there is told once. The answer that is still under way is then of no interest.
  await facts.need('app')
  return readAnswer(await answer, command, session.automation, read)
}

/** The same of something that is no app's: regions, sizes. */
export async function ask<T>(
  client: FlyClient,
  facts: FactStore,
  command: readonly string[],
  read: (json: unknown) => T | undefined,
): Promise<Fact<T>> {
  const session = await facts.need('session')
  return readAnswer(await client.json(command), command, session.automation, read)
}

/** The organisation of the app, and whether an automation token asks, which may not see all of it. */
export async function askerOf(facts: FactStore): Promise<Fact<{organization: string; automation: boolean}>> {
  const [session, {organization}] = await facts.needAll('session', 'app')
  if (!organization) return absent('the organisation of the app is not known')
  return known({organization, automation: session.automation})
}

function readAnswer<T>(
  answer: Answer,
  command: readonly string[],
  automation: boolean,
  read: (json: unknown) => T | undefined,
): Fact<T> {
  if (!answer.ok) return unanswered(answer, command, automation)
  const value = read(answer.json)
  return value === undefined ? notUnderstood(command) : known(value)
}

export const notUnderstood = (command: readonly string[]): Unknown =>
  failed(`flyctl ${command.join(' ')} printed something that is not understood`)

/** A token that may deploy the app need not be able to see everything: what it is refused is unknown, never missing. */
export function unanswered(answer: Refusal, command: readonly string[], automation: boolean): Unknown {
  if (automation && isRefused(answer)) return absent(`this token may not run flyctl ${command.slice(0, 2).join(' ')}`)
  return noAnswer(answer)
}

/** What to do about it, where that is not plain from what flyctl says. */
const remedies: Partial<Record<Cause, string>> = {
  // The session took it before anything else was asked.
  auth: 'Fly.io took this token a moment ago: has it been revoked? A new one: flyctl tokens create deploy',
  'rate-limited': 'wait a minute and run it again',
  'timed-out': '--timeout SECONDS gives it more',
  network: 'without a network: preflight --offline',
  server: 'see status.flyio.net',
}

export function noAnswer({cause, message}: Refusal): Unknown {
  const remedy = remedies[cause]
  return failed(remedy ? `${message}; ${remedy}` : message)
}

/**
 * Whether Fly.io hides something from a token that it knows. The GraphQL API says "must be authenticated" of single
 * fields, too; the Machines API's "token validation error" is of the token itself: it has been revoked meanwhile.
 */
const isRefused = ({cause, message}: Refusal): boolean =>
  cause === 'forbidden' || cause === 'not-found' || (cause === 'auth' && !/token validation error/i.test(message))
