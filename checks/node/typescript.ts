import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/typescript',
  title: 'node runs the TypeScript that it is given',
  why: 'Before 22.18 node runs no TypeScript by itself: it stops at the first file.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['typeScriptStarts'],
  uses: ['buildsElse'],
  *run({typeScriptStarts, buildsElse}) {
    for (const {by = 'the build', at, file, why, flag, has, from, fromAt} of typeScriptStarts) {
      yield {
        message:
          why === 'flag'
            ? `Node ${has} of ${from} does not know ${flag}: ${by} stops`
            : `Node ${has} of ${from} runs no TypeScript by itself: ${by} stops at ${file}`,
        at,
        related: [fromAt],
        hint: `Take a Node that runs it, 22.18 or later (FROM node:24-slim), or something that translates it: npm install tsx, and tsx ${file}`,
        ...(buildsElse && {severity: 'warning' as const}),
        ...(by === 'the build' && {failsAt: 'build' as const}),
        ...(by === 'release_command' && {failsAt: 'release' as const}),
      }
    }
  },
})
