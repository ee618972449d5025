import {columnEnums, createdEnum, defineCheck, droppedEnum, migrationName, perMigration} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/enum-created-twice',
  title: 'no migration creates an enum type twice',
  why: 'Postgres refuses the second CREATE TYPE, and the release command fails: type "…" already exists.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations, enumBefore}}) {
    yield* perMigration(migrations, function* ({steps, isNew}) {
      const created = new Map<string, {at: (typeof steps)[number]['at']; isSure: boolean}>()
      const told = new Set<string>()
      for (const step of steps) {
        const name = createdEnum(step)
        if (name !== undefined) {
          created.set(name, {at: step.at, isSure: step.isSure})
          continue
        }
        const gone = droppedEnum(step)
        if (gone !== undefined) created.delete(gone)
        if (step.call.method !== 'create_table') continue
        for (const {column, type} of columnEnums(step.call)) {
          const first = created.get(type.name)
          if (!type.isMade) continue
          const before = first || !isNew || told.has(type.name) ? undefined : enumBefore(type.name)
          if (before) {
            told.add(type.name)
            yield {
              message: `create_table makes the type ${type.name}, which ${migrationName(before)} has made: where that one has run in an earlier deploy, Postgres refuses the second CREATE TYPE`,
              at: column.at,
              related: [{file: before}],
              hint: `Write postgresql.ENUM(…, name="${type.name}", create_type=False) in the column: the type is there.`,
              // In one run of alembic the type is made once.
              severity: 'warning',
            }
          }
          if (!first) continue
          created.delete(type.name)
          const isSure = step.isSure && first.isSure
          yield {
            message: type.ignoresFlag
              ? `create_table makes the type ${type.name} again: the general Enum does not know create_type=False, only postgresql.ENUM does`
              : `create_table makes the type ${type.name}, which was created above: Postgres refuses the second CREATE TYPE`,
            at: column.at,
            related: [first.at],
            hint: `Write postgresql.ENUM(…, name="${type.name}", create_type=False) in the column, or leave its creation to create_table.`,
            ...(!isSure && {severity: 'warning'}),
          }
        }
      }
    })
  },
})
