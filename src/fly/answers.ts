/** What flyctl's output comes to: an answer, or why there is none. */
import {stripVTControlCharacters} from 'node:util'
import {redact} from '../redact.ts'

/** Why a flyctl call gave no answer. Several causes exit with 1, so they are told apart by the text of stderr. */
export type Cause =
  | 'not-installed'
  | 'timed-out'
  | 'interrupted'
  | 'network'
  | 'auth'
  | 'not-found'
  | 'forbidden'
  | 'billing'
  | 'rate-limited'
  | 'server' // Fly.io itself has a fault
  | 'crashed' // flyctl has one
  | 'usage' // this flyctl has no such command or flag: too old or too new
  | 'garbage' // exit 0, but no JSON on stdout
  | 'other'

export type Refusal = {ok: false; cause: Cause; message: string}
export type Answer =
  /** `json` is undefined for the sentence that stands for an empty list: `No postgres clusters found`. */
  {ok: true; json: unknown} | Refusal
/** Of the commands that print tables only. */
export type TextAnswer = {ok: true; text: string} | Refusal

/**
 * In this order: a network error may mention tokens, and a missing app is no missing right. The names of apps stand in
 * these texts too, so what could be such a name is no sign: an app may be called `payment` or `billing`.
 */
const causes: readonly [Cause, RegExp][] = [
  [
    'network',
    /no such host|dial tcp|connection refused|connection reset|i\/o timeout|network is unreachable|no route to host|server misbehaving|tls handshake|\b(?:tls|x509): |temporary failure in name resolution|\bEOF\b/i,
  ],
  [
    'auth',
    /no access token available|must be authenticated|token validation error|no tokens found in header|older-style tokens/i,
  ],
  ['not-found', /could not find (app|organization)|app not found|organization .{0,200} not found/i],
  ['billing', /trial has ended|credit card|past due|payment (?:is )?required|(?:unpaid|open|overdue) invoice/i],
  ['forbidden', /not authorized|\bunauthorized\b|forbidden|status(?: code)?:? 40[13]/i],
  ['usage', /unknown (shorthand )?flag|unknown command/i],
  ['rate-limited', /rate limit|too many requests|status(?: code)?:? 429/i],
  ['server', /non-200 status code: 5|returned error 5|status(?: code)?:? 5\d\d|internal server error|bad gateway/i],
]

/** What each exit code of flyctl's says by itself (main.go and internal/cli): 1 is every other error. */
const exitCauses: ReadonlyMap<number, [Cause, string]> = new Map([
  [3, ['crashed', 'flyctl crashed (exit code 3)']],
  [126, ['timed-out', 'flyctl gave up waiting for Fly.io (exit code 126)']],
  [127, ['interrupted', 'flyctl was interrupted (exit code 127)']],
])

/** What a call with another exit code than 0 says. */
export function refusal(command: string, exitCode: number | undefined, stderr: string, fallback: string): Refusal {
  const said = exitCauses.get(exitCode ?? 1)
  if (said && stderr.trim() === '') return {ok: false, cause: said[0], message: `${command}: ${said[1]}`}
  const told = classify(command, stderr, fallback)
  // 127 is also what a wrapper's shell answers that does not find flyctl; it says so, and flyctl says nothing.
  const byCode = said && told.cause === 'other' && exitCode !== 127
  return {ok: false, cause: byCode ? said[0] : told.cause, message: told.message}
}

/** Longer is no error that flyctl writes. */
const longest = 20_000

export function classify(command: string, stderr: string, fallback = ''): {cause: Cause; message: string} {
  const lines = stripVTControlCharacters(stderr.slice(-longest))
    .split('\n')
    .filter((line) => line.trim() !== '')
  // Warnings may stand before it (metrics, incidents): what they say is no cause.
  const first = lines.findLastIndex((line) => /^Error:/.test(line))
  const text = lines.slice(Math.max(0, first)).join('\n')
  const error = (first >= 0 ? lines[first] : lines.at(-1)) ?? fallback
  // fly-go puts the whole GraphQL query before the message: what matters is behind its last brace.
  const message = error
    .replace(/^Error:\s*/, '')
    .replace(/(?<!\s)\s*\(Request ID: [^)]{0,100}\)/, '')
    .replace(/^.*\}: /, '')
  const cause = causes.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'
  return {cause, message: redact(`${command}: ${message.slice(0, 300)}`)}
}

/** JSON that may have lines before or behind it (deprecations, debug logs, "Showing 50 of 80 certificates"). */
export function readJson(command: string, stdout: string): Answer {
  const text = stripVTControlCharacters(stdout).trim()
  for (const candidate of [text, jsonPart(text)]) {
    try {
      return {ok: true, json: JSON.parse(candidate)}
    } catch {
      // try the next
    }
  }
  // Another sentence, or the help that an unknown subcommand prints with exit code 0, is no empty list.
  if (/^No [\w ]{1,100} found\b.*$/s.test(text)) return {ok: true, json: undefined}
  return {
    ok: false,
    cause: 'garbage',
    message:
      text === ''
        ? `${command} printed nothing`
        : `${command} printed something that is no JSON; run it yourself to see what`,
  }
}

/** From the first line that begins JSON, and is not `[WARN] …`, to the last that ends it. */
function jsonPart(text: string): string {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => /^(?:\{|\[(?![A-Z]))/.test(line))
  const last = lines.findLastIndex((line) => /[\]}]\s*$/.test(line))
  return first < 0 ? '' : lines.slice(first, last + 1).join('\n')
}
