import {defineCheck, keyPath} from 'fly-preflight/check'

const least = 14

export default defineCheck({
  id: 'custom/snapshots',
  title: `volumes keep their snapshots for ${least} days`,
  why: 'Notes that somebody deleted by mistake are asked for up to two weeks later.',
  severity: 'error',
  failsAt: 'policy',
  since: '1',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    if (flyConfig.mounts.length === 0) return 'the app has no volumes'
    // What Fly.io keeps where nothing is written.
    for (const {path, snapshot_retention: days = 5} of flyConfig.mounts) {
      if (days >= least) continue
      const at = [...path, 'snapshot_retention']
      yield {
        message: `${keyPath(at)} is ${days}, it must be at least ${least}`,
        at: flyConfig.at(...at),
        ...flyConfig.write(at, least),
      }
    }
  },
})
