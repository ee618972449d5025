import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/last-release',
  title: 'the last deploy ended well',
  why: 'What made the last deploy fail makes this one fail too, unless it was repaired.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['app', 'releases'],
  *run({app, releases}) {
    const [last] = releases
    if (!last) return
    const {version, status, createdAt} = last
    const when = createdAt ? ` on ${createdAt.slice(0, 16).replace('T', ' at ')} UTC` : ''
    const at = {live: 'releases' as const, subject: `v${version}`}
    if (status === 'failed' || status === 'interrupted') {
      yield {
        message: `the last deploy of ${app.name}, v${version}${when}, ${status === 'failed' ? 'failed' : 'was interrupted'}`,
        at,
        hint: `See what it said before you deploy again: flyctl logs -a ${app.name} --no-tail, and the output of that deploy.`,
      }
    }
    if (status === 'pending' || status === 'running') {
      yield {
        message: `a deploy of ${app.name}, v${version}${when}, has not ended: two at a time stop each other at the machines' leases`,
        at,
        hint: `Wait until it is done: flyctl releases -a ${app.name}. If it was given up, deploy all the same.`,
      }
    }
  },
})
