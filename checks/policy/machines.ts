import {decidedElsewhere, defineCheck, type Facts, keyPath, machineSizes, oneOf} from '../../src/check.ts'

type Policy = Facts['settings']['policy']
type Guest = Facts['flyConfig']['guests'][number]
type Machine = NonNullable<Guest['machine']>

/** What a machine is that nothing asks for (fly-go's default preset). */
const usual = machineSizes.get('shared-cpu-1x') as Machine

export default defineCheck({
  id: 'policy/machines',
  title: 'machines have the sizes that the policy allows',
  why: "The project's own rule in preflight.toml is broken: the machines cost more, or hold less, than was decided.",
  severity: 'error',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['settings', 'flyConfig'],
  uses: ['deployCommands'],
  *run({settings: {policy}, flyConfig, deployCommands}) {
    if (!policy.sizes && !policy.minMemory && !policy.maxMemory) return '[policy.machines] has no rule'
    const {guests, groups} = flyConfig
    for (const guest of guests) {
      const {used, machine, path, written} = guest
      if (!used || !machine) continue
      const memory = written.memory_mb ? 'memory_mb' : written.memory ? 'memory' : 'size'
      for (const {message, rule, of, cure} of broken(machine, policy, guest.failsAt === 'release')) {
        const key = of === 'memory' ? memory : written.size ? 'size' : written.cpus ? 'cpus' : 'cpu_kind'
        yield {
          message: `${keyPath(path)} asks for ${message}`,
          at: flyConfig.at(...path, key),
          related: [rule.at],
          hint: `Write ${flyConfig.setting(of, cure)}`,
          // Sizes on the command line win.
          ...(decidedElsewhere(guest, deployCommands) && {severity: 'warning'}),
        }
      }
    }
    const unsized = groups.filter((group) => !guests.some((guest) => guest.groups.includes(group)))
    const byCommand = deployCommands?.commands.some(({flags}) => [...flags].some((flag) => flag.startsWith('--vm-')))
    if (unsized.length === 0 || byCommand) return
    for (const {message, rule, of, cure} of broken(usual, policy, false)) {
      // Machines that are there keep what they have.
      yield {
        message: `no [[vm]] is for the process group ${unsized[0]}: new machines have ${message}`,
        at: flyConfig.at(),
        related: [rule.at],
        hint: `Add [[vm]] with ${flyConfig.setting(of, cure)}`,
        severity: 'warning',
      }
    }
  },
})

interface Broken {
  message: string
  rule: {at: NonNullable<Policy['sizes']>['at']}
  /** The key that cures it, and its value. */
  of: 'size' | 'memory'
  cure: string
}

/** The machine of a release command lives for a moment: it need not have what the app needs. */
function* broken(machine: Machine, {sizes, minMemory, maxMemory}: Policy, isRelease: boolean): Iterable<Broken> {
  const size = nameOf(machine)
  if (sizes && !sizes.value.includes(size)) {
    yield {
      message: `${size}, [policy.machines] allows ${oneOf(sizes.value)}`,
      rule: sizes,
      of: 'size',
      cure: sizes.value[0] as string,
    }
  }
  const {memoryMb} = machine
  const memory = (limit: number, word: string) =>
    `${memoryMb} MB of memory, [policy.machines] demands at ${word} ${limit} MB`
  if (minMemory && memoryMb < minMemory.value && !isRelease) {
    yield {message: memory(minMemory.value, 'least'), rule: minMemory, of: 'memory', cure: `${minMemory.value}mb`}
  }
  if (maxMemory && memoryMb > maxMemory.value) {
    yield {message: memory(maxMemory.value, 'most'), rule: maxMemory, of: 'memory', cure: `${maxMemory.value}mb`}
  }
}

/** The size that has these CPUs, however they were asked for. */
function nameOf({cpuKind, cpus, gpuKind}: Machine): string {
  const same = [...machineSizes].find(
    ([, each]) => each.cpuKind === cpuKind && each.cpus === cpus && each.gpuKind === gpuKind,
  )
  return same?.[0] ?? `${cpus} ${cpuKind} CPUs`
}
