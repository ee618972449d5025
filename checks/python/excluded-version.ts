import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/excluded-version',
  title: 'packages allow the versions that are asked for beside them',
  why: 'pip looks for versions that suit every package of an install: where two that are pinned exclude each other, it installs none.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['excludedPins'],
  uses: ['buildsElse'],
  *run({excludedPins, buildsElse}) {
    for (const {name, version, at, other, specifier, otherVersion, otherAt, install, isSure} of excludedPins) {
      yield {
        message: `${name} ${version} asks for ${other} ${specifier}, and ${otherVersion} is asked for here: pip finds no versions that suit both (ResolutionImpossible)`,
        at: otherAt,
        related: [at, install],
        hint: `Take a version of ${other} that ${name} allows, or another ${name}; to let pip choose, leave the line for ${other} out.`,
        ...((!isSure || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})
