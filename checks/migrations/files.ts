import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/files',
  title: 'the migration tool finds all its files',
  why: 'Tools find their migrations by an index, or by the names: what does not fit stops the run, or is left out in silence.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {faults}}) {
    for (const {message, at, related, hint, stops, isSure, failsAt} of faults) {
      yield {
        message,
        at,
        related,
        hint,
        failsAt: stops ? failsAt : 'silent',
        ...(!(stops && isSure) && {severity: 'warning'}),
      }
    }
  },
})
