/**
 * `npm run bench`: each budget is a ratio of two times of the same run, so that it holds on any machine.
 * `npm run bench -- --keep` adds the ratios to results.tsv, which shows how they change; `npm run bench -- start` measures
 * only what has that word in it.
 */
import {execFileSync} from 'node:child_process'
import {appendFileSync} from 'node:fs'
import {cpus} from 'node:os'
import {fileURLToPath} from 'node:url'
import {configurations} from './configurations.ts'
import {context} from './context.ts'
import {dockerfile} from './dockerfile.ts'
import {large, shell} from './large.ts'
import {livePhase} from './live.ts'
import {revisions} from './revisions.ts'
import {help, offline, version} from './start.ts'

export interface Measurement {
  what: string
  /** The best of a few runs and the worst, in milliseconds: what else the machine does only adds to it. */
  took: readonly [best: number, worst: number]
  /** What it is held against, in milliseconds. */
  against: number
  budget: number
  /** The most memory that a run took, in megabytes, where there is a budget for it. */
  memory?: {took: number; budget: number}
}

const measures = {version, help, offline, revisions, dockerfile, large, shell, context, configurations, livePhase}
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {encoding: 'utf8'}).trim()
const lines: string[] = []
let failed = false
for (const [name, measure] of Object.entries(measures)) {
  if (words.length > 0 && !words.some((word) => name.toLowerCase().includes(word.toLowerCase()))) continue
  const measured = await measure()
  if (typeof measured === 'string') {
    console.log(`○ ${name}: ${measured}`)
    continue
  }
  const {what, took, against, budget, memory} = measured
  const [best, worst] = took
  const ratio = best / against
  const holds = ratio <= budget && (memory === undefined || memory.took <= memory.budget)
  failed ||= !holds
  const spread = `${Math.round(best)} to ${Math.round(worst)} ms`
  const room = memory ? `, ${Math.round(memory.took)} MB (at most ${memory.budget})` : ''
  console.log(
    `${holds ? '✔' : '✖'} ${ratio.toFixed(2).padStart(6)} (at most ${budget})  ${what}: ${spread}, against ${Math.round(against)} ms${room}`,
  )
  lines.push(
    [
      new Date().toISOString().slice(0, 10),
      commit,
      process.version,
      cpus().length,
      name,
      ratio.toFixed(2),
      budget,
    ].join('\t'),
  )
}
if (process.argv.includes('--keep')) {
  appendFileSync(fileURLToPath(new URL('results.tsv', import.meta.url)), lines.map((line) => `${line}\n`).join(''))
}
process.exitCode = failed ? 1 : 0
