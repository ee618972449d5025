import {defineCheck, type Facts, type FileLocation, type Finding, inSeries, plural} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/schema-drift',
  title: 'migrations make what the models have',
  why: 'prisma migrate deploy, drizzle-kit migrate, manage.py migrate and alembic upgrade run the files of the migrations, and never look at the models: what no file makes is not in the database.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['prismaDrift'],
  uses: ['djangoMigrations', 'alembicDrift', 'drizzleDrift'],
  *run({prismaDrift, djangoMigrations, alembicDrift, drizzleDrift}) {
    for (const {app, model, fields, alone, at} of djangoMigrations?.drift ?? []) {
      const models = alone === 1 ? `${model} has` : `${model} and ${(alone ?? 0) - 1} more have`
      const none = `the app ${app} has no migrations, so ${models} no table: relation "${app}_${model.toLowerCase()}" does not exist`
      yield {
        message: fields
          ? `no migration of ${app} adds ${few(fields)} to ${model}: each query of it ends with "column … does not exist"`
          : alone !== undefined
            ? none
            : `no migration of ${app} makes ${model}: relation "${app}_${model.toLowerCase()}" does not exist`,
        at,
        related: djangoMigrations ? [djangoMigrations.run.at] : [],
        hint: `Make it, and commit the file: python manage.py makemigrations ${app}.`,
      }
    }
    for (const {app, model, columns, at} of djangoMigrations?.left ?? []) {
      yield {
        message: `the migrations of ${app} give ${model} ${few(columns)}, which may not be NULL, and the model has ${columns.length > 1 ? 'them' : 'it'} no more: each new row ends with IntegrityError (null value in column "${columns[0]}" violates not-null constraint)`,
        at,
        related: djangoMigrations ? [djangoMigrations.run.at] : [],
        hint: `Make the migration that drops ${columns.length > 1 ? 'them' : 'it'}, and commit the file: python manage.py makemigrations ${app}.`,
      }
    }
    for (const {model, table, columns, words, types, at, run, tool, others} of inOne(alembicDrift ?? [])) {
      if (types) {
        yield {...otherType(types, model, columns?.[0] ?? ''), at, related: [run.at]}
        continue
      }
      if (words) {
        yield {...wordsLack(words, `${model}.${columns?.[0]}`), at, related: [run.at]}
        continue
      }
      yield {
        message: columns
          ? `no migration adds ${few(columns)} to ${table}, the table of ${model}: each query of it ends with "column … does not exist"`
          : `no migration makes ${table}, the table of ${model}${more(others)}: relation "${table}" does not exist`,
        at,
        related: [run.at, ...placesOf(others)],
        hint: `Make it, and commit the file: ${tool === 'flask' ? 'flask db migrate' : 'alembic revision --autogenerate'} -m "${table}".`,
      }
    }
    for (const {table, columns, at, folder, isSqlite, run, others} of inOne(drizzleDrift ?? [])) {
      const none = isSqlite ? `no such table: ${table}` : `relation "${table}" does not exist`
      yield {
        message: columns
          ? `no migration adds ${few(columns)} to ${table}: each query of it ends with ${isSqlite ? '"no such column"' : '"column … does not exist"'}`
          : `no migration makes ${table}${more(others)}: each query of it ends with ${none}`,
        at,
        related: [run.at, ...placesOf(others)],
        hint: `Make one, and commit what it writes into ${folder}: npx drizzle-kit generate. drizzle-kit push changes your own database alone.`,
      }
    }
    for (const {model, table, columns, at, folder, run, others} of inOne(prismaDrift)) {
      yield {
        message: columns
          ? `no migration makes ${few(columns)} of ${model}: each query of it ends with P2022, the column does not exist`
          : `no migration makes ${table}, the table of ${model}${more(others)}: each query of it ends with P2021, the table does not exist`,
        at,
        related: [run.at, ...placesOf(others)],
        hint: `Make one, and commit what it writes into ${folder}: npx prisma migrate dev --name ${model.toLowerCase()}. prisma db push changes your own database alone.`,
      }
    }
  },
})

interface Drift {
  /** The missing columns; undefined: the whole table is missing. */
  columns?: string[] | undefined
  words?: unknown
  at: FileLocation
}

/** Tables that nothing makes have one cause, a migration that nobody wrote: the first of them speaks for all. */
function inOne<D extends Drift>(drift: readonly D[]): (D & {others: D[]})[] {
  const isWhole = ({columns, words}: D) => columns === undefined && words === undefined
  const tables = drift.filter(isWhole)
  return drift.flatMap((each) => {
    if (!isWhole(each)) return [{...each, others: []}]
    return each === tables[0] ? [{...each, others: tables.slice(1)}] : []
  })
}

const more = ({length}: readonly Drift[]): string => (length > 0 ? `, and ${plural(length, 'more table')}` : '')

const placesOf = (others: readonly Drift[]): FileLocation[] => others.slice(0, 4).map(({at}) => at)

const few = (names: readonly string[]): string =>
  `${inSeries(names.slice(0, 5))}${names.length > 5 ? ` (and ${names.length - 5} more)` : ''}`

type Types = NonNullable<Facts['alembicDrift'][number]['types']>

const names: Readonly<Record<string, string>> = {uuid: 'uuid', text: 'character varying', number: 'integer'}

function otherType({model, database}: Types, name: string, column: string): Pick<Finding, 'message' | 'hint'> {
  return {
    message: `${name}.${column} is a ${model} in the model, and a ${database} in the migrations: Postgres refuses to compare them (operator does not exist: ${names[database]} = ${names[model]})`,
    hint: 'Give the model the type that the migrations make, or change the column in a migration, with postgresql_using.',
  }
}

type Words = NonNullable<Facts['alembicDrift'][number]['words']>

function wordsLack({enum: of, type, missing, isValue}: Words, column: string): Pick<Finding, 'message' | 'hint'> {
  const [first = ''] = missing
  return {
    message: isValue
      ? `${column} stores the names of ${of}, ${few(missing)}, and the migrations give the type ${type} its values: Postgres refuses each row (invalid input value for enum ${type}: "${first}")`
      : `${column} stores ${few(missing)} of ${of}, and no migration adds ${missing.length === 1 ? 'it' : 'them'} to the type ${type}: Postgres refuses a row with it (invalid input value for enum ${type}: "${first}")`,
    hint: isValue
      ? `Let it store the values: Enum(${of}, name="${type}", values_callable=lambda e: [m.value for m in e]).`
      : `Add it in a migration: op.execute("ALTER TYPE ${type} ADD VALUE '${first}'").`,
  }
}
