import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/unread-workflow',
  title: 'GitHub reads the workflow that deploys',
  why: 'GitHub runs the workflows of the folder .github/workflows at the top of the repository, and of no other one.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['unreadWorkflows'],
  *run({unreadWorkflows}) {
    for (const {path, at, place, folder, isBeside} of unreadWorkflows) {
      if (isBeside) {
        yield {
          message: `${path} is not in .github/workflows: GitHub never runs it, and a push deploys nothing`,
          at,
          hint: `Move it: git mv ${path} ${place}. Or delete it, where deploys are made by hand.`,
        }
        continue
      }
      yield {
        message: `${path} is not at the top of the repository: GitHub never runs it, and a push deploys nothing`,
        at,
        hint: `Move it: git mv ${path} ${place}, and let its step work here, with working-directory: ${folder}. Or delete it, where deploys are made by hand.`,
      }
    }
  },
})
