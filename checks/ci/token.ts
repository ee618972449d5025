import {defineCheck, usesForeignActions} from '../../src/check.ts'

/** The names of a token that flyctl reads (internal/config/config.go). */
const read = /\bFLY_API_TOKEN\b|\bFLY_ACCESS_TOKEN\b|--access-token|flyctl auth login/

export default defineCheck({
  id: 'ci/token',
  title: 'workflows give flyctl a token',
  why: 'Without a token flyctl stops with "no access token available", and nothing is deployed.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    const told = new Set<unknown>()
    for (const {workflow, step, job, flags, at, command} of workflows.calls) {
      if (command !== 'deploy' || flags.has('access-token') || told.has(job)) continue
      const text = workflow.file.text
      // What another action or a file brings is not seen.
      const others = usesForeignActions(job)
      if (others || /GITHUB_ENV|\.env\b|doppler|op run|vault|infisical/.test(text)) continue
      const given = [...step.env.keys()].find((name) => /^(FLY_API_TOKEN|FLY_ACCESS_TOKEN)$/.test(name))
      if (given) continue
      const other = [...step.env].find(([name]) => /^FLY\w*_TOKEN$|^FLYIO?_\w*TOKEN$/.test(name))
      if (!other && read.test(text.replace(/secrets\.\w+/g, ''))) {
        // It stands elsewhere in the file: another step has it, this one does not.
        if (!job.steps.some((each) => each.env.has('FLY_API_TOKEN') || each.env.has('FLY_ACCESS_TOKEN'))) continue
      }
      told.add(job)
      yield {
        message: other
          ? `flyctl does not read ${other[0]}: without FLY_API_TOKEN it stops with "no access token available"`
          : 'this step has no FLY_API_TOKEN: flyctl stops with "no access token available"',
        at: other ? other[1].at : at,
        ...(other && {related: [at]}),
        hint: 'Add to the step: env: FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}',
      }
    }
  },
})
