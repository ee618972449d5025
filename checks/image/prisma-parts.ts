import {defineCheck, type Facts} from '../../src/check.ts'

export default defineCheck({
  id: 'image/prisma-parts',
  title: 'the program of Prisma has what it loads',
  why: 'A last stage that takes prisma out of node_modules by itself lacks the packages that its program loads when it starts.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['prismaParts'],
  uses: ['buildsElse'],
  *run({prismaParts, buildsElse}) {
    for (const {kind, name, command, by, at, commandAt, sure} of prismaParts) {
      yield {
        message: `${command} (${by}) stops: ${because(kind, name)}`,
        at,
        related: [commandAt],
        hint:
          kind === 'package'
            ? 'Install prisma in the last stage (npm install prisma@VERSION), or copy node_modules as a whole from a stage with the packages of production.'
            : 'Start the program where it is: node node_modules/prisma/build/index.js migrate deploy',
        failsAt: by === 'release_command' ? 'release' : 'boot',
        ...((!sure || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})

function because(kind: Facts['prismaParts'][number]['kind'], name: string): string {
  if (kind === 'link')
    return `node_modules/.bin/prisma is a link, COPY lays the file there that it leads to, and that finds no ${name} beside it`
  if (kind === 'unlinked') return `npx looks for ${name}, and no COPY brings that beside node_modules/prisma`
  return `prisma loads ${name}, and no COPY brings node_modules/${name} into the last stage`
}
