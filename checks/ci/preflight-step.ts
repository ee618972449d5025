import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/preflight-step',
  title: 'the workflow runs preflight before it deploys',
  why: 'What preflight finds on your machine it can find in the workflow, too, where a deploy begins that nobody watches.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows', 'flyConfig', 'files'],
  *run({workflows, flyConfig, files}) {
    // Who tries preflight for the first time asks what is wrong with the deploy, not where else to run it.
    if (!files.has('preflight.toml')) return 'the project has no preflight.toml'
    const [first] = workflows.ofConfig(flyConfig.file)
    // A step, a script or a task of that name: what it calls is not read.
    if (!first || workflows.workflows.some(({file}) => /preflight/i.test(file.text))) return
    yield {
      message: 'this workflow deploys without running preflight first',
      at: first.call.at,
      hint: 'Add the action of preflight as a step before this one; preflight explain ci/preflight-step shows how.',
    }
  },
})
