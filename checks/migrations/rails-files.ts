import {defineCheck, type Facts} from '../../src/check.ts'

type Fault = Facts['railsMigrationFaults'][number]

export default defineCheck({
  id: 'migrations/rails-files',
  title: 'Rails can tell its migrations apart',
  why: 'Before it runs any, Rails stops at two migrations with one version or one name, and at a file whose name is none.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['railsMigrationFaults'],
  uses: ['buildsElse'],
  *run({railsMigrationFaults, buildsElse}) {
    for (const fault of railsMigrationFaults) {
      const {by, command, at, others, isSure} = fault
      yield {
        ...told[fault.kind](fault),
        at,
        related: [...others, command],
        // db:prepare looks at them only where one is new.
        ...((!isSure || buildsElse) && {severity: 'warning'}),
        ...(by !== 'release_command' && {failsAt: 'boot'}),
      }
    }
  },
})

const told: Record<Fault['kind'], (fault: Fault) => {message: string; hint: string}> = {
  version: ({what, others}) => ({
    message: `another migration has the version ${what}: Rails stops with "Multiple migrations have the version number ${what}"`,
    hint: `Give this one, or ${others[0]?.file}, a number of its own: rename the file that no database has run yet.`,
  }),
  name: ({what, others}) => ({
    message: `another migration is called ${what}: Rails stops with "Multiple migrations have the name"`,
    hint: `Rename this one, or ${others[0]?.file}, with its class.`,
  }),
  file: ({what}) => ({
    message: `${what} is no name of a migration: Rails stops with "Illegal name for migration file"`,
    hint: 'Write it as VERSION_name.rb, in lower-case letters, digits and _.',
  }),
}
