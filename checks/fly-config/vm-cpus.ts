import {cpuKinds, defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/vm-cpus',
  title: 'every machine has CPUs that Fly.io offers',
  why: 'flyctl sends whatever stands in fly.toml, and Fly.io refuses the machine: the release command has run by then.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {path, used, groups, machine, failure} of flyConfig.guests) {
      if (!used || !machine || machine.gpuKind) continue
      const {cpuKind, cpus} = machine
      const kind = cpuKinds.get(cpuKind)
      const late = groups.length === 0 ? ({failsAt: 'release'} as const) : {}
      if (!kind) {
        yield {
          message: `"${cpuKind}" is no kind of CPU, it must be "shared" or "performance": ${failure}`,
          at: flyConfig.at(...path, 'cpu_kind'),
          hint: `Write cpu_kind = "${/perf|dedicated/i.test(cpuKind) ? 'performance' : 'shared'}".`,
          ...late,
        }
      } else if (!kind.counts.includes(cpus)) {
        const offered = kind.counts.filter((count) => count <= 16)
        const enough = offered.find((count) => count >= cpus) ?? offered.at(-1)
        // That the API refuses other counts is known for shared CPUs; for the rest there is only flyctl's own list.
        const proven = cpuKind === 'shared' || cpus < 1
        yield {
          message: `${cpus} ${cpuKind} CPUs are not offered, there are ${offered.join(', ')}${proven ? `: ${failure}` : ''}`,
          at: flyConfig.at(...path, 'cpus'),
          hint: `Write cpus = ${enough}.`,
          ...late,
          ...(!proven && {severity: 'warning'}),
        }
      }
    }
  },
})
