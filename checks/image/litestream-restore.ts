import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/litestream-restore',
  title: 'litestream can restore the database',
  why: 'litestream restore stops where the database exists, as on a volume from the second start of a machine on, or at an option.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['litestreamRestores', 'flyConfig'],
  uses: ['buildsElse'],
  *run({litestreamRestores, flyConfig, buildsElse}) {
    if (buildsElse || flyConfig.hasContainers) return
    for (const {by, at, certain, kept, release} of litestreamRestores) {
      if (release) {
        yield {
          message: `${by} calls litestream restore -v, and litestream ${release} has no such option: it stops with "flag provided but not defined: -v"`,
          at,
          hint: 'Leave -v out: litestream says all of it by itself since 0.3.13.',
          ...(!certain && {severity: 'warning'}),
          ...(by === 'release_command' && {failsAt: 'release'}),
        }
      }
      if (!kept) continue
      yield {
        message: `${by} restores ${kept.path}, which the volume at ${kept.volume} still has when a machine starts again: litestream then stops with "output path already exists", and the app does not start`,
        at,
        related: [flyConfig.at('mounts')],
        hint: `litestream restore -if-db-not-exists -if-replica-exists ${kept.path}`,
        // The first start goes well.
        severity: 'warning',
      }
    }
  },
})
