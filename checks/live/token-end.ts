import {defineCheck} from '../../src/check.ts'

/** In days. A token that is made for no longer than that is meant to end, and is made anew for each deploy. */
const soon = 14
const verySoon = 7

export default defineCheck({
  id: 'live/token-end',
  title: 'the token does not end in the next days',
  why: 'From that day on every deploy stops at once, and who made the token may not be there then.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['session', 'token'],
  uses: ['app'],
  *run({token: {from, daysLeft, expiresAt, lifetime = Number.POSITIVE_INFINITY}, app}) {
    // One that is over has been told with the session, or is not needed for it.
    if (daysLeft === undefined || expiresAt === undefined || daysLeft < 0) return
    if (daysLeft >= soon || lifetime <= soon) return
    const when = daysLeft === 0 ? 'within a day' : `in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`
    yield {
      message: `the token of ${from} ends ${when}, on ${new Date(expiresAt).toISOString().slice(0, 10)}`,
      at: {live: 'token', subject: from},
      hint: `Set ${from} to a new one: flyctl tokens create deploy${app ? ` -a ${app.name}` : ''} (-x 8760h: for a year).`,
      severity: daysLeft < verySoon ? 'warning' : 'info',
    }
  },
})
