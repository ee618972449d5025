import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/in-image',
  title: 'the image holds the migrations',
  why: 'alembic runs in the image: what is not copied there, it does not find, or does not run.',
  // Something that is not followed may have brought it after all.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    for (const {gap, upgrade} of alembic.environments) {
      if (!gap || !upgrade) continue
      const {what, path, own, leftOut, elsewhere, stage} = gap
      const silent = what === 'revisions'
      const consequence = {
        configuration: 'it stops',
        'env.py': 'it stops',
        revisions: 'it finds no revision, exits 0 and does nothing',
        revision: 'this revision is not run, and what follows it fails',
      }[what]
      yield {
        message: `${upgrade.by} runs alembic, but nothing brings ${own} to ${path} in the image: ${consequence}`,
        at: upgrade.at,
        related: [stage],
        hint: leftOut
          ? `.dockerignore leaves it out: add a line !${own} at its end, or take away the pattern that does`
          : elsewhere
            ? `It is at ${elsewhere}: copy it to ${path}, or run alembic where it is (WORKDIR, or alembic -c).`
            : `Copy it in the last stage: COPY ${own} ${path}`,
        failsAt: silent ? 'silent' : upgrade.failsAt,
      }
    }
  },
})
