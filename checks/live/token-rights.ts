import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/token-rights',
  title: 'the token may do more than read',
  why: 'A deploy changes machines and releases, and Fly.io refuses that to a token that may only read.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['session', 'token'],
  uses: ['app'],
  *run({token: {from, readOnly}, app}) {
    if (!readOnly) return
    yield {
      message: `the token of ${from === 'login' ? 'the login' : from} may read and nothing else; flyctl deploy needs one that may change the app`,
      at: {live: 'token', subject: from},
      hint: `Make one for the deploy: flyctl tokens create deploy${app ? ` -a ${app.name}` : ''}. If only preflight has this token, turn the check off: [checks] "live/token-rights" = "off".`,
    }
  },
})
