import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/mount-snapshots',
  title: 'snapshots are kept for 1 to 60 days',
  why: 'flyctl refuses the file before it builds anything.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  // internal/appconfig/validation.go, validateMounts
  *run({flyConfig}) {
    for (const {snapshot_retention: days, path} of flyConfig.mounts) {
      if (days === undefined || (days >= 1 && days <= 60)) continue
      const at = [...path, 'snapshot_retention']
      yield {
        message: `${keyPath(at)} is ${days}, it must be 1 to 60 days`,
        at: flyConfig.at(...at),
        ...(days > 60
          ? flyConfig.write(at, 60)
          : flyConfig.write(
              at,
              1,
              `. To make none at all, ${flyConfig.setting('scheduled_snapshots', false)} instead.`,
            )),
      }
    }
  },
})
