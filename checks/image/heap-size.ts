import {defineCheck, guestOf} from '../../src/check.ts'

export default defineCheck({
  id: 'image/heap-size',
  title: 'the heap fits the memory of the machine',
  why: 'A heap that may grow beyond the memory of the machine is not cleaned up in time: Linux kills the program.',
  // It may never need as much.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['heapSizes', 'flyConfig'],
  uses: ['deployCommands', 'springStarts'],
  *run({heapSizes, flyConfig, deployCommands, springStarts = []}) {
    const swap = flyConfig.config.swap_size_mb ?? 0
    for (const {by, at, asked, groups} of springStarts.slice(0, 1)) {
      const guest = guestOf(groups, flyConfig.guests, deployCommands, ({memoryMb}) => memoryMb + swap < ofSpring)
      if (!guest) continue
      const place = flyConfig.at(
        ...guest.path,
        guest.written.memory_mb ? 'memory_mb' : guest.written.memory ? 'memory' : 'size',
      )
      yield {
        message: `${by} starts Spring Boot with Hibernate, whose classes and code take some ${ofSpring} MB beside the heap, and the machine has ${guest.machine.memoryMb} MB: Linux kills it while it starts`,
        at: place,
        related: [at, asked],
        hint: `Give the machine more: ${flyConfig.setting('memory', '1gb')}. Or say what it may take: -Xmx, -XX:MaxMetaspaceSize and -XX:ReservedCodeCacheSize.`,
        failsAt: 'boot',
      }
    }
    for (const {program, option, variable, mb, at, groups} of heapSizes) {
      const guest = guestOf(groups, flyConfig.guests, deployCommands, ({memoryMb}) => mb >= memoryMb + swap)
      if (!guest) continue
      const {memoryMb} = guest.machine
      const smaller =
        program === 'Java'
          ? '-XX:MaxRAMPercentage=75 in its place, which goes by the machine'
          : `--max-old-space-size=${Math.round(memoryMb * 0.75)}`
      const memory = flyConfig.setting('memory', sizeText(Math.ceil((mb * 1.25) / 256) * 256))
      yield {
        message: `${option}${variable ? ` of ${variable}` : ''} lets the heap of ${program} grow to ${Math.round(mb)} MB, and the machine has ${memoryMb} MB${swap ? ` and ${swap} MB of swap` : ''}: it is killed before it cleans up`,
        at,
        related: [flyConfig.at(...guest.path, guest.written.memory_mb ? 'memory_mb' : 'memory')],
        hint: `Write ${smaller}; or give the machine more memory: ${memory}.`,
      }
    }
  },
})

/** Metaspace, the code cache and the stacks of its threads, at the least. */
const ofSpring = 300

const sizeText = (mb: number): string => (mb % 1024 === 0 ? `${mb / 1024}gb` : `${mb}mb`)
