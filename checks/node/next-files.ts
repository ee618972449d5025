import {defineCheck, type Facts} from '../../src/check.ts'

type NextFault = Facts['nextFaults'][number]

export default defineCheck({
  id: 'node/next-files',
  title: 'Next.js builds with the files and settings that it has',
  why: 'next build stops at settings of webpack without --webpack, at middleware.ts beside proxy.ts, at settings that are gone, and at a page without a layout.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['nextFaults'],
  uses: ['buildsElse'],
  *run({nextFaults, buildsElse}) {
    for (const fault of nextFaults) {
      const {at, by, command, isCertain} = fault
      yield {
        message: `${by} ${isCertain ? 'stops' : 'may stop'}: ${describe(fault)}`,
        at,
        related: [...(fault.other === undefined ? [] : [{file: fault.other}]), command],
        hint: cures[fault.kind],
        ...((buildsElse || !isCertain) && {severity: 'warning' as const}),
      }
    }
  },
})

function describe({kind, file, other, what}: NextFault): string {
  switch (kind) {
    case 'webpack':
      return `${file} has settings of webpack and none of Turbopack, with which Next.js 16 builds`
    case 'proxy':
      return `${file} and ${other} are both there, and Next.js 16 takes one of them`
    case 'ppr':
      return `${what} of ${file} is gone with Next.js 16`
    case 'untyped':
      return `${file} sets ${what}, which the type NextConfig of Next.js 16 does not have`
    case 'layout':
      return `no layout is around ${file}, and each page of app needs one with <html> and <body>`
  }
}

const cures: Readonly<Record<NextFault['kind'], string>> = {
  webpack:
    'Build with next build --webpack, or write what is needed as turbopack: {…}; an empty one says that nothing is.',
  proxy: 'Keep proxy.ts, and move into it what the other does.',
  ppr: 'Leave it out, or set cacheComponents: true, of which it is a part now.',
  untyped:
    'Leave it out, or move it to where it is now: eslint to its own command, experimental.turbo to turbopack, reactCompiler to the top.',
  layout: 'Add layout.tsx to the app folder; next dev writes one by itself, which then must be committed.',
}
