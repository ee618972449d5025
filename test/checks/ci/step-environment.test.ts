import check from '../../../checks/ci/step-environment.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, workflow} from './workflows.ts'

interface Parts {
  run?: string
  dockerfile?: string
  files?: Record<string, string>
}
/** The step that deploys has a token and one more variable. */
const project = (
  variable: string,
  {run = 'flyctl deploy --remote-only', dockerfile = 'ARG RELEASE\n', files = {}}: Parts = {},
) => ({
  files: {
    ...workflow({
      steps: `${checkout}${setup}      - run: ${run}\n        env:\n          FLY_API_TOKEN: \${{ secrets.FLY_API_TOKEN }}\n          ${variable}\n`,
    }).files,
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22\nWORKDIR /app\n${dockerfile}COPY . .\nRUN npm run build\n`,
    ...files,
  },
})
const vite = {
  dockerfile: '',
  files: {'vite.config.ts': 'export default {plugins: [sentry({authToken: process.env.SENTRY_AUTH_TOKEN})]}\n'},
}

testCheck(check, {
  clean: {
    'what the app reads, and the configuration sets': project('REGION: eu-west-3', {
      files: {'server.js': 'start(process.env.REGION)\n', 'fly.toml': 'app = "shop"\n[env]\nREGION = "eu-west-3"\n'},
    }),
    'what the app reads, and flyctl hands over': project('REGION: eu-west-3', {
      run: 'flyctl deploy --env REGION=$REGION',
      files: {'server.js': 'start(process.env.REGION)\n'},
    }),
    'it is handed over': project('RELEASE: ${{ github.sha }}', {run: 'flyctl deploy --build-arg RELEASE=$RELEASE'}),
    'the ARG has a value': project('RELEASE: ${{ github.sha }}', {dockerfile: 'ARG RELEASE=none\n'}),
    'the configuration gives one': project('RELEASE: ${{ github.sha }}', {
      files: {'fly.toml': 'app = "shop"\n[build.args]\nRELEASE = "1"\n'},
    }),
    'nothing of the build asks for it': project('OTHER: ${{ github.sha }}'),
    'the step builds something, too': project('RELEASE: ${{ github.sha }}', {run: 'npm run build && flyctl deploy'}),
    'what flyctl goes by': project('FLY_REGION: ams', {dockerfile: 'ARG FLY_REGION\n'}),
    'a variable of the job': {
      files: {
        ...workflow({job: '    env:\n      RELEASE: 1\n'}).files,
        Dockerfile: 'FROM node:22\nARG RELEASE\n',
      },
    },
    'a secret that is mounted': project('SENTRY_AUTH_TOKEN: ${{ secrets.SENTRY_AUTH_TOKEN }}', {
      ...vite,
      run: 'flyctl deploy --build-secret SENTRY_AUTH_TOKEN=$SENTRY_AUTH_TOKEN',
    }),
  },
  flagged: {
    'what the app reads': {
      ...project('REGION: eu-west-3', {files: {'server.js': 'start(process.env.REGION)\n'}}),
      expect: [
        'warning .github/workflows/deploy.yml:11:11 REGION is set for flyctl alone, which hands nothing of its environment to the machines: server.js reads it there',
      ],
    },
    'a secret that the app reads': {
      ...project('API_KEY: ${{ secrets.API_KEY }}', {files: {'server.js': 'start(process.env.API_KEY)\n'}}),
      expect: [
        'info .github/workflows/deploy.yml:11:11 API_KEY is set for flyctl alone, which hands nothing of its environment to the machines: server.js reads it there',
      ],
    },
    'an ARG without a value': {
      ...project('RELEASE: ${{ github.sha }}'),
      expect: [
        'warning .github/workflows/deploy.yml:11:11 RELEASE is set for flyctl alone, which hands nothing of its environment to the build: ARG RELEASE of Dockerfile stays empty',
      ],
    },
    'what the configuration of the build reads': {
      ...project('SENTRY_AUTH_TOKEN: ${{ secrets.SENTRY_AUTH_TOKEN }}', vite),
      expect: [
        'warning .github/workflows/deploy.yml:11:11 SENTRY_AUTH_TOKEN is set for flyctl alone, which hands nothing of its environment to the build: vite.config.ts reads it there, and finds nothing',
      ],
    },
  },
})
