import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/undefined-name',
  title: 'what runs at the start knows all its names',
  why: 'A name without an import ends Python with a NameError as soon as it comes to it: the app does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['nameErrors'],
  uses: ['buildsElse'],
  *run({nameErrors, buildsElse}) {
    for (const {name, at, by, runBy, isRelease, proven} of nameErrors) {
      yield {
        message: `${by} runs this line, and nothing in the file brings ${name} (NameError: name '${name}' is not defined)`,
        at,
        ...(runBy && {related: [runBy]}),
        hint: `Import ${name} at the top of ${at.file}, or define it there.`,
        ...((!proven || buildsElse) && {severity: 'warning' as const}),
        ...(isRelease && {failsAt: 'release' as const}),
      }
    }
  },
})
