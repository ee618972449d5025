import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/compiled-assets',
  title: 'what the code reads beside itself is beside what tsc writes',
  why: 'tsc writes JavaScript alone: templates, queries and the like stay in the folder of the sources.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['compiledAssets'],
  *run({compiledAssets}) {
    for (const {by, command, path, place, at, folder, outDir, atStart} of compiledAssets) {
      const target = place.slice(place.indexOf(`/${folder}/`) + 1)
      const inBuild = place.includes(`/${folder}/`)
        ? `Copy it behind tsc, in the build script: tsc && cp -r ${path} ${target}; or in the last stage`
        : 'Copy it in the last stage'
      yield {
        message: `this file reads ${path} by its own folder, which is in ${folder} when ${by} runs it, and nothing brings it to ${place}${atStart ? ': the app stops when it starts' : ''}`,
        at,
        related: [outDir, command],
        hint: `${inBuild}: COPY ${path} ${place}`,
        ...(atStart && {failsAt: 'boot' as const}),
      }
    }
  },
})
