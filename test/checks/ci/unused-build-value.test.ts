import check from '../../../checks/ci/unused-build-value.ts'
import {testCheck} from '../../harness.ts'
import {workflow} from './workflows.ts'

const project = (flags: string, dockerfile: string, more: Record<string, string> = {}) => {
  const {files} = workflow({run: `flyctl deploy ${flags}`})
  return {files: {...files, 'fly.toml': 'app = "shop"\n', Dockerfile: dockerfile, ...more}}
}
const at = 'warning .github/workflows/deploy.yml:8:9'

testCheck(check, {
  clean: {
    'declared in the stage that needs it': project(
      '--build-arg COMMIT=${{ github.sha }}',
      'FROM node:22 AS build\nARG COMMIT=none\nRUN make\nFROM node:22\nCOPY --from=build /x /x\n',
    ),
    'above the first FROM': project('--build-arg NODE=22', 'ARG NODE=20\nFROM node:$NODE\n'),
    'above the first FROM, without a default': project(
      '--build-arg=stage=prod',
      'ARG stage\nFROM node:22 AS prod\nFROM ${stage} AS final\n',
    ),
    'one that BuildKit knows': project('--build-arg BUILDKIT_INLINE_CACHE=1', 'FROM node:22\n'),
    'a secret that is mounted': project(
      '--build-secret TOKEN="${{ secrets.TOKEN }}"',
      'FROM node:22\nRUN --mount=type=secret,id=TOKEN,env=TOKEN npm ci\n',
    ),
    'a secret that is read without a mount: told by dockerfile/mounted-secrets': project(
      '--build-secret TOKEN=1',
      'FROM node:22\nRUN TOKEN=$(cat /run/secrets/TOKEN) npm ci\n',
    ),
    'one of several, by a variable': project(
      '--build-secret A=1',
      'FROM node:22\nARG NAME\nRUN --mount=type=secret,id=$NAME npm ci\n',
    ),
    'the deploy of another configuration': project('-c other.toml --build-arg A=1', 'FROM node:22\n', {
      'other.toml': 'app = "other"\n',
    }),
    'a ready image': project('--image registry.fly.io/shop:1 --build-arg A=1', 'FROM node:22\n'),
    'another Dockerfile': project('--dockerfile other.Dockerfile --build-arg A=1', 'FROM node:22\n', {
      'other.Dockerfile': 'FROM node:22\n',
    }),
    'what docker is handed': {
      files: {
        ...workflow({run: 'docker build --build-arg A=1 . && flyctl deploy'}).files,
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22\n',
      },
    },
  },
  flagged: {
    'an argument that nothing declares': {
      ...project('--remote-only --build-arg "VITE_API=${{ vars.API }}" --build-arg=TAG=1', 'FROM node:22\nARG API\n'),
      expect: [
        `${at.replace('warning', 'info')} flyctl deploy hands over --build-arg TAG, and no ARG of Dockerfile declares it: its value is lost`,
        `${at} flyctl deploy hands over --build-arg VITE_API, and no ARG of Dockerfile declares it: its value is lost`,
      ],
    },
    'several arguments: told once': {
      ...project('--build-arg SMTP_HOST=a --build-arg SMTP_PORT=1 --build-arg DOMAIN=b', 'FROM node:22\n'),
      expect: [
        `${at} flyctl deploy hands over --build-arg SMTP_HOST, --build-arg SMTP_PORT and --build-arg DOMAIN, and no ARG of Dockerfile declares them: their values are lost`,
      ],
    },
    'several secrets: told once': {
      ...project('--build-secret A=1 --build-secret B=2', 'FROM node:22\n'),
      expect: [
        `${at} flyctl deploy hands over --build-secret A and --build-secret B, and no RUN of Dockerfile mounts them: the build does not see them`,
      ],
    },
    'a secret that is an ARG': {
      ...project('--build-secret TOKEN=${{ secrets.TOKEN }}', 'FROM node:22\nARG TOKEN\nRUN npm ci\n'),
      expect: [
        `${at} flyctl deploy hands over --build-secret TOKEN, and no RUN of Dockerfile mounts it: the build does not see it`,
      ],
    },
  },
})
