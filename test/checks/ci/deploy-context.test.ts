import check from '../../../checks/ci/deploy-context.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const api = {
  'api/fly.toml': 'app = "api"\n[build]\n  dockerfile = "Dockerfile"\n',
  'api/package.json': '{}',
  'api/Dockerfile': 'FROM node:22\nCOPY api/package.json .\n',
}
const deployIn = (folder: string, files: Record<string, string> = {}) => ({
  ...workflow({
    steps: `${checkout}${setup}      - run: flyctl deploy\n        working-directory: ${folder}\n${token}`,
    files: {...api, ...files},
  }),
  options: {config: 'api/fly.toml'},
})

const two = {
  'api/fly.toml': 'app = "api"\n',
  'api/package.json': '{}',
  'api/Dockerfile': 'FROM node:22\nCOPY package.json .\n',
  Dockerfile: 'FROM nginx:1.27\nCOPY site /usr/share/nginx/html\n',
  'site/index.html': '',
}
const fromTop = (run = 'flyctl deploy -c api/fly.toml', files: Record<string, string> = {}) => ({
  ...workflow({run, files: {...two, ...files}}),
  options: {config: 'api/fly.toml'},
})

/** It copies all of the context, and reads a file of the top: flyctl runs in api. */
const whole = (run: string, more = '', place = '.') =>
  deployIn('api', {
    'requirements.txt': 'flask\n',
    'api/Dockerfile': `FROM python:3.12\nWORKDIR /app\nCOPY . ${place}\n${more}RUN ${run}\n`,
  })

testCheck(check, {
  clean: {
    'all is copied, and the file named in another folder': whole('pip install -r deploy/requirements.txt'),
    'all is copied, and the command goes to the folder': whole('cd api && pip install -r requirements.txt'),
    'all is copied, and the folder is the one that is worked in': whole(
      'pip install -r requirements.txt',
      'WORKDIR /app/api\n',
    ),
    'all is copied to another place': whole('pip install -r requirements.txt', '', 'shop'),
    'a Dockerfile at the top that is for the folder': fromTop(undefined, {
      Dockerfile: 'FROM node:22\nCOPY api/package.json .\n',
    }),
    'a Dockerfile at the top that is for each app': fromTop(undefined, {
      Dockerfile: 'FROM node:22\nARG APP\nCOPY $APP/package.json .\n',
    }),
    'the configuration names the Dockerfile': fromTop(undefined, {
      'api/fly.toml': 'app = "api"\n[build]\n  dockerfile = "Dockerfile"\n',
    }),
    'one image for several apps, each with a command of its own': fromTop(undefined, {
      'api/fly.toml': 'app = "api"\n[processes]\n  app = "node dist/api.js"\n',
    }),
    'the command names the Dockerfile': fromTop('flyctl deploy -c api/fly.toml --dockerfile api/Dockerfile'),
    'a ready image of that app': fromTop('flyctl deploy -c api/fly.toml --image shop:1'),
    'flyctl works in the folder': fromTop('flyctl deploy api'),
    'a step that lays the Dockerfile there': {
      ...workflow({
        steps: `${checkout}${setup}      - run: cp api/Dockerfile Dockerfile\n      - run: flyctl deploy -c api/fly.toml\n${token}`,
        files: two,
      }),
      options: {config: 'api/fly.toml'},
    },
    'a folder of configurations, with the Dockerfile of a developer': {
      ...workflow({
        run: 'flyctl deploy -c deploy/fly.toml',
        files: {
          'deploy/fly.toml': 'app = "shop"\n',
          'deploy/Dockerfile': 'FROM node:22\n',
          Dockerfile: 'FROM node:22\n',
        },
      }),
      options: {config: 'deploy/fly.toml'},
    },
    'the workflow runs at the top, too': {
      ...workflow({run: 'flyctl deploy -c api/fly.toml', files: api}),
      options: {config: 'api/fly.toml'},
    },
    'what COPY takes is in both folders': deployIn('api', {'api/api/package.json': '{}'}),
    'a Dockerfile that copies from the folder of the step': deployIn('api', {
      'api/Dockerfile': 'FROM node:22\nCOPY package.json .\n',
    }),
    'a workflow that deploys another configuration': deployIn('web', {'web/fly.toml': 'app = "web"\n'}),
    'a Dockerfile of its own in that folder': deployIn('api', {
      'api/fly.toml': 'app = "api"\n',
      Dockerfile: 'FROM node:22\nCOPY api/package.json .\n',
    }),
    'a ready image': {
      ...workflow({run: 'cd api && flyctl deploy --image shop:1', files: api}),
      options: {config: 'api/fly.toml'},
    },
  },
  flagged: {
    'all is copied, and the install reads a file of the folder': {
      ...whole('pip install -r requirements.txt'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl runs in api, so the build context is that folder, and requirements.txt is not in it: RUN then fails',
      ],
    },
    'the Dockerfile of the top is taken, and the app has its own': {
      ...fromTop(),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl builds Dockerfile, which lies where it runs, and not api/Dockerfile: -c says where the configuration is, and nothing more',
      ],
    },
    'the step runs in the folder of the configuration': {
      ...deployIn('api'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl runs in api, so the build context is that folder, and api/package.json is not in it: COPY then fails',
      ],
    },
    'the folder of the step has no Dockerfile, and fly.toml names none': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl deploy ./api\n${token}`,
        files: {'api/fly.toml': 'app = "api"\n', Dockerfile: 'FROM node:22\n'},
      }),
      options: {config: 'api/fly.toml'},
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl runs in api, where there is no Dockerfile, and api/fly.toml names none: it finds nothing to build',
      ],
    },
    'a bind mount is read from the context, too': {
      ...deployIn('api', {
        'api/Dockerfile':
          'FROM node:22\nRUN --mount=type=bind,source=api/package.json,target=package.json npm install\n',
      }),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl runs in api, so the build context is that folder, and api/package.json is not in it: RUN then fails',
      ],
    },
  },
})
