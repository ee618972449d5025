import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/decode',
  title: 'flyctl can decode fly.toml',
  why: 'One value of the wrong shape makes flyctl forget the whole file, and deploy stops before the build.',
  severity: 'error',
  failsAt: 'decode',
  since: '0.1.0',
  needs: [],
  examines: ['flyConfig'],
  *run({flyConfig}) {
    if (flyConfig.state === 'ok') return
    if (flyConfig.problem?.kind !== 'decode') return flyConfig.reason
    yield flyConfig.problem
  },
})
