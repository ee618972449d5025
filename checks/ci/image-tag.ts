import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/image-tag',
  title: 'a workflow pushes the image tag that it deploys',
  why: 'flyctl looks for the image by its tag: one that was pushed under another tag is not found, and nothing is deployed.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {call, image, rule, pushed} of workflows.unpushedImages) {
      const others = pushed.tags.filter((tag) => tag.includes('COMMIT_ID'))
      yield {
        message: `${image} is deployed, and the workflow pushes ${others.length > 0 ? others.join(' and ') : 'no tag with the commit’s ID'}: flyctl does not find the image`,
        at: call.at,
        related: [pushed.at],
        hint: `Push the tag that is deployed, with docker/metadata-action as ${rule} (its type=sha alone makes sha- and seven characters), or deploy the one that is pushed.`,
      }
    }
  },
})
