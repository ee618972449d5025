import peerPackages from '../../../checks/dockerfile/peer-packages.ts'
import {testCheck} from '../../harness.ts'

const manifest = {dependencies: {react: '^18.2.0', helmet: '2.1.1'}}
const lock = (helmet: object, more: object = {'node_modules/react': {version: '18.3.1'}}) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {'': {}, ...more, 'node_modules/helmet': {version: '2.1.1', ...helmet}},
  })
const old = {peerDependencies: {react: '^16.3.0 || ^17.0.0'}}
const project = (
  run: string,
  {
    helmet = old as object,
    files = {},
    base = 'node:22-slim',
    written = manifest as object,
    more = undefined as object | undefined,
  } = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY package*.json ./\n${run}\n`,
    'package.json': JSON.stringify(written, null, 1),
    'package-lock.json': lock(helmet, more),
    ...files,
  },
})
/** Nothing but helmet and another package want react; the lock file has what the other one wants. */
const between = (other: string, helmet: string, optional = false) => ({
  written: {dependencies: {helmet: '2.1.1', forms: '4.0.0'}},
  helmet: {peerDependencies: {react: helmet}},
  more: {
    'node_modules/react': {version: '18.3.1'},
    'node_modules/forms': {
      version: '4.0.0',
      peerDependencies: {react: other},
      ...(optional && {peerDependenciesMeta: {react: {optional}}}),
    },
  },
})
const wants = 'helmet 2.1.1 wants react ^16.3.0 || ^17.0.0 beside it'

testCheck(peerPackages, {
  clean: {
    'they go together': project('RUN npm ci', {helmet: {peerDependencies: {react: '>=16'}}}),
    'a range that is not read': project('RUN npm ci', {helmet: {peerDependencies: {react: '^19.0.0-rc.1'}}}),
    'it is optional': project('RUN npm ci', {helmet: {...old, peerDependenciesMeta: {react: {optional: true}}}}),
    'a flag': project('RUN npm ci --legacy-peer-deps'),
    'a setting of npm': project('RUN npm config set legacy-peer-deps true && npm ci'),
    'a variable': project('ENV NPM_CONFIG_LEGACY_PEER_DEPS=true\nRUN npm ci'),
    overridden: project('RUN npm ci', {written: {...manifest, overrides: {react: '18.3.1'}}}),
    'the setting is copied': project('COPY .npmrc ./\nRUN npm ci', {files: {'.npmrc': 'legacy-peer-deps=true\n'}}),
    'an old npm': project('RUN npm ci', {base: 'node:14-slim'}),
    'an npm that goes by the lock file': project('RUN npm ci', {base: 'node:16.13.0-slim'}),
    'npm 6 by its name': project('RUN npm install -g npm@6 && npm ci'),
    'one that only another package needs': project('RUN npm ci', {written: {dependencies: {helmet: '2.1.1'}}}),
    'one that is not there, and that npm install fetches': project('RUN npm install', {more: {}}),
    'one inside the package itself': project('RUN npm ci', {
      more: {'node_modules/helmet/node_modules/react': {version: '17.0.2'}},
    }),
    'two others want it, and a version suits both': project('RUN npm ci', between('>=16.0.0', '^17.0.0')),
    'two others want it, in ranges that may meet': project('RUN npm ci', between('^18.3.0 || ^17.0.0', '^17.0.0')),
    'another one can do without it': project('RUN npm ci', between('^18.0.0', '^17.0.0', true)),
    'another one is not for the version that there is': project('RUN npm ci', between('^17.0.0', '^17.0.0')),
    'it may fail': project('RUN npm ci || npm ci --force'),
    'another package manager': project('RUN pnpm install'),
  },
  flagged: {
    'npm ci': {
      ...project('RUN npm ci'),
      expect: [`error Dockerfile:4:5 npm ci stops: ${wants}, and the project has 18.3.1`],
    },
    'npm install': {
      ...project('RUN npm install --production=false'),
      expect: [`error Dockerfile:4:5 npm install --production=false stops: ${wants}, and the project has 18.3.1`],
    },
    'the setting is not copied': {
      ...project('RUN npm ci', {files: {'.npmrc': 'legacy-peer-deps=true\n'}}),
      expect: [
        `error Dockerfile:4:5 npm ci stops: ${wants}, and the project has 18.3.1, and .npmrc, by which npm overlooks that, is not copied before`,
      ],
    },
    'two want it in different lines': {
      ...project('RUN npm install', between('^18.0.0', '^17.0.0')),
      expect: [
        'error Dockerfile:4:5 npm install stops: helmet 2.1.1 wants react ^17.0.0 beside it, and the project has 18.3.1',
      ],
    },
    'another one wants the very version': {
      ...project('RUN npm ci', between('18.3.1', '>=16.0.0 <18.0.0')),
      expect: [
        'error Dockerfile:4:5 npm ci stops: helmet 2.1.1 wants react >=16.0.0 <18.0.0 beside it, and the project has 18.3.1',
      ],
    },
    'the lock file has none': {
      ...project('RUN npm ci', {more: {}}),
      expect: [`error Dockerfile:4:5 npm ci stops: ${wants}, and the lock file has none`],
    },
  },
})
