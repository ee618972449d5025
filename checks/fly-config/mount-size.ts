import {defineCheck, parseVolumeSize} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/mount-size',
  title: 'initial_size is a size that a volume can have',
  why: 'flyctl refuses the file before it builds anything; a volume that is too large is refused later, by Fly.io.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  // internal/appconfig/validation.go, validateMounts
  *run({flyConfig}) {
    for (const [index, {initial_size: text}] of (flyConfig.config.mounts ?? []).entries()) {
      if (!text) continue
      const gb = parseVolumeSize(text)
      const at = flyConfig.at('mounts', index, 'initial_size')
      if (gb === undefined) {
        yield {
          message: `"${text}" is no size of a volume`,
          at,
          hint: `Write initial_size = "${/\d+/.exec(text)?.[0] ?? 1}gb".`,
        }
      } else if (gb < 1) {
        yield {
          message: `"${text}" is less than 1 GB, the smallest volume`,
          at,
          hint: 'Write initial_size = "1gb".',
        }
      } else if (gb > 500) {
        const meantMb = gb >= 1000 && /^\d+$/.test(text)
        yield {
          message: `"${text}" means ${gb} GB, and the largest volume has 500 GB: Fly.io makes none`,
          at,
          hint: meantMb
            ? `A number without a unit is GB. Write initial_size = "${Math.floor(gb / 1000)}gb".`
            : 'Write initial_size = "500gb", or less: a volume can grow later.',
          // Only where a volume has to be made, and by the documentation alone.
          severity: 'warning',
          failsAt: 'machine',
        }
      }
    }
  },
})
