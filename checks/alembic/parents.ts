import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/parents',
  title: 'every revision follows from one that exists',
  why: 'alembic builds the whole graph before any command, and stops at a parent that it cannot find or at a circle.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic', 'processes'],
  *run({alembic, processes}) {
    const runs = processes.find(/\b(alembic|flask\s+db)\b.*\bupgrade\b|command\.upgrade\(/)
    let read = 0
    for (const {orphans, heads, revisions, undetermined, isRunBy} of alembic.environments) {
      // A file whose id is computed may be the parent.
      if (undetermined.length > 0) continue
      read++
      const proven = runs?.certain && isRunBy(runs.text)
      const certainty = {
        related: runs ? [runs.at] : [],
        ...(!proven && ({severity: 'warning', failsAt: 'silent'} as const)),
      }
      for (const {revision, parent} of orphans) {
        yield {
          message: `${revision.id} follows ${parent}, which no file defines: every alembic command stops with KeyError '${parent}'`,
          at: revision.at,
          hint: 'Correct down_revision, or bring back the file that was removed or renamed.',
          ...certainty,
        }
      }
      const [first] = revisions
      if (first && heads?.length === 0) {
        yield {
          message: 'the revisions follow each other in a circle, so none is the last one',
          at: first.at,
          hint: 'Correct a down_revision so that one revision follows none.',
          ...certainty,
        }
      }
    }
    if (read === 0) return 'the revisions cannot be read without running them'
  },
})
