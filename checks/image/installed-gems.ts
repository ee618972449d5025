import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/installed-gems',
  title: 'the app finds the gems that Bundler installs',
  why: 'Gems that stay in another stage, and programs of gems that are in no folder of PATH, are not found when the app starts.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['absentGems'],
  uses: ['buildsElse'],
  *run({absentGems, buildsElse}) {
    for (const {by, program, kind, at, install, folder, stage} of absentGems) {
      yield {
        message:
          kind === 'gems'
            ? `${by} starts ${program}, and the gems are in ${folder} of another stage, which no COPY brings: Bundler stops with "Could not find … in locally installed gems"`
            : `${by} starts ${program}, which Bundler lays into ${folder}/ruby/…/bin, and that is not in PATH: it is not found`,
        at: kind === 'gems' ? install : at,
        related: [kind === 'gems' ? at : install],
        hint:
          kind === 'gems'
            ? `Bring them to the last stage: COPY --from=${stage ?? '…'} ${folder} ${folder}`
            : `Start it with Bundler: bundle exec ${program} …`,
        ...(buildsElse && {severity: 'warning' as const}),
        ...(by === 'release_command' && {failsAt: 'release' as const}),
      }
    }
  },
})
