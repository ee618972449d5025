import {describe, expect, it} from 'vitest'
import {check} from '../harness.ts'

const outcome = async (only: string, files: Record<string, string>) => {
  const report = await check({files: {'fly.toml': 'app = "shop"\n', ...files}, options: {only: [only]}})
  return {verdict: report.verdict, checks: report.checks.map(({outcome, reason}) => `${outcome} ${reason}`)}
}
const repeated = (count: number, each: (index: number) => string): string =>
  Array.from({length: count}, (_, index) => each(index)).join('')

describe('stages that are built on each other', () => {
  const stages = (count: number) =>
    outcome('dockerfile/instructions', {
      Dockerfile: `FROM debian AS s0\n${repeated(count - 1, (index) => `FROM s${index} AS s${index + 1}\n`)}`,
    })

  it('are followed as far as anybody writes them', async () => {
    expect(await stages(500)).toEqual({verdict: 'go', checks: ['passed null']})
  })

  it('are not verified where there are more', async () => {
    const checks = ['unverified Dockerfile has 501 stages, and more than 500 are not followed']
    expect(await stages(501)).toEqual({verdict: 'no-go', checks})
  })
})

describe('calls of flyctl in workflows', () => {
  const calls = (count: number) =>
    outcome('ci/flyctl-flags', {
      '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n${repeated(count, () => '      - run: flyctl deploy\n')}`,
    })

  it('are followed as far as anybody writes them', async () => {
    expect(await calls(1000)).toEqual({verdict: 'go', checks: ['passed null']})
  })

  it('are not verified where there are more', async () => {
    const checks = ['unverified the workflows call flyctl 1001 times, and more than 1000 calls are not followed']
    expect(await calls(1001)).toEqual({verdict: 'go', checks})
  })
})
