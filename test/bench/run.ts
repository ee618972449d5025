import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

export const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
export const sample = fileURLToPath(new URL('../projects/shop', import.meta.url))

type Times = [best: number, worst: number]
type Run = readonly [command: string, args: readonly string[], cwd: string]

/**
 * How long each of some commands takes, in milliseconds: the best of some rounds, and the worst; the first only warms up.
 * Each round runs all of them, so that what else the machine does falls on all alike.
 */
export function inTurns<Name extends string>(runs: Readonly<Record<Name, Run>>, rounds: number): Record<Name, Times> {
  const names = Object.keys(runs) as Name[]
  const times = new Map(names.map((name) => [name, [] as number[]]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, taken] of times) {
      const [command, args, cwd] = runs[name]
      const started = performance.now()
      const {error} = spawnSync(command, args, {cwd, stdio: 'ignore'})
      if (error) throw error
      if (round > 0) taken.push(performance.now() - started)
    }
  }
  const ends = [...times].map(([name, taken]) => [name, [Math.min(...taken), Math.max(...taken)]])
  return Object.fromEntries(ends) as Record<Name, Times>
}

export const timed = (command: string, args: readonly string[], cwd: string, runs = 7): Times =>
  inTurns({only: [command, args, cwd]}, runs).only

export const preflight = (args: readonly string[], cwd: string, runs?: number): Times =>
  timed(process.execPath, [program, ...args], cwd, runs)

/** The most memory that one run takes, in megabytes, as the system counted it while it ran; undefined without /proc. */
export function memoryOf(args: readonly string[], cwd: string): number | undefined {
  const watch = `"$@" > /dev/null 2>&1 & pid=$!; peak=0
    while size=$(awk '/VmHWM/ {print $2}' /proc/$pid/status 2> /dev/null) && [ -n "$size" ]; do peak=$size; sleep 0.01; done
    echo $peak`
  const {stdout} = spawnSync('bash', ['-c', watch, 'watch', process.execPath, program, ...args], {
    cwd,
    encoding: 'utf8',
  })
  return Number(stdout) > 0 ? Number(stdout) / 1024 : undefined
}

/** A project on disk for the time of a measurement. */
export async function withProject<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-bench-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), {recursive: true})
      writeFileSync(join(folder, path), text)
    }
    return await use(folder)
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}
