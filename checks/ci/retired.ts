import {andOtherSteps, defineCheck, groupBy} from '../../src/check.ts'

/** Runners that GitHub has taken away, and since when (github.blog/changelog, github.com/actions/runner-images). */
const runners: ReadonlyMap<string, {since: string; instead: string}> = new Map([
  ['ubuntu-16.04', {since: '2021-09-20', instead: 'ubuntu-24.04'}],
  ['ubuntu-18.04', {since: '2023-04-03', instead: 'ubuntu-24.04'}],
  ['ubuntu-20.04', {since: '2025-04-15', instead: 'ubuntu-24.04'}],
  ['macos-11', {since: '2024-06-28', instead: 'macos-15'}],
  ['macos-12', {since: '2024-12-03', instead: 'macos-15'}],
  ['windows-2016', {since: '2022-03-15', instead: 'windows-2022'}],
  ['windows-2019', {since: '2025-06-30', instead: 'windows-2022'}],
])

/**
 * Versions of actions whose service GitHub has switched off: "This request has been automatically failed because it uses
 * a deprecated version of actions/…" (github.blog/changelog).
 */
const actions: ReadonlyMap<string, {versions: RegExp; since: string; instead: string}> = new Map([
  ['actions/upload-artifact', {versions: /^v?[123](?:\.|$)/, since: '2025-01-30', instead: 'v4'}],
  ['actions/download-artifact', {versions: /^v?[123](?:\.|$)/, since: '2025-01-30', instead: 'v4'}],
  ['actions/cache', {versions: /^v?[12](?:\.|$)/, since: '2025-03-01', instead: 'v4'}],
])

export default defineCheck({
  id: 'ci/retired',
  title: 'GitHub still has the runners and actions of the deploy',
  why: 'A job on a runner that GitHub has retired never starts, and an action whose service is switched off fails its job.',
  // A runner or a GitHub of one's own may have them still.
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    // One runner of many jobs of a workflow is told at the first.
    const jobs = groupBy(
      new Set(workflows.leadUp.map((each) => each.job)),
      ({runsOn}) => `${runsOn?.at.file} ${runsOn?.text}`,
    )
    for (const [job, ...others] of jobs.values()) {
      const runner = job?.runsOn && runners.get(job.runsOn.text)
      if (!job?.runsOn || !runner) continue
      const more =
        others.length === 0
          ? ''
          : `, nor ${others.length === 1 ? 'does 1 other job' : `do ${others.length} other jobs`}`
      yield {
        message: `GitHub has had no runner ${job.runsOn.text} since ${runner.since}: the job ${job.id} never starts${more}`,
        at: job.runsOn.at,
        related: others.slice(0, 4).flatMap((each) => each.runsOn?.at ?? []),
        hint: `Write runs-on: ${runner.instead}${more && ', in each of them'}`,
      }
    }
    // One version in many steps of a workflow is told at the first.
    const steps = groupBy(workflows.leadUp, ({step}) => `${step.at.file} ${step.uses?.text}`)
    for (const [first, ...others] of steps.values()) {
      const {step, job} = first ?? {}
      const [name = '', version = ''] = step?.uses?.text.split('@') ?? []
      const action = actions.get(name.replace(/^(actions\/cache)\/(?:save|restore)$/, '$1'))
      if (!step?.uses || !action?.versions.test(version)) continue
      yield {
        message: `GitHub has let ${name}@${version} fail since ${action.since}: the job ${job?.id} ends before it deploys${andOtherSteps(others)}`,
        at: step.uses.at,
        related: others.slice(0, 4).flatMap((each) => each.step.uses?.at ?? []),
        hint: `Write uses: ${name}@${action.instead}${name.includes('artifact') ? ', in the job that uploads and in the one that downloads' : ''}.`,
      }
    }
  },
})
