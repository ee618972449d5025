import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'git/merge-conflict',
  title: 'what the build reads holds no merge conflict',
  why: 'A file in which git has left both sides of a merge is no Ruby, JSON or TOML any more: the first program that reads it stops.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['mergeConflicts'],
  *run({mergeConflicts}) {
    for (const {file, at} of mergeConflicts) {
      yield {
        message: `${file} still has both sides of a merge conflict: what reads it stops at <<<<<<<`,
        at,
        hint: 'Keep one of the sides, or what is right of both, and take the lines with <<<<<<<, ======= and >>>>>>> away.',
      }
    }
  },
})
