import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/tracked',
  title: 'git keeps the migrations',
  why: 'A revision that git ignores is on one machine only: a deploy from CI does not know it, and stops at the database that does.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    for (const {ignored, upgrade} of alembic.environments) {
      const [first, ...others] = ignored
      if (first === undefined) continue
      const more = others.length > 0 ? ` and ${others.length} other${others.length > 1 ? 's' : ''}` : ''
      yield {
        message: `git ignores ${first}${more}: a deploy from CI, or from another clone, does not have ${more ? 'them' : 'it'}`,
        at: {file: first},
        related: upgrade ? [upgrade.at] : [],
        hint: `Take the pattern out of .gitignore, then: git add ${first.replace(/[^/]*$/, '')}`,
        failsAt: upgrade?.failsAt ?? 'silent',
      }
    }
  },
})
