/**
 * Takes values of secrets out of a text, whatever it is: a message, a code frame, an error of flyctl.
 * Names stay, since they are what the reader needs.
 */
const rules: readonly [RegExp, string][] = [
  // Fly's tokens, with or without their scheme
  [/\b(?:FlyV1\s+)?(?:fm\d[a-z]?|fo\d)_[A-Za-z0-9+/=_,-]{8,}/g, '[secret]'],
  // scheme://user:password@host
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*):([^\s@/"']+)@/gi, '$1:[secret]@'],
  // https://key@host, as Sentry writes its addresses
  [/\b(https?:\/\/)[0-9a-f]{16,}@/gi, '$1[secret]@'],
  // well-known key formats: AWS, GitHub, Stripe, OpenAI, Slack, Google, JWT
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[secret]'],
  [
    /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|(?:sk|rk|pk)[-_](?:live|test|proj|ant)?[-_]?[\w-]{16,}|xox[abprs]-[\w-]{10,}|AIza[\w-]{30,})/g,
    '[secret]',
  ],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/g, '[secret]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[secret]'],
]

const key = String.raw`(?:\w*(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|CREDENTIALS?)\w*|\w*_(?:KEY|PASS|PWD|DSN|SALT|AUTH)|PASS|PWD)`
const value = String.raw`("[^"\n]*"?|'[^'\n]*'?|[^\s"'#,;)]+)`

/** The value of a key that is named like a secret. Prose ("the token: it is …") is none of these. */
const assignments = [
  // SECRET_KEY = "…", ENV API_TOKEN=…, secret_key: str = "…"
  new RegExp(String.raw`((?<![\w.])${key}["']?(?:\s*:\s*[\w[\], .|]+?)?\s*=\s*)${value}`, 'gi'),
  // "password": "…"
  new RegExp(String.raw`(["']${key}["']\s*:\s*)${value}`, 'gi'),
  // YAML: a key at the beginning of a line
  new RegExp(String.raw`(^[ \t]*(?:-[ \t]+)?${key}:[ \t]+)${value}`, 'gim'),
]

/** Values that name something else, or nothing: a reference, a call or a type is no secret. */
const harmless =
  /^["']?(?:|…|\.\.\.|<.*|\$.*|os\..*|process\..*|[\w.]+\(.*|true|false|none|null|\d{1,5}|str|string|int|bool|Optional.*|SecretStr.*|settings.*|config.*)["']?$/i

export function redact(text: string): string {
  let result = text
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement)
  for (const pattern of assignments) {
    result = result.replace(pattern, (all, before: string, found: string) =>
      harmless.test(found) || found.includes('[secret]') ? all : `${before}${quote(found)}[secret]${quote(found)}`,
    )
  }
  return result
}

/** Values of environment-style settings (`NAME = "value"`, `NAME: value`): for lines that are shown only for orientation. */
export const redactSettings = (text: string): string =>
  text.replace(/^(\s*(?:ENV\s+|ARG\s+|export\s+|-\s+)?["']?[A-Z][A-Z0-9_]*["']?\s*[=:]\s*)(["'])[^"'\n]*\2?/, '$1$2…$2')

const quote = (value: string): string => (/^["']/.test(value) ? (value[0] as string) : '')
