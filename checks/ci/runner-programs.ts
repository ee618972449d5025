import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/runner-programs',
  title: 'the runner has what a deploying job calls',
  why: 'The runners of GitHub have npm, Yarn and pip, but neither pnpm, Bun, Deno, uv nor Poetry: a step that calls one of them ends the job.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['runnerPrograms'],
  *run({runnerPrograms}) {
    for (const {step, at, program, by} of runnerPrograms) {
      const runner = step.job.runsOn?.text.includes('${{') ? 'of GitHub' : (step.job.runsOn?.text ?? 'of GitHub')
      yield {
        message: `${by ? `${by} asks` : 'this step calls'} ${program}, which the runner ${runner} does not have and no step before installs: the job ${step.job.id} ends before it calls flyctl`,
        at,
        hint: `Add the step before it: ${cures.get(program)}`,
      }
    }
  },
})

const cures: ReadonlyMap<string, string> = new Map([
  ['pnpm', '- uses: pnpm/action-setup@v4'],
  ['bun', '- uses: oven-sh/setup-bun@v2'],
  ['bunx', '- uses: oven-sh/setup-bun@v2'],
  ['deno', '- uses: denoland/setup-deno@v2'],
  ['uv', '- uses: astral-sh/setup-uv@v6'],
  ['uvx', '- uses: astral-sh/setup-uv@v6'],
  ['poetry', '- run: pipx install poetry'],
])
