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
    // The functions have one cause; a place that each start meets is told by itself.
    const [first, ...more] = mixCalls.filter(({starts}) => !starts)
    for (const each of [...mixCalls.filter(({starts}) => starts), ...(first ? [first] : [])]) {
      const {call, head, at, starts, isSure} = each
      const others = each === first ? more : []
      const also =
        others.length > 0 ? `, as ${others.length} more ${others.length > 1 ? 'places do' : 'place does'},` : ''
      yield {
        message: `${shown(head)} calls ${call} when the app runs${also || ','} and a release has no Mix: it raises UndefinedFunctionError`,
        at,
        related: others.map((other) => other.at),
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

/** A long head without its arguments: `def list(…)`. */
const shown = (head: string): string => (head.length > 60 ? head.replace(/\(.*/s, '(…)').slice(0, 60) : head)
