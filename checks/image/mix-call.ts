import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/mix-call',
  title: 'a release of Elixir does without Mix',
  why: 'A release has no Mix, which is a tool for building: a function that calls it raises, on the machine alone.',
  // Other code may never come to the call.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['mixCalls'],
  uses: ['buildsElse'],
  *run({mixCalls, buildsElse}) {
    for (const {call, head, at, starts, isSure} of mixCalls.slice(0, 5)) {
      yield {
        message: `${head.slice(0, 60)} calls ${call} when the app runs, and a release has no Mix: it raises UndefinedFunctionError`,
        at,
        hint: head.endsWith('.exs')
          ? 'Ask for the environment with config_env(), which a release has too.'
          : call === 'Mix.env'
            ? 'Read it as the code is compiled: @env Mix.env() in the module, and @env here; or config :app, env: config_env().'
            : 'Read it as the code is compiled, into an attribute of the module, and take that here.',
        ...(starts && {failsAt: 'boot' as const}),
        ...(isSure && !buildsElse && {severity: 'error' as const}),
      }
    }
  },
})
