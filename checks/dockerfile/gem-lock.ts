import {defineCheck, type Facts} from '../../src/check.ts'

type Drift = Facts['bundleInstalls'][number]['lock']['drift'][number]

export default defineCheck({
  id: 'dockerfile/gem-lock',
  title: 'Gemfile.lock has what the Gemfile asks for',
  why: 'In an image bundle install may not change the lock, and stops where the Gemfile was changed without it.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['bundleInstalls'],
  uses: ['buildsElse'],
  *run({bundleInstalls, buildsElse}) {
    for (const {lock, frozen, at, decisive} of bundleInstalls) {
      if (!frozen) continue
      for (const drift of lock.drift) {
        yield {
          message: `${describe(drift)}, and bundle install may not change the lock: it stops with "frozen mode is set"`,
          at: drift.at,
          related: [at],
          hint: 'Run bundle install on your computer, and commit Gemfile.lock with the Gemfile.',
          ...((!decisive || buildsElse) && {severity: 'warning'}),
        }
      }
    }
  },
})

function describe({kind, name, wanted, locked}: Drift): string {
  if (kind === 'added') return `the Gemfile has ${name}, and Gemfile.lock does not`
  if (kind === 'deleted') return `Gemfile.lock has ${name} among its DEPENDENCIES, and the Gemfile does not`
  return `the Gemfile wants ${name} ${wanted || 'of any version'}, and Gemfile.lock is for ${locked || 'any version'}`
}
