import {defineCheck, type Facts, machinesByGroup, nameMachines, plural} from '../../src/check.ts'

type Size = NonNullable<Facts['app']['machines'][number]['guest']>

export default defineCheck({
  id: 'live/machine-size',
  title: 'no machine gets smaller by this deploy',
  why: 'What flyctl scale gave the machines lasts until the next deploy, where [[vm]] of fly.toml sizes them again.',
  // To make them smaller may be just what is meant.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'app'],
  // Without [[vm]] for a group its machines keep what they have (appconfig/machines.go, updateMachineConfig).
  appliesTo: ({flyConfig}) => flyConfig.guests.some(({groups}) => groups.length > 0) || 'no [[vm]] sizes a machine',
  *run({flyConfig, app}) {
    const machines = machinesByGroup(app)
    for (const {path, written, groups, machine: asked} of flyConfig.guests) {
      // That there are no GPUs is told elsewhere.
      if (!asked || asked.gpuKind) continue
      for (const group of groups) {
        const smaller = (machines.get(group) ?? []).filter(({guest}) => guest && isSmaller(asked, guest))
        const has = smaller[0]?.guest
        if (!has) continue
        const memory = written.memory_mb ? 'memory_mb' : written.memory ? 'memory' : 'size'
        const keep = settings(has, asked).map((setting) => flyConfig.setting(...setting))
        yield {
          message: `${nameMachines(smaller)} of the group ${group} ${smaller.length === 1 ? 'has' : 'have'} ${words(has, asked)}, and fly.toml asks for ${words(asked, has)}: this deploy takes the rest away`,
          at: flyConfig.at(...path, has.memoryMb > asked.memoryMb ? memory : 'size'),
          related: smaller.map(({id}) => ({live: 'app' as const, subject: id})),
          hint: `To keep it, write in [[vm]] ${keep.join(' and ')}. If less is meant, nothing is to be done.`,
        }
      }
    }
  },
})

/** A kind of CPU counts more than their number: one performance CPU does more than eight shared ones. */
function isSmaller(asked: Size, has: Size): boolean {
  if (asked.memoryMb < has.memoryMb) return true
  if (asked.cpuKind !== has.cpuKind) return asked.cpuKind === 'shared' && has.cpuKind === 'performance'
  return asked.cpus < has.cpus
}

const sameCpus = (one: Size, other: Size): boolean => one.cpuKind === other.cpuKind && one.cpus === other.cpus

/** A size by what it does not have in common with another one. */
const words = (size: Size, other: Size): string =>
  [
    !sameCpus(size, other) && plural(size.cpus, `${size.cpuKind} CPU`),
    size.memoryMb !== other.memoryMb && `${size.memoryMb} MB of memory`,
  ]
    .filter(Boolean)
    .join(' and ')

/** What to write in [[vm]] for it; the memory always, as each size brings its own. */
const settings = (size: Size, other: Size): [string, string][] => [
  ...(sameCpus(size, other)
    ? []
    : [['size', `${size.cpuKind === 'shared' ? 'shared-cpu' : size.cpuKind}-${size.cpus}x`] as [string, string]]),
  ['memory', `${size.memoryMb}mb`],
]
