import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'settings/unused-ignore',
  title: 'every ignore still ignores something',
  why: 'An ignore that outlives its reason hides the next finding of that check.',
  severity: 'warning',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['ignores'],
  *run({ignores}) {
    for (const {at} of ignores.malformed) {
      yield {
        message: 'this comment ignores nothing: it lacks an id or a reason',
        at,
        hint: 'Write it as # preflight-ignore ID -- why it is right to ignore it',
      }
    }
    for (const {check, at} of ignores.unknown) {
      yield {message: `this comment ignores ${check}, which is no check`, at, hint: 'See them all: preflight list'}
    }
    for (const {check, at, until} of ignores.expired) {
      yield {
        message: `the ignore of ${check} ended on ${until}`,
        at,
        hint: 'Cure the finding, or give the ignore a new date.',
      }
    }
    for (const {check, at} of ignores.unused) {
      yield {
        message: `the ignore of ${check} matches no finding`,
        at,
        hint: 'Remove it, or correct it: its id, its path; a comment stands on the line before the finding.',
      }
    }
  },
})
