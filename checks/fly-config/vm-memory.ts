import {
  cpuKinds,
  decidedElsewhere,
  defineCheck,
  type Facts,
  keyPath,
  parseMemory,
  plural,
  quote,
} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Guest = FlyConfig['guests'][number]
type Machine = NonNullable<Guest['machine']>

export default defineCheck({
  id: 'fly-config/vm-memory',
  title: 'every machine has memory that fits its CPUs',
  why: 'Fly.io refuses a machine with too little or too much memory for its CPUs: the release command has run by then.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands'],
  *run({flyConfig, deployCommands}) {
    for (const guest of flyConfig.guests) {
      if (!guest.used) continue
      const found = unreadable(guest, flyConfig) ?? unfit(guest, flyConfig) ?? overridden(guest, flyConfig)
      const elsewhere = decidedElsewhere(guest, deployCommands)
      if (found) yield {...found, failsAt: guest.failsAt, ...(elsewhere && {severity: 'warning'})}
    }
  },
})

/** What flyctl itself refuses: no size, or one below 1 MB (internal/appconfig/machines.go, computeToGuest). */
function unreadable({path, written: {memory}, byThen}: Guest, flyConfig: FlyConfig) {
  const size = memory ? parseMemory(memory) : undefined
  if (!memory || size) return undefined
  const at = [...path, 'memory']
  const number = /\d+/.exec(memory)?.[0]
  const meant = size === 0 || !number ? 512 : Number(number) * (/^[^a-z]*g/i.test(memory) ? 1024 : 1)
  return {
    message: `${keyPath(at)} is ${quote(memory)}, it must be ${size === 0 ? 'at least 1 MB' : 'a size such as "512mb"'}${byThen}`,
    at: flyConfig.at(...at),
    ...flyConfig.write(at, text(meant)),
  }
}

/** Of two sizes memory_mb counts (fly-go, machine_types.go): flyctl says nothing, and the other stays for people to read. */
function overridden({path, written}: Guest, flyConfig: FlyConfig) {
  const size = written.memory ? parseMemory(written.memory) : undefined
  if (!size || !written.memory_mb || size === written.memory_mb) return undefined
  const at = [...path, 'memory']
  return {
    message: `${keyPath(at)} is ${quote(written.memory as string)} and does not count: memory_mb = ${written.memory_mb} takes its place`,
    at: flyConfig.at(...path, 'memory_mb'),
    related: [flyConfig.at(...at)],
    severity: 'warning' as const,
    hint: 'Delete the one that is not meant.',
  }
}

function unfit(guest: Guest, flyConfig: FlyConfig) {
  const {path, written, size, machine, byThen} = guest
  // GPU machines have rules of their own, and other CPUs are another finding.
  if (!machine || machine.gpuKind) return undefined
  const {cpuKind, cpus, memoryMb} = machine
  const kind = cpuKinds.get(cpuKind)
  if (!kind?.counts.includes(cpus)) return undefined
  const key = written.memory_mb ? 'memory_mb' : written.memory ? 'memory' : undefined
  const [least, most] = [cpus * kind.least, cpus * kind.most]
  const nearest = Math.min(Math.max(Math.ceil(memoryMb / kind.step) * kind.step, least), most)
  const cpuWords = plural(cpus, `${cpuKind} CPU`)
  const enough: Setting = key === 'memory_mb' ? [key, nearest] : ['memory', text(nearest)]
  const write = (...settings: Setting[]) =>
    `Write ${settings.map((setting) => flyConfig.setting(...setting)).join(', or ')}`
  const at = flyConfig.at(...path, key ?? (written.cpus ? 'cpus' : 'cpu_kind'))
  const actual = `${keyPath([...path, key ?? 'memory'])} is ${key === 'memory' ? quote(written.memory ?? '') : memoryMb}`
  if (memoryMb < least) {
    return {
      message: key
        ? `${actual}, it must be at least ${least} MB for ${cpuWords}${byThen}`
        : `${keyPath(path)} has ${cpuWords} and the ${memoryMb} MB of memory of ${size}, it must have at least ${least} MB${byThen}`,
      at,
      hint: write(enough, ...smallerInstead(guest)),
    }
  }
  if (memoryMb > most) {
    return {
      message: `${actual}, it must be at most ${most} MB for ${cpuWords}${byThen}`,
      at,
      hint: write(...moreCpus(guest, machine), enough),
    }
  }
  // Only the documentation and flyctl machine update say so; flyctl deploy does not look.
  if (memoryMb % kind.step !== 0) {
    return {
      message: `${actual}, it should be a multiple of ${kind.step} MB for ${cpuKind} CPUs`,
      at,
      hint: write(enough),
      severity: 'warning' as const,
    }
  }
  return undefined
}

type Setting = readonly [key: string, value: string | number]

/** The machine that has this memory, where the memory was meant: shared CPUs, or fewer of them. */
function smallerInstead({written, machine}: Guest): Setting[] {
  const shared = cpuKinds.get('shared')
  if (!machine || !shared) return []
  const fits = (count: number) => machine.memoryMb >= count * shared.least
  const cpus = shared.counts.findLast((count) => count <= machine.cpus && fits(count))
  if (machine.cpuKind === 'shared') return written.memory && cpus ? [['cpus', cpus]] : []
  if (cpus !== machine.cpus) return []
  return [written.cpu_kind ? ['cpu_kind', 'shared'] : ['size', `shared-cpu-${cpus}x`]]
}

function moreCpus({written}: Guest, {cpuKind, memoryMb}: Machine): Setting[] {
  const kind = cpuKinds.get(cpuKind)
  const cpus = kind?.counts.find((count) => count <= 16 && memoryMb <= count * kind.most)
  if (!cpus) return []
  const byCount = written.cpus || written.cpu_kind || !written.size
  return [byCount ? ['cpus', cpus] : ['size', `${cpuKind === 'shared' ? 'shared-cpu' : cpuKind}-${cpus}x`]]
}

const text = (mb: number): string => (mb % 1024 === 0 ? `${mb / 1024}gb` : `${mb}mb`)
