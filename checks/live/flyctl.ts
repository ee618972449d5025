import {defineCheck} from '../../src/check.ts'

/** Older versions print other shapes, and lack what the other checks ask for. */
const oldest = [0, 4, 82]

export default defineCheck({
  id: 'live/flyctl',
  title: 'flyctl is installed and recent',
  why: 'Nothing is deployed without it.',
  severity: 'error',
  failsAt: 'gate',
  since: '0.1.0',
  needs: [],
  examines: ['flyctl'],
  *run({flyctl}) {
    if (flyctl.state !== 'ok') {
      if (flyctl.problem) yield flyctl.problem
      return
    }
    const {version} = flyctl.value
    // Development builds are dated: 2026.8.21-branch.12.
    const parts = version.split(/[.-]/).map(Number)
    const older = oldest.findIndex((part, index) => part !== parts[index])
    if (older >= 0 && (parts[older] ?? 0) < (oldest[older] as number)) {
      yield {
        message: `flyctl is ${version}; what it prints is known from ${oldest.join('.')} on`,
        at: {live: 'flyctl', subject: version},
        hint: 'flyctl version upgrade',
        severity: 'warning',
      }
    }
  },
})
