import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/page-files',
  title: 'the image has the files that its pages load',
  why: 'A Dockerfile that copies a site file by file forgets one: the page comes without its style or its script.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['pageFiles'],
  *run({pageFiles}) {
    for (const {path, place, at, page} of pageFiles) {
      yield {
        message: `the page loads ${path}, and nothing brings it to ${place} in the image`,
        at,
        related: [page],
        hint: `Beside the COPY of the page: COPY ${path} ${place}`,
      }
    }
  },
})
