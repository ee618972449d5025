import {defineCheck, type FileLocation, migrationName} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/missing-table',
  title: 'migrations work on tables that a migration makes',
  why: 'The database has no table of that name, and the migrations stop there: relation "…" does not exist.',
  // Somebody may have made it by hand.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['files'],
  uses: ['missingTables', 'tableHistory', 'migrations'],
  *run({missingTables, tableHistory, migrations}) {
    for (const {at, next} of migrations?.emptied ?? []) {
      yield {
        message: `this empties search_path for the whole connection, on which the next migrations run, too: ${next.text} names no schema, and Postgres finds none for it`,
        at,
        related: [next.at],
        hint: 'Delete the line, or write true in place of false: it then ends with the transaction of this file.',
      }
    }
    if (!missingTables && !tableHistory) return 'no migrations can be read'
    for (const {kind, table, by, at, made, run, failsAt} of tableHistory ?? []) {
      if (kind !== 'missing' && kind !== 'later' && kind !== 'renamed') continue
      const what =
        made && kind === 'renamed'
          ? `which ${migrationName(made.file)} has given another name`
          : made && kind === 'later'
            ? `which ${migrationName(made.file)} makes, later`
            : 'which no migration makes'
      yield {
        message: `${by} asks for the table ${table}, ${what}: the database refuses it (relation "${table}" does not exist)`,
        at,
        related: [...(made ? [made] : []), ...run],
        hint:
          kind === 'missing'
            ? 'Correct the name, or make the table in a migration before.'
            : kind === 'renamed'
              ? 'Write the name that the table has by then.'
              : inTime(at, made),
        failsAt,
      }
    }
    for (const {table, by, at, upgrade} of missingTables ?? []) {
      yield {
        message: `${/^Foreign/.test(by) ? 'a foreign key points to' : `${by} works on`} the table ${table}, which no migration makes: the database refuses it (relation "${table}" does not exist)`,
        at,
        related: upgrade ? [upgrade] : [],
        hint: `Correct the name, or make the table in a migration before: op.create_table("${table}", …).`,
        ...(!upgrade && {failsAt: 'silent' as const}),
      }
    }
  },
})

/** How a table comes to be made in time. */
function inTime({file}: FileLocation, made: FileLocation | undefined): string {
  if (made?.file === file) return 'Move what makes the table up.'
  return file.endsWith('.py')
    ? 'Revisions run in the order that down_revision gives them: make the table in this one, or in one before.'
    : 'Migrations run in the order of the numbers of their files: give this one a higher number, or the other a lower one.'
}
