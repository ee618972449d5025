import {secretForms, secretName, urlPassword} from './secret-forms.ts'

/**
 * Takes values of secrets out of a text, whatever it is: a message, a code frame, an error of flyctl.
 * Names stay, since they are what the reader needs.
 */
const everywhere = (pattern: RegExp) => new RegExp(pattern, `${pattern.flags}g`)

const rules: readonly [RegExp, string][] = [
  ...secretForms.map(({pattern}): [RegExp, string] => [everywhere(pattern), '[secret]']),
  // A line of a key in PEM form, where only that line is shown
  [/^[ \t]*[A-Za-z0-9+/]{60,}={0,2}$/gm, '[secret]'],
  [everywhere(urlPassword), '$1:[secret]@'],
  // https://key@host, as Sentry and package indexes write it
  [/\b(https?:\/\/)[^\s:/@"'`]{12,}@/gi, '$1[secret]@'],
  [/\b(Bearer|Basic|_authToken)(\s+|=)(?!\$)[\w+/=.~-]{8,}/g, '$1$2[secret]'],
  // In any case of its letters, as git writes what actions/checkout has it send
  [/\b(authorization["']?\s{0,4}[:=]\s{0,4}["']?\w{1,20}\s{1,4})(?!\$)[\w+/=.~-]{8,}/gi, '$1[secret]'],
  // --password value, -u user:value
  [/(\s--?(?:password|token|secret|api-key|auth)(?:=|\s+))(?![-$<…])[^\s"']{4,}/gi, '$1[secret]'],
  [/(\s-u\s+[\w.@-]+:)(?!\$)[^\s"']+/g, '$1[secret]'],
]

const value = String.raw`("(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|[^\s"']+)`

/** The value of such a key. Prose ("the token: it is …") is none of these. */
const assignments = [
  // SECRET_KEY = "…", ENV API_TOKEN=…, secret_key: str = "…"
  new RegExp(
    String.raw`((?<![\w.])${secretName}["']?(?:\s{0,8}:\s{0,8}[\w[\], .|]{1,60}?)?\s{0,8}=\s{0,8})${value}`,
    'gi',
  ),
  // "password": "…"
  new RegExp(String.raw`(["']${secretName}["']\s{0,8}:\s{0,8})${value}`, 'gi'),
  // YAML: a key at the beginning of a line
  new RegExp(String.raw`(^[ \t]*(?:-[ \t]+)?${secretName}:[ \t]+)${value}`, 'gim'),
  // ENV SECRET_KEY value, the old form
  new RegExp(String.raw`(^[ \t]*(?:ENV|ARG)[ \t]+${secretName}[ \t]+)${value}`, 'gim'),
]

/** Values that name something else, or nothing: a reference, a call or a type is no secret. */
const harmless =
  /^["']?(?:|…|\.\.\.|<[^>]*>?|\$\{?\{?[\w. ]*\}{0,2}|os\.(?:environ|getenv)\b.*|process\.env\b.*|[\w.]+\(|[\w.]+\(\)|true|false|none|null|dummy|\d{1,5}|str|string|int|bool|bytes|Optional\[.*|SecretStr|settings(?:\.\w+)?|config(?:\.\w+)?)["']?[,;)\]}]{0,4}$/i

/** Longer is no text that a person wrote; what lies beyond is left out before anything is matched. */
const longest = 20_000

export function redact(text: string): string {
  let result = text.length > longest ? `${text.slice(0, longest)}…` : text
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement)
  for (const pattern of assignments) {
    result = result.replace(pattern, (all, before: string, found: string) =>
      harmless.test(found) || found.includes('[secret]') ? all : `${before}${quote(found)}[secret]${quote(found)}`,
    )
  }
  return result
}

/** Values of environment-style settings (`NAME = "value"`, `NAME=value`): for lines shown only for orientation. */
export const redactSettings = (text: string): string =>
  text.replace(
    /^(\s*(?:ENV\s+|ARG\s+|export\s+|-\s+)?["']?[A-Z][A-Z0-9_]*["']?\s{0,8}[=:]\s{0,8})(["'])(?:[^"'\\\n]|\\.)*\2?/,
    '$1$2…$2',
  )

/**
 * What a project's names and texts may not do: move the cursor, clear the terminal, end a line, turn its direction, or
 * give a command to the runner of GitHub Actions, which takes `##[name]` from anywhere in a line.
 */
export const visible = (text: string): string =>
  text
    .replace(/[\p{Control}\u2028\u2029\p{Bidi_Control}\p{Surrogate}]/gu, (character) =>
      character === '\n' ? ' ' : '\ufffd',
    )
    .replaceAll('##[', '## [')

/** The same for a text of several lines, none of which is a command to the runner either. */
export const visibleLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => visible(line.replaceAll('\t', '    ')).replace(/^(\s*)::/, '$1: :'))
    .join('\n')

/** The same for JSON, where all of it can be escaped and the data stays what it is. */
export const unsteering = (json: string): string =>
  json.replace(
    /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]|(?<=##)\[/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** A text in the double quotes of JSON, TOML and YAML, which have the same escapes. */
export const quoted = (text: string): string => unsteering(JSON.stringify(text))

const quote = (text: string): string => (/^["']/.test(text) ? (text[0] as string) : '')
