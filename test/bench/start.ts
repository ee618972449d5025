import type {Measurement} from './bench.ts'
import {preflight, sample, timed} from './run.ts'

const bare = (): number => timed(process.execPath, ['-e', '0'], sample, 15)[0]

/** What a run costs at least: node itself is what it is held against. */
const start = (what: string, args: readonly string[], budget: number) => async (): Promise<Measurement> => ({
  what,
  took: preflight(args, sample, 15),
  against: bare(),
  budget,
})

export const version = start('preflight --version, against node -e 0', ['--version'], 2)
export const help = start('preflight --help, against node -e 0', ['--help'], 2)
export const offline = start(
  'preflight --offline --json on the sample, against node -e 0',
  ['--offline', '--json'],
  2.5,
)
