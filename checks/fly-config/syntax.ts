import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/syntax',
  title: 'fly.toml is there and parses',
  why: 'Every flyctl command stops at a configuration that it cannot parse.',
  severity: 'error',
  failsAt: 'parse',
  since: '0.1.0',
  needs: [],
  examines: ['flyConfig'],
  *run({flyConfig}) {
    if (flyConfig.state === 'ok' || !flyConfig.problem || flyConfig.problem.kind === 'decode') return
    yield flyConfig.problem
  },
})
