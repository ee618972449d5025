import {defineCheck, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/missing-script',
  title: 'a deploying workflow finds its scripts in package.json',
  why: 'npm, pnpm and Bun end with "Missing script", and the steps behind it do not run: nothing is deployed.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['missingScripts'],
  *run({missingScripts}) {
    for (const {step, at, command, name, manifest, scripts} of missingScripts) {
      const meant = suggest(name, scripts)
      yield {
        message: `${command} asks for the script ${name}, which ${manifest} does not have: the job ${step.job.id} fails before it calls flyctl`,
        at,
        hint: meant
          ? `Did you mean ${meant}? Else add "${name}" to the scripts of ${manifest}.`
          : `Add "${name}" to the scripts of ${manifest}, or run it where it is.`,
      }
    }
  },
})
