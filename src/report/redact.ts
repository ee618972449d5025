/**
 * Takes values of secrets out of a text, whatever it is: a message, a code frame, an error of flyctl.
 * Names stay, since they are what the reader needs.
 */
const rules: readonly [RegExp, string][] = [
  // Fly's tokens, with or without their scheme
  [/\b(?:FlyV1\s+)?(?:fm\d[a-z]?|fo\d)_[A-Za-z0-9+/=_,-]{8,}/g, '[secret]'],
  // scheme://user:password@host
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*):([^\s@/"']+)@/gi, '$1:[secret]@'],
  // well-known key formats: AWS, GitHub, Stripe, OpenAI, Slack, Google, JWT
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[secret]'],
  [
    /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|(?:sk|rk|pk)[-_](?:live|test|proj|ant)?[-_]?[\w-]{16,}|xox[abprs]-[\w-]{10,}|AIza[\w-]{30,})/g,
    '[secret]',
  ],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/g, '[secret]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[secret]'],
]

/** `SECRET_KEY = "…"`, `ENV API_TOKEN=…`, `"password": "…"`: the value of a key that is named like a secret. */
const assignment =
  /(["']?\b\w*(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)\w*["']?\s*[:=]\s*)("[^"\n]*"?|'[^'\n]*'?|[^\s"'#,;)]+)/gi

/** Values that name something else, or nothing: a reference or a type is no secret. */
const harmless =
  /^["']?(?:|…|\.\.\.|\$.*|os\..*|process\..*|env\(.*|true|false|none|null|\d{1,5}|str|string|int|bool|Optional.*|Field.*|SecretStr.*|settings.*|config.*)["']?$/i

export function redact(text: string): string {
  let result = text
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement)
  return result.replace(assignment, (all, key: string, value: string) =>
    harmless.test(value) || value.includes('[secret]') ? all : `${key}${quote(value)}[secret]${quote(value)}`,
  )
}

const quote = (value: string): string => (/^["']/.test(value) ? (value[0] as string) : '')
