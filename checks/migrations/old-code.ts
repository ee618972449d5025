import {defineCheck, textOf} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/old-code',
  title: 'the running version can live with the migration',
  why: 'The release command changes the database while the machines still run the code of before, which then asks for what is gone.',
  // Whether the code of before still uses it is not known.
  severity: 'info',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    for (const {steps, isHead, upgrade} of migrations) {
      // What was deployed has been lived with.
      if (!isHead || !upgrade) continue
      const made = new Set(steps.filter(({call}) => call.method === 'create_table').map(({table}) => table))
      for (const {call, table, at} of steps) {
        if (!table || made.has(table)) continue
        const column = textOf(call.args.at(-1))
        const what =
          call.method === 'drop_table'
            ? `${table} is dropped`
            : call.method === 'drop_column'
              ? `${table}.${column ?? '…'} is dropped`
              : call.method === 'rename_table'
                ? `${table} gets another name`
                : call.method === 'alter_column' && call.keywords.has('new_column_name')
                  ? `${table}.${textOf(call.args.at(-1)) ?? '…'} gets another name`
                  : undefined
        if (!what) continue
        yield {
          message: `${what} before the machines that still use the old one are replaced, and stays so when the new version does not become healthy`,
          at,
          hint: 'Deploy code that no longer uses it first, and this migration with the deploy after.',
        }
      }
    }
  },
})
