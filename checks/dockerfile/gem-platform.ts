import {defineCheck} from '../../src/check.ts'

/** What Bundler reads as no (Bundler::Settings#to_bool). */
const no = /^(?:false|f|no|n|0|)$/i

/** A system that Bundler takes for that of Fly's machines, x86_64-linux; `ruby` is any, and JRuby's `java` may be it (Gem::Platform#===). */
const fits = /^(?:x86_64-|amd64-)?linux|^ruby$|java/

/** Whether a command makes Bundler take the lock as it is, or no longer; undefined where it says nothing of it. */
function freezes([program, verb, ...rest]: readonly (string | undefined)[]): boolean | undefined {
  if (program !== 'bundle') return undefined
  if (verb === 'install') return rest.some((word) => word === '--deployment' || word === '--frozen') || undefined
  const index = verb === 'config' ? rest.findIndex((word) => word === 'deployment' || word === 'frozen') : -1
  if (index < 0) return undefined
  const value = rest.slice(index + 1).find((word) => !word?.startsWith('-'))
  return rest.includes('unset') ? false : value === undefined ? undefined : !no.test(value)
}

export default defineCheck({
  id: 'dockerfile/gem-platform',
  title: 'Gemfile.lock has the gems for Linux',
  why: 'A lock that was resolved on a Mac alone has no gems for Linux, and bundle install does not change it in an image.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image', 'gems'],
  uses: ['deployCommands', 'dockerfile', 'files'],
  *run({image, gems, deployCommands, dockerfile, files}) {
    // .bundle/config may say otherwise, and comes first.
    const isElse =
      deployCommands?.buildsElse(dockerfile?.file.path) || (files && files.named('.bundle/config').length > 0)
    const told = new Set<unknown>()
    for (const {commands, env} of image.stages) {
      for (const [index, {words, conditional, decisive, at, source}] of commands.entries()) {
        if (words[0] !== 'bundle' || words[1] !== 'install' || conditional) continue
        const lock = gems.get(source('Gemfile.lock') ?? '')
        if (!lock || told.has(lock)) continue
        told.add(lock)
        const before = commands.slice(0, index)
        // It makes the lock fit before.
        if (before.some((each) => each.words[0] === 'bundle' && /^(lock|update)$/.test(each.words[1] ?? ''))) continue
        const {names, at: place} = lock.platforms ?? {names: [], at}
        const answers = [
          ...['BUNDLE_DEPLOYMENT', 'BUNDLE_FROZEN'].map((name) => isSet(env.get(name)?.value)),
          ...[...before, {words}].map((each) => freezes(each.words)),
        ]
        if (!answers.includes(true) || answers.includes(false)) continue
        if (names.length > 0 && !names.some((name) => fits.test(name))) {
          // "Your bundle only supports platforms …" (Bundler::Definition#validate_platforms!).
          yield {
            message: `the lock is for ${names.join(' and ')} only, and bundle install may not change it: it stops in the image`,
            at: place,
            related: [at],
            hint: 'Add Linux to the lock: bundle lock --add-platform x86_64-linux',
            ...(decisive && !isElse && {severity: 'error'}),
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

const isSet = (value: string | undefined): boolean | undefined => (value === undefined ? undefined : !no.test(value))
