import {defineCheck, faultsOn} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/config',
  title: 'alembic finds its configuration and scripts',
  why: 'alembic upgrade stops before it reads a revision, or finds none and does nothing.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    const {environments, upgrade} = alembic
    if (environments.length === 0) {
      if (!upgrade || /\s(-c|--config)\b|\bflask\b/.test(upgrade.command)) return 'the project has no alembic.ini'
      yield {
        message: `${upgrade.by} runs alembic, and the project has no alembic.ini`,
        at: upgrade.at,
        hint: 'Commit alembic.ini and the folder of the migrations.',
        // A step of the build may still make one.
        severity: 'warning',
        failsAt: upgrade.failsAt,
      }
    }
    yield* faultsOn(alembic, 'config')
  },
})
