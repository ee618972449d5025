import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/endless-command',
  title: 'a step that calls flyctl comes to its end',
  why: 'flyctl proxy runs until somebody ends it: what stands behind it in the step is never reached.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {command, decisive, job, at} of workflows.calls) {
      // In the background its failure decides nothing.
      if (!/^(?:\w+ )?proxy$/.test(command) || !decisive) continue
      yield {
        message: `flyctl ${command} does not end by itself: the job ${job.id} waits here until GitHub ends it after some hours`,
        at,
        hint: 'Let it run in the background, with & behind it, and wait until it answers: sleep 3',
      }
    }
  },
})
