import secretMounts from '../../../checks/dockerfile/secret-mounts.ts'
import {testCheck} from '../../harness.ts'

const project = (mount: string, deploy?: string) => ({
  files: {
    'fly.toml': 'app = "shop"',
    Dockerfile: `FROM node:22\nRUN --mount=${mount} true\n`,
    ...(deploy && {Makefile: `deploy:\n\t${deploy}\n`}),
  },
})

testCheck(secretMounts, {
  clean: {
    'a variable may have more flags': project('type=secret,id=TOKEN', 'fly deploy --remote-only $FLAGS'),
    'an expression may have more flags': project('type=secret,id=TOKEN', 'fly deploy ${{ inputs.flags }}'),
    'handed over': project('type=secret,id=TOKEN', 'fly deploy --build-secret TOKEN=$TOKEN'),
    'on the next line of a folded text': {
      files: {
        ...project('type=secret,id=TOKEN').files,
        '.github/workflows/deploy.yml':
          'jobs:\n  deploy:\n    steps:\n      - run: >-\n          fly deploy --remote-only\n          --build-secret TOKEN=x\n      - run: ls\n',
      },
    },
    'handed over by the action for pull requests': {
      files: {
        ...project('type=secret,id=TOKEN').files,
        '.github/workflows/review.yml':
          'jobs:\n  review:\n    steps:\n      - uses: superfly/fly-pr-review-apps@1.5.0\n        with:\n          build_secrets: >-\n            TOKEN=x\n',
      },
    },
    'deployed by hand': project('type=secret,id=TOKEN'),
    'a deploy with a ready image': project('type=secret,id=TOKEN', 'fly deploy --image registry.fly.io/shop:1'),
    'the RUN asks whether it is there': {
      files: {
        ...project('type=secret,id=TOKEN', 'fly deploy').files,
        Dockerfile:
          'FROM node:22\nRUN --mount=type=secret,id=TOKEN if [ -s /run/secrets/TOKEN ]; then fetch; else echo without; fi\n',
      },
    },
  },
  flagged: {
    'several of one RUN: told once': {
      ...project(
        'type=secret,id=A --mount=type=secret,id=B --mount=type=secret,id=C --mount=type=secret,id=D',
        'fly deploy',
      ),
      expect: [
        'warning Dockerfile:2:1 the build goes on without the secrets A, B, C and 1 more, which no flyctl deploy of the project hands over',
      ],
    },
    'a required one': {
      ...project('type=secret,id=TOKEN,required', 'fly deploy'),
      expect: [
        'warning Dockerfile:2:1 the build stops without the secret TOKEN, which no flyctl deploy of the project hands over',
      ],
    },
    'one that is named by its file': {
      ...project('type=secret,target=/root/.npmrc', 'fly deploy'),
      expect: [
        'warning Dockerfile:2:1 the build goes on without the secret .npmrc, which no flyctl deploy of the project hands over',
      ],
    },
  },
  skipped: {
    'a cache is no secret': {
      ...project('type=cache,target=/root/.npm', 'fly deploy'),
      reason: 'no RUN mounts a secret',
    },
  },
})
