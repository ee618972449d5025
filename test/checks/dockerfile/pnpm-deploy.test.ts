import check from '../../../checks/dockerfile/pnpm-deploy.ts'
import {testCheck} from '../../harness.ts'

const project = (
  run: string,
  {
    pnpm = '10.12.1',
    scripts = '{}',
    files = {},
  }: {pnpm?: string; scripts?: string; files?: Record<string, string>} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'package.json': `{"packageManager": "pnpm@${pnpm}", "scripts": ${scripts}}`,
    Dockerfile: `FROM node:22\nCOPY . /repo\nRUN ${run}\n`,
    ...files,
  },
})

const deploys = '{"deploy": "fly deploy"}'

testCheck(check, {
  clean: {
    'a script deploy, before pnpm 11': project('pnpm deploy --filter=api --legacy /out', {scripts: deploys}),
    'a script deploy, and the command by its long name': project('pnpm pm deploy --filter=api --legacy /out', {
      pnpm: '11.2.2',
      scripts: deploys,
    }),
    'a script deploy, in the versions of pnpm 12 that left it': project('pnpm deploy --filter=api --legacy /out', {
      pnpm: '12.4.1',
      scripts: deploys,
    }),
    'another script': project('pnpm deploy --filter=api --legacy /out', {
      pnpm: '11.2.2',
      scripts: '{"deploy:api": "fly deploy"}',
    }),
    '--legacy': project('pnpm deploy --filter=api --legacy /out'),
    'pnpm 9': project('pnpm deploy --filter=api /out', {pnpm: '9.15.0'}),
    'packages are injected': project('pnpm deploy /out', {
      files: {'pnpm-workspace.yaml': 'packages: [a]\ninjectWorkspacePackages: true\n'},
    }),
    'in .npmrc': project('pnpm deploy /out', {files: {'.npmrc': 'inject-workspace-packages=true\n'}}),
    'a script that is called deploy': project('pnpm run deploy'),
  },
  flagged: {
    'a script deploy comes first': {
      ...project('pnpm --filter api deploy --prod --legacy /out', {pnpm: '11.2.2', scripts: deploys}),
      expect: [
        'warning Dockerfile:3:5 pnpm deploy runs the script deploy of package.json, which pnpm prefers to its own command since 11: nothing is copied',
      ],
    },
    'behind a filter': {
      ...project('pnpm --filter api deploy --prod /out'),
      expect: [
        'warning Dockerfile:3:5 pnpm deploy ends with ERR_PNPM_DEPLOY_NONINJECTED_WORKSPACE: pnpm 10 needs inject-workspace-packages=true, or --legacy',
      ],
    },
  },
})
