import {defineCheck, isConstant, textOf} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/not-null-column',
  title: 'a new column has a value for the rows that exist',
  why: 'A column that may not be NULL has no value in the rows of a table in use: Postgres refuses it, and the release command fails.',
  // An empty table takes it.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    for (const {steps, isHead} of migrations) {
      // What was deployed has passed.
      if (!isHead) continue
      const made = new Set(steps.filter(({call}) => call.method === 'create_table').map(({table}) => table))
      for (const {call, table, conditional} of steps) {
        if (call.method !== 'add_column' || table === undefined || made.has(table) || conditional) continue
        const column = call.args.find((each) => each.kind === 'call' && each.method === 'Column')
        if (column?.kind !== 'call' || !isConstant(column.keywords.get('nullable'), false)) continue
        const fills = ['server_default', 'primary_key'].some((name) => column.keywords.has(name))
        const computes = column.args.some(
          (each) => each.kind === 'call' && /^(Computed|Identity|FetchedValue)$/.test(each.method),
        )
        if (fills || computes) continue
        const name = textOf(column.args[0]) ?? 'the column'
        yield {
          message: `${table}.${name} may not be NULL and has no server_default: where ${table} has rows, Postgres refuses the column`,
          at: column.at,
          hint: 'Give it server_default="…", or add it with nullable=True, fill it, and then make it NOT NULL.',
        }
      }
    }
  },
})
