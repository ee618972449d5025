import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import exists from '../../../checks/dockerfile/exists.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {testCheck} from '../../harness.ts'

const app = {'fly.toml': 'app = "shop"\n'}
const dockerfile = 'FROM python:3.12-slim\n'

testCheck(exists, {
  clean: {
    'the default name': {files: {...app, Dockerfile: dockerfile}},
    'in lower case': {files: {...app, dockerfile}},
    'relative to fly.toml': {
      files: {'deploy/fly.toml': 'app = "shop"\n[build]\ndockerfile = "Dockerfile"', 'deploy/Dockerfile': dockerfile},
      options: {config: 'deploy/fly.toml'},
    },
    'an absolute path is joined to the folder of fly.toml too': {
      files: {'fly.toml': 'app = "shop"\n[build]\ndockerfile = "/docker/Dockerfile"', 'docker/Dockerfile': dockerfile},
    },
    '--dockerfile, where fly.toml names none': {
      files: {...app, 'docker/Dockerfile': dockerfile},
      options: {dockerfile: 'docker/Dockerfile'},
    },
    'the one that the workflow of this configuration passes': {
      files: {
        'apps/api/fly.toml': 'app = "api"\n',
        'apps/api/Dockerfile': dockerfile,
        '.github/workflows/cd.yml':
          'run: |\n  flyctl deploy . \\\n    --config apps/api/fly.toml \\\n    --dockerfile apps/api/Dockerfile\n',
      },
      options: {config: 'apps/api/fly.toml'},
    },
    'the one that the workflow passes, beside a script of a package with a deploy of its own': {
      files: {
        ...app,
        'docker/Dockerfile': dockerfile,
        '.github/workflows/cd.yml': 'run: flyctl deploy --dockerfile docker/Dockerfile\n',
        'packages/search/deploy.sh': 'fly deploy --image typesense/typesense\n',
      },
    },
    'the one that a script of the package passes': {
      files: {
        'packages/api/fly.toml': 'app = "api"\n',
        'packages/api/Dockerfile.fly': dockerfile,
        'packages/api/deploy.sh':
          '#!/bin/bash\ncd ../..\nflyctl deploy -c packages/api/fly.toml --dockerfile packages/api/Dockerfile.fly\n',
      },
      options: {config: 'packages/api/fly.toml'},
    },
    'the workflow moves it to its place before the deploy': {
      files: {
        ...app,
        'other/Dockerfile': dockerfile,
        '.github/workflows/cd.yml': `
          steps:
            - run: |
                mv ./other/Dockerfile ./Dockerfile
                mv ./other/.dockerignore ./.dockerignore
            - run: flyctl deploy --remote-only`,
      },
    },
    'the workflow moves it to where its deploy names it': {
      files: {
        ...app,
        'other/Dockerfile': dockerfile,
        '.github/workflows/cd.yml':
          'run: |\n  mv other/Dockerfile ./Dockerfile.fly\n  flyctl deploy --dockerfile ./Dockerfile.fly\n',
      },
    },
    'the workflow copies it to where fly.toml names it': {
      files: {
        'fly.toml': 'app = "shop"\n[build]\ndockerfile = "Dockerfile.fly"\n',
        'other/Dockerfile': dockerfile,
        '.github/workflows/cd.yml': 'run: |\n  cp other/Dockerfile Dockerfile.fly\n  flyctl deploy\n',
      },
    },
    'a script copies it into the folder': {
      files: {...app, 'docker/Dockerfile': dockerfile, 'deploy.sh': 'cp docker/Dockerfile . && fly deploy\n'},
    },
    'a workflow copies all of the folder that has it': {
      files: {
        ...app,
        'other/Dockerfile': dockerfile,
        '.github/workflows/cd.yml': 'run: |\n  cp -r other/* .\n  flyctl deploy\n',
      },
    },
    'notes tell to pass it': {
      files: {
        'backend/fly.toml': 'app = "shop"\n',
        'backend/Dockerfile': dockerfile,
        'backend/README.md':
          '# Deploy\n\nRun `flyctl deploy -c backend/fly.toml --dockerfile backend/Dockerfile` at the top.\n',
      },
      options: {config: 'backend/fly.toml'},
    },
    'notes tell to pass it, beside the fly.toml that is found by itself': {
      files: {...app, 'docker/Dockerfile': dockerfile, 'README.md': 'fly deploy --dockerfile docker/Dockerfile\n'},
    },
    'a comment of fly.toml tells to pass it': {
      files: {
        'backend/fly.toml':
          '# fly deploy . --config backend/fly.toml --dockerfile backend/Dockerfile --remote-only\napp = "shop"\n',
        'backend/Dockerfile': dockerfile,
      },
      options: {config: 'backend/fly.toml'},
    },
  },
  flagged: {
    'another app than those that workflows deploy, each by an image': {
      files: {
        ...app,
        'fly.worker.toml': 'app = "shop-worker"\n',
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy -c fly.toml --image registry.fly.io/shop:1\n',
      },
      options: {config: 'fly.worker.toml'},
      expect: [
        'warning fly.worker.toml flyctl finds nothing to build here without --image, as the workflows hand it over for the other apps',
      ],
    },
    'documents that hand over an image': {
      files: {...app, 'docs/operations.md': '```sh\nflyctl deploy --ha=false --image=ghcr.io/acme/shop:1\n```\n'},
      expect: [
        'warning fly.toml flyctl finds nothing to build here without --image, as docs/operations.md hands it over',
      ],
    },
    'documents that hand over an image to another app': {
      files: {...app, 'README.md': 'Run `fly deploy -c search/fly.toml --image typesense/typesense:29`.\n'},
      expect: [
        'error fly.toml flyctl finds nothing to build: there is no Dockerfile in the working directory, and fly.toml names none',
      ],
    },
    'notes that tell to pass it or nothing': {
      files: {
        ...app,
        'docker/Dockerfile': dockerfile,
        'README.md': 'fly deploy --dockerfile docker/Dockerfile\n\nLater:\n\n    fly deploy\n',
      },
      expect: [
        'error fly.toml flyctl finds nothing to build: there is no Dockerfile in the working directory, and fly.toml names none',
      ],
    },
    'notes that do not agree': {
      files: {
        'backend/fly.toml': '# fly deploy --config backend/fly.toml --dockerfile backend/Dockerfile\napp = "shop"\n',
        'backend/Dockerfile': dockerfile,
        'README.md': 'fly deploy --config backend/fly.toml\n',
      },
      options: {config: 'backend/fly.toml'},
      expect: [
        'warning backend/fly.toml flyctl finds nothing to build when it runs here without --dockerfile backend/Dockerfile',
      ],
    },
    'the saved configuration of a database of Fly.io': {
      files: {
        'db/fly.toml':
          'app = "shop-db"\n[[mounts]]\nsource = "pg_data"\ndestination = "/data"\n[checks.pg]\nport = 5500\ntype = "http"\npath = "/flycheck/pg"\n',
      },
      options: {config: 'db/fly.toml'},
      expect: [
        'warning db/fly.toml flyctl deploy finds nothing to build here: this is the configuration of a database that flyctl postgres made',
      ],
    },
    'that of a small one, without checks': {
      files: {
        'fly.toml':
          'app = "shop-db"\n[[mounts]]\nsource = "pg_data"\ndestination = "/data"\n[[services]]\ninternal_port = 5432\n[[services.ports]]\nport = 5432\nhandlers = ["pg_tls"]\n',
      },
      expect: [
        'warning fly.toml flyctl deploy finds nothing to build here: this is the configuration of a database that flyctl postgres made',
      ],
    },
    'beside what workflows deploy': {
      files: {
        'db/fly.toml': 'app = "shop-db"\n[checks.pg]\nport = 5500\ntype = "http"\npath = "/flycheck/pg"\n',
        'web/fly.toml': 'app = "shop"\n',
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  web:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: cd web && flyctl deploy\n',
      },
      options: {config: 'db/fly.toml'},
      expect: [
        'warning db/fly.toml flyctl deploy finds nothing to build here: this is the configuration of a database that flyctl postgres made',
      ],
    },
    'it is deployed nevertheless': {
      files: {
        'fly.toml': 'app = "shop-db"\n[checks.pg]\nport = 5500\ntype = "http"\npath = "/flycheck/pg"\n',
        '.github/workflows/deploy.yml': 'steps:\n  - run: flyctl deploy\n',
      },
      expect: [
        'error fly.toml flyctl finds nothing to build: there is no Dockerfile in the working directory, and fly.toml names none',
      ],
    },
    'the deploy copies fly.toml to where it is found': {
      files: {
        'apps/site/fly.toml': 'app = "site"\n[build]\ndockerfile = "apps/site/Dockerfile"\n',
        'apps/site/Dockerfile': dockerfile,
        '.github/workflows/cd.yml': 'steps:\n  - run: cp apps/site/fly.toml .\n  - run: flyctl deploy --remote-only\n',
      },
      options: {config: 'apps/site/fly.toml'},
      expect: [
        'info apps/site/fly.toml:3:1 build.dockerfile = "apps/site/Dockerfile" means apps/site/apps/site/Dockerfile, which does not exist; it is found where the deploy of the project copies apps/site/fly.toml first',
      ],
    },
    'one that is made for Fly.io, which who deploys by hand is likely to pass': {
      files: {...app, 'fly.Dockerfile': dockerfile},
      expect: ['warning fly.toml flyctl finds nothing to build when it runs here without --dockerfile fly.Dockerfile'],
    },
    'none anywhere': {
      files: app,
      expect: [
        'error fly.toml flyctl finds nothing to build: there is no Dockerfile in the working directory, and fly.toml names none',
      ],
    },
    'not here, but where the workflow runs flyctl': {
      files: {
        'backend/fly.toml': 'app = "shop"\n',
        'backend/Dockerfile': dockerfile,
        '.github/workflows/cd.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy ./backend\n',
      },
      options: {config: 'backend/fly.toml'},
      expect: [
        'warning backend/fly.toml flyctl finds nothing to build when it runs here: the Dockerfile is in backend, where .github/workflows/cd.yml runs it',
      ],
    },
    'not here, but beside fly.toml, where nothing tells how it is deployed': {
      files: {'backend/fly.toml': 'app = "shop"\n', 'backend/Dockerfile': dockerfile},
      options: {config: 'backend/fly.toml'},
      expect: [
        'warning backend/fly.toml flyctl finds nothing to build when it runs here without --dockerfile backend/Dockerfile',
      ],
    },
    'not where the workflow runs flyctl': {
      files: {
        'backend/fly.toml': 'app = "shop"\n',
        'backend/Dockerfile': dockerfile,
        '.github/workflows/cd.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy -c backend/fly.toml\n',
      },
      options: {config: 'backend/fly.toml'},
      expect: [
        'error backend/fly.toml flyctl finds nothing to build: there is no Dockerfile in the working directory, and fly.toml names none',
      ],
    },
    'not where fly.toml says': {
      files: {'fly.toml': 'app = "shop"\n[build]\n  dockerfile = "docker/Dockerfile"\n', Dockerfile: dockerfile},
      expect: [
        'error fly.toml:3:3 build.dockerfile = "docker/Dockerfile" means docker/Dockerfile, which does not exist',
      ],
    },
    'a path from the working directory, though fly.toml stands deeper': {
      files: {
        'backend/fly.toml': 'app = "shop"\n[build]\n  dockerfile = "backend/Dockerfile"\n',
        'backend/Dockerfile': dockerfile,
      },
      options: {config: 'backend/fly.toml'},
      expect: [
        'error backend/fly.toml:3:3 build.dockerfile = "backend/Dockerfile" means backend/backend/Dockerfile, which does not exist',
      ],
    },
    'a folder': {
      files: {'fly.toml': 'app = "shop"\n[build]\n  dockerfile = "docker"\n', 'docker/Dockerfile': dockerfile},
      expect: ['error fly.toml:3:3 build.dockerfile = "docker" means docker, which is a folder, not a file'],
    },
    'UTF-16': {
      files: {...app, Dockerfile: new Uint8Array(Buffer.from(`\ufeff${dockerfile}`, 'utf16le'))},
      expect: ['error Dockerfile:1:1 Dockerfile is saved as UTF-16 (as PowerShell does), not as UTF-8'],
    },
    'binary data': {
      files: {...app, Dockerfile: new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0])},
      expect: ['error Dockerfile:1:1 Dockerfile is a binary file, not text'],
    },
  },
  skipped: {
    'what is moved there may be made before': {
      files: {...app, '.github/workflows/cd.yml': 'run: |\n  mv other/Dockerfile.txt Dockerfile\n  flyctl deploy\n'},
      reason: '.github/workflows/cd.yml makes the Dockerfile',
    },
    'a program that the workflow starts writes it': {
      files: {
        ...app,
        'scripts/image.mjs': "writeFileSync('Dockerfile', lines)\n",
        '.github/workflows/cd.yml': 'run: |\n  node scripts/image.mjs\n  flyctl deploy\n',
      },
      reason: '.github/workflows/cd.yml makes the Dockerfile',
    },
    'a generator of Dockerfiles': {
      files: {...app, '.github/workflows/cd.yml': 'run: |\n  npx @flydotio/dockerfile\n  flyctl deploy\n'},
      reason: '.github/workflows/cd.yml makes the Dockerfile',
    },
    'Earthly builds the image and deploys it': {
      reason: 'Earthfile deploys a ready image',
      files: {
        ...app,
        Earthfile: 'VERSION 0.8\ndeploy:\n  FROM alpine\n  COPY fly.toml .\n  RUN flyctl deploy --image $IMAGE\n',
      },
    },
    'the old action deploys a ready image, with its arguments on several lines': {
      reason: '.github/workflows/cd.yml deploys a ready image',
      files: {
        'apps/api/fly.toml': 'app = "api"\n',
        '.github/workflows/cd.yml':
          "steps:\n  - uses: superfly/flyctl-actions@v1.4\n    with:\n      args:\n        'deploy --config\n        ./apps/api/fly.toml --image registry.fly.io/api:1'\n",
      },
      options: {config: 'apps/api/fly.toml'},
    },
    'a ready image, by a command that goes on below its key': {
      reason: '.github/workflows/cd.yml deploys a ready image',
      files: {
        ...app,
        '.github/workflows/cd.yml':
          'jobs:\n  deploy:\n    steps:\n      - name: Deploy\n        run: flyctl deploy --build-arg\n          SHA=${{ github.sha }} --config ./fly.toml\n          --image registry.fly.io/shop:${{\n          github.sha }}\n        env:\n          A: b\n',
      },
    },
    'a ready image, in place of a Dockerfile that fly.toml names wrongly': {
      reason: 'deploy.sh deploys a ready image',
      files: {
        'fly.toml': 'app = "shop"\n[build]\ndockerfile = "api/Dockerfile"\n',
        'deploy.sh': 'fly deploy --image registry.fly.io/shop:$TAG\n',
      },
    },
    'a ready image': {
      files: {'fly.toml': 'app = "shop"\n[build]\nimage = "nginx:1"'},
      reason: 'build.image nginx:1 is deployed, nothing is built',
    },
    buildpacks: {
      files: {'fly.toml': 'app = "shop"\n[build]\nbuilder = "paketobuildpacks/builder:base"'},
      reason: 'the image is built with buildpacks (paketobuildpacks/builder:base)',
    },
    'a script beside the configurations, which names both by variables': {
      files: {
        'fly/web.toml': 'app = "web"\n',
        'docker/web.Dockerfile': dockerfile,
        'fly/deploy.sh':
          '#!/bin/bash\nconfig="fly/$1.toml"\nfly deploy \\\n  --config "$config" \\\n  --dockerfile "docker/$1.Dockerfile"\n',
      },
      options: {config: 'fly/web.toml'},
      reason: 'fly/deploy.sh names the Dockerfile by a variable',
    },
    'the project builds with nixpacks': {
      files: {...app, Makefile: 'deploy:\n\tfly deploy --nixpacks\n'},
      reason: 'Makefile builds with nixpacks',
    },
    'the workflow writes it': {
      files: {
        ...app,
        '.github/workflows/cd.yml':
          'jobs:\n  deploy:\n    steps:\n      - run: sed s/TAG/22/ Dockerfile.in > Dockerfile\n      - run: flyctl deploy\n',
      },
      reason: '.github/workflows/cd.yml makes the Dockerfile',
    },
    'an Earthfile deploys the image that it builds': {
      files: {
        ...app,
        Earthfile:
          'deploy:\n  RUN --push flyctl auth docker \\\n   && flyctl deploy --image $IMAGE --build-arg SHA=$SHA\n',
      },
      reason: 'Earthfile deploys a ready image',
    },
    'a compose file': {
      files: {'fly.toml': 'app = "shop"\n[build.compose]\nfile = "compose.yml"\n'},
      reason: 'the containers come from a compose file',
    },
    'a Dockerfile from a URL': {
      files: {'fly.toml': 'app = "shop"\n[build]\ndockerfile = "https://example.com/Dockerfile"'},
      reason: 'the Dockerfile is downloaded from https://example.com/Dockerfile',
    },
  },
})

it('only warns of a Dockerfile that git ignores', async () => {
  const root = temporary({
    'fly.toml': 'app = "shop"\n[build]\ndockerfile = "Dockerfile.made"\n',
    '.gitignore': '*.made\n',
  })
  execFileSync('git', ['-C', root, 'init', '-q'])
  const report = await preflight({root, offline: true, only: ['dockerfile/exists'], env: {}})
  expect(
    report.checks.flatMap(({findings}) => findings.map(({severity, message}) => `${severity} ${message}`)),
  ).toEqual(['warning build.dockerfile = "Dockerfile.made" means Dockerfile.made, which does not exist'])
})

it.each(['Dockerfile', 'Containerfile'])('names the %s that was meant from the top', async (name) => {
  const root = temporary({
    'api/fly.toml': `app = "shop"\n[build]\ndockerfile = "api/${name}"\n`,
    [`api/${name}`]: 'FROM debian\n',
    'admin/Dockerfile': 'FROM debian\n',
    '.devcontainer/Dockerfile': 'FROM debian\n',
  })
  const report = await preflight({root, config: 'api/fly.toml', offline: true, only: ['dockerfile/exists'], env: {}})
  expect(report.checks.flatMap(({findings}) => findings.map(({hint}) => hint))).toEqual([
    `Write dockerfile = "${name}": build.dockerfile is relative to the folder of api/fly.toml.`,
  ])
})

it('names the one that was meant from the top, run beside fly.toml', async () => {
  const root = temporary({
    'deploy/fly.toml': 'app = "shop"\n[build]\ndockerfile = "web/Dockerfile"\n',
    'deploy/Dockerfile': 'FROM debian\n',
    'web/Dockerfile': 'FROM debian\n',
  })
  execFileSync('git', ['-C', root, 'init', '-q'])
  const options = {root: `${root}/deploy`, offline: true, only: ['dockerfile/exists'], env: {}}
  expect((await preflight(options)).checks.flatMap(({findings}) => findings.map(({hint}) => hint))).toEqual([
    'Write dockerfile = "../web/Dockerfile": build.dockerfile is relative to the folder of fly.toml.',
  ])
})
