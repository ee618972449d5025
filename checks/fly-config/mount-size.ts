import {defineCheck, keyPath, parseVolumeSize, quote} from '../../src/check.ts'

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
    for (const {initial_size: text, path} of flyConfig.mounts) {
      if (!text) continue
      const gb = parseVolumeSize(text)
      const at = [...path, 'initial_size']
      const place = {at: flyConfig.at(...at)}
      const actual = `${keyPath(at)} is ${quote(text)}`
      if (gb === undefined) {
        yield {
          ...place,
          message: `${actual}, which is no size`,
          ...flyConfig.write(at, `${/\d+/.exec(text)?.[0] ?? 1}gb`),
        }
      } else if (gb < 1) {
        yield {...place, message: `${actual}, it must be at least 1 GB`, ...flyConfig.write(at, '1gb')}
      } else if (gb > 500) {
        const meantMb = gb >= 1000 && /^\d+$/.test(text)
        yield {
          ...place,
          message: `${actual}, which means ${gb} GB: the largest volume has 500 GB`,
          ...(meantMb
            ? flyConfig.write(at, `${Math.floor(gb / 1000)}gb`, '. A number without a unit is GB.')
            : flyConfig.write(at, '500gb', ', or less: a volume can grow later.')),
          // Only where a volume has to be made, and by the documentation alone.
          severity: 'warning',
          failsAt: 'machine',
        }
      }
    }
  },
})
