import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/undefined-name',
  title: 'what tsc compiles knows all its names',
  why: 'A name that is used and not imported is an error of tsc, and npm run build ends with it.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['undefinedNames'],
  uses: ['buildsElse'],
  *run({undefinedNames, buildsElse}) {
    for (const {name, at, elsewhere, command, commandAt, by} of undefinedNames) {
      const {file, from} = elsewhere
      yield {
        message: `${by ?? command} stops: ${name} is used, and nothing in this file declares or imports it`,
        at,
        related: [{file}, commandAt],
        hint: from === undefined ? `Import it: ${file} has a ${name}.` : `Import it, as ${file} does from '${from}'.`,
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
