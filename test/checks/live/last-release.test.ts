import lastRelease from '../../../checks/live/last-release.ts'
import {testCheck} from '../../harness.ts'

const files = {'fly.toml': 'app = "shop"\n'}
const releases = (...status: string[]) => ({
  'releases -a shop': JSON.stringify(
    status.map((Status, index) => ({Version: 12 - index, Status, CreatedAt: '2026-06-20T11:05:30Z'})),
  ),
})

testCheck(lastRelease, {
  clean: {
    'it is complete': {files, answers: releases('complete')},
    'one before it failed': {files, answers: releases('complete', 'failed')},
    'a status that nobody knows says nothing': {files, answers: releases('superseded')},
  },
  flagged: {
    'it failed': {
      files,
      answers: releases('failed', 'complete'),
      expect: ['warning releases(v12) the last deploy of shop, v12 on 2026-06-20 at 11:05 UTC, failed'],
    },
    'it was interrupted': {
      files,
      answers: releases('interrupted'),
      expect: ['warning releases(v12) the last deploy of shop, v12 on 2026-06-20 at 11:05 UTC, was interrupted'],
    },
    'another is under way': {
      files,
      answers: releases('running'),
      expect: [
        "warning releases(v12) a deploy of shop, v12 on 2026-06-20 at 11:05 UTC, has not ended: two at a time stop each other at the machines' leases",
      ],
    },
  },
  skipped: {
    'never deployed': {files, answers: releases(), reason: 'the app has never been deployed'},
  },
})
