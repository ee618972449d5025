import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/required-gems',
  title: 'what Ruby code requires is in the bundle',
  why: 'Under Bundler Ruby finds the gems of the bundle alone: what the image leaves out, or Ruby itself no longer has, is not found.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['lostRequires'],
  uses: ['buildsElse'],
  *run({lostRequires, buildsElse}) {
    const told = new Set<string>()
    for (const {kind, written, gem, at, since, named, run} of lostRequires) {
      if (told.has(gem)) continue
      told.add(gem)
      if (run) {
        const seeds = run.task === 'db:prepare' ? 'db:prepare, which seeds a new database,' : run.task
        yield {
          message: `${at.file} names ${written}, and ${gem} is in the group ${since} of the Gemfile, which production goes without: ${seeds} stops with a NameError`,
          at,
          related: [run.at, ...(named ? [named] : [])],
          hint: `Seed with it in development alone: if Rails.env.development?; or move the gem out of the group.`,
          severity: 'warning',
          failsAt: run.by === 'release_command' ? 'release' : 'boot',
        }
        continue
      }
      const isRequire = written.startsWith('require')
      yield {
        message:
          kind === 'bundled'
            ? `${written} finds nothing: ${gem} is a gem of its own since Ruby ${since}, and Gemfile.lock has none: Rails stops with a LoadError`
            : `${at.file} ${isRequire ? `has ${written}` : `names ${written}`}, and ${gem} is in the group ${since} of the Gemfile, which production goes without: Rails stops with a ${isRequire ? 'LoadError' : 'NameError'}`,
        at,
        related: named ? [named] : [],
        hint:
          kind === 'bundled'
            ? `Run bundle add ${gem} on your computer, and commit Gemfile and Gemfile.lock.`
            : `Ask for it first: if defined?(${isRequire ? '…' : written}), or if Rails.env.development?; or move the gem out of the group.`,
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
