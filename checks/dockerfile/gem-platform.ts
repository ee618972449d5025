import {defineCheck} from '../../src/check.ts'

/** A system that Bundler takes for that of Fly's machines, x86_64-linux; `ruby` is any, and JRuby's `java` may be it (Gem::Platform#===). */
const fits = /^(?:x86_64-|amd64-)?linux|^ruby$|java/

export default defineCheck({
  id: 'dockerfile/gem-platform',
  title: 'Gemfile.lock has the gems for Linux',
  why: 'A lock that was resolved on a Mac alone has no gems for Linux, and bundle install does not change it in an image.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['bundleInstalls'],
  uses: ['buildsElse'],
  *run({bundleInstalls, buildsElse}) {
    for (const {lock, frozen, at, decisive} of bundleInstalls) {
      if (!frozen) continue
      const {names, at: place} = lock.platforms ?? {names: [], at}
      if (names.length > 0 && !names.some((name) => fits.test(name))) {
        // "Your bundle only supports platforms …" (Bundler::Definition#validate_platforms!).
        yield {
          message: `the lock is for ${names.join(' and ')} only, and bundle install may not change it: it stops in the image`,
          at: place,
          related: [at],
          hint: 'Add Linux to the lock: bundle lock --add-platform x86_64-linux',
          ...(decisive && !buildsElse && {severity: 'error'}),
        }
        continue
      }
      for (const [name, {version, onlyFor, at: gem}] of lock.gems) {
        if (!onlyFor) continue
        yield {
          message: `the lock has ${name} ${version} for ${onlyFor} only: bundle install finds none for Linux`,
          at: gem,
          related: [at],
          hint: 'Resolve it for Linux, too: bundle lock --add-platform x86_64-linux, with bundler 2.2 or later.',
        }
      }
    }
  },
})
