import {
  columnEnums,
  createdEnum,
  defineCheck,
  escapePattern,
  migrationName,
  migrationTools,
  perMigration,
  sqlIn,
  textOf,
} from '../../src/check.ts'

const added = /\balter\s+type\s+(?:"?\w+"?\.)?"?(\w+)"?\s+add\s+value\s+(?:if\s+not\s+exists\s+)?'((?:[^']|'')*)'/gi
/** Where a text in quotes is no value of an enum that exists, or is not looked at yet. */
const noUse =
  /\bcreate\s+type\s[^;]*|\bcomment\s+on\s[^;]*|\$(\w*)\$[\s\S]*?\$\1\$|\b(?:before|after|value|to)\s+'(?:[^']|'')*'/gi

export default defineCheck({
  id: 'migrations/enum-value',
  title: 'a new enum value is committed before it is used',
  why: 'Postgres refuses a value of an enum in the transaction that adds it: New enum values must be committed before they can be used.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['files'],
  uses: ['migrations', 'tableHistory'],
  *run({migrations: all, tableHistory}) {
    if (!all && !tableHistory) return 'no migrations can be read'
    for (const {kind, column, what, by, at, made, run, failsAt} of tableHistory ?? []) {
      if (kind !== 'new value' || !made) continue
      yield {
        message: `${by} has '${what}' for ${column}, which ${migrationName(made.file)} adds to its type: drizzle runs all files that a database has not run in one transaction, and Postgres takes no value that is not committed (unsafe use of new value "${what}" of enum type)`,
        at,
        related: [made, ...run],
        hint: 'Deploy the one that adds the value first; or make the type anew in place of ADD VALUE. A new database runs both at once: from Postgres 17 on it takes the value where it makes the type, too.',
        severity: 'warning',
        failsAt,
      }
    }
    const {migrations} = all ?? {migrations: []}
    // All new migrations may be one transaction.
    const created = new Set(
      migrations.flatMap(({isNew, steps}) => (isNew ? steps.flatMap((step) => createdEnum(step) ?? []) : [])),
    )
    yield* perMigration(migrations, function* (migration) {
      const {steps, autocommits, tool} = migration
      if (autocommits) return
      const values = new Map<string, {at: (typeof steps)[number]['at']; type: string; isSure: boolean}>()
      for (const step of steps) {
        const text = sqlIn(step)?.text
        const rest = text
          ?.replace(added, (_, type: string, value: string) => {
            // From Postgres 17 on, those of a type of the same transaction may be used.
            if (!step.autocommit) values.set(value, {at: step.at, type, isSure: !created.has(type)})
            return ' '
          })
          .replace(noUse, ' ')
        // COMMIT ends the transaction.
        if (rest && /^[ \t]*commit\b/im.test(rest)) values.clear()
        const defaults = step.call.args.flatMap((each) =>
          each.kind === 'call' ? (textOf(each.keywords.get('server_default')) ?? []) : [],
        )
        const used = [...values].find(([value]) => rest?.includes(`'${value}'`) || defaults.includes(value))
        if (!used) continue
        const [value, {at, type, isSure}] = used
        values.delete(value)
        const isOfType = columnEnums(step.call).some((column) => column.type.name === type) || takes(type, value, rest)
        yield {
          message: `'${value}' is used in the transaction that adds it to its type: Postgres wants it committed before`,
          at: step.at,
          related: [at],
          hint: migrationTools[tool].before,
          ...(!(step.isSure && isSure && isOfType) && {severity: 'warning'}),
        }
      }
    })
  },
})

/**
 * Whether the text is a value of this type there: it is cast to it, the default of a column of it, or held against a column that
 * is called like the type. Else it may be a text that is the same.
 */
function takes(type: string, value: string, sql = ''): boolean {
  const text = `'${escapePattern(value)}'`
  const name = `(?:"?\\w+"?\\.)?"?${type}"?`
  if (new RegExp(`${text}\\s*::\\s*${name}|${name}(?:\\s+not\\s+null)?\\s+default\\s+${text}`, 'i').test(sql))
    return true
  const columns = sql.matchAll(new RegExp(`(?<!\\w)"?(\\w+)"?\\s*(?:=|<>|!=|\\bset\\s+default)\\s*${text}`, 'gi'))
  const plain = (each: string) => each.toLowerCase().replaceAll('_', '')
  return [...columns].some(([, column = '']) =>
    plain(type)
      .replace(/(?:enum|type)$/, '')
      .endsWith(plain(column)),
  )
}
