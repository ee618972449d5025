import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/submodules',
  title: 'the checkout has the submodules that the image is built with',
  why: 'Without submodules: true the checkout has an empty folder in the place of each, and the image lacks what is in it.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['emptySubmodules'],
  *run({emptySubmodules}) {
    for (const {checkout, path, at, use} of emptySubmodules) {
      yield {
        message: `${path} is a submodule, and this checkout does not fetch it: the image is built with an empty folder`,
        at: checkout.at,
        related: [use, at],
        hint: 'Give actions/checkout its input: with: submodules: recursive',
      }
    }
  },
})
