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
    for (const {by, at, what, own, path, there, config} of prismaFiles) {
      const brings = own === undefined ? 'nothing is seen to bring' : `nothing brings ${own} to`
      yield {
        message:
          there !== undefined
            ? `${by} runs prisma, which looks for ${path} in the image: the schema is at ${there} there, and it stops`
            : what === 'schema'
              ? `${by} runs prisma, but ${brings} ${path} in the image: it stops`
              : `${by} runs prisma migrate, but ${brings} ${path} in the image: it finds no migration, and ends well`,
        at,
        related: own === undefined ? [] : [{file: own}],
        hint:
          there !== undefined
            ? `${config === undefined ? 'Name' : `Bring ${config}, which may say where it is, to where prisma runs: COPY it in the last stage. Or name`} it: --schema ${there}`
            : own === undefined
              ? 'Correct the path behind --schema, which begins at the WORKDIR of the last stage, or copy the schema there.'
              : `Copy it in the last stage: COPY ${own.replace(/\/schema\.prisma$/, '')} ${path.replace(/\/schema\.prisma$/, '')}`,
        failsAt: what === 'migrations' ? 'silent' : by === 'release_command' ? 'release' : 'boot',
      }
    }
  },
})
