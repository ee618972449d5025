import {absent, type Fact, type FactStore, known} from '../facts.ts'
import type {FlyClient} from './client.ts'
import {eachOf, field, listOf, numberOf, textOf} from './json.ts'

/** What can be read of the token without asking Fly.io, and without the token in any output. */
export interface Token {
  /** Where flyctl takes it from. */
  from: 'FLY_ACCESS_TOKEN' | 'FLY_API_TOKEN' | 'login'
  /** The variable that is set and empty, so that flyctl looks for a login instead. */
  empty: 'FLY_ACCESS_TOKEN' | 'FLY_API_TOKEN' | undefined
  /** FLY_API_TOKEN holds another one, which flyctl does not look at because FLY_ACCESS_TOKEN is set. */
  hidesApiToken: boolean
  /** Whether a part of it is cut off or damaged: flyctl drops such a part without a word, and then is logged out. */
  damaged: boolean
  /** In milliseconds since 1970; undefined: it does not end, or does not say. */
  expiresAt: number | undefined
  /** In whole days from now; below 0: it is over. */
  daysLeft: number | undefined
  /** In whole days from its beginning to its end; undefined: it does not say. */
  lifetime: number | undefined
  /** The numbers of the apps that it is limited to; undefined: a whole organisation, or it does not say. */
  appIds: readonly string[] | undefined
  /** Whether it says of itself that it may read and nothing else. */
  readOnly: boolean
}

export interface TokenSource {
  env: Readonly<Record<string, string | undefined>>
  now: () => Date
}

const day = 24 * 3600 * 1000

/** `tokens debug` decodes offline; it needs no session, so that a token that is refused is explained too. */
export async function loadToken(client: FlyClient, facts: FactStore, {env, now}: TokenSource): Promise<Fact<Token>> {
  const [flyctl, answer] = await Promise.all([facts.get('flyctl'), client.json(['tokens', 'debug'])])
  if (flyctl.state !== 'ok') return flyctl
  const place = placeOf(env)
  const macaroons = answer.ok ? listOf(answer.json) : undefined
  const parts = partsOf(place.value)
  // A part that flyctl cannot decode is left out of its answer, and of what it sends to Fly.io. Quotes belong to no token.
  const damaged =
    parts.some(isCut) || /^\s*["']/.test(place.value) || (macaroons !== undefined && macaroons.length < parts.length)
  const limits = limitsOf(macaroons ?? [])
  // It refuses those of the old kind, which tell nothing of themselves: then the rest is known all the same.
  if (!answer.ok && answer.cause !== 'other' && !damaged)
    return absent(`what the token may do is not known: ${answer.message}`)
  // A login renews by itself what is short-lived in it.
  const expiresAt = place.from === 'login' ? undefined : limits.expiresAt
  return known({
    from: place.from,
    empty: place.empty,
    hidesApiToken: place.hidesApiToken,
    damaged,
    expiresAt,
    daysLeft: expiresAt === undefined ? undefined : Math.floor((expiresAt - now().getTime()) / day),
    lifetime: expiresAt === undefined ? undefined : limits.lifetime,
    appIds: limits.appIds,
    readOnly: limits.readOnly,
  })
}

/** flyctl takes the first variable that is set at all; an empty one then leads it to the login (internal/env, First). */
function placeOf({FLY_ACCESS_TOKEN, FLY_API_TOKEN}: TokenSource['env']) {
  const first = FLY_ACCESS_TOKEN !== undefined ? 'FLY_ACCESS_TOKEN' : 'FLY_API_TOKEN'
  const value = FLY_ACCESS_TOKEN ?? FLY_API_TOKEN
  return {
    from: value ? first : 'login',
    value: value ?? '',
    empty: value === '' ? first : undefined,
    hidesApiToken: FLY_ACCESS_TOKEN !== undefined && Boolean(FLY_API_TOKEN) && FLY_ACCESS_TOKEN !== FLY_API_TOKEN,
  } as const
}

/**
 * What the token may do. Macaroons of this place carry the rights; the others only prove who asks, are short-lived, and
 * are renewed by flyctl (superfly/macaroon, flyio.LocationPermission). The caveats of one all hold; of several macaroons
 * each is good for itself.
 */
function limitsOf(macaroons: unknown[]): Pick<Token, 'expiresAt' | 'lifetime' | 'appIds' | 'readOnly'> {
  const permissions = macaroons
    .filter((macaroon) => textOf(macaroon, 'location') === 'https://api.fly.io/v1')
    .map((macaroon) => {
      const caveats = eachOf(field(macaroon, 'caveats'), (caveat) => {
        const type = textOf(caveat, 'type')
        return type ? {type, body: field(caveat, 'body')} : undefined
      })
      const of = (type: string) => caveats.flatMap((caveat) => (caveat.type === type ? [caveat.body] : []))
      const times = (edge: string) => of('ValidityWindow').flatMap((body) => numberOf(body, edge) ?? [])
      const apps = of('Apps').map((body) => Object.entries(field(body, 'apps') ?? {}))
      const masks = [
        ...of('Action').map((body) => (typeof body === 'string' ? body : undefined)),
        ...of('Organization').map((body) => textOf(body, 'mask')),
      ]
      return {
        expiresAt: Math.min(...times('not_after')) * 1000,
        startsAt: Math.max(...times('not_before')) * 1000,
        appIds: apps.length > 0 ? apps.flat().map(([id]) => id) : undefined,
        readOnly: masks.includes('r') || apps.some((each) => each.every(([, mask]) => mask === 'r')),
      }
    })
  const expiresAt = Math.max(...permissions.map((permission) => permission.expiresAt))
  const lifetime = Math.max(...permissions.map((permission) => permission.expiresAt - permission.startsAt)) / day
  return {
    expiresAt: Number.isFinite(expiresAt) ? expiresAt : undefined,
    lifetime: Number.isFinite(lifetime) ? Math.floor(lifetime) : undefined,
    appIds:
      permissions.length > 0 && permissions.every(({appIds}) => appIds)
        ? [...new Set(permissions.flatMap(({appIds}) => appIds ?? []))]
        : undefined,
    readOnly: permissions.length > 0 && permissions.every(({readOnly}) => readOnly),
  }
}

/** The macaroons of a token: parts joined by commas, behind the scheme. */
const partsOf = (token: string): string[] =>
  token
    .replace(/^\s*(?:(?:FlyV1|Bearer)\s+)+/i, '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => /^fm(?:1r|1a|2)_/.test(part))

/** Standard base64 (macaroon.Parse) has a length that four divides: of three cuts, two are seen without decoding. */
function isCut(part: string): boolean {
  const encoded = part.slice(part.indexOf('_') + 1)
  return encoded.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)
}
