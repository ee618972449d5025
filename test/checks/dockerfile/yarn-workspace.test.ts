import yarnWorkspace from '../../../checks/dockerfile/yarn-workspace.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, other = 'server') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nCOPY . .\nRUN ${run}\n`,
    'package.json': `{"name": "shop", "workspaces": ["server", "${other}"]}`,
    'server/package.json': '{"name": "server"}',
    [`${other}/package.json`]: `{"name": "${other}"}`,
  },
})
const message = 'yarn workspace focus runs a command in a workspace named focus, and there is none'

testCheck(yarnWorkspace, {
  clean: {
    'the command that was meant': project('yarn workspaces focus server --production'),
    'a command in a workspace': project('yarn workspace server build'),
    'a workspace that is named so': project('yarn workspace focus server', 'focus'),
    'what follows is no workspace': project('yarn workspace focus build'),
    'a failure that is caught': project('yarn workspace focus server || true'),
  },
  flagged: {
    'a command that Yarn 1 does not have': {
      files: {
        ...project('corepack enable yarn && yarn workspaces focus server').files,
        'package.json': '{"name": "shop", "workspaces": ["server"], "packageManager": "yarn@1.22.22"}',
      },
      expect: [
        'warning Dockerfile:3:29 yarn workspaces focus is a command of Yarn 2 and later, and package.json asks for yarn@1.22.22: it stops',
      ],
    },
    'a workspace behind focus': {
      ...project('yarn workspace focus server --production'),
      expect: [`warning Dockerfile:3:5 ${message}`],
    },
    'an option behind focus': {
      ...project('yarn workspace focus --production'),
      expect: [`warning Dockerfile:3:5 ${message}`],
    },
  },
  skipped: {
    'no yarn': {...project('npm ci'), reason: 'no RUN starts yarn'},
  },
})
