import check from '../../../checks/migrations/development-command.ts'
import {testCheck} from '../../harness.ts'

const release = (command: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
    ...more,
  },
})
const prisma =
  'it makes a migration wherever the schema has changed, in a machine that is thrown away, and stops where it must ask whether data may be lost, as nobody answers'

testCheck(check, {
  clean: {
    'the migrations that are there': release('npx prisma migrate deploy'),
    'the client, which is no migration': release('npx prisma generate'),
    'drizzle-kit, with the migrations that are there': release('npx drizzle-kit migrate'),
    'in a branch': release('sh ./release.sh', {
      'release.sh': '#!/bin/sh\nif [ "$NODE_ENV" = development ]; then npx prisma migrate dev; fi\n',
    }),
    'a script that nothing starts': release('npx prisma migrate deploy', {
      'package.json': '{"scripts": {"migrate": "prisma migrate dev"}}',
    }),
  },
  flagged: {
    'prisma migrate dev': {
      ...release('npx prisma migrate dev --name init'),
      expect: [
        `warning fly.toml:3:1 release_command runs prisma migrate dev --name init, which is for development: ${prisma}`,
      ],
    },
    'behind a script of package.json': {
      ...release('npm run migrate', {'package.json': '{"scripts": {"migrate": "prisma migrate dev"}}'}),
      expect: [
        `warning package.json:1:14 release_command runs prisma migrate dev, which is for development: ${prisma}`,
      ],
    },
    'drizzle-kit generate, before the migrations': {
      ...release("sh -c 'npx drizzle-kit generate && npx drizzle-kit migrate'"),
      expect: [
        'warning fly.toml:3:1 release_command runs drizzle-kit generate, which is for development: it writes the migration into a machine that is thrown away, and the next one writes another of the same number',
      ],
    },
  },
})
