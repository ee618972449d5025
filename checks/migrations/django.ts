import {defineCheck, inSeries} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/django',
  title: "Django can run the project's migrations",
  why: 'Django puts the migrations into an order before it runs any: two ends in one app, or one that is not there, stop it.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['djangoMigrations'],
  *run({djangoMigrations: {faults, run}}) {
    const failsAt = run.by === 'release_command' ? ('release' as const) : ('boot' as const)
    for (const fault of faults) {
      switch (fault.kind) {
        case 'leaves': {
          const names = fault.leaves.map(({name}) => name)
          yield {
            message: `none of ${inSeries(names)} of ${fault.app} comes after the other: migrate stops with "Conflicting migrations detected"`,
            at: fault.at,
            related: [...fault.leaves.slice(0, -1).map(({at}) => at), run.at],
            hint: 'Make one that comes after both, and commit it: python manage.py makemigrations --merge; or let the newer one depend on the other.',
            failsAt,
          }
          break
        }
        case 'missing': {
          const {migration, dependency} = fault
          yield {
            message: `${migration.app}.${migration.name} depends on ${dependency.app}.${dependency.name}, which the image does not have: migrate stops with NodeNotFoundError`,
            at: fault.at,
            related: [run.at],
            hint: `Commit ${dependency.name}.py and let the build have it, or let this one depend on the one before.`,
            failsAt,
          }
          break
        }
        case 'namespace':
          yield {
            message: `the migrations of ${fault.app} lie in a folder without __init__.py: Django passes over ${fault.count === 1 ? 'the one' : `all ${fault.count}`} in it, and makes no table`,
            at: fault.at,
            related: [run.at],
            hint: 'Add an empty __init__.py to the folder, and commit it.',
            severity: 'warning',
            failsAt: 'runtime',
          }
          break
        case 'twin': {
          const {app, model, field, added} = fault
          yield {
            message: `${field} of ${model} is added with an index, which comes when the migration ends, and is made unique before: Postgres refuses the second of the same name, "${app}_${model.toLowerCase()}_${field}_…_like"`,
            at: fault.at,
            related: [added, run.at],
            hint: 'Add the field with db_index=False, or make it unique in a migration of its own.',
            // Django puts it off in a transaction alone, and of the database the project says that it may be Postgres.
            severity: 'warning',
            failsAt,
          }
        }
      }
    }
  },
})
