import {defineCheck, perMigration, sqlOf} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/plain-string',
  title: 'SQL for a connection is wrapped in text()',
  why: 'A connection of SQLAlchemy 2 does not run a plain string: Not an executable object. The release command fails.',
  // With an older SQLAlchemy it may have been applied long ago.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  uses: ['image'],
  *run({migrations: {migrations}, image}) {
    // Which SQLAlchemy there is, only the image tells.
    if (!image) return
    const all = [...image.final.installs, ...image.final.copied].flatMap(({requirements}) => requirements)
    const sqlalchemy = all.find(({name}) => name === 'sqlalchemy')
    // 1.4 takes them still.
    if (sqlalchemy && /(^|[^\d.])(<\s*2|[=~]=\s*1|1\.)/.test(sqlalchemy.specifier)) return
    yield* perMigration(migrations, function* (migration) {
      for (const {step, isPlain} of sqlOf(migration)) {
        if (!isPlain) continue
        yield {
          message: `${step.call.name} gets a plain string, which SQLAlchemy 2 does not run: Not an executable object`,
          at: step.at,
          related: sqlalchemy ? [sqlalchemy.at] : [],
          hint: 'Wrap it: sa.text("…"), or write op.execute("…").',
        }
      }
    })
  },
})
