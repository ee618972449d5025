import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/syntax',
  title: 'the Dockerfile parses and has the build target',
  why: 'BuildKit stops before the first step.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: [],
  examines: ['dockerfile'],
  *run({dockerfile}) {
    if (dockerfile.state === 'ok') return
    if (dockerfile.problem?.kind !== 'syntax') return dockerfile.reason
    yield dockerfile.problem
  },
})
