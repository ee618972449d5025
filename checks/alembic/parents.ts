import {defineCheck, type Finding} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/parents',
  title: 'every revision follows from one that exists',
  why: 'alembic builds the whole graph before any command, and stops at a parent that it cannot find or at a circle.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    let told = 0
    for (const {read, orphans, circle, undetermined, upgrade} of alembic.environments) {
      // A file whose id is computed may be the parent.
      if (!read || undetermined.length > 0) continue
      told++
      const common: Pick<Finding, 'severity' | 'failsAt'> = {
        severity: upgrade?.certain ? 'error' : 'warning',
        failsAt: upgrade?.failsAt ?? 'silent',
      }
      const runs = upgrade ? [upgrade.at] : []
      for (const {revision, parent} of orphans) {
        yield {
          ...common,
          message: `${revision.id} follows ${parent}, which no file defines: every alembic command stops with KeyError '${parent}'`,
          at: revision.at,
          related: runs,
          hint: 'Correct down_revision, or bring back the file that was removed or renamed.',
        }
      }
      const [first] = circle
      // With a parent missing, what stands behind it is no circle.
      if (!first || orphans.length > 0) continue
      yield {
        ...common,
        message: `${
          circle.length === 1
            ? first.id
            : circle
                .map(({id}) => id)
                .slice(0, 4)
                .join(', ')
        } follow each other in a circle`,
        at: first.at,
        related: [...circle.slice(1, 4).map(({at}) => at), ...runs],
        hint: 'Correct a down_revision so that one of them follows a revision outside the circle, or none.',
      }
    }
    if (told === 0) return 'the revisions cannot be read without running them'
  },
})
