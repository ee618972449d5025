import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/prisma-client',
  title: 'the client of Prisma is generated where it is used',
  why: 'The client is written into node_modules: an install of its own does not have it, and the app stops at its first use.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['prismaClient'],
  *run({prismaClient}) {
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
