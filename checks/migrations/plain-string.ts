import {defineCheck, sqlOf} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/plain-string',
  title: 'SQL for a connection is wrapped in text()',
  why: 'A connection of SQLAlchemy 2 does not run a plain string: Not an executable object. The release command fails.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations', 'image'],
  *run({migrations: {migrations}, image}) {
    const all = [...image.final.installs, ...image.final.copied].flatMap(({requirements}) => requirements)
    const sqlalchemy = all.find(({name}) => name === 'sqlalchemy')
    // 1.4 takes them still.
    if (sqlalchemy && /(^|[^\d.])(<\s*2|[=~]=\s*1|1\.)/.test(sqlalchemy.specifier)) return
    for (const migration of migrations) {
      const {upgrade, isHead} = migration
      for (const {step, isPlain} of sqlOf(migration)) {
        // Only what surely is a connection: a session has the same method, and takes no string either.
        if (!isPlain) continue
        const isSure =
          upgrade?.certain && isHead && !step.conditional && /[=~]=\s*2|>=\s*2/.test(sqlalchemy?.specifier ?? '')
        yield {
          message: `${step.call.name} gets a plain string, which SQLAlchemy 2 does not run: Not an executable object`,
          at: step.at,
          related: sqlalchemy ? [sqlalchemy.at] : [],
          hint: 'Wrap it: sa.text("…"), or write op.execute("…").',
          ...(!isSure && {severity: 'warning'}),
        }
      }
    }
  },
})
