import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/workflow-syntax',
  title: 'GitHub can read the workflows that deploy',
  why: 'GitHub starts no job of a workflow that is no YAML: a push looks as if it had been deployed, and nothing was.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['brokenWorkflows'],
  *run({brokenWorkflows}) {
    for (const {message, at} of brokenWorkflows) {
      yield {
        message: `GitHub cannot read this workflow, and deploys nothing: ${message.replace('this is no YAML: ', '')}`,
        at,
        hint: 'Correct the line, or the one before it. Every line of a script below run: | is indented deeper than run: itself.',
      }
    }
  },
})
