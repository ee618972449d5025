import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/pydantic-models',
  title: 'classes are written as the installed pydantic takes them',
  why: 'pydantic 2 refuses what pydantic 1 took, and types that are none, when the class is defined: the import of the module ends with it.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['startedFaults'],
  uses: ['buildsElse'],
  *run({startedFaults, buildsElse}) {
    for (const {kind, message, cure, at, command, isSure} of startedFaults) {
      if (kind !== 'pydantic') continue
      yield {
        message,
        at,
        related: [command.at],
        hint: cure,
        ...((!isSure || buildsElse) && {severity: 'warning' as const}),
        ...(command.by === 'release_command' && {failsAt: 'release' as const}),
        ...(command.supervised && {failsAt: 'runtime' as const}),
      }
    }
  },
})
