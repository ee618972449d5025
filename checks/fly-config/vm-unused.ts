import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/vm-unused',
  title: 'every [[vm]] sizes a machine',
  why: 'Of several [[vm]] for a process group only one counts, and flyctl does not say which.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const used = flyConfig.guests.filter(({groups}) => groups.length > 0)
    for (const {path, groups, writtenFor} of flyConfig.guests) {
      if (groups.length > 0 || writtenFor.length === 0) continue
      const winners = used.filter((guest) => writtenFor.some((group) => guest.groups.includes(group)))
      yield {
        message: `${keyPath(path)} is never used: ${winners.length === 1 ? 'another one counts' : 'others count'} for ${writtenFor.join(', ')}`,
        at: flyConfig.at(...path),
        related: winners.map((guest) => flyConfig.at(...guest.path)),
        hint: 'Keep one [[vm]] for each group: one that names the group in processes beats one without, and of two that name it the last one counts.',
      }
    }
  },
})
