import {columnEnums, createdEnum, defineCheck, perMigration} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/enum-missing',
  title: 'the type of a new enum column is created',
  why: 'add_column does not create the type of an enum, as create_table does: type "…" does not exist, and the release command fails.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations, mentions}}) {
    yield* perMigration(migrations, function* ({file, steps}) {
      const created = new Set<string>()
      for (const step of steps) {
        const name = createdEnum(step)
        if (name) created.add(name)
        const enums = columnEnums(step.call)
        if (step.call.method === 'create_table') for (const {type} of enums) created.add(type.name)
        if (step.call.method !== 'add_column') continue
        for (const {column, type} of enums) {
          // Another revision, or code of the project that this one calls, may create it.
          if (created.has(type.name) || mentions(type.name, file) || mayCreate(steps)) continue
          created.add(type.name)
          yield {
            message: `add_column needs the type ${type.name}, which no migration creates: type "${type.name}" does not exist`,
            at: column.at,
            hint: `Create it before: sa.Enum(…, name="${type.name}").create(op.get_bind(), checkfirst=True)`,
            ...(!step.isSure && {severity: 'warning'}),
          }
        }
      }
    })
  },
})

/** Whether a migration creates types in a way that is not read: `x.create(…)` of something that is not known. */
const mayCreate = (
  steps: readonly {call: {method: string; name: string; args: readonly {kind: string}[]}}[],
): boolean =>
  steps.some(
    ({call: {method, name, args}}) =>
      /^create$|create_all/.test(method) || (/execute/.test(method) && args[0]?.kind !== 'text') || !name.includes('.'),
  )
