import {defineCheck, perMigration, sqlOf} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/bind-parameter',
  title: 'no colon in SQL is taken for a parameter',
  why: 'SQLAlchemy takes :name in SQL text for a parameter, also within quotes, and stops without a value for it.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    yield* perMigration(migrations, function* (migration) {
      for (const {step, text, isText} of sqlOf(migration)) {
        // sqlalchemy/sql/compiler.py, BIND_PARAMS: a colon, then a name, with no colon, word or backslash around them.
        const [found, name] = /(?<![:\w\\]):(\w+)(?![:\w])/.exec(text) ?? []
        if (!isText || !found) continue
        yield {
          message: `SQLAlchemy takes ${found} for a parameter, and stops: a value is required for bind parameter '${name}'`,
          at: step.at,
          hint: `Write \\\\${found}, or op.get_bind().exec_driver_sql("…"), which has no parameters.`,
          ...(!step.isSure && {severity: 'warning'}),
        }
      }
    })
  },
})
