import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/exists',
  title: 'the Dockerfile is where flyctl looks for it',
  why: 'flyctl joins build.dockerfile to the folder of fly.toml; at another place it finds nothing to build.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: [],
  examines: ['dockerfile'],
  *run({dockerfile}) {
    if (dockerfile.state === 'ok') return
    if (dockerfile.problem?.kind === 'missing' || dockerfile.problem?.kind === 'unreadable') yield dockerfile.problem
    else if (!dockerfile.problem) return dockerfile.reason
  },
})
