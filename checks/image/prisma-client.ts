import {defineCheck, type Facts} from '../../src/check.ts'

export default defineCheck({
  id: 'image/prisma-client',
  title: 'the client of Prisma is generated where it is used',
  why: 'The client is written into node_modules: an install of its own does not have it, and the app stops at its first use.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['prismaClient'],
  uses: ['prismaOutput'],
  *run({prismaClient, prismaOutput = []}) {
    for (const {kind, folder, place, at, output} of prismaOutput) {
      yield {
        message: `The client of Prisma, which this imports, is generated into ${folder}, and ${what({kind, place})}`,
        at,
        related: [output],
        hint: cure({kind, folder, place}),
        ...(kind === 'nowhere' && {failsAt: 'build' as const}),
      }
    }
    for (const {install, copy, schema, other, folder} of prismaClient) {
      const made = other ? `: stage ${other} generates it into packages of its own` : ''
      yield {
        message: `The packages of the image come from this install, and no prisma generate runs behind it${made}`,
        at: install,
        related: [...(copy ? [copy] : []), schema],
        hint: other
          ? `Copy what it makes: COPY --from=${other} ${folder}/.prisma ${folder}/.prisma, or copy node_modules from there.`
          : `Copy the folder of ${schema.file} before, and run it behind the install: RUN npx prisma generate`,
      }
    }
  },
})

type Lost = Pick<Facts['prismaOutput'][number], 'kind' | 'folder' | 'place'>

function what({kind, place}: Pick<Lost, 'kind' | 'place'>): string {
  if (kind === 'nowhere') return 'neither the build nor a start runs prisma generate'
  return kind === 'compiled'
    ? `tsc, which takes no JavaScript along, does not bring it to ${place}`
    : `the last stage does not have it at ${place}`
}

function cure({kind, folder, place}: Lost): string {
  if (kind === 'nowhere')
    return 'Run it in the Dockerfile, behind the COPY of the schema and before the build: RUN npx prisma generate'
  return kind === 'compiled'
    ? `Copy it behind tsc, as cp -r ${folder} ${place.split('/').slice(2).join('/')}; or write provider = "prisma-client", whose client is TypeScript.`
    : `Copy it from the stage that generates it: COPY --from=… ${folder.startsWith('/') ? '' : '…/'}${folder} ${place}`
}
