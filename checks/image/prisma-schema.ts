import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/prisma-schema',
  title: 'prisma migrate finds its schema and its migrations',
  why: 'Prisma runs in the image: a schema that is not copied there stops it, and without migrations it does nothing.',
  // Something that is not followed may have brought it after all.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['prismaFiles'],
  *run({prismaFiles}) {
    for (const {by, at, what, own, path} of prismaFiles) {
      yield {
        message:
          what === 'schema'
            ? `${by} runs prisma, but nothing brings ${own} to ${path} in the image: it stops`
            : `${by} runs prisma migrate, but nothing brings ${own} to ${path} in the image: it finds no migration, and ends well`,
        at,
        related: [{file: own}],
        hint: `Copy it in the last stage: COPY ${own.replace(/\/schema\.prisma$/, '')} ${path.replace(/\/schema\.prisma$/, '')}`,
        failsAt: what === 'migrations' ? 'silent' : by === 'release_command' ? 'release' : 'boot',
      }
    }
  },
})
