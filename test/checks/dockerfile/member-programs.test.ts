import memberPrograms from '../../../checks/dockerfile/member-programs.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const project = (step: string, files: Files = {}, install = 'pnpm install --frozen-lockfile') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nRUN npm install -g pnpm@10.12.0\nWORKDIR /repo\nCOPY . .\nRUN ${install}\n${step}\n`,
    'package.json': '{"name": "shop", "scripts": {"generate": "prisma generate"}}',
    'pnpm-workspace.yaml': 'packages: ["packages/*"]\n',
    'packages/api/package.json': '{"name": "api",\n"devDependencies": {"prisma": "6.10.0"}}',
    'packages/web/package.json': '{"name": "web", "scripts": {"build": "tsc"}}',
    ...files,
  },
})
const told = (severity: string, what: string) =>
  `${severity} Dockerfile:6:5 ${what}: prisma is a dependency of packages/api/package.json, and not of package.json`

testCheck(memberPrograms, {
  clean: {
    'in the package that asks for it': project('RUN pnpm --filter api exec prisma generate'),
    'in that package, without exec': project('RUN pnpm --filter api... prisma generate'),
    'in its folder': project('RUN cd packages/api && pnpm exec prisma generate'),
    'a flag goes to its folder': project('RUN pnpm -C packages/api exec prisma generate'),
    'the root asks for it, too': project('RUN pnpm exec prisma generate', {
      'package.json': '{"name": "shop", "devDependencies": {"prisma": "6.10.0"}}',
    }),
    'a member sees the programs of the root': project('RUN pnpm --filter web run build', {
      'package.json': '{"name": "shop", "devDependencies": {"typescript": "5.9.2"}}',
      'packages/api/package.json': '{"name": "api", "devDependencies": {"typescript": "5.9.2"}}',
    }),
    'pnpm lays all of them into the root': project('RUN pnpm exec prisma generate', {
      '.npmrc': 'shamefully-hoist=true\n',
    }),
    'a flag says so': project('RUN pnpm exec prisma generate', {}, 'pnpm install --node-linker=hoisted'),
    'it is installed for all': project('RUN npm install -g prisma@6 && pnpm exec prisma generate'),
    'npm has installed them': project('RUN pnpm exec prisma generate', {}, 'npm install'),
    'no package asks for it': project('RUN pnpm exec prisma generate', {
      'packages/api/package.json': '{"name": "api"}',
    }),
    'the failure is caught': project('RUN pnpm exec prisma generate || true'),
    'by the short flag': project('RUN pnpm -F api exec prisma generate'),
    'by a pattern': project('RUN pnpm --filter "./packages/*" exec prisma generate'),
    'in all packages that have it': project('RUN pnpm -r exec prisma generate'),
    'by a short name of it': project('RUN pnpm --filter=api prisma generate'),
    'pnpm dlx fetches it': project('RUN pnpm dlx prisma generate'),
    'a script of this name': project('RUN pnpm prisma generate', {
      'package.json': '{"name": "shop", "scripts": {"prisma": "pnpm --filter api exec prisma"}}',
    }),
    'PATH has its folder': project(
      'RUN pnpm exec prisma generate',
      {},
      'pnpm install\nENV PATH=/repo/packages/api/node_modules/.bin:$PATH',
    ),
    'under another name': project('RUN pnpm exec prisma generate', {
      'package.json': '{"name": "shop", "devDependencies": {"prisma6": "npm:prisma@6.10.0"}}',
    }),
    'pnpm before 10 lays some in the root': project('RUN pnpm exec eslint .', {
      'packages/api/package.json': '{"name": "api", "devDependencies": {"eslint": "9.20.0"}}',
    }),
    'a hook may add it': project('RUN pnpm exec prisma generate', {'.pnpmfile.cjs': 'module.exports = {}\n'}),
    'a peer of what the root asks for': project('RUN pnpm exec tsc -b', {
      'package.json': '{"name": "shop", "devDependencies": {"ts-node": "10.9.2"}}',
      'packages/web/package.json': '{"name": "web", "devDependencies": {"typescript": "5.8.2"}}',
      'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    devDependencies:\n      ts-node:\n        specifier: 10.9.2\n        version: 10.9.2(@types/node@22.0.0)(typescript@5.8.2)\n\n  packages/web:\n`,
    }),
    'a package of the workspace brings one': project('RUN pnpm exec prisma generate', {
      'packages/tools/package.json': '{"name": "tools", "bin": {"prisma": "cli.js"}}',
    }),
    'by its path': project('RUN packages/api/node_modules/.bin/prisma generate'),
  },
  flagged: {
    'pnpm exec': {...project('RUN pnpm exec prisma generate'), expect: [told('error', 'prisma is not found')]},
    'without a lock the peers of the root are not known': {
      ...project('RUN pnpm exec prisma generate', {
        'package.json': '{"name": "shop", "devDependencies": {"zenstack": "2.0.0"}}',
      }),
      expect: [told('warning', 'prisma is not found')],
    },
    'no peer of what the root asks for': {
      ...project('RUN pnpm exec prisma generate', {
        'package.json': '{"name": "shop", "devDependencies": {"turbo": "2.0.0"}}',
        'pnpm-lock.yaml': `importers:\n\n  .:\n    devDependencies:\n      turbo:\n        specifier: 2.0.0\n        version: 2.0.0\n\n  packages/web:\n    dependencies:\n      a:\n        version: 1.0.0(prisma@6.10.0)\n`,
      }),
      expect: [told('error', 'prisma is not found')],
    },
    'pnpm alone': {...project('RUN pnpm prisma generate'), expect: [told('error', 'prisma is not found')]},
    'a setting that hoists nothing': {
      ...project('RUN pnpm exec prisma generate', {'.npmrc': 'shamefully-hoist=false\n'}),
      expect: [told('error', 'prisma is not found')],
    },
    'a script of the root': {
      ...project('RUN pnpm run generate'),
      expect: [told('error', 'prisma, which pnpm run generate starts, is not found')],
    },
    'npx fetches another one': {
      ...project('RUN npx prisma generate'),
      expect: [told('warning', 'prisma is fetched in its newest version')],
    },
  },
})
