import {defineCheck, usesForeignActions} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/checkout',
  title: 'workflows check the project out before they deploy it',
  why: 'Without actions/checkout the folder is empty: flyctl finds neither a configuration nor anything to build.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {command, before, flags, at, job, program} of workflows.calls) {
      if (command !== 'deploy' || flags.has('image')) continue
      const brings =
        /actions\/checkout|git (clone|init|fetch)|download-artifact|actions\/cache|curl|wget|gh repo|uses: \.\//.test(
          before,
        )
      // Other actions may bring files, too.
      const others = usesForeignActions(job)
      if (brings || others || job.hasContainer || !job.runsOn) continue
      yield {
        message: `no step before ${program ?? 'flyctl'} deploy checks the project out: flyctl finds no configuration in the empty folder`,
        at,
        hint: 'Begin the steps of the job with: - uses: actions/checkout@v4',
      }
    }
  },
})
