import {defineCheck} from '../../src/check.ts'

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
    for (const {name, written, at, named, env} of leftOutPackages) {
      yield {
        message: `${at.file} has ${written}, and mix.exs leaves ${name} out of ${env}: mix compile stops, as that module is not loaded`,
        at,
        related: [named],
        hint: `Take only: … away from {:${name}, …}; or lay the file into a folder that elixirc_paths has for the tests alone, such as test/support.`,
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
