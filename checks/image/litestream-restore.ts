import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/litestream-restore',
  title: 'litestream restores only a database that is not there',
  why: 'litestream restore stops where the database exists, as it does on a volume from the second start of a machine on.',
  // The first start goes well.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['litestreamRestores', 'flyConfig'],
  uses: ['buildsElse'],
  *run({litestreamRestores, flyConfig, buildsElse}) {
    if (buildsElse || flyConfig.hasContainers) return
    for (const {by, at, path, volume} of litestreamRestores) {
      yield {
        message: `${by} restores ${path}, which the volume at ${volume} still has when a machine starts again: litestream then stops with "output path already exists", and the app does not start`,
        at,
        related: [flyConfig.at('mounts')],
        hint: `litestream restore -if-db-not-exists -if-replica-exists ${path}`,
      }
    }
  },
})
