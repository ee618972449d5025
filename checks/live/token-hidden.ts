import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/token-hidden',
  title: 'no other variable hides FLY_API_TOKEN from flyctl',
  why: 'The deploy goes on with another token, or another login, than the one that was set for it.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['session', 'token'],
  *run({token}) {
    if (!token.hidesApiToken) return
    yield {
      message: token.empty
        ? 'FLY_ACCESS_TOKEN is set and empty: flyctl does not look at FLY_API_TOKEN then, and uses the login of this machine'
        : 'FLY_ACCESS_TOKEN is set: flyctl does not look at FLY_API_TOKEN then, which holds another token',
      at: {live: 'token', subject: 'FLY_ACCESS_TOKEN'},
      hint: 'Unset FLY_ACCESS_TOKEN (an empty variable counts as set), or FLY_API_TOKEN if that is not meant.',
    }
  },
})
