import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/ci-login',
  title: 'CI deploys with a token of its own, not as a person',
  why: "Who gets hold of a person's login may do everything that this person may, in every organisation.",
  severity: 'info',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['session', 'token'],
  uses: ['appName'],
  *run({session, token: {from}, appName}) {
    if (!session.ci) return 'this is not CI'
    // A machine that deploys may be logged in by hand; what was copied into a variable is what others can copy, too.
    if (session.automation || from === 'login') return
    yield {
      message: `${from} holds the login of a person, which may do everything that this person may`,
      at: {live: 'token', subject: from},
      hint: `Set it to a token that may deploy this app only: flyctl tokens create deploy${appName ? ` -a ${appName.name}` : ''}`,
    }
  },
})
