import {defineCheck, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/workflow-rules',
  title: 'GitHub accepts the workflows that deploy',
  why: 'GitHub starts no job of a workflow that it refuses, and nothing is deployed.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {jobs} of workflows.workflows) {
      for (const job of jobs) {
        for (const condition of [job.if, ...job.steps.map((step) => step.if)]) {
          if (!condition || !/(^|[^\w.'"])secrets\./.test(condition.text)) continue
          yield {
            message:
              'if: cannot read secrets: GitHub refuses the whole workflow ("Unrecognized named-value: \'secrets\'")',
            at: condition.at,
            hint: "Put the secret into env of the job, and ask for that: if: env.NAME != ''",
          }
        }
        for (const needed of job.needs) {
          const ids = jobs.map(({id}) => id)
          if (needed.text.includes('${{') || ids.includes(needed.text)) continue
          const meant = suggest(needed.text, ids)
          yield {
            message: `the job ${job.id} needs ${needed.text}, which the workflow does not have: GitHub refuses the whole workflow`,
            at: needed.at,
            hint: meant ? `Write needs: ${meant}` : `Name one of its jobs: ${ids.join(', ')}`,
          }
        }
        for (const step of job.steps) {
          if (!step.uses || !step.run) continue
          yield {
            message: 'a step has either uses or run: GitHub refuses the whole workflow',
            at: step.at,
            hint: 'Make two steps of it.',
          }
        }
      }
    }
  },
})
