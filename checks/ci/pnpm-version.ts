import {andOtherSteps, defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/pnpm-version',
  title: 'the action that installs pnpm is told one version',
  why: 'pnpm/action-setup stops where its version and that of package.json differ, and where neither says one.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['pnpmSetups'],
  *run({pnpmSetups}) {
    const causeOf = ({at, version, manifest}: (typeof pnpmSetups)[number]) => `${at.file} ${manifest} ${version}`
    for (const setup of pnpmSetups) {
      const {step, at, version, packageManager, manifest, related} = setup
      const [first, ...others] = pnpmSetups.filter((each) => causeOf(each) === causeOf(setup))
      if (setup !== first) continue
      const then = `pnpm/action-setup stops, and the job ${step.job.id} ends before it deploys${andOtherSteps(others)}`
      const places = others.slice(0, 4).map((each) => each.at)
      yield version !== undefined
        ? {
            message: `version is ${version}, and packageManager in ${manifest} is pnpm@${packageManager}: ${then}`,
            at,
            related: [...(related ? [related] : []), ...places],
            hint: `Delete version: the action then takes that of ${manifest}.`,
          }
        : {
            message: `neither this step nor packageManager in ${manifest} says which pnpm to install: ${then}`,
            at,
            related: places,
            hint: 'Add "packageManager": "pnpm@VERSION" to package.json, with what pnpm --version prints, or version below with.',
          }
    }
  },
})
