import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/syntax',
  title: 'what the build or node reads is JavaScript or TypeScript',
  why: 'A file that is neither ends the build that reads it, or node when the program starts.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['syntaxFaults'],
  uses: ['buildsElse'],
  *run({syntaxFaults, buildsElse}) {
    for (const {at, message, twice, isConflict, by, command, when} of syntaxFaults) {
      yield {
        message: `${by} reads this file and stops here: ${message}`,
        at,
        related: [command],
        hint: isConflict
          ? 'Keep one of the sides, or what is right of both, and take the lines with <<<<<<<, ======= and >>>>>>> away.'
          : twice === undefined
            ? 'Correct it here, or above: a bracket, a quote or a tag that nothing closes is noticed late.'
            : `Take one of the two away, or give it another name.`,
        failsAt: when,
        ...(when === 'build' && buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
