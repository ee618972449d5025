import check from '../../../checks/node/prisma-names.ts'
import {testCheck} from '../../harness.ts'

const project = (schema: string, run = 'RUN npx prisma generate\n', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\n${run}CMD ["node", "server.js"]\n`,
    'server.js': '',
    'prisma/schema.prisma': schema,
    ...more,
  },
})
const twice = 'enum Status {\n  OPEN @map("open")\n  PAID\n  OPEN\n}\n'

testCheck(check, {
  clean: {
    'each stands once': project(
      'enum Status {\n  OPEN\n  PAID\n}\nenum Kind {\n  OPEN\n}\nmodel User {\n  id Int @id\n}\n',
    ),
    'in comments and texts': project(
      'enum Status {\n  OPEN\n  // OPEN\n  /// OPEN\n  PAID @map("OPEN")\n}\nmodel User {\n  id Int @id @default(1) // id Int\n}\n',
    ),
    'in comments of several lines': project(
      '/*\nmodel User {\n  id Int\n}\n*/\nmodel User {\n  id Int @id\n  /*\n  id String\n  */\n}\n',
    ),
    'attributes of several lines': project(
      'model User {\n  id Int\n  org Int\n  @@unique([\n    id,\n    org\n  ])\n  @@index([\n    id,\n    org,\n  ])\n}\n',
    ),
    'names of fields in a relation': project(
      'model A {\n  id Int @id\n  b B @relation(\n    fields: [id],\n    references: [id]\n  )\n  c B[]\n}\nmodel B {\n  id Int @id\n  a A[]\n}\n',
    ),
    'capital letters are others': project('enum Status {\n  OPEN\n  open\n}\n'),
    'two schemas, for two databases': project(twice, undefined, {'other/schema.prisma': twice}),
    'an example': project('enum A {\n  B\n}\n', undefined, {'examples/prisma/schema.prisma': twice}),
  },
  flagged: {
    'a value of an enum': {
      ...project(twice),
      expect: [
        'error prisma/schema.prisma:4:3 OPEN stands twice in enum Status: Prisma does not read the schema (P1012)',
      ],
    },
    'a field, by a script of package.json': {
      ...project('model User {\n  id Int @id\n  mail String\n  mail String?\n  id Int\n}\n', 'RUN npm run build\n', {
        'package.json': '{"scripts": {"build": "prisma generate && tsc"}}',
      }),
      expect: [
        'error prisma/schema.prisma:4:3 mail stands twice in model User (1 more name stands twice): Prisma does not read the schema (P1012)',
      ],
    },
    'the build reads another one': {
      ...project(twice, 'RUN npx prisma generate --schema db/main.prisma\n', {'db/main.prisma': ''}),
      expect: [
        'warning prisma/schema.prisma:4:3 OPEN stands twice in enum Status: Prisma does not read the schema (P1012)',
      ],
    },
    'the settings may name another one': {
      ...project(twice, undefined, {
        'prisma.config.ts': "export default defineConfig({schema: 'db/schema.prisma'})",
      }),
      expect: [
        'warning prisma/schema.prisma:4:3 OPEN stands twice in enum Status: Prisma does not read the schema (P1012)',
      ],
    },
    'the settings name this one, and package.json its seed': {
      ...project(twice, undefined, {
        'prisma.config.ts': "export default defineConfig({schema: path.join('prisma', 'schema.prisma')})",
        'package.json': '{"prisma": {"seed": "tsx prisma/seed.ts"}}',
      }),
      expect: [
        'error prisma/schema.prisma:4:3 OPEN stands twice in enum Status: Prisma does not read the schema (P1012)',
      ],
    },
    'a command that is only named': {
      ...project(twice, 'RUN echo run npx prisma generate\n'),
      expect: [
        'warning prisma/schema.prisma:4:3 OPEN stands twice in enum Status: Prisma does not read the schema (P1012)',
      ],
    },
    'the one that the command names': {
      ...project(twice, 'RUN npx prisma generate --schema=./prisma/schema.prisma\n'),
      expect: [
        'error prisma/schema.prisma:4:3 OPEN stands twice in enum Status: Prisma does not read the schema (P1012)',
      ],
    },
    'a model, and no build is seen to read it': {
      ...project('model User {\n  id Int @id\n}\nenum User {\n  A\n}\n', ''),
      expect: ['warning prisma/schema.prisma:4:6 User stands twice: Prisma does not read the schema (P1012)'],
    },
  },
})
