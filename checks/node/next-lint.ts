import {defineCheck, plural} from '../../src/check.ts'

export default defineCheck({
  id: 'node/next-lint',
  title: 'next build finds nothing to lint',
  why: 'Next.js 15 lints the sources at the end of a build, and stops where its own rules make an error of the type any.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['lintFaults'],
  uses: ['buildsElse'],
  *run({lintFaults, buildsElse}) {
    const [first, ...others] = lintFaults
    if (!first) return
    const {at, count, ruleAt, commandAt, by, command} = first
    const more = others.length > 0 ? `, and in ${plural(others.length, 'other file')}` : ''
    yield {
      message: `${by ?? command} stops: the type any stands here${count > 1 ? ` and ${count - 1} times more` : ''}${more}, and next/typescript makes that an error of the lint`,
      at,
      related: [ruleAt, commandAt, ...others.slice(0, 5).map((each) => each.at)],
      hint: 'Name the type (unknown, where it is not known). Or let the build lint nothing: eslint: {ignoreDuringBuilds: true} in next.config.',
      ...(buildsElse && {severity: 'warning' as const}),
    }
  },
})
