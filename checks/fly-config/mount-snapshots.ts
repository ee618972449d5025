import {defineCheck} from '../../src/check.ts'

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
    for (const [index, {snapshot_retention: days}] of (flyConfig.config.mounts ?? []).entries()) {
      if (days === undefined || (days >= 1 && days <= 60)) continue
      yield {
        message: `snapshot_retention is ${days}, it must be 1 to 60 days`,
        at: flyConfig.at('mounts', index, 'snapshot_retention'),
        hint:
          days > 60
            ? 'Write snapshot_retention = 60.'
            : 'Write snapshot_retention = 1. To make no snapshots at all, write scheduled_snapshots = false instead.',
      }
    }
  },
})
