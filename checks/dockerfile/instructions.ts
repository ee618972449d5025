import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/instructions',
  title: 'BuildKit accepts every instruction',
  why: 'BuildKit stops at an instruction that it cannot read, whatever the other ones do.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build'],
  uses: ['buildsElse'],
  *run({build, buildsElse}) {
    for (const {kind, message, at, hint, likely} of build.problems) {
      if (kind !== 'instruction' && kind !== 'from') continue
      yield {
        message,
        at,
        hint: hint ?? 'Correct it: docs.docker.com/reference/dockerfile has every instruction.',
        ...((buildsElse || likely) && {severity: 'warning'}),
      }
    }
  },
})
