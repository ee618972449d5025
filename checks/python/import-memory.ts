import {defineCheck, guestOf} from '../../src/check.ts'

/** Of a small machine Linux and what flyctl starts beside the app take a part. */
const ofSystem = 32

export default defineCheck({
  id: 'python/import-memory',
  title: 'the machine has room for what the app imports',
  why: 'A library that fills the machine as it is imported ends the app before it answers: Linux kills it, again and again.',
  // Versions differ in what they take.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['heavyImports', 'flyConfig'],
  uses: ['deployCommands'],
  *run({heavyImports, flyConfig, deployCommands}) {
    const swap = flyConfig.config.swap_size_mb ?? 0
    const told = new Set<string>()
    for (const {module, mb, at, by, groups} of heavyImports) {
      const guest = guestOf(groups, flyConfig.guests, deployCommands, ({memoryMb}) => mb > memoryMb + swap - ofSystem)
      if (!guest) continue
      const key = guest.path.join('.')
      if (told.has(key)) continue
      told.add(key)
      yield {
        message: `${by} starts what imports ${module}, which takes ${mb} MB or more by that alone, and the machine has ${guest.machine.memoryMb} MB: Linux kills it while it starts`,
        at: flyConfig.at(
          ...guest.path,
          guest.written.memory_mb ? 'memory_mb' : guest.written.memory ? 'memory' : 'size',
        ),
        related: [at],
        hint: `Give the machine more: ${flyConfig.setting('memory', '1gb')}.`,
      }
    }
  },
})
