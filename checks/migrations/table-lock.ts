import {type Change, changesOf, defineCheck, type MigrationTool, migrationTools} from '../../src/check.ts'

interface Lock {
  message: string
  hint: string
}

const waits = 'nobody reads or writes it meanwhile'

export default defineCheck({
  id: 'migrations/table-lock',
  title: 'no table in use is locked for long',
  why: 'What takes long under a lock on a large table stops the requests of the machines that still serve, and may outlast the release command.',
  // How large the table is, is not known.
  severity: 'info',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations, made}}) {
    // What was deployed has been waited for.
    for (const migration of migrations.filter(({isNew}) => isNew)) {
      const told = new Map<string, {lock: Lock; changes: Change[]}>()
      for (const change of changesOf(migration)) {
        const lock = change.conditional || made.has(change.table) ? undefined : lockOf(change, migration.tool)
        if (!lock) continue
        const same = told.get(lock.hint)
        if (same) same.changes.push(change)
        else told.set(lock.hint, {lock, changes: [change]})
      }
      for (const {
        lock: {message, hint},
        changes: [first, ...others],
      } of told.values()) {
        if (!first) continue
        const more =
          others.length === 0
            ? ''
            : `; ${others.length} more of this migration ${others.length === 1 ? 'does' : 'do'} the like`
        yield {message: message + more, at: first.at, related: others.slice(0, 5).map(({at}) => at), hint}
      }
    }
  },
})

/** Locks as Postgres 15 takes them, and for how long. */
function lockOf(change: Change, tool: MigrationTool): Lock | undefined {
  const {table} = change
  switch (change.kind) {
    case 'index':
      if (change.isConcurrent) return undefined
      return {
        message: `the index on ${table} is built while nobody can write to it`,
        hint: migrationTools[tool].index,
      }
    case 'add column':
      return addedColumn(change, tool)
    case 'foreign key':
      return change.isNotValid ? undefined : foreignKey(`the foreign key of ${table}`)
    case 'check':
      if (change.isNotValid) return undefined
      return {
        message: `the constraint of ${table} is compared with each row, and ${waits}`,
        hint: 'Add it NOT VALID (postgresql_not_valid=True of alembic), and VALIDATE CONSTRAINT with a later deploy.',
      }
    case 'unique':
      if (change.usesIndex) return undefined
      return {
        message: `the constraint of ${table} has its index built, and ${waits}`,
        hint: 'First CREATE UNIQUE INDEX CONCURRENTLY, outside of a transaction, then ADD CONSTRAINT … UNIQUE USING INDEX.',
      }
    case 'set not null':
      return {
        message: `${table}.${change.column} becomes NOT NULL: each row is looked at, ${waits}, and one NULL ends the migration`,
        hint: 'On a large table: CHECK (… IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT with a later deploy, and then NOT NULL.',
      }
    case 'change type':
      if (!change.isRewrite) return undefined
      return {
        message: `${table}.${change.column} gets another type: the table is written anew, and ${waits}`,
        hint: 'On a large table: add a column of the new type, fill it in batches, and let the code change over to it.',
      }
    case 'update all rows':
      return {
        message: `every row of ${table} is changed in one transaction, and stays locked until the last migration is done`,
        hint: 'On a large table: change the rows in batches, after the deploy.',
      }
    default:
      return undefined
  }
}

function addedColumn(
  {table, column, filledBy, isUnique, isIndexed, references}: Change & {kind: 'add column'},
  tool: MigrationTool,
): Lock | undefined {
  if (filledBy) {
    return {
      message: `${table}.${column} gets ${filledBy} in each row: the table is written anew, and ${waits}`,
      hint: 'On a large table: add it without a default, set the default in a second step, and fill the rows in batches.',
    }
  }
  if (isUnique || isIndexed) {
    return {
      message: `the index on ${table}.${column} is built while nobody can write to it`,
      hint: migrationTools[tool].index,
    }
  }
  return references ? foreignKey(`the foreign key of ${table}.${column}`) : undefined
}

const foreignKey = (what: string): Lock => ({
  message: `${what} is compared with each row, and nobody can write to either table meanwhile`,
  hint: 'Add it NOT VALID (postgresql_not_valid=True of alembic), and VALIDATE CONSTRAINT with a later deploy.',
})
