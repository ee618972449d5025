import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/prisma-url',
  title: 'Prisma has the address of its database where it looks',
  why: 'Prisma 7 takes the address from prisma.config.ts alone, and refuses a schema that has one; older versions need it there.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['prismaAddresses'],
  uses: ['buildsElse'],
  *run({prismaAddresses, buildsElse}) {
    for (const address of prismaAddresses) {
      const {kind, command, by, commandAt, at, schema, version, folder, config, lacks} = address
      if (lacks) {
        yield {
          message: `${by} runs ${command}, for which npx finds no prisma in the image: it fetches Prisma 7 or later, which refuses a schema with the address of the database (P1012)`,
          at: commandAt,
          related: [lacks.at, at],
          hint: `Say the version of the project: npx prisma@${version} … Or bring it into the image: as one of the dependencies in package.json, or with RUN npm install prisma@${version}`,
          ...((buildsElse || lacks.likely) && {severity: 'warning' as const}),
          failsAt: by === 'release_command' ? ('release' as const) : ('boot' as const),
        }
        continue
      }
      if (kind === 'missing') {
        yield {
          message: `the schema has no address of the database, and Prisma ${version} looks nowhere else: ${by ? `${by} runs ${command}, which stops` : `${command} stops`} (P1012)`,
          at,
          related: [commandAt],
          hint: 'Write it here: url = env("DATABASE_URL")',
          ...(buildsElse && {severity: 'warning' as const}),
          failsAt: failsAt(by),
        }
        continue
      }
      const runs = by ? `${by} runs ${command}` : command
      const place = folder === '/' ? '/' : `${folder}/`
      yield {
        message:
          kind === 'schema'
            ? `the schema has the address of the database, and Prisma ${version} refuses that: ${by ? `${runs}, which stops` : `${command} stops`} (P1012)`
            : `${runs} in ${folder}, which has no prisma.config.ts: Prisma ${version} takes the address of the database from there alone, and stops`,
        at,
        related: kind === 'schema' ? [commandAt] : [{file: config ?? schema}],
        hint:
          kind === 'schema'
            ? `Take this line out, and say it in prisma.config.ts: export default defineConfig({schema: '${schema}', datasource: {url: env('DATABASE_URL')}}). Or stay with Prisma 6: npm install prisma@6 @prisma/client@6`
            : config
              ? `Copy it there in the last stage: COPY ${config} ${place}. Or name it: --config, with its place in the image.`
              : `Write ${place}prisma.config.ts: export default defineConfig({schema: …, datasource: {url: env('DATABASE_URL')}})`,
        ...(buildsElse && {severity: 'warning' as const}),
        failsAt: failsAt(by),
      }
    }
  },
})

/** By what runs the command; undefined for the build. */
const failsAt = (by: string | undefined): 'build' | 'release' | 'boot' =>
  by === undefined ? 'build' : by === 'release_command' ? 'release' : 'boot'
