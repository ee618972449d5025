import check from '../../../checks/dockerfile/pnpm-global.ts'
import {testCheck} from '../../harness.ts'

const home = 'ENV PNPM_HOME="/pnpm"\nENV PATH="$PNPM_HOME:$PATH"\n'
const eleven = 'RUN corepack enable && corepack prepare pnpm@11.9.0 --activate\n'
const project = (lines: string, files: Record<string, string> = {}, image = 'node:22-alpine') => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM ${image}\n${lines}`, ...files},
})
const manager = (version: string) => ({'package.json': JSON.stringify({packageManager: `pnpm@${version}`})})

testCheck(check, {
  clean: {
    'pnpm 10 in PNPM_HOME': project(`${home}RUN npm install -g pnpm@10\nRUN pnpm add -g turbo\n`),
    'bin of PNPM_HOME': project(`ENV PNPM_HOME=/pnpm\nENV PATH=$PNPM_HOME/bin:$PATH\n${eleven}RUN pnpm add -g turbo\n`),
    'a version that nobody knows': project(
      `${home}RUN curl -fsSL https://get.pnpm.io/install.sh | sh -\nRUN pnpm add -g turbo\n`,
    ),
    'no global install': project(`${home}${eleven}RUN pnpm add turbo && pnpm config set -g store-dir /store\n`),
    'a folder of its own': project(`${eleven}RUN pnpm config set global-bin-dir /usr/local/bin && pnpm add -g turbo\n`),
    'a variable of pnpm': project(`ENV PNPM_CONFIG_GLOBAL_BIN_DIR=/usr/local/bin\n${eleven}RUN pnpm add -g turbo\n`),
    'an image that may set it': project(`${eleven}RUN pnpm add -g turbo\n`, {}, 'shop/node:22'),
    'PATH within the RUN': project(`${home}${eleven}RUN export PATH="/pnpm/bin:$PATH" && pnpm add -g turbo\n`),
    'it may fail': project(`${home}${eleven}RUN pnpm add -g turbo || true\n`),
    'the version of the project': project(
      `${home}WORKDIR /app\nCOPY package.json ./\nRUN corepack enable\nRUN pnpm add -g turbo\n`,
      manager('10.15.0'),
    ),
    'npm does it': project(`${eleven}RUN npm install -g turbo\n`),
  },
  flagged: {
    'pnpm 11 in PNPM_HOME': {
      ...project(`${home}${eleven}RUN pnpm add -g turbo@2.10.4\n`),
      expect: [
        'error Dockerfile:5:5 pnpm add -g turbo@2.10.4 stops: pnpm 11 lays programs into /pnpm/bin, and PATH does not name that folder',
      ],
    },
    'the version of the project, by its folder': {
      ...project(
        `${home}WORKDIR /app\nCOPY package.json ./\nRUN corepack enable\nRUN pnpm install --global turbo\n`,
        manager('12.0.1'),
      ),
      expect: [
        'error Dockerfile:7:5 pnpm install --global turbo stops: pnpm 12 lays programs into /pnpm/bin, and PATH does not name that folder',
      ],
    },
    'the newest one': {
      ...project(`${home}RUN corepack enable\nRUN pnpm add -g turbo\n`),
      expect: [
        'warning Dockerfile:5:5 pnpm add -g turbo stops: the newest pnpm lays programs into /pnpm/bin, and PATH does not name that folder',
      ],
    },
    'no PNPM_HOME': {
      ...project('RUN npm install -g pnpm@9 && pnpm add -g turbo\n'),
      expect: [
        'error Dockerfile:2:30 pnpm add -g turbo stops: without PNPM_HOME pnpm 9 has no folder of PATH into which it lays programs',
      ],
    },
  },
})
