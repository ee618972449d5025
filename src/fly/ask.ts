import {absent, type Fact, type FactStore, failed, known, type Unknown} from '../facts.ts'
import type {Answer, Refusal} from './answers.ts'
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
  const [name, session] = await Promise.all([facts.get('appName'), facts.get('session')])
  if (name.state !== 'ok') return name
  if (session.state !== 'ok') return session
  const answer = client.json([...command, '-a', name.value.name])
  // An app that is not there is told once. The answer that is still under way is then of no interest.
  const app = await facts.get('app')
  if (app.state !== 'ok') return app
  return readAnswer(await answer, command, session.value.automation, read)
}

/** The same of something that is no app's: regions, the lists of an organisation. */
export async function ask<T>(
  client: FlyClient,
  facts: FactStore,
  command: readonly string[],
  read: (json: unknown) => T | undefined,
): Promise<Fact<T>> {
  const session = await facts.get('session')
  if (session.state !== 'ok') return session
  return readAnswer(await client.json(command), command, session.value.automation, read)
}

function readAnswer<T>(
  answer: Answer,
  command: readonly string[],
  automation: boolean,
  read: (json: unknown) => T | undefined,
): Fact<T> {
  if (!answer.ok) return unanswered(answer, command, automation)
  const value = read(answer.json)
  return value === undefined
    ? failed(`flyctl ${command.join(' ')} printed something that is not understood`)
    : known(value)
}

/** A token that may deploy the app need not be able to see everything: what it is refused is unknown, never missing. */
export function unanswered(answer: Refusal, command: readonly string[], automation: boolean): Unknown {
  const refused = answer.cause === 'auth' || answer.cause === 'forbidden' || answer.cause === 'not-found'
  if (automation && refused) return absent(`this token may not run flyctl ${command.slice(0, 2).join(' ')}`)
  if (answer.cause === 'rate-limited') return failed(`${answer.message}; wait a minute and run it again`)
  return failed(answer.message)
}
