import {defineCheck, type Facts} from '../../src/check.ts'

export default defineCheck({
  id: 'image/mix-packages',
  title: 'the packages that Elixir is compiled with are there',
  why: 'A dependency with only: :dev or :test is not there in the environment of the build: a module that uses it does not compile.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['leftOutPackages'],
  uses: ['buildsElse'],
  *run({leftOutPackages, buildsElse}) {
    for (const {kind, name, written, at, named, env} of leftOutPackages) {
      const lacks = named ? `mix.exs leaves ${name} out of ${env}` : `mix.exs does not list ${name}`
      yield {
        message: `${at.file} has ${written}, and ${lacks}: ${ends[kind]}`,
        at,
        related: named ? [named] : [],
        hint: !named
          ? `Add {:${name}, "…"} to the dependencies of mix.exs.`
          : `Take only: … away from {:${name}, …}; or lay the file into a folder that elixirc_paths has for the tests alone, such as test/support.`,
        ...(kind === 'migration' && {failsAt: 'release' as const}),
        ...(kind === 'called' && {failsAt: 'runtime' as const}),
        ...((kind !== 'compiled' || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})

const ends: Record<Facts['leftOutPackages'][number]['kind'], string> = {
  compiled: 'mix compile stops, as that module is not loaded',
  migration: 'the migration stops with UndefinedFunctionError, where it has not run before',
  called: 'the call raises UndefinedFunctionError in the release',
}
