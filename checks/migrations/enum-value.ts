import {defineCheck, sqlOf, textOf} from '../../src/check.ts'

const added = /\balter\s+type\s+[\w."]+\s+add\s+value\s+(?:if\s+not\s+exists\s+)?'((?:[^']|'')*)'/gi

export default defineCheck({
  id: 'migrations/enum-value',
  title: 'a new enum value is committed before it is used',
  why: 'Postgres refuses a value of an enum in the transaction that adds it: New enum values must be committed before they can be used.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    for (const migration of migrations) {
      const {steps, autocommits} = migration
      if (autocommits) continue
      const sql = new Map(sqlOf(migration).map((each) => [each.step, each.text]))
      const values = new Map<string, (typeof steps)[number]['at']>()
      for (const step of steps) {
        const text = sql.get(step)
        const rest = text?.replace(added, (_, value: string) => {
          if (!step.autocommit) values.set(value, step.at)
          return ' '
        })
        // COMMIT ends the transaction.
        if (rest && /^[ \t]*commit\b/im.test(rest)) values.clear()
        const defaults = step.call.args.flatMap((each) =>
          each.kind === 'call' ? (textOf(each.keywords.get('server_default')) ?? []) : [],
        )
        const used = [...values].find(([value]) => rest?.includes(`'${value}'`) || defaults.includes(value))
        if (!used) continue
        const [value, at] = used
        values.delete(value)
        yield {
          message: `'${value}' is used in the transaction that adds it to its type: Postgres wants it committed before`,
          at: step.at,
          related: [at],
          hint: 'Add the value in a migration of its own, within: with op.get_context().autocommit_block():',
          ...(!step.isSure && {severity: 'warning'}),
        }
      }
    }
  },
})
