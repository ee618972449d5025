import check from '../../../checks/ci/left-out-file.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from './workflows.ts'

const project = (run: string, ignored = 'node_modules\n.env*\n', more: Record<string, string> = {}) => ({
  files: {
    ...workflow({run}).files,
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm run build\n',
    '.dockerignore': ignored,
    ...more,
  },
})
const write = 'echo VITE_API=$API >> .env'

testCheck(check, {
  clean: {
    'a file that the context has': project(`${write} && flyctl deploy`, 'node_modules\n.env.local\n'),
    'a file that is taken back': project(`${write} && flyctl deploy`, '.env*\n!.env\n'),
    'no ignore file': project(`${write} && flyctl deploy`, ''),
    'other variables, which a program on the runner may read': project(
      'echo API=$API >> .env && python publish.py && flyctl deploy',
    ),
    'other variables, which a program may read after the deploy': project(
      'echo API=$API >> .env\n          flyctl deploy\n          pytest smoke',
    ),
    'what something else reads': project(`${write} && flyctl secrets import < .env && flyctl deploy`),
    'what a build on the runner takes': project(`${write} && npm run build && flyctl deploy`),
    'another folder': project(`cd web && ${write} && cd .. && flyctl deploy`),
    'a file that comes later': project(`flyctl deploy && ${write}`),
    'the deploy of another configuration': project(`${write} && flyctl deploy -c other.toml`, undefined, {
      'other.toml': 'app = "other"\n',
    }),
  },
  flagged: {
    'a file that the ignore file leaves out': {
      ...project(`${write} && flyctl deploy`),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 this step writes .env for the build, and .dockerignore leaves it out: the pages are built without its values',
      ],
    },
    'other variables, and nothing else that could read them': {
      ...project('echo API=$API >> .env && flyctl deploy'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 this step writes .env for the build, and .dockerignore leaves it out: nothing reads it',
      ],
    },
    'by tee': {
      ...project('echo NEXT_PUBLIC_A=1 | tee -a .env.local; flyctl deploy'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 this step writes .env.local for the build, and .dockerignore leaves it out: the pages are built without its values',
      ],
    },
  },
})
