import {cpuKinds, defineCheck, keyPath, oneOf, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/vm-cpus',
  title: 'every machine has CPUs that Fly.io offers',
  why: 'flyctl sends whatever stands in fly.toml, and Fly.io refuses the machine: the release command has run by then.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {path, used, machine, failsAt, byThen} of flyConfig.guests) {
      if (!used || !machine || machine.gpuKind) continue
      const {cpuKind, cpus} = machine
      const kind = cpuKinds.get(cpuKind)
      if (!kind) {
        const at = [...path, 'cpu_kind']
        yield {
          message: `${keyPath(at)} is ${quote(cpuKind)}, it must be ${oneOf([...cpuKinds.keys()])}${byThen}`,
          at: flyConfig.at(...at),
          ...flyConfig.write(at, /perf|dedicated/i.test(cpuKind) ? 'performance' : 'shared'),
          failsAt,
        }
      } else if (!kind.counts.includes(cpus)) {
        const at = [...path, 'cpus']
        const offered = kind.counts.filter((count) => count <= 16)
        const enough = offered.find((count) => count >= cpus) ?? Math.max(...offered)
        // That the API refuses other counts is known for shared CPUs; for the rest there is only flyctl's own list.
        const proven = cpuKind === 'shared' || cpus < 1
        yield {
          message: `${keyPath(path)} has ${cpus} ${cpuKind} CPUs, it must have ${oneOf(offered)}${byThen}`,
          at: flyConfig.at(...at),
          ...flyConfig.write(at, enough),
          failsAt,
          ...(!proven && {severity: 'warning'}),
        }
      }
    }
  },
})
