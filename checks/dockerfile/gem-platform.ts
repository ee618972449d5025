import {defineCheck} from '../../src/check.ts'

/** Bundler then takes the lock as it is, and adds no system to it. */
const frozen = /\b(deployment|frozen)\b/

export default defineCheck({
  id: 'dockerfile/gem-platform',
  title: 'Gemfile.lock has the gems for Linux',
  why: 'A lock that was resolved on a Mac alone has no gems for Linux, and bundle install does not change it in an image.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image', 'gems'],
  *run({image, gems}) {
    const told = new Set<unknown>()
    for (const {commands, env} of image.stages) {
      for (const [index, {words, conditional, at, source}] of commands.entries()) {
        if (words[0] !== 'bundle' || words[1] !== 'install' || conditional) continue
        const lock = gems.get(source('Gemfile.lock') ?? '')
        if (!lock || told.has(lock)) continue
        told.add(lock)
        const before = commands.slice(0, index)
        // It makes the lock fit before.
        if (before.some((each) => each.words[0] === 'bundle' && /^(lock|update)$/.test(each.words[1] ?? ''))) continue
        const {names, at: place} = lock.platforms ?? {names: [], at}
        const isFrozen =
          ['BUNDLE_DEPLOYMENT', 'BUNDLE_FROZEN'].some((name) => env.has(name)) ||
          [...before, {words}].some(
            (each) => each.words[0] === 'bundle' && each.words.some((word) => frozen.test(word ?? '')),
          )
        if (!isFrozen) continue
        if (names.length > 0 && !names.some((name) => /linux|^ruby$/.test(name))) {
          yield {
            message: `the lock is for ${names.join(' and ')} only, and bundle install may not change it: it stops in the image`,
            at: place,
            related: [at],
            hint: 'Add Linux to the lock: bundle lock --add-platform x86_64-linux',
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
    }
  },
})
