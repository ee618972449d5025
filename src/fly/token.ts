import {absent, type Fact, type FactStore, known} from '../facts.ts'
import type {FlyClient} from './client.ts'
import {eachOf, field, numberOf, textOf} from './json.ts'

/** What can be read of the token without asking Fly.io, and without the token in any output. */
export interface Token {
  /** Where flyctl takes it from. */
  from: 'FLY_ACCESS_TOKEN' | 'FLY_API_TOKEN' | 'login'
  /** Whether a part of it is cut off or damaged: flyctl drops such a part without a word, and then is logged out. */
  damaged: boolean
  /** In milliseconds since 1970; undefined: it does not end, or does not say. */
  expiresAt: number | undefined
  /** In whole days from now; below 0: it is over. */
  daysLeft: number | undefined
  /** The number of an app that it is limited to; undefined: a whole organisation, or it does not say. */
  appIds: readonly string[] | undefined
}

export interface TokenSource {
  env: Readonly<Record<string, string | undefined>>
  now: () => Date
}

const day = 24 * 3600 * 1000

/** `tokens debug` decodes offline; it needs no session, so that a token that is refused is explained too. */
export async function loadToken(client: FlyClient, facts: FactStore, {env, now}: TokenSource): Promise<Fact<Token>> {
  const flyctl = await facts.get('flyctl')
  if (flyctl.state !== 'ok') return flyctl
  const from = env.FLY_ACCESS_TOKEN ? 'FLY_ACCESS_TOKEN' : env.FLY_API_TOKEN ? 'FLY_API_TOKEN' : 'login'
  const damaged = from !== 'login' && isDamaged(env[from] as string)
  const answer = await client.json(['tokens', 'debug'])
  if (!answer.ok) {
    if (damaged) return known({from, damaged, expiresAt: undefined, daysLeft: undefined, appIds: undefined})
    // A token of the old kind, or none at all.
    return absent('the token does not tell what it may do')
  }
  const caveats = eachOf(answer.json, (macaroon) => eachOf(field(macaroon, 'caveats'), (caveat) => caveat)).flat()
  const bodies = (type: string) =>
    caveats.flatMap((caveat) => (textOf(caveat, 'type') === type ? [field(caveat, 'body')] : []))
  const ends = bodies('ValidityWindow').flatMap((body) => numberOf(body, 'not_after') ?? [])
  // A login renews what is short-lived in it by itself.
  const expiresAt = from === 'login' || ends.length === 0 ? undefined : Math.min(...ends) * 1000
  const apps = bodies('Apps').flatMap((body) => Object.keys(field(body, 'apps') ?? {}))
  return known({
    from,
    damaged,
    expiresAt,
    daysLeft: expiresAt === undefined ? undefined : Math.floor((expiresAt - now().getTime()) / day),
    appIds: apps.length > 0 ? apps : undefined,
  })
}

/** Parts are joined by commas; a macaroon's is standard base64 (flyctl internal/command/tokens, macaroon.Parse). */
function isDamaged(token: string): boolean {
  const parts = token
    .replace(/^(?:(?:FlyV1|Bearer)\s+)+/i, '')
    .split(',')
    .map((part) => part.trim())
  return parts.some((part) => {
    const encoded = /^fm(?:1r|1a|2)_(.*)$/s.exec(part)?.[1]
    if (encoded === undefined) return false
    return encoded.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)
  })
}
