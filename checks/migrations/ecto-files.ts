import {defineCheck, type Facts} from '../../src/check.ts'

type Fault = Facts['ectoFileFaults'][number]

export default defineCheck({
  id: 'migrations/ecto-files',
  title: 'Ecto can tell its migrations apart',
  why: 'Before it runs any, Ecto stops at two new migrations with one version or one name; a file that ends with .ex it passes over.',
  // It looks at those alone that the database has not run yet.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['ectoFileFaults'],
  *run({ectoFileFaults}) {
    for (const fault of ectoFileFaults) {
      const {kind, by, command, at, others} = fault
      yield {
        ...told[kind](fault),
        at,
        related: [...others, ...command],
        failsAt: kind === 'ex' || by === undefined ? 'silent' : by === 'release_command' ? 'release' : 'boot',
      }
    }
  },
})

const other = ({others: [first]}: Fault): string => first?.file ?? 'the other one'

const told: Record<Fault['kind'], (fault: Fault) => {message: string; hint: string}> = {
  version: (fault) => ({
    message: `another migration has the version ${fault.what}: a database that has run neither stops Ecto with "migration version ${fault.what} is duplicated"`,
    hint: `Give this one, or ${other(fault)}, a number of its own: rename the file that no database has run yet.`,
  }),
  name: (fault) => ({
    message: `another migration is called ${fault.what}: a database that has run neither stops Ecto with "migration name ${fault.what} is duplicated"`,
    hint: `Rename this one, or ${other(fault)}, with its module.`,
  }),
  module: (fault) => ({
    message: `another migration defines ${fault.what}, too: in a database that has run neither Ecto runs one of them twice, and the other never`,
    hint: `Give the module of this one, or of ${other(fault)}, a name of its own.`,
  }),
  option: ({what}) => ({
    message: `Ecto knows no ${what}, and stops at this migration: "unknown :${what.split(':')[0]} value"`,
    hint: `Write ${what.startsWith('on_update') ? ':update_all, :nilify_all, :restrict or :nothing' : ':delete_all, :nilify_all, :restrict or :nothing'}.`,
  }),
  ex: ({what}) => ({
    message: `${what} ends with .ex: Ecto takes it for no migration, and does not run it`,
    hint: 'Rename it: the files of migrations end with .exs.',
  }),
}
