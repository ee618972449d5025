import {defineCheck, type Facts} from '../../src/check.ts'

type Gap = Facts['nextOutput'][number]

export default defineCheck({
  id: 'image/next-output',
  title: 'the image has all that the server of Next.js serves',
  why: 'Next.js writes its server to .next/standalone only when it is told to, and without the scripts, styles and public files.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['nextOutput'],
  uses: ['buildsElse'],
  *run({nextOutput, buildsElse}) {
    for (const gap of nextOutput) {
      const {kind, at, related, severity} = gap
      yield {
        ...describe(gap),
        at,
        related,
        severity: buildsElse ? 'warning' : severity,
        ...(kind === 'standalone' && {failsAt: 'build' as const}),
        ...(kind === 'server' && {failsAt: 'boot' as const}),
      }
    }
  },
})

function describe({kind, app, server, stage, related: [first], started, laid}: Gap): {message: string; hint: string} {
  const from = `COPY --from=${stage} ${app === '/' ? '' : app}`
  const to = server.replace(/\/$/, '')
  const file = first && 'file' in first ? first.file : ''
  switch (kind) {
    case 'server':
      return {
        message: `${started?.by} starts ${started?.script}, but the server of this app lies at ${started?.expected}: .next/standalone begins at ${started?.because}`,
        hint: `Start node ${started?.expected}, and copy .next/static and public beside it.`,
      }
    case 'standalone':
      return {
        message: `.next/standalone is copied, and next build does not write it: ${/config/.test(file) ? `${file} has no` : 'no next.config has'} output: 'standalone'`,
        hint: `Add it to ${/config/.test(file) ? file : 'next.config.js'}: output: 'standalone'`,
      }
    case 'aside':
      return {
        message: `.next/static is copied to ${laid?.target}, and the server of .next/standalone looks for it in ${laid?.expected}: pages come without their scripts and styles`,
        hint: `Copy it there: ${from}/.next/static ${laid?.expected}`,
      }
    case 'static':
      return {
        message: '.next/standalone is copied without .next/static: pages come without their scripts and styles',
        hint: `Add it: ${from}/.next/static ${to}/.next/static`,
      }
    case 'public':
      return {
        message: `.next/standalone is copied without public: ${file} and what else is in that folder is not found`,
        hint: `Add it: ${from}/public ${to}/public`,
      }
  }
}
