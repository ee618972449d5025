import {defineCheck, machineSizes, nearestSize} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/vm-size',
  title: 'every machine size exists',
  why: 'flyctl accepts any size in fly.toml, and stops only when it makes the machines: the release command has run by then.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {path, size, used, groups, failure} of flyConfig.guests) {
      if (!used || machineSizes.has(size)) continue
      const sizes = [...machineSizes].filter(([, {gpuKind}]) => !gpuKind).map(([name]) => name)
      yield {
        message: `"${size}" is no machine size: ${failure}`,
        at: flyConfig.at(...path, 'size'),
        hint: `Write size = "${nearestSize(size)}". The sizes are ${sizes.join(', ')}.`,
        // flyctl drops the error, and crashes on what is missing (internal/command/deploy/machines_releasecommand.go).
        ...(groups.length === 0 && {failsAt: 'release'}),
      }
    }
  },
})
