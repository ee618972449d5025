import {defineCheck, type Facts, type Finding, suggest} from '../../src/check.ts'

/** The inputs of superfly/fly-pr-review-apps, of all its versions (action.yml). */
const reviewInputs =
  'name image config region org path postgres secrets vmsize cpu cpukind memory ha launch_options deploy_option update dockerfile build_args build_secrets runtime_environment vmcpus vmcpu vmcpukind vmmemory vm volumes'.split(
    ' ',
  )

export default defineCheck({
  id: 'ci/fly-actions',
  title: 'the actions of Fly.io are given what they read',
  why: 'What an action does not read it leaves aside without a failure: the workflow is green, and nothing was deployed.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {jobs, triggers} of workflows.workflows) {
      for (const {steps} of jobs) {
        for (const step of steps) {
          const [action = ''] = step.uses?.text.split('@') ?? []
          if (action === 'superfly/flyctl-actions/setup-flyctl') yield* setup(step)
          if (action === 'superfly/flyctl-actions') yield* call(step)
          if (action === 'superfly/fly-pr-review-apps') yield* review(step, triggers)
        }
      }
    }
  },
})

type Workflow = Facts['workflows']['workflows'][number]
type Step = Workflow['jobs'][number]['steps'][number]

function* setup({inputs}: Step): Generator<Finding> {
  const version = inputs.get('version')
  if (version && /^v?[1-9]\d?(?:\.\d+){0,2}$/.test(version.text.trim())) {
    yield {
      message: `setup-flyctl is to install flyctl ${version.text.trim()}, and there is none: its versions begin with 0`,
      at: version.at,
      failsAt: 'gate',
      hint: "Leave version out for the latest flyctl. The action's own version stands behind the @ of uses.",
    }
  }
  const args = inputs.get('args')
  if (!args) return
  yield {
    message: `setup-flyctl reads no args: it installs flyctl, and flyctl ${args.text.split('\n')[0]} is never called`,
    at: args.at,
    hint: `Make it a step of its own behind this one: - run: flyctl ${args.text.trim()}`,
  }
}

/** It runs flyctl with its args, and has no other input. */
function* call({inputs}: Step): Generator<Finding> {
  const args = inputs.get('args')
  const command = inputs.get('command')
  if (!args || args.text.includes('${{') || !/^\s*-/.test(args.text)) return
  // Flags alone may ask for the version.
  if (/(?:^|\s)(?!-)[a-z]+(?:\s|$)/.test(args.text) || /^\s*(?:--version|-v|--help|-h)\b/.test(args.text)) return
  yield {
    message: `flyctl-actions calls flyctl with its args alone, and these name no command${command ? ' (it has no input command)' : ''}: flyctl ${args.text.trim()} stops at the first flag`,
    at: args.at,
    failsAt: 'gate',
    hint: `Write args: ${command?.text ?? 'deploy'} ${args.text.trim()}`,
  }
}

/** What its entrypoint.sh stops at, and what it leaves aside. */
function* review({inputs, env, uses}: Step, triggers: Workflow['triggers']): Generator<Finding> {
  const at = uses?.at as Finding['at']
  const name = inputs.get('name')
  if (name && !name.text.includes('${{')) {
    yield {
      message: `fly-pr-review-apps stops at the name ${name.text}: it must have the number of the pull request in it`,
      at: name.at,
      failsAt: 'gate',
      hint: `Write name: ${name.text}-pr-\${{ github.event.number }}`,
    }
  }
  if (!['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN'].some((each) => env.has(each))) {
    yield {
      message: 'fly-pr-review-apps has no FLY_API_TOKEN: flyctl stops with "no access token available"',
      at,
      failsAt: 'gate',
      hint: 'Add to the step: env: FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}',
    }
  }
  const events = [...(triggers?.keys() ?? [])]
  if (events.length > 0 && !events.some((event) => /^(pull_request|pull_request_target|workflow_call)$/.test(event))) {
    yield {
      message: `fly-pr-review-apps works for pull requests only, and this workflow is started by ${events.join(', ')}: it stops`,
      at,
      failsAt: 'gate',
      hint: 'Write on: pull_request: types: [opened, reopened, synchronize, closed]',
    }
  }
  for (const [input, {at: place}] of inputs) {
    const meant = reviewInputs.includes(input) ? undefined : suggest(input, reviewInputs)
    if (!meant) continue
    yield {
      message: `fly-pr-review-apps has no input ${input}, and leaves it aside`,
      at: place,
      hint: `Write ${meant}:`,
    }
  }
}
