import {cpuKinds, decidedElsewhere, defineCheck, type Facts, keyPath, oneOf, quote} from '../../src/check.ts'

type Guest = Facts['flyConfig']['guests'][number]

export default defineCheck({
  id: 'fly-config/vm-cpus',
  title: 'every machine has CPUs that Fly.io offers',
  why: 'flyctl sends whatever stands in fly.toml, and Fly.io refuses the machine: the release command has run by then.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands'],
  *run({flyConfig, deployCommands}) {
    for (const guest of flyConfig.guests) {
      const {path, used, machine, failsAt, byThen} = guest
      if (!used || !machine || machine.gpuKind) continue
      const {cpuKind, cpus} = machine
      const kind = cpuKinds.get(cpuKind)
      const elsewhere = decidedElsewhere(guest, deployCommands)
      if (!kind) {
        const at = [...path, 'cpu_kind']
        yield {
          message: `${keyPath(at)} is ${quote(cpuKind)}, it must be ${oneOf([...cpuKinds.keys()])}${byThen}`,
          at: flyConfig.at(...at),
          ...flyConfig.write(at, /perf|dedicated/i.test(cpuKind) ? 'performance' : 'shared'),
          failsAt,
          ...(elsewhere && {severity: 'warning'}),
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
          ...flyConfig.write(at, enough, memoryHint(guest, enough, flyConfig)),
          failsAt,
          ...((elsewhere || !proven) && {severity: 'warning'}),
        }
      }
    }
  },
})

/** The memory that these CPUs need, where less is written. */
function memoryHint({written, machine}: Guest, cpus: number, {setting}: Facts['flyConfig']): string {
  const least = cpus * (cpuKinds.get(machine?.cpuKind ?? '')?.least ?? 0)
  if (!machine || machine.memoryMb >= least) return ''
  const value = `${least}mb`
  return ` and ${written.memory_mb ? setting('memory_mb', least) : setting('memory', value)}, which it needs at least.`
}
