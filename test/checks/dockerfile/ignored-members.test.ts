import ignoredMembers from '../../../checks/dockerfile/ignored-members.ts'
import {testCheck} from '../../harness.ts'

const project = (ignore: string, run: string, core: object, copy = 'COPY . .') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22\nWORKDIR /app\n${copy}\nRUN pnpm install\nRUN ${run}\n`,
    '.dockerignore': ignore,
    'package.json': '{"name": "shop"}',
    'pnpm-workspace.yaml': 'packages: [apps/*, packages/*]\n',
    'apps/server/package.json': '{"name": "server"}',
    'apps/web/package.json': '{"name": "@shop/web"}',
    'packages/core/package.json': JSON.stringify({name: 'core', ...core}),
    'packages/types/package.json': '{"name": "types"}',
  },
})
const inTypes = (script: string) => ({scripts: {build: 'pnpm types && tsup', types: script}})
const needsTypes = {dependencies: {types: 'workspace:*'}}
const allowed = '*\n!package.json\n!pnpm-workspace.yaml\n!apps/server\n!packages/core\n'

testCheck(ignoredMembers, {
  clean: {
    'every member is let through': project(`${allowed}!packages/types\n`, 'pnpm --filter server build', needsTypes),
    'nobody needs what is left out': project(allowed, 'pnpm --filter server build', {}),
    'only to develop': project(allowed, 'pnpm --filter server build', {devDependencies: {types: 'workspace:*'}}),
    'the registry has it': project(allowed, 'pnpm --filter server build', {dependencies: {types: '^1.2.0'}}),
    'who needs it is left out as well': project(
      '*\n!package.json\n!pnpm-workspace.yaml\n!apps/server\n',
      'pnpm --filter server build',
      needsTypes,
    ),
    'no COPY would bring it': project(allowed, 'pnpm build', needsTypes, 'COPY package.json pnpm-workspace.yaml ./'),
    'a script that goes there if it can': project(
      allowed,
      'pnpm --filter core build',
      inTypes('[ -d ../types ] && cd ../types && pnpm build || true'),
    ),
    'a script that makes the folder where it goes': project(
      allowed,
      'pnpm --filter core build',
      inTypes('mkdir -p ../types && cd ../types && pnpm build'),
    ),
    'a folder that a RUN clones': project(
      allowed,
      'git clone https://example.com/types packages/types && pnpm --filter core build',
      inTypes('cd ../types && pnpm build'),
    ),
    'a script that is not run': project(allowed, 'pnpm --filter server build', inTypes('cd ../types && pnpm build')),
    'a pattern of names': project(allowed, 'pnpm --filter "./apps/*" build', {}),
  },
  flagged: {
    'a new member that another depends on': {
      ...project(allowed, 'pnpm --filter server build', needsTypes),
      expect: [
        'warning .dockerignore:5:1 packages/types of the workspace is left out of the build, but packages/core depends on it (types)',
      ],
    },
    'a peer that is bound to the workspace': {
      ...project(allowed, 'pnpm --filter server build', {peerDependencies: {types: 'workspace:*'}}),
      expect: [
        'warning .dockerignore:5:1 packages/types of the workspace is left out of the build, but packages/core depends on it (types)',
      ],
    },
    'the app that is built': {
      ...project(allowed, 'pnpm --filter=@shop/web... build', {}),
      expect: [
        'warning .dockerignore:4:1 apps/web of the workspace is left out of the build, but RUN builds it (pnpm --filter=@shop/web... build)',
      ],
    },
    'a script that goes there': {
      ...project(allowed, 'pnpm --filter core build', inTypes('cd ../types && pnpm build')),
      expect: [
        'warning .dockerignore:5:1 packages/types of the workspace is left out of the build, but RUN builds it (pnpm build)',
      ],
    },
    'by a rule of its own, and built in its folder': {
      ...project('apps/web\n', 'cd apps/web && pnpm build', {}),
      expect: [
        'warning .dockerignore:1:1 apps/web of the workspace is left out of the build, but RUN builds it (pnpm build)',
      ],
    },
  },
})
