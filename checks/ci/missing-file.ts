import {defineCheck, inSeries} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/missing-file',
  title: 'the files that a deploying workflow names exist',
  why: 'An action that is given a file which is not there fails, and the deploy behind it never begins.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  uses: ['flyConfig'],
  *run({workflows, flyConfig}) {
    const told = new Set<string>()
    for (const {named, job, elsewhere} of workflows.missingFiles) {
      if (named.kind === 'manifest') {
        yield {
          message: `${named.by} stops without ${named.path}, and the repository has ${elsewhere?.path}: the job ${job.id} fails before flyctl is called`,
          at: named.value.at,
          hint: `Add to the step: working-directory: ${elsewhere?.folder}`,
        }
        continue
      }
      if (named.kind === 'lock') {
        // Each job installs, and one file cures them all.
        if (told.has(named.path)) continue
        told.add(named.path)
        const others = workflows.missingFiles.filter(
          (each) => each.named.kind === 'lock' && each.named.path === named.path && each.named !== named,
        )
        const jobs = [...new Set([job.id, ...others.map((each) => each.job.id)])]
        yield {
          message: `${named.by} stops without ${named.path}, which the repository does not have: the job${jobs.length > 1 ? 's' : ''} ${inSeries(jobs)} ${jobs.length > 1 ? 'fail' : 'fails'} before flyctl is called`,
          at: named.value.at,
          related: others.map((each) => each.named.value.at),
          hint: `Commit ${named.path}: this install goes by it alone.`,
        }
        continue
      }
      const what = {
        file: `the file ${named.path}`,
        folder: `the folder ${named.path}`,
        action: `an action in ${named.path}`,
        workflow: `the workflow ${named.path}`,
      }[named.kind]
      yield {
        message: `${named.by} names ${what}, which the repository does not have: the job ${job.id} fails before flyctl is called`,
        at: named.value.at,
        hint: `Commit ${named.path}, or correct the name: it is relative to the top of the repository.`,
      }
    }
    for (const {call, lostDockerfile} of workflows.ofConfig(flyConfig?.file)) {
      if (lostDockerfile === undefined) continue
      yield {
        message: `--dockerfile names ${lostDockerfile}, which the repository does not have: flyctl deploy stops`,
        at: call.at,
        hint: `Correct the name, or commit ${lostDockerfile}: it is relative to the folder in which flyctl runs.`,
        failsAt: 'build',
      }
    }
  },
})
