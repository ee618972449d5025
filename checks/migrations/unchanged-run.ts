import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/unchanged-run',
  title: 'a deploy without new migrations is no failure',
  why: 'golang-migrate returns the error "no change" where there is nothing to do: the first deploy works, and the next does not.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['unchangedRuns'],
  *run({unchangedRuns}) {
    for (const {by, call, at, ends} of unchangedRuns) {
      yield {
        message: `${by} ${ends ? 'ends' : 'fails'} where ${call} returns an error, and that is "no change" whenever there is no new migration`,
        at,
        hint: 'Let that one pass: err != nil && !errors.Is(err, migrate.ErrNoChange)',
        ...(by !== 'release_command' && {failsAt: 'boot'}),
      }
    }
  },
})
