import {defineCheck} from '../../src/check.ts'

/** What base images set, and the arguments that BuildKit knows without ARG. */
const ofBases =
  /^(?:PATH|HOME|LANG|LC_\w+|LD_LIBRARY_PATH|PYTHONPATH|NODE_PATH|\w+_(?:VERSION|HOME)|(?:https?|ftp|no|all)_proxy)$/i

/** Variables that a build writes into the pages of the browser: later is too late. */
const ofPages = /^(?:NEXT_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY|PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC)_/

export default defineCheck({
  id: 'dockerfile/arg-scope',
  title: 'every ARG is declared in the stage that uses it',
  why: 'An ARG before the first FROM has no value inside a stage, and an empty one is no error: the build goes on with a wrong path or name.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build'],
  *run({build}) {
    for (const {stage, unscoped} of build.stages) {
      const told = new Set<string>()
      for (const {name, at, isOwn, declared} of unscoped) {
        if (told.has(name) || (isOwn && ofBases.test(name))) continue
        told.add(name)
        if (isOwn) {
          yield {
            message: `${name} is set to itself, and stays empty: no ARG declares it, and a build sees nothing of the computer that starts it`,
            at,
            hint: `Declare it above: ARG ${name}, and hand it over: flyctl deploy --build-arg ${name}=…. One that only the running app reads needs no line here: set it in [env] of fly.toml, or as a secret.`,
            // What Fly.io sets when the app runs comes before it.
            ...(!ofPages.test(name) && {severity: 'info' as const}),
          }
          continue
        }
        if (declared) {
          yield {
            message: `${name} is empty here: ARG ${name} stands in another stage, and each stage has its own`,
            at,
            related: [declared],
            hint: `Declare it in this stage, too, below its FROM: ARG ${name}`,
          }
          continue
        }
        yield {
          message: `${name} is empty here: its value is known before the first FROM only`,
          at,
          related: [stage.at],
          hint: `Declare it in this stage, below FROM: ARG ${name}`,
        }
      }
    }
  },
})
