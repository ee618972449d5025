import {defineCheck, faultsOn} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/parents',
  title: 'every revision follows from one that exists',
  why: 'alembic builds the whole graph before any command, and stops at a parent that it cannot find or at a circle.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  uses: ['lostHeads'],
  *run({alembic, lostHeads = []}) {
    // A file whose id is computed may be the parent.
    if (alembic.environments.every(({graph}) => !graph)) return 'the revisions cannot be read without running them'
    yield* faultsOn(alembic, 'parents')
    for (const {id, file, ref, at, upgrade} of lostHeads) {
      const before = ref === 'HEAD^' ? 'the commit before' : ref
      yield {
        message: `${before} has the head ${id}, and no file has this revision any more: a database that a deploy of it brought there ends ${upgrade.by} with "Can't locate revision identified by '${id}'"`,
        at,
        related: [upgrade.at],
        hint: `Bring it back, git checkout ${ref} -- ${file}, and let the newer one follow it: down_revision = "${id}".`,
        // Whether that commit was deployed, only Fly.io knows.
        severity: 'warning',
        failsAt: upgrade.failsAt,
      }
    }
  },
})
