import {defineCheck, type Facts} from '../../src/check.ts'

type SyncRequest = Facts['syncRequests'][number]

export default defineCheck({
  id: 'node/async-requests',
  title: 'what Next.js has as a Promise is awaited',
  why: 'Since Next.js 15 params, searchParams, cookies() and headers() are Promises: the types of the build refuse the rest.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['syncRequests'],
  uses: ['buildsElse'],
  *run({syncRequests, buildsElse}) {
    for (const request of syncRequests) {
      yield {
        message:
          request.when === 'build'
            ? `${request.by} stops: ${describe(request)}, and Next.js ${request.version} has it as a Promise`
            : `${describe(request)}, and Next.js ${request.version} has it as a Promise: what is read of it is undefined`,
        failsAt: request.when,
        at: request.at,
        related: [request.command],
        hint: cure(request),
        ...((buildsElse || request.when === 'runtime') && {severity: 'warning' as const}),
      }
    }
  },
})

const describe = ({kind, what}: SyncRequest): string =>
  kind === 'type' ? `the type of ${what} is that of an object` : `${what}() is used as what it holds`

const cure = ({kind, what}: SyncRequest): string =>
  `${
    kind === 'type'
      ? `Write Promise<…> around the type of ${what}, and await it; a Client Component has use(${what}) for that.`
      : `Write (await ${what}()), in a function that is async.`
  } npx @next/codemod@latest next-async-request-api . does it in all files.`
