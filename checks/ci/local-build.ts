import {defineCheck} from '../../src/check.ts'

/** Docker that a step before may have brought. */
const brings = /\b(docker|colima|podman|lima|orbstack|rancher)\b/i

export default defineCheck({
  id: 'ci/local-build',
  title: 'a build on the runner finds Docker there',
  why: 'flyctl deploy --local-only needs a Docker that builds for Linux, which the runners with macOS and Windows do not have.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {command, flags, job, before, at} of workflows.calls) {
      if (command !== 'deploy' || !flags.has('local-only') || flags.get('local-only') === 'false') continue
      const [label] = job.labels
      // A runner of one's own has labels of its own beside these.
      if (!label || !job.labels.every((each) => /^(macos|windows)-(latest|\d+)/.test(each)) || brings.test(before))
        continue
      yield {
        message: `--local-only builds on the runner, and ${label} has no Docker that builds for Linux: flyctl stops before the build`,
        at,
        related: [job.runsOn?.at ?? job.at],
        hint: 'Write --remote-only, or runs-on: ubuntu-latest',
      }
    }
  },
})
