import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/config',
  title: 'alembic finds its configuration and scripts',
  why: 'alembic upgrade stops before it reads a revision, or finds none and does nothing.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['processes'],
  uses: ['alembic'],
  *run({alembic, processes}) {
    const runs = processes.find(/\b(alembic|flask\s+db)\b.*\bupgrade\b/)
    if (!alembic) {
      if (!runs || /\s(-c|--config)\b|\bflask\b/.test(runs.text)) return 'the project has no alembic.ini'
      // A step of the build may still make one.
      yield {
        message: `${runs.by} runs alembic, and the project has no alembic.ini`,
        at: runs.at,
        hint: 'Commit alembic.ini and the folder of the migrations.',
        severity: 'warning',
      }
      return
    }
    for (const {config, problem, noVersions, scriptFolder, isRunBy} of alembic.environments) {
      if (problem) {
        yield {
          message: problem.message,
          at: problem.at,
          related: runs ? [runs.at] : [],
          hint: problem.hint,
          // Nothing in the deploy is seen to run it: then it waits for whoever does.
          ...(!(problem.proven && runs?.certain && isRunBy(runs.text)) && {
            severity: 'warning',
            failsAt: runs ? 'release' : 'silent',
          }),
        }
      } else if (noVersions && runs) {
        yield {
          message: `${scriptFolder}/versions does not exist: alembic upgrade exits 0 and does nothing`,
          at: {file: config},
          related: [runs.at],
          hint: 'Commit the revisions; git keeps no empty folder.',
          severity: 'warning',
          failsAt: 'silent',
        }
      }
    }
  },
})
