import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/latest-generator',
  title: 'generators of Go are of the version of their library',
  why: 'A generator at its newest writes code for the newest library, and the build compiles it with the one of go.mod.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['latestGenerators'],
  uses: ['buildsElse'],
  *run({latestGenerators, buildsElse}) {
    if (buildsElse) return
    for (const {tool, at, version, required} of latestGenerators) {
      yield {
        message: `the build takes the newest ${tool.replace(/^.*\//, '')}, and go.mod has ${version} of its library: what it writes may not compile with that`,
        at,
        related: [required],
        hint: `Take the version of go.mod: ${tool}@${version}`,
      }
    }
  },
})
