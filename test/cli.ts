import {spawn} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {onTestFinished} from 'vitest'

export const program = fileURLToPath(new URL('../bin/run.js', import.meta.url))
export const standIn = fileURLToPath(new URL('stand-in', import.meta.url))

export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

export interface CliOptions {
  cwd: string
  /** The scenario that the stand-in flyctl on PATH replays. */
  flyctl?: string
  env?: Record<string, string>
  /** Interrupted, with SIGINT or another signal, once flyctl has been called like this. */
  interruptAt?: string
  signal?: NodeJS.Signals
  uid?: number
  /** What stands on standard input. */
  stdin?: string
}

/** Runs the built program as a user would: flyctl is found on PATH, nothing of the tester's environment leaks in. */
export function preflight(
  args: readonly string[],
  {cwd, flyctl, env, interruptAt, signal = 'SIGINT', uid, stdin}: CliOptions,
): Promise<Outcome> {
  const home = temporary({})
  const PATH = [...(flyctl === undefined ? [] : [standIn]), dirname(process.execPath), process.env.PATH].join(delimiter)
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME: home,
      ...(flyctl && {PREFLIGHT_RECORDING: flyctl, PREFLIGHT_CALLS: join(home, 'calls')}),
      ...env,
    },
    ...(uid !== undefined && {uid, gid: uid}),
  })
  child.stdin?.end(stdin)
  const outcome: Outcome = {code: null, stdout: '', stderr: ''}
  child.stdout?.on('data', (data) => {
    outcome.stdout += data
  })
  child.stderr?.on('data', (data) => {
    outcome.stderr += data
  })
  if (interruptAt) {
    const log = env?.PREFLIGHT_CALLS ?? join(home, 'calls')
    const waiting = setInterval(() => {
      if (!existsSync(log) || !readFileSync(log, 'utf8').includes(interruptAt)) return
      clearInterval(waiting)
      child.kill(signal)
    }, 20)
    child.on('close', () => clearInterval(waiting))
  }
  return new Promise((done) => {
    child.on('close', (code) => done({...outcome, code}))
  })
}

/** A folder with these files, gone when the test has finished. */
export function temporary(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-test-'))
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true})
    writeFileSync(join(folder, path), content)
  }
  return folder
}

export const sample = fileURLToPath(new URL('projects/shop', import.meta.url))
