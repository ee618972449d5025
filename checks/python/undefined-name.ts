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
    for (const {name, at, by, runBy, isRelease, proven, isEarly, isLater, isLoadedLater} of nameErrors) {
      const runs = isLater
        ? `${by} ${isLoadedLater ? 'imports this module in a function or a try' : 'starts this module'}, and the first call that reaches this line fails`
        : `${by} runs this line`
      const lack = isEarly ? `the file brings ${name} only further down` : `nothing in the file brings ${name}`
      yield {
        message: `${runs}${isLater ? ':' : ', and'} ${lack} (NameError: name '${name}' is not defined)`,
        at,
        ...(runBy && {related: [runBy]}),
        hint: isEarly
          ? `Move what brings ${name} above this line.`
          : `Import ${name} at the top of ${at.file}, or define it there.`,
        ...((!proven || buildsElse) && {severity: 'warning' as const}),
        ...(isRelease && {failsAt: 'release' as const}),
        ...(isLater && {failsAt: 'runtime' as const}),
      }
    }
  },
})
