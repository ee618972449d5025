/** `npm run bench`: each budget is a ratio of two times of the same run, so that it holds on any machine. */
import {livePhase} from './live.ts'

export interface Measurement {
  what: string
  /** In milliseconds, of the best of a few runs: what else the machine does only adds to it. */
  took: number
  /** What it is held against, in milliseconds. */
  against: number
  budget: number
}

let failed = false
for (const measure of [livePhase]) {
  const {what, took, against, budget} = await measure()
  const ratio = took / against
  const holds = ratio <= budget
  failed ||= !holds
  console.log(
    `${holds ? '✔' : '✖'} ${what}: ${Math.round(took)} ms, ${ratio.toFixed(2)} × ${Math.round(against)} ms (at most ${budget})`,
  )
}
process.exitCode = failed ? 1 : 0
