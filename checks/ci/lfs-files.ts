import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/lfs-files',
  title: 'the checkout has the files that Git LFS keeps',
  why: 'Without lfs: true the checkout has a text of three lines in the place of each: pictures are broken, models cannot be read.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['lfsFiles'],
  *run({lfsFiles}) {
    for (const {checkout, paths, rule} of lfsFiles) {
      const others = paths.length > 1 ? ` and ${paths.length - 1} more` : ''
      yield {
        message: `Git LFS keeps ${paths[0]}${others}, and this checkout does not fetch it: the image gets its pointer, a text of three lines`,
        at: checkout.at,
        related: [rule],
        hint: 'Give actions/checkout its input: with: lfs: true',
      }
    }
  },
})
