import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
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
  | 'usage' // this flyctl has no such command or flag: too old or too new
  | 'garbage' // exit 0, but no JSON on stdout
  | 'other'

export type Answer =
  /** `json` is undefined for a sentence where JSON should be: `No postgres clusters found`. */
  {ok: true; json: unknown} | {ok: false; cause: Cause; message: string}

/** Runs flyctl: each call at most once, in an empty folder, with a clean environment and a time limit. */
export interface FlyClient {
  json(args: readonly string[]): Promise<Answer>
}

export interface ClientOptions {
  /** `--flyctl`; else `flyctl`, then `fly`, on PATH. */
  path?: string | undefined
  /** For each call, in milliseconds. */
  timeout: number
  env: Readonly<Record<string, string | undefined>>
  signal: AbortSignal
}

/** Variables that would redirect a call, or put text before its JSON. */
const removed = `FLY_APP FLY_ORG FLY_ORGANIZATION FLY_REGION FLY_JSON FLY_VERBOSE FLY_LOG_GQL_ERRORS LOG_LEVEL
  FLY_GHA_ERROR_ANNOTATION CLICOLOR_FORCE FLY_UPDATE_CHECK FLY_INCIDENTS_CHECK FLYCTL_OUTPUT_HAR FLY_FORCE_REGION
  FLY_FORCE_INSTANCE_ID FLY_FORCE_TRACE DEV`.split(/\s+/)

export class Flyctl implements FlyClient {
  readonly #options: ClientOptions
  readonly #answers = new Map<string, Promise<Answer>>()
  #folder: Promise<string> | undefined

  constructor(options: ClientOptions) {
    this.#options = options
  }

  json(args: readonly string[]): Promise<Answer> {
    const key = args.join('\0')
    let answer = this.#answers.get(key)
    if (!answer) {
      answer = this.#call([...args, '--json'])
      this.#answers.set(key, answer)
    }
    return answer
  }

  /** Removes the empty folder that the calls ran in. */
  async close(): Promise<void> {
    if (this.#folder) await rm(await this.#folder, {recursive: true, force: true})
  }

  async #call(args: readonly string[]): Promise<Answer> {
    // A broken fly.toml in the working directory would fail every call, even with -a: so the folder is empty.
    this.#folder ??= mkdtemp(join(tmpdir(), 'preflight-'))
    const cwd = await this.#folder
    const {path} = this.#options
    // A path is meant from where the user stands; a bare name is looked up on PATH.
    const names = path ? [/[/\\]/.test(path) ? resolve(path) : path] : ['flyctl', 'fly']
    for (const name of names) {
      const answer = await run(name, args, {...this.#options, cwd})
      if (answer.ok || answer.cause !== 'not-installed') return answer
    }
    const where = path ? `${path} is not there, or may not be executed` : 'neither flyctl nor fly is on PATH'
    return {ok: false, cause: 'not-installed', message: where}
  }
}

function childEnvironment(env: ClientOptions['env']): Record<string, string> {
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && !removed.includes(name))
  return {
    // An empty FLY_ACCESS_TOKEN hides FLY_API_TOKEN: flyctl takes the first that is set at all.
    ...Object.fromEntries(kept.filter(([name, value]) => !(name === 'FLY_ACCESS_TOKEN' && value === ''))),
    FLY_SEND_METRICS: '0',
    FLY_NO_UPDATE_CHECK: '1',
    FLY_NO_INCIDENTS_CHECK: '1',
    NO_COLOR: '1',
  } as Record<string, string>
}

async function run(name: string, args: readonly string[], options: ClientOptions & {cwd: string}): Promise<Answer> {
  const {execa} = await import('execa')
  const ownGroup = process.platform !== 'win32'
  const child = execa(name, args, {
    cwd: options.cwd,
    env: childEnvironment(options.env),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    maxBuffer: 32 * 1024 * 1024,
    // A group of its own, so that a wrapper script's children end with it and cannot hold the pipes open.
    detached: ownGroup,
    cleanup: true,
  })
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (ownGroup && child.pid) process.kill(-child.pid, signal)
      else child.kill(signal)
    } catch {
      // it has ended by itself
    }
  }
  let timedOut = false
  const stop = () => {
    kill('SIGTERM')
    setTimeout(kill, 1000, 'SIGKILL').unref()
  }
  const timer = setTimeout(() => {
    timedOut = true
    stop()
  }, options.timeout)
  options.signal.addEventListener('abort', stop, {once: true})
  if (options.signal.aborted) stop()
  const result = await child
  clearTimeout(timer)
  options.signal.removeEventListener('abort', stop)

  const command = `flyctl ${args.filter((word) => word !== '--json').join(' ')}`
  if (options.signal.aborted) return {ok: false, cause: 'interrupted', message: 'interrupted'}
  if (timedOut)
    return {ok: false, cause: 'timed-out', message: `${command} gave no answer within ${options.timeout / 1000} s`}
  if (result.code === 'ENOENT') return {ok: false, cause: 'not-installed', message: `${name} is not installed`}
  if (result.code === 'EACCES') return {ok: false, cause: 'not-installed', message: `${name} may not be executed`}
  if (result.exitCode !== 0) return {ok: false, ...classify(command, result.stderr, result.shortMessage)}
  return readJson(command, result.stdout)
}

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
  ['not-found', /could not find (app|organization)|app not found|organization .* not found/i],
  ['forbidden', /not authorized|forbidden|status 403/i],
  ['billing', /trial has ended|credit card|payment/i],
  ['usage', /unknown (shorthand )?flag|unknown command/i],
]

export function classify(command: string, stderr: string, fallback = ''): {cause: Cause; message: string} {
  const text = stripVTControlCharacters(stderr)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const error = lines.findLast((line) => /^Error:/.test(line)) ?? lines.at(-1) ?? fallback
  // fly-go puts the whole GraphQL query before the message: what matters is behind its last brace.
  const message = error
    .replace(/^Error:\s*/, '')
    .replace(/\s*\(Request ID: [^)]*\)/, '')
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
