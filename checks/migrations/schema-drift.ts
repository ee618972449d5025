import {defineCheck, inSeries} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/schema-drift',
  title: 'migrations make what the schema of Prisma has',
  why: 'prisma migrate deploy runs the files of the migrations, and never looks at the schema: what no file makes is not in the database.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['prismaDrift'],
  *run({prismaDrift}) {
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
