import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/untracked-source',
  title: 'what the Dockerfile copies is in the checkout, too',
  why: 'What git ignores is on your machine and not on the runner: the deploy from here passes, and that of the workflow fails.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['untrackedSources'],
  *run({untrackedSources}) {
    for (const {deploy, path, isHere, instruction} of untrackedSources) {
      yield {
        message: isHere
          ? `${path} is here, and git does not have it: in the workflow's checkout ${instruction.keyword} does not find it`
          : `git ignores ${path}, and no step before this deploy builds anything: ${instruction.keyword} does not find it`,
        at: isHere ? instruction.at : deploy.call.at,
        related: [isHere ? deploy.call.at : instruction.at],
        hint: `Commit ${path}, make it in a step before the deploy, or build it in the Dockerfile.`,
      }
    }
  },
})
