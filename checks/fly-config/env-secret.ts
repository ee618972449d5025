import {defineCheck, type Facts, hasSecretName, passwordInUrl, wellKnownSecret} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']

export default defineCheck({
  id: 'fly-config/env-secret',
  title: '[env] and [build.args] hold no secrets',
  why: 'Whoever can read the repository, the image or the configuration of the app can use what stands in plain text.',
  severity: 'warning',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {env = {}, build} = flyConfig.config
    for (const [name, value] of Object.entries(env)) {
      const what = secretIn(name, value)
      if (!what) continue
      yield {
        message: `${name} ${what} in plain text, for everybody who can read ${flyConfig.file}`,
        at: flyConfig.keyAt('env', name),
        hint: `flyctl secrets set ${name}=… and delete the line. Where others have read the file, make a new one first.`,
      }
    }
    for (const [name, value] of Object.entries(build?.args ?? {})) {
      const what = secretIn(name, value)
      if (what) yield {at: flyConfig.keyAt('build', 'args', name), ...inBuildArg(name, what, flyConfig)}
    }
  },
})

/** Prefixes with which tools copy a variable into what the browser gets. */
const forTheBrowser = /^(?:(?:NEXT|NUXT|EXPO|GATSBY)_PUBLIC_|VITE_|REACT_APP_|GATSBY_|PUBLIC_|STORYBOOK_|VUE_APP_)/

function inBuildArg(name: string, what: string, {file}: FlyConfig): {message: string; hint: string} {
  return forTheBrowser.test(name)
    ? {
        message: `${name} ${what}, and becomes part of the pages that every visitor gets`,
        hint: 'What needs the secret must run on the server, and read it there from: flyctl secrets set',
      }
    : {
        message: `${name} ${what} in plain text, for everybody who can read ${file} or the image`,
        hint: `Delete the line, pass it with flyctl deploy --build-secret ${name}=… and read it in the Dockerfile by RUN --mount=type=secret,id=${name}`,
      }
}

/** Keys that are made to be public: publishable ones, Supabase's anonymous, Algolia's search keys, Shopify's client id. */
const publicName = /PUBLIC|PUBLISHABLE|ANON|SITE_?KEY|SEARCH_(?:API_)?KEY|CLIENT_ID|MEASUREMENT|^SHOPIFY_API_KEY$/i
/** The same by their values: Stripe's, Mapbox's and PostHog's. */
const publicValue = /^(?:pk[._-]|phc_)/
/** The end of a name that is about a secret and holds none: TOKEN_EXPIRY, SECRET_NAME, KEY_FILE. */
const aboutOne =
  /_(?:FILE|PATH|DIR|NAMES?|IDS?|ARN|URLS?|URI|ENDPOINT|HEADER|PREFIX|SUFFIX|EXP\w{0,60}|TTL|AGE|HOURS|MINUTES|SECONDS|DAYS|MS|LENGTH|SIZE|LIMIT|COUNT|ALGORITHM|ALG|TYPE|KIND|MODE|ENABLED|REQUIRED|ISSUER|AUDIENCE|PROVIDER|METHOD|VERSION|REGION|FORMAT|COOKIE|FIELD|PARAM|PROXY|ROTATION|POLICY|MIN|MAX)$/i
const passwordName = /(?:PASSWORD|PASSWD|PASSPHRASE|PWD|PASS)$/i

const placeholder =
  /change.?(?:me|this)|replace|placeholder|example|sample|dummy|your[-_ ]|todo|fixme|x{4,}|\*{3,}|\.{3}|…|insert|redacted|^(?:test|dev|development|fake|none|null|undefined|default|secret|password)$|[<>{}]|^\$\w+$|^\$\(|^(?:secrets?|env|vault|op|aws|gcp|file|arn):/i

/** Longer is no key that a person copied; a pattern would take ever longer to find nothing. */
const longest = 10_000

/** What the value is, to follow the variable's name; undefined for one that is fit to be read. */
function secretIn(name: string, text: string): string | undefined {
  const value = text.trim().slice(0, longest)
  const isPublic = publicName.test(name) || (forTheBrowser.test(name) && !/SECRET|PRIVATE|PASSWORD/i.test(name))
  const known = isPublic ? undefined : wellKnownSecret(value)
  if (known) return `holds ${known}`
  const inUrl = passwordInUrl(value)
  if (inUrl) return isPassword(inUrl, value) ? 'holds the password of an address' : undefined
  if (isPublic || !hasSecretName(name) || aboutOne.test(name)) return undefined
  if (placeholder.test(value) || publicValue.test(value) || isSetting(value)) return undefined
  if (isRandom(value)) return 'looks like a secret'
  return passwordName.test(name) && value.length >= 8 && /[^a-z]/i.test(value) ? 'holds a password' : undefined
}

/** A placeholder, a variable, and what everybody has on localhost are nobody's secret; nor is a port with a path behind it. */
const isPassword = (found: string, url: string): boolean =>
  !placeholder.test(found) && !/^[$%]|^\d+\//.test(found) && !/@(?:localhost|127\.|host\.docker|\[::1\])/.test(url)

/** A number, an address, a path, a sentence, a file: something else than a secret under a secret's name. */
const isSetting = (value: string): boolean =>
  /^[\d.,:]+$|^[\w+.-]+:\/\/|^[./~]|\s|\.(?:txt|pem|key|crt|json|ya?ml)$/.test(value)

/** Hexadecimal of 128 bits and more, a UUID, or 20 and more letters and digits that hardly repeat and are no words. */
function isRandom(value: string): boolean {
  if (/^[0-9a-f]{32,}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return true
  const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value)
  if (value.length < 20 || !/\d/.test(value) || !(mixed || /^(?=\d*[a-z])[a-z\d]*$/i.test(value))) return false
  return bitsPerCharacter(value) >= 3.5
}

/** Shannon's entropy: 4 for evenly used hexadecimal digits, below 3.5 for words. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0)
}
