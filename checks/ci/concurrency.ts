import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/concurrency',
  title: 'one deploy of a workflow ends before the next begins',
  why: 'Of two deploys at a time one fails at the leases of the machines, or the older one wins; one that is cancelled stops half way.',
  severity: 'info',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['workflows'],
  uses: ['flyConfig'],
  *run({workflows, flyConfig}) {
    // One finding for all of them: it is one decision.
    const calls = workflows.ofConfig(flyConfig?.file).map(({call}) => call)
    const cancelled = calls.find(({job}) => job.concurrency?.cancels?.text === 'true')
    if (cancelled?.job.concurrency) {
      yield {
        message: `cancel-in-progress ends a deploy of the job ${cancelled.job.id} wherever it is: some machines are then on the new version, some on the old`,
        at: cancelled.job.concurrency.cancels?.at ?? cancelled.job.concurrency.at,
        related: [cancelled.at],
        hint: 'Write cancel-in-progress: false for the job that deploys: the next one waits.',
      }
    }
    const [first, ...others] = calls.filter(({job}) => !job.concurrency)
    if (!first) return
    yield {
      message: `nothing keeps two runs of the job ${first.job.id} from deploying at the same time: one fails at the leases of the machines, or the older one wins`,
      at: first.job.at,
      related: [first, ...others].map(({at}) => at),
      // Of several that wait in one group GitHub keeps the last: each app needs its own.
      hint: `Add to the job: concurrency: ${/deploy/.test(first.job.id) ? first.job.id : `deploy-${first.job.id}`}, so that one run waits for the other.`,
    }
  },
})
