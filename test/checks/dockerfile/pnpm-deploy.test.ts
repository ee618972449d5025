import check from '../../../checks/dockerfile/pnpm-deploy.ts'
import {testCheck} from '../../harness.ts'

const project = (
  run: string,
  {pnpm = '10.12.1', files = {}}: {pnpm?: string; files?: Record<string, string>} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'package.json': `{"packageManager": "pnpm@${pnpm}"}`,
    Dockerfile: `FROM node:22\nCOPY . /repo\nRUN ${run}\n`,
    ...files,
  },
})

testCheck(check, {
  clean: {
    '--legacy': project('pnpm deploy --filter=api --legacy /out'),
    'pnpm 9': project('pnpm deploy --filter=api /out', {pnpm: '9.15.0'}),
    'packages are injected': project('pnpm deploy /out', {
      files: {'pnpm-workspace.yaml': 'packages: [a]\ninjectWorkspacePackages: true\n'},
    }),
    'in .npmrc': project('pnpm deploy /out', {files: {'.npmrc': 'inject-workspace-packages=true\n'}}),
    'a script that is called deploy': project('pnpm run deploy'),
  },
  flagged: {
    'behind a filter': {
      ...project('pnpm --filter api deploy --prod /out'),
      expect: [
        'warning Dockerfile:3:5 pnpm deploy ends with ERR_PNPM_DEPLOY_NONINJECTED_WORKSPACE: pnpm 10 needs inject-workspace-packages=true, or --legacy',
      ],
    },
  },
})
