import prismaUrl from '../../../checks/image/prisma-url.ts'
import {testCheck} from '../../harness.ts'

interface Shape {
  version?: string
  url?: string
  copy?: string
  command?: string
  build?: string
  files?: Record<string, string>
}
const project = ({
  version = '^7.2.0',
  url = '',
  copy = 'COPY prisma prisma\n',
  command = 'npx prisma migrate deploy',
  build = '',
  files = {},
}: Shape = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: `FROM node:24-slim\nWORKDIR /app\nCOPY package.json ./\n${copy}RUN npm install\n${build}CMD ["node", "server.js"]\n`,
    'package.json': JSON.stringify({dependencies: {prisma: version}, scripts: {migrate: 'prisma migrate deploy'}}),
    'prisma/schema.prisma': `datasource db {\n  provider = "postgresql"\n${url}}\n`,
    'prisma.config.ts': 'export default {}\n',
    ...files,
  },
})
const written = '  url      = env("DATABASE_URL")\n'
const none =
  'in /app, which has no prisma.config.ts: Prisma 7 takes the address of the database from there alone, and stops'

/** Prisma 6 as a package for development, whose install leaves it out. */
const lock = (entry: string) =>
  `{"lockfileVersion": 3, "packages": {"": {}, "node_modules/@prisma/client": {}, "node_modules/prisma": {"version": "6.19.0"${entry}}}}`
const development = ({
  command = 'npx prisma migrate deploy',
  install = 'npm ci --omit=dev',
  dev = ', "dev": true',
} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: `FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN ${install}\nCMD ["node", "server.js"]\n`,
    'package.json': '{"dependencies": {"@prisma/client": "^6.19.0"},\n"devDependencies": {"prisma": "^6.19.0"}}',
    'package-lock.json': lock(dev),
    'prisma/schema.prisma': `datasource db {\n  provider = "postgresql"\n${written}}\n`,
    'server.js': '',
  },
})
/** The server of Next.js with what it has traced. */
const standalone = ({more = '', files = {}}: {more?: string; files?: Record<string, string>} = {}) => ({
  files: {
    ...development().files,
    'fly.toml': 'app = "shop"\n',
    'package.json': '{"dependencies": {"@prisma/client": "^6.19.0", "next": "15.0.0", "prisma": "^6.19.0"}}',
    'package-lock.json': lock(''),
    'next.config.mjs': "export default {output: 'standalone'}\n",
    Dockerfile: `FROM node:24-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:24-slim\nWORKDIR /app\nCOPY --from=build /app/.next/standalone ./\nCOPY --from=build /app/.next/static ./.next/static\nCOPY --from=build /app/node_modules/.prisma ./node_modules/.prisma\nCOPY --from=build /app/prisma ./prisma\n${more}CMD npx prisma migrate deploy && node server.js\n`,
    ...files,
  },
})
const fetches = (place: string, by: string, command = 'npx prisma migrate deploy') =>
  `${place} ${by} runs ${command}, for which npx finds no prisma in the image: it fetches Prisma 7 or later, which refuses a schema with the address of the database (P1012)`

testCheck(prismaUrl, {
  clean: {
    'a schema without it, of a Prisma 6 that may be a newer one': project({
      version: '^6.5.0',
      build: 'RUN npx prisma generate\n',
    }),
    'a schema without it, and no command': project({version: '5.22.0', command: 'node migrate.js'}),
    'a package for development that is installed': development({install: 'npm ci'}),
    'a package that the client brings along, too': development({dev: ', "devOptional": true'}),
    'the version is said': development({command: 'npx prisma@6.19.0 migrate deploy'}),
    'it is installed for all': development({install: 'npm ci --omit=dev && npm install -g prisma@6.19.0'}),
    'it is laid beside the others': development({install: 'npm ci --omit=dev && npm install --no-save prisma@6'}),
    'a script of the package installs it': {
      files: {
        ...development().files,
        'package.json':
          '{"scripts": {"postinstall": "npm install --no-save prisma@6"}, "dependencies": {"@prisma/client": "^6.19.0"},\n"devDependencies": {"prisma": "^6.19.0"}}',
      },
    },
    'another folder, which may have its own': development({
      command: "sh -c 'cd tools && npx prisma migrate deploy --schema ../prisma/schema.prisma'",
    }),
    'the address is not in the schema': {
      files: {...development().files, 'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n'},
    },
    'a failure that nobody minds': development({command: "sh -c 'npx prisma migrate deploy || true'"}),
    'all packages beside the server of Next.js': standalone({
      more: 'COPY --from=build /app/node_modules ./node_modules\n',
    }),
    'prisma beside the server of Next.js': standalone({
      more: 'COPY --from=build /app/node_modules/prisma ./node_modules/prisma\n',
    }),
    'prisma is installed beside the server of Next.js': standalone({more: 'RUN npm install prisma@6.19.0\n'}),
    'Next.js is told to trace it': standalone({
      files: {'next.config.mjs': "export default {outputFileTracingIncludes: {'/': ['node_modules/prisma/**']}}\n"},
    }),
    'Prisma 6 with an address in the schema': project({version: '^6.19.0', url: written}),
    'Prisma 6, which takes it from the settings as well': project({version: '^6.19.0'}),
    'the lock file has another version than package.json lets one think': project({
      version: '>=6',
      url: written,
      files: {'package-lock.json': '{"packages": {"node_modules/prisma": {"version": "6.19.0"}}}'},
    }),
    'a comment of the schema': project({url: '  // url = env("DATABASE_URL")\n', copy: 'COPY . .\n'}),
    'the settings are copied': project({copy: 'COPY prisma.config.ts ./\nCOPY prisma prisma\n'}),
    'in a folder of their own': project({
      copy: 'COPY . .\n',
      files: {'.config/prisma.ts': ''},
    }),
    'they are named': project({command: 'npx prisma migrate deploy --config=prisma/prisma.config.ts'}),
    'a RUN moves them': project({build: 'RUN cp prisma/prisma.config.ts .\n'}),
    'another folder': project({command: "sh -c 'cd prisma && npx prisma migrate deploy'"}),
    'nothing runs prisma': project({url: written, command: 'node migrate.js'}),
    'what connects to no database': project({command: 'node migrate.js', build: 'RUN npx prisma generate\n'}),
    'another version is installed for it': project({build: 'RUN npm install -g prisma@6.19.0\n'}),
    'a RUN takes the address out': project({
      url: written,
      build: "RUN sed -i '/url *=/d' prisma/schema.prisma && npx prisma generate\n",
    }),
    'another folder has another version': project({
      url: written,
      build: 'RUN npx prisma generate\n',
      files: {
        'package-lock.json': '{"packages": {"node_modules/prisma": {"version": "7.2.0"}}}',
        'api/package.json': '{"dependencies": {"prisma": "^6.19.0"}}',
      },
    }),
    'several schemas': project({url: written, files: {'other/schema.prisma': ''}}),
  },
  flagged: {
    'a schema without it, of Prisma 5': {
      ...project({version: '5.22.0', build: 'RUN npx prisma generate\n'}),
      expect: [
        'error prisma/schema.prisma:1:1 the schema has no address of the database, and Prisma 5 looks nowhere else: npx prisma generate stops (P1012)',
      ],
    },
    'a schema without it, of Prisma 6.5': {
      ...project({
        version: '^6.5.0',
        files: {'package-lock.json': '{"packages": {"node_modules/prisma": {"version": "6.5.0"}}}'},
      }),
      expect: [
        'error prisma/schema.prisma:1:1 the schema has no address of the database, and Prisma 6.5.0 looks nowhere else: release_command runs npx prisma migrate deploy, which stops (P1012)',
      ],
    },
    'a package for development, which npx fetches anew': {
      ...development(),
      expect: [fetches('error fly.toml:3:1', 'release_command')],
    },
    'a package that Next.js does not trace': {
      ...standalone({files: {'lib/generated/prisma/schema.prisma': ''}}),
      expect: [fetches('warning Dockerfile:11:1', 'CMD')],
    },
    'an address in the schema, at the build': {
      ...project({url: written, build: 'RUN npx prisma generate\n'}),
      expect: [
        'error prisma/schema.prisma:3:3 the schema has the address of the database, and Prisma 7 refuses that: npx prisma generate stops (P1012)',
      ],
    },
    'an address in the schema, at the release': {
      ...project({
        url: written,
        files: {'package-lock.json': '{"packages": {"node_modules/prisma": {"version": "7.2.0"}}}'},
      }),
      expect: [
        'error prisma/schema.prisma:3:3 the schema has the address of the database, and Prisma 7.2.0 refuses that: release_command runs npx prisma migrate deploy, which stops (P1012)',
      ],
    },
    'settings that are not copied': {
      ...project(),
      expect: [`error fly.toml:3:1 release_command runs npx prisma migrate deploy ${none}`],
    },
    'by a script': {
      ...project({command: 'npm run migrate'}),
      expect: [`error package.json:1:48 release_command runs prisma migrate deploy ${none}`],
    },
    'beside the schema, which is named': {
      ...project({
        command: 'node node_modules/prisma/build/index.js migrate deploy --schema prisma/schema.prisma',
        files: {'prisma/prisma.config.ts': ''},
      }),
      expect: [
        `error fly.toml:3:1 release_command runs node node_modules/prisma/build/index.js migrate deploy --schema prisma/schema.prisma ${none}`,
      ],
    },
  },
})
