import {defineCheck} from '../../src/check.ts'

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
      for (const {name, at} of unscoped) {
        if (told.has(name)) continue
        told.add(name)
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
