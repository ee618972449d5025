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
  /** `json` is undefined for a sentence where JSON should be: `No postgres clusters found`. */
  {ok: true; json: unknown} | Refusal
/** Of the commands that print tables only. */
export type TextAnswer = {ok: true; text: string} | Refusal

/** In this order: a network error may mention tokens, and a missing app is no missing right. */
const causes: readonly [Cause, RegExp][] = [
  [
    'network',
    /no such host|dial tcp|connection refused|connection reset|i\/o timeout|network is unreachable|tls handshake|temporary failure in name resolution|\bEOF\b/i,
  ],
  [
    'auth',
    /no access token available|must be authenticated|token validation error|\bunauthorized\b|no tokens found in header|older-style tokens/i,
  ],
  ['not-found', /could not find (app|organization)|app not found|organization .{0,200} not found/i],
  ['billing', /trial has ended|credit card|payment|past due|billing/i],
  ['forbidden', /not authorized|forbidden|status 403/i],
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
  // 127 is also what a wrapper's shell answers that does not find flyctl: then it says so.
  if (said && stderr.trim() === '') return {ok: false, cause: said[0], message: `${command}: ${said[1]}`}
  const told = classify(command, stderr, fallback)
  return {ok: false, cause: said && told.cause === 'other' ? said[0] : told.cause, message: told.message}
}

export function classify(command: string, stderr: string, fallback = ''): {cause: Cause; message: string} {
  // What it ends with: the error. A crash prints megabytes.
  const text = stripVTControlCharacters(stderr.slice(-50_000))
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const error = lines.findLast((line) => /^Error:/.test(line)) ?? lines.at(-1) ?? fallback
  // fly-go puts the whole GraphQL query before the message: what matters is behind its last brace.
  const message = error
    .replace(/^Error:\s*/, '')
    .replace(/(?<!\s)\s*\(Request ID: [^)]*\)/, '')
    .replace(/^.*\}: /, '')
  const cause = causes.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'
  return {cause, message: redact(`${command}: ${message.slice(0, 300)}`)}
}

/** JSON that may have lines before or behind it (deprecations, debug logs, "Showing 50 of 80 certificates"). */
export function readJson(command: string, stdout: string): Answer {
  const text = stripVTControlCharacters(stdout).trim()
  const start = text.search(/^[[{]/m)
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}')) + 1
  for (const candidate of [text, start >= 0 ? text.slice(start, end) : '']) {
    try {
      return {ok: true, json: JSON.parse(candidate)}
    } catch {
      // try the next
    }
  }
  // An unknown subcommand prints its group's help and exits 0: a sentence is short, help is not.
  if (text !== '' && text.split('\n').length === 1) return {ok: true, json: undefined}
  return {ok: false, cause: 'garbage', message: `${command} printed something that is no JSON`}
}
