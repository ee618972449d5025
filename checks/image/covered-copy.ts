import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/covered-copy',
  title: 'no volume hides what a COPY brings',
  why: 'A volume is mounted over what the image has at that path, and a new one is empty: the app does not find the files.',
  // Somebody may have put the same files on the volume.
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['coveredCopies'],
  *run({coveredCopies}) {
    for (const {at, keyword, path, place, more, folder, mount} of coveredCopies) {
      const also = more > 0 ? ` (and ${more} more)` : ''
      yield {
        message: `${keyword} brings ${path}${also} to ${place}, over which a volume is mounted at ${folder}: the machine does not see it`,
        at,
        related: [mount],
        hint: `Lay it outside of ${folder} and let the app read it there, or copy it to ${folder} when the machine starts; what only belongs on the volume needs no ${keyword}.`,
      }
    }
  },
})
