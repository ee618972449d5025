import {defineCheck, firstOf} from '../../src/check.ts'

export default defineCheck({
  id: 'node/compiler-options',
  title: 'the sources keep to what tsconfig.json forbids',
  why: 'What noUnusedLocals, noUnusedParameters, erasableSyntaxOnly or module forbid is an error of tsc, and npm run build ends with it.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['tscFaults'],
  uses: ['buildsElse'],
  *run({tscFaults, buildsElse}) {
    for (const {option, what, imported, at, optionAt, command, commandAt, by} of tscFaults) {
      const isUnused = option === 'noUnusedLocals' || option === 'noUnusedParameters'
      const used = `${what.length > 1 ? 'are' : 'is'} ${imported ? 'imported' : 'declared'} and never used`
      yield {
        message: `${by ?? command} stops: ${isUnused ? `${firstOf(what, 3)} ${used}` : `there is ${what}`}, which ${option === 'module' ? '"module": "commonjs"' : option} forbids`,
        at,
        related: [optionAt, commandAt],
        hint: isUnused
          ? `Take away what is not used${option === 'noUnusedParameters' ? ', or let its name begin with _' : ''}.`
          : option === 'module'
            ? 'Wait in a function that is called at once: async function main() { … }, and main(). Or let tsc write ES modules: "module": "nodenext", and "type": "module" in package.json.'
            : 'Write it without what only TypeScript knows: an object with "as const" for an enum, fields that the constructor sets.',
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
