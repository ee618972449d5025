import {defineCheck, inSeries} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/schema-drift',
  title: 'migrations make what the models have',
  why: 'prisma migrate deploy and manage.py migrate run the files of the migrations, and never look at the models: what no file makes is not in the database.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['prismaDrift'],
  uses: ['djangoMigrations'],
  *run({prismaDrift, djangoMigrations}) {
    for (const {app, model, fields, alone, at} of djangoMigrations?.drift ?? []) {
      const shown = fields?.slice(0, 5)
      const more = (fields?.length ?? 0) - 5
      const few = alone === 1 ? `${model} has` : `${model} and ${(alone ?? 0) - 1} more have`
      const none = `the app ${app} has no migrations, so ${few} no table: relation "${app}_${model.toLowerCase()}" does not exist`
      yield {
        message: shown
          ? `no migration of ${app} adds ${inSeries(shown)}${more > 0 ? ` (and ${more} more)` : ''} to ${model}: each query of it ends with "column … does not exist"`
          : alone !== undefined
            ? none
            : `no migration of ${app} makes ${model}: relation "${app}_${model.toLowerCase()}" does not exist`,
        at,
        related: djangoMigrations ? [djangoMigrations.run.at] : [],
        hint: `Make it, and commit the file: python manage.py makemigrations ${app}.`,
      }
    }
    for (const {model, table, columns, at, folder, run} of prismaDrift) {
      const shown = columns?.slice(0, 5)
      const more = (columns?.length ?? 0) - 5
      yield {
        message: shown
          ? `no migration makes ${inSeries(shown)}${more > 0 ? ` (and ${more} more)` : ''} of ${model}: each query of it ends with P2022, the column does not exist`
          : `no migration makes ${table}, the table of ${model}: each query of it ends with P2021, the table does not exist`,
        at,
        related: [run.at],
        hint: `Make one, and commit what it writes into ${folder}: npx prisma migrate dev --name ${model.toLowerCase()}. prisma db push changes your own database alone.`,
      }
    }
  },
})
