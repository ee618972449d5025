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

testCheck(prismaUrl, {
  clean: {
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
