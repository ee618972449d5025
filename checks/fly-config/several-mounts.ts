import {defineCheck, doneBeforeMachines} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/several-mounts',
  title: 'every machine mounts one volume at most',
  why: 'Fly.io refuses a machine with more than one volume, and flyctl notices only when it makes the machines.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const told = new Set<unknown>()
    for (const group of flyConfig.groups) {
      const mounts = flyConfig.mounts.filter(({groups}) => groups.includes(group))
      const [first, second] = mounts
      if (!first || !second || told.has(second)) continue
      told.add(second)
      yield {
        message: `machines of the group ${group} would mount ${mounts.length} volumes, and Fly.io allows one${doneBeforeMachines(flyConfig.config)}`,
        at: flyConfig.at(...second.path),
        related: [flyConfig.at(...first.path)],
        hint: 'Keep one [[mounts]] and use folders of it (a link from each other path), or give each volume a process group of its own: processes = ["…"].',
      }
    }
  },
})
