import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/express-routes',
  title: 'Express 5 can read the paths of the routes',
  why: 'Express 5 throws at a path that only Express 4 could read: the app ends as it registers the route.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['expressRoutes'],
  *run({expressRoutes}) {
    for (const {call, path, fault, isAtOnce, at, version, by, command} of expressRoutes) {
      const {kind, character} = fault
      const said = kind === 'name' ? `"Missing parameter name", as ${character} has none` : `"Unexpected ${character}"`
      yield {
        message: `${by} ends at ${call}('${path}'): Express ${version.replace(/^[\^~]/, '')} throws ${said}`,
        at,
        related: [command],
        hint:
          character === '*'
            ? `Give it a name: ${named(path)}. Or take a regular expression, /.*/ for every path.`
            : 'Write what may be missing in braces, {/:id}, and a pattern as a regular expression. Or stay with Express 4: npm install express@4',
        ...(!isAtOnce && {severity: 'warning' as const}),
        failsAt: by === 'release_command' ? ('release' as const) : ('boot' as const),
      }
    }
  },
})

/** `/{*splat}` for `*` and `/*`, which `/` itself fits, too. */
function named(path: string): string {
  const whole = /^\/?\*$/.test(path) ? '/{*splat}' : path.replace(/\*(?!\w)/, '*splat')
  return `'${whole}'`
}
