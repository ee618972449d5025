import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/search-params',
  title: 'pages of Next.js read the query within a boundary',
  why: 'A page that next build makes and that calls useSearchParams() outside of <Suspense> ends the build.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['unboundedPages'],
  uses: ['buildsElse'],
  *run({unboundedPages, buildsElse}) {
    for (const {route, at, commandAt, by, around} of unboundedPages) {
      const unless = around && `, unless ${around.name} in ${around.at.file} keeps it from being made`
      yield {
        message: `${by ?? 'next build'} stops: the page ${route} calls useSearchParams(), and nothing around it is a <Suspense>${unless ?? ''}`,
        at,
        related: [commandAt, ...(around ? [around.at] : [])],
        hint: 'Call it in a component of its own, and put that into <Suspense> in the page; or lay a loading.tsx beside the page.',
        ...((around || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})
