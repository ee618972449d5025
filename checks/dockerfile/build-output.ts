import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/build-output',
  title: 'what is copied of a build is what the build writes',
  why: 'Each tool writes to a folder of its own: a COPY of another one ends the build with not found.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['buildOutputs'],
  uses: ['buildsElse'],
  *run({buildOutputs, buildsElse}) {
    for (const {at, stage, copied, written, tool, related, proven} of buildOutputs) {
      const isNext = tool === 'next build'
      yield {
        message: `${copied} is copied from ${stage}, but ${tool} writes ${written} there`,
        at,
        related,
        // A plugin may write more than the configuration says.
        ...((!proven || buildsElse) && {severity: 'warning'}),
        hint: isNext
          ? `Set output: 'export' in next.config.js, and the pages are in out; or copy ${written} and start next.`
          : `Write COPY --from=${stage} ${written} …, or let ${tool} write to ${copied}.`,
      }
    }
  },
})
