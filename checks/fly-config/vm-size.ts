import {decidedElsewhere, defineCheck, keyPath, machineSizes, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/vm-size',
  title: 'every machine size exists',
  why: 'flyctl accepts any size in fly.toml, and stops only when it makes the machines: the release command has run by then.',
  severity: 'error',
  // For the release command flyctl drops the error, and crashes on what is missing (deploy/machines_releasecommand.go).
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands', 'vmSizes'],
  *run({flyConfig, deployCommands, vmSizes}) {
    for (const guest of flyConfig.guests) {
      const {path, size, used, failsAt, byThen} = guest
      // A newer flyctl may know more of them.
      if (!used || machineSizes.has(size) || vmSizes?.has(size)) continue
      const at = [...path, 'size']
      yield {
        message: `${keyPath(at)} is ${quote(size)}, which is no machine size${byThen}`,
        at: flyConfig.at(...at),
        ...flyConfig.write(at, nearest(size), `. The sizes are ${sizes.map(([name]) => name).join(', ')}.`),
        failsAt,
        ...(decidedElsewhere(guest, deployCommands) && {severity: 'warning'}),
      }
    }
  },
})

const sizes = [...machineSizes].filter(([, {gpuKind}]) => !gpuKind)

/** What is meant by a name that flyctl does not know: of its kind, and with enough CPUs. */
function nearest(text: string): string {
  const kind = /perf|dedicated/i.test(text) ? 'performance' : 'shared'
  const wanted = Number(/(?<!\d)(\d+)x(?![a-z])/i.exec(text)?.[1] ?? 1)
  const ofKind = sizes.filter(([, {cpuKind}]) => cpuKind === kind)
  const [name = 'shared-cpu-1x'] = ofKind.find(([, {cpus}]) => cpus >= wanted) ?? ofKind.at(-1) ?? []
  return name
}
