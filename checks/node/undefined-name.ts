import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/undefined-name',
  title: 'the code of Node.js knows all its names',
  why: 'A name that nothing brings is an error of tsc, which ends the build; at the top of a module it ends the program.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['undefinedNames'],
  uses: ['buildsElse'],
  *run({undefinedNames, buildsElse}) {
    for (const {name, at, elsewhere, by, command, when} of undefinedNames) {
      const {file, from, inner} = elsewhere
      const isOwn = file !== undefined && !file.endsWith('package.json')
      const what = inner ? `${name} is declared in another block only` : `nothing in it declares or imports ${name}`
      yield {
        message: `${by} ${when === 'build' ? 'stops' : 'ends as it loads this file'}: ${what}`,
        at,
        related: [...(inner ? [inner] : file === undefined ? [] : [{file}]), command],
        hint: inner
          ? 'Declare it where both can see it, or hand it over.'
          : from === undefined
            ? `Import it: ${file} has a ${name}.`
            : `Import it${isOwn ? `, as ${file} does,` : ''} from '${from}'.`,
        failsAt: when,
        ...(when === 'build' && buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
