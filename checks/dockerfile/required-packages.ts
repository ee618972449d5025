import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/required-packages',
  title: 'stages install the packages that the policy demands',
  why: "The project's own rule in preflight.toml is broken.",
  severity: 'error',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['settings', 'image'],
  *run({settings, image}) {
    if (settings.policy.stagePackages.length === 0) return '[policy.packages] demands none'
    for (const {stage: name, packages, at} of settings.policy.stagePackages) {
      const found = name === 'final' ? image.final : image.stages.find(({stage}) => stage.name === name.toLowerCase())
      if (!found) {
        const names = image.stages.flatMap(({stage}) => stage.name ?? [])
        yield {
          message: `[policy.packages] names the stage ${name}, from which the image is not made`,
          at,
          hint: `Name one of these: ${[...names, 'final'].join(', ')}.`,
        }
        continue
      }
      const missing = packages.filter((wanted) => !found.packages.installed.has(wanted))
      if (missing.length === 0) continue
      // A step that is not understood, or one that may not run, may install them.
      const mayBeThere = !found.understood || missing.every((wanted) => found.packages.maybeInstalled.has(wanted))
      yield {
        message: `the ${name === 'final' ? 'final stage' : `stage ${name}`} does not install ${missing.join(', ')}, which [policy.packages] demands`,
        at: found.stage.at,
        related: [at],
        ...(mayBeThere && {severity: 'warning'}),
        hint: `Add ${missing.join(' ')} to an apt-get install (or apk add) of that stage.${mayBeThere ? ' A warning only: the base image, or a step that may or may not run, could bring it.' : ''}`,
      }
    }
  },
})
