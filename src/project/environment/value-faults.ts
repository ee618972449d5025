import {hasSecretName, passwordInUrl} from '../../secret-forms.ts'
import type {Files} from '../files/files.ts'
import {localTarget} from '../services/local-target.ts'
import {isEncrypted} from './secret-values.ts'

/** What is wrong with the value of a secret: it never says what the value is. */
export interface ValueFault {
  kind: 'placeholder' | 'local' | 'short' | 'default'
  /** To follow the variable's name. */
  text: string
  cure: string
}

const random = 'openssl rand -hex 32'

/** The whole of a value that somebody meant to replace, whatever the variable is for. */
const placeholder =
  /^(?:<[^<>]*>|\{\{?[\w\s.-]*\}?\}|(?:change|replace)[\s_-]?(?:me|this|it|with)(?:[\s_-].*)?|(?:insert|put|add|enter|paste)[\s_-](?:your|here|the)[\s_-].*|your[\s_-].*|placeholder|todo|tbd|fixme|x{3,}|\*{3,}|\.{3,}|…)$/i
/** The same of a secret, for which other words would do as well. */
const secretPlaceholder =
  /^(?:my[\s_-].*|.*[\s_-](?:here|change[\s_-]?me|placeholder)|(?:an?[\s_-])?example(?:[\s_-].*)?|dummy|foo(?:bar)?|[a-z]{2,5}[-_.](?:(?:test|live)[-_])?(?:x{3,}|\.{3,}|\*{3,}|…|your[\w-]*))$/i
/** The parts of an address that stand for others. */
const placeholderHost =
  /@(?:host(?:name)?|your[\w-]{0,60}|<[^>]{0,100}>|[\w.-]{0,100}example\.(?:com|org|net))(?:[:/?]|$)/i
const placeholderPassword =
  /^(?:pass(?:word)?|pwd|secret|your[\w-]{0,60}|change[\w-]*|<[^>]*>|\[[^\]]*\]|x{3,}|\*{3,}|example)$/i

/** Keys that everybody tries first: the generators' and the tutorials'. */
const wellKnown =
  /^django-insecure-|^(?:(?:dev(?:elopment)?|test|local|default|super|my|very|some|top|jwt|session|flask|the|not-?so)[\s_-]*)*(?:secret|key|password|admin|root|insecure)(?:[\s_-]*(?:key|token|value|base|string|password))*(?:[\s_-]*\d{0,4})?!?$|^keyboard cat$|^(?:postgres|qwerty\w*|letmein|0{4,}|123456\w*)$|^(?:dev|development|test|testing)$/i

/** What is signed or encrypted with: who guesses it is anybody. */
const isKey = (name: string): boolean =>
  /(?:^|_)(?:(?:SECRET|ENCRYPTION|SIGNING|SESSION|COOKIE|JWT|HMAC)_KEY(?:_BASE)?|(?:JWT|SESSION|COOKIE|APP|AUTH|NEXTAUTH|CSRF|HASH|TOKEN|REFRESH|ACCESS)_SECRET(?:_KEY)?|SECRET)$/.test(
    name,
  )

interface Demand {
  names: RegExp
  /** A file of the framework that demands it. */
  beside?: string
  fits(value: string): boolean
  text: string
  cure: string
}

const bytes = (value: string): number => Buffer.byteLength(value)

/** What libraries demand of their keys. */
const demands: readonly Demand[] = [
  {
    // Plug.Session.COOKIE and Phoenix.Token raise ArgumentError.
    names: /^SECRET_KEY_BASE$/,
    beside: 'mix.exs',
    fits: (value) => bytes(value) >= 64,
    text: 'is shorter than the 64 bytes that Phoenix demands: every page with a session fails',
    cure: 'mix phx.gen.secret',
  },
  {
    // Illuminate\Encryption\Encrypter raises "Unsupported cipher or incorrect key length".
    names: /^APP_KEY$/,
    beside: 'artisan',
    fits: (value) =>
      [16, 32].includes(value.startsWith('base64:') ? Buffer.from(value.slice(7), 'base64').length : bytes(value)),
    text: 'has not the 32 bytes that Laravel demands: every page fails with "incorrect key length"',
    cure: 'php artisan key:generate --show',
  },
  {
    // cryptography raises "Fernet key must be 32 url-safe base64-encoded bytes."
    names: /(?:^|_)FERNET_KEY$/,
    fits: (value) => /^[\w-]{43}=$/.test(value),
    text: 'is no key of Fernet, which are 32 bytes in base64: what reads it stops',
    cure: 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"',
  },
  {
    // RFC 7518, 3.2: as long as the hash. jjwt refuses a shorter one, PyJWT warns.
    names: /^(?:\w{1,100}_)?JWT_(?:\w{1,100}_)?(?:SECRET|KEY)(?:_KEY)?$/,
    fits: (value) => bytes(value) >= 32 || /PUBLIC|PRIVATE/.test(value),
    text: 'is shorter than the 32 bytes that HS256 demands: some libraries refuse it, and it can be found by trying',
    cure: random,
  },
]

/** Longer is no value that somebody typed. */
const longest = 2_000

/** What is wrong with a value, judged by its variable's name and the files that stand in the project. */
export function valueFault(name: string, whole: string, paths: Files): ValueFault | undefined {
  const value = whole.slice(0, longest)
  if (value === '' || isEncrypted(value)) return undefined
  const local = localTarget(name, value)
  if (placeholder.test(value) || (!local && hasPlaceholderIn(value))) return unreplaced
  if (local?.isService) {
    const place = local.port === undefined ? local.host : `${local.host}:${local.port}`
    return {
      kind: 'local',
      text: `points to ${place}, where nothing listens in a machine of Fly.io`,
      cure: 'its address',
    }
  }
  if (/PUBLIC|PUBLISHABLE|ANON/.test(name) || !(hasSecretName(name) || isKey(name))) return undefined
  const isDjango = value.startsWith('django-insecure-')
  const isCommon = wellKnown.test(value)
  // Others' keys are never such words, so that somebody forgot to write one.
  if (isCommon && (isKey(name) || /PASS|PWD/.test(name)))
    return {kind: 'default', text: 'is one that everybody tries first', cure: isDjango ? django : random}
  if (isCommon || secretPlaceholder.test(value)) return unreplaced
  const demand = demands.find(({names, beside}) => names.test(name) && (!beside || paths.named(beside).length > 0))
  if (demand) return demand.fits(value) ? undefined : {kind: 'short', text: demand.text, cure: demand.cure}
  if (isKey(name) && bytes(value) < 16)
    return {kind: 'short', text: 'is shorter than 16 bytes: it can be found by trying', cure: random}
  return undefined
}

const unreplaced: ValueFault = {kind: 'placeholder', text: 'still holds a placeholder', cure: 'the real value'}

function hasPlaceholderIn(url: string): boolean {
  const password = passwordInUrl(url)
  return placeholderHost.test(url) || (password !== undefined && placeholderPassword.test(password))
}

const django = 'python -c "from django.core.management.utils import get_random_secret_key as key; print(key())"'
