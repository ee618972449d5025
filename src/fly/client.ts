import {existsSync} from 'node:fs'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import {type Answer, type Refusal, readJson, type TextAnswer} from './answers.ts'
import {type CallOptions, commandLine, runFlyctl} from './run-flyctl.ts'

/** Runs flyctl: each call at most once, in an empty folder, with a clean environment and a time limit. */
export interface FlyClient {
  /** The JSON that a command prints. */
  json(args: readonly string[]): Promise<Answer>
  /** What a command prints that has no JSON. */
  text(args: readonly string[]): Promise<TextAnswer>
  /** The calls that were made, in the order in which they began: for `inspect live`. */
  readonly calls: readonly FlyCall[]
}

export interface FlyCall {
  /** `flyctl status -a shop` */
  command: string
  /** In milliseconds from the first call of the run; undefined: it has not ended. */
  startedAt: number
  endedAt: number | undefined
  /** Why it gave no answer. */
  problem: string | undefined
}

export interface ClientOptions extends CallOptions {
  /** `--flyctl`; else `flyctl`, then `fly`, on PATH. */
  path?: string | undefined
}

/** They print JSON by themselves, and do not know the flag (flyctl: internal/command/config/show.go, tokens/debug.go). */
const withoutFlag: ReadonlySet<string> = new Set(['config show', 'tokens debug'])

export class Flyctl implements FlyClient {
  readonly #options: ClientOptions
  readonly #outputs = new Map<string, Promise<{ok: true; stdout: string} | Refusal>>()
  /** Ends with the run, or when nobody waits for an answer any more. */
  readonly #closing = new AbortController()
  #folder: Promise<string | undefined> | undefined
  readonly calls: FlyCall[] = []
  readonly #clock: () => number
  #start: number | undefined

  constructor(options: ClientOptions, clock = () => performance.now()) {
    this.#options = {...options, signal: AbortSignal.any([options.signal, this.#closing.signal])}
    this.#clock = clock
  }

  async json(args: readonly string[]): Promise<Answer> {
    const output = await this.#output(withoutFlag.has(args.slice(0, 2).join(' ')) ? args : [...args, '--json'])
    return output.ok ? readJson(commandLine(args), output.stdout) : output
  }

  async text(args: readonly string[]): Promise<TextAnswer> {
    const output = await this.#output(args)
    return output.ok ? {ok: true, text: stripVTControlCharacters(output.stdout)} : output
  }

  /** Ends the calls that nobody waits for any more, and removes the empty folder that they ran in. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#outputs.values())
    const folder = await this.#folder
    if (folder !== undefined) await rm(folder, {recursive: true, force: true})
  }

  #output(args: readonly string[]): Promise<{ok: true; stdout: string} | Refusal> {
    const key = args.join('\0')
    let output = this.#outputs.get(key)
    if (!output) {
      output = this.#timed(args)
      this.#outputs.set(key, output)
    }
    return output
  }

  async #timed(args: readonly string[]): Promise<{ok: true; stdout: string} | Refusal> {
    const now = this.#clock()
    this.#start ??= now
    const call: FlyCall = {
      command: commandLine(args),
      startedAt: now - this.#start,
      endedAt: undefined,
      problem: undefined,
    }
    this.calls.push(call)
    const output = await this.#run(args)
    call.endedAt = this.#clock() - this.#start
    if (!output.ok) call.problem = output.message
    return output
  }

  async #run(args: readonly string[]): Promise<{ok: true; stdout: string} | Refusal> {
    // A broken fly.toml in the working directory would fail every call, even with -a: so the folder is empty.
    this.#folder ??= mkdtemp(join(tmpdir(), 'preflight-')).catch(() => undefined)
    const cwd = await this.#folder
    if (cwd === undefined) return {ok: false, cause: 'other', message: `no folder can be made in ${tmpdir()}`}
    const {path} = this.#options
    // A path is meant from where the user stands; a bare name is looked up on PATH.
    const names = path ? [/[/\\]/.test(path) ? resolve(path) : path] : ['flyctl', 'fly']
    let unusable: string | undefined
    for (const name of names) {
      const call = () => runFlyctl(name, args, {...this.#options, cwd})
      let output = await call()
      // Side by side they may keep each other from the lock on flyctl's configuration, for which each waits a second.
      if (!output.ok && /failed acquiring lock/.test(output.message)) output = await call()
      if (output.ok || output.cause !== 'not-installed') return output
      if (path || !/ is not there$/.test(output.message)) unusable ??= output.message
    }
    return {
      ok: false,
      cause: 'not-installed',
      message: unusable ?? `neither flyctl nor fly is on PATH${this.#installed()}`,
    }
  }

  /** Where Fly.io's installer puts it, which leaves PATH to the user (fly.io/install.sh). */
  #installed(): string {
    const {FLYCTL_INSTALL, HOME, USERPROFILE} = this.#options.env
    const home = HOME ?? USERPROFILE
    const folder = FLYCTL_INSTALL ?? (home && join(home, '.fly'))
    const found = ['flyctl', 'flyctl.exe']
      .map((name) => folder && join(folder, 'bin', name))
      .find((each) => each && existsSync(each))
    return found ? `, but there is ${found}` : ''
  }
}
