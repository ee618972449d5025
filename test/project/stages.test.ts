import {expect, it} from 'vitest'
import {check} from '../harness.ts'

/** A Dockerfile in which each stage is built on the one before it. */
const stages = (count: number): string =>
  `FROM debian AS s0\n${Array.from({length: count - 1}, (_, index) => `FROM s${index} AS s${index + 1}\n`).join('')}`

const outcome = async (count: number) => {
  const files = {'fly.toml': 'app = "shop"\n', Dockerfile: stages(count)}
  const {checks, verdict} = await check({files, options: {only: ['dockerfile/instructions']}})
  return {verdict, checks: checks.map((each) => `${each.outcome} ${each.reason}`)}
}

it('stages are followed as far as anybody writes them', async () => {
  expect(await outcome(500)).toEqual({verdict: 'go', checks: ['passed null']})
})

it('with more of them nothing of the Dockerfile is verified', async () => {
  const checks = ['unverified Dockerfile has 501 stages, and more than 500 are not followed']
  expect(await outcome(501)).toEqual({verdict: 'no-go', checks})
})
