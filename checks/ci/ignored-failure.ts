import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/ignored-failure',
  title: 'a failed deploy fails its workflow',
  why: 'The workflow is green although nothing was deployed, or although the new version never became healthy.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {command, step, at, flags, ends} of workflows.calls) {
      if (command !== 'deploy') continue
      if (step.continueOnError) {
        yield {
          message:
            'this step may fail without failing its job (continue-on-error: true): a deploy that did not happen looks like one that did',
          at,
          hint: 'Remove continue-on-error.',
        }
      } else if (ends) {
        yield {
          message: `what follows flyctl deploy hides its failure (${ends}): the step is green although nothing was deployed`,
          at,
          hint:
            ends === '|'
              ? 'Write shell: bash to the step, which then stops when any part of a pipe fails.'
              : `Remove ${ends}.`,
        }
      } else if (flags.has('detach') && flags.get('detach') !== 'false') {
        yield {
          message: '--detach returns before the machines are updated: the workflow is green whatever becomes of them',
          at,
          hint: 'Remove --detach.',
          severity: 'info',
        }
      }
    }
  },
})
