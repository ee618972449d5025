import {defineCheck, plural} from '../../src/check.ts'

export default defineCheck({
  id: 'node/next-lint',
  title: 'next build finds nothing to lint',
  why: 'Up to version 15 Next.js lints the sources at the end of a build, and stops where its own settings make an error of what it finds.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['lintFaults'],
  uses: ['buildsElse'],
  *run({lintFaults, buildsElse}) {
    for (const {what, cure, at, count, settings, settingsAt, commandAt, by} of lintFaults) {
      const [first, ...others] = at
      const times = count > 1 ? ` and ${count === 2 ? 'once' : `${count - 1} times`} more` : ''
      const more = others.length > 0 ? `, and in ${plural(others.length, 'other file')}` : ''
      yield {
        message: `${by ?? 'next build'} stops: ${what} stands here${times}${more}, and ${settings} makes that an error of the lint`,
        at: first,
        related: [settingsAt, commandAt, ...others.slice(0, 5)],
        hint: `${cure} Or let the build lint nothing: eslint: {ignoreDuringBuilds: true} in next.config.`,
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
