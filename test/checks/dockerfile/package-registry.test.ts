import packageRegistry from '../../../checks/dockerfile/package-registry.ts'
import {testCheck} from '../../harness.ts'

const github = '@acme:registry=https://npm.pkg.github.com\n//npm.pkg.github.com/:_authToken=${NPM_TOKEN}\n'
const npmLock = {
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {'node_modules/@acme/ui': {resolved: 'https://npm.pkg.github.com/download/@acme/ui/1.0.0/abc'}},
  }),
}
const yarnLock = {'yarn.lock': '# yarn lockfile v1\n'}
const berry = {
  'yarn.lock': '__metadata:\n  version: 8\n',
  '.yarnrc.yml': 'nodeLinker: node-modules\nnpmScopes:\n  acme:\n    npmAuthToken: "${NPM_TOKEN}"\n',
}
const project = (
  run: string,
  more: Record<string, string>,
  {base = 'node:24-slim', copy = 'package*.json', ...manifest}: Record<string, unknown> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY ${copy} ./\n${run}\nCOPY . .\n`,
    'package.json': JSON.stringify({dependencies: {'@acme/ui': '1.0.0'}, ...manifest}),
    ...more,
  },
})
const all = {copy: '.'}
const deploy = (flags: string) => ({
  '.github/workflows/deploy.yml': `jobs:\n  a:\n    steps:\n      - run: flyctl deploy ${flags}\n`,
})

const started = (lines: string, files: Record<string, string>, base = 'node:20-slim') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY . .\n${lines}\n`,
    'package.json': '{"scripts": {"start": "node server.js"}}',
    '.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n',
    ...files,
  },
})

const sum = 'a'.repeat(64)
/** A project of Elixir with a package of a repository that is not for everybody. */
const hex = (
  run: string,
  {
    repository = 'hexpm:acme',
    options = 'organization: "acme"',
    base = 'hexpm/elixir:1.18.4-erlang-27.3.4-debian-bookworm-20250610-slim',
    ...files
  }: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\nRUN mix local.hex --force && mix local.rebar --force\nCOPY mix.exs mix.lock ./\n${run}\nCOPY . .\n`,
    'mix.exs': `defmodule Shop.MixProject do\n  defp deps do\n    [\n      {:tower_db, "~> 0.1.0", ${options}},\n      {:jason, "~> 1.4"}\n    ]\n  end\nend\n`,
    'mix.lock': `%{\n  "jason": {:hex, :jason, "1.4.4", "${sum}", [:mix], [{:decimal, "~> 1.0 or ~> 2.0", [hex: :decimal, repo: "hexpm", optional: true]}], "hexpm", "${sum}"},\n  "tower_db": {:hex, :tower_db, "0.1.0", "${sum}", [:mix], [{:jason, ">= 0.0.0", [hex: :jason, repo: "hexpm", optional: false]}], "${repository}", "${sum}"},\n}\n`,
    ...files,
  },
})

testCheck(packageRegistry, {
  clean: {
    'an organization of Hex that a RUN signs in to': hex(
      'RUN --mount=type=secret,id=HEX_KEY mix hex.organization auth acme --key "$(cat /run/secrets/HEX_KEY)"\nRUN mix deps.get --only prod',
    ),
    'a repository of Hex that a RUN adds': hex('RUN mix hex.repo add oban https://getoban.pro/repo\nRUN mix deps.get', {
      repository: 'oban',
      options: 'repo: "oban"',
    }),
    'a key of Hex in the environment': hex('ARG HEX_REPOS_KEY\nENV HEX_REPOS_KEY=$HEX_REPOS_KEY\nRUN mix deps.get'),
    'a package of an organization for development alone': hex('RUN mix deps.get --only prod', {
      options: 'organization: "acme", only: :dev',
    }),
    'a package of an organization, or another one in its place': hex('RUN mix deps.get', {
      'mix.exs':
        'defmodule Shop.MixProject do\n  defp deps do\n    if System.get_env("HEX_PRO"), do: [\n      {:tower_db, "~> 0.1.0", organization: "acme"}\n    ], else: []\n  end\nend\n',
    }),
    'packages of an organization that come with the sources': hex('COPY deps deps\nRUN mix deps.get', {
      'deps/tower_db/mix.exs': '',
    }),
    'an image that may know the organization': hex('RUN mix deps.get', {base: 'acme/elixir:1.18'}),
    'npm starts all the same': started('CMD ["npm", "start"]', {}),
    'Yarn with a variable that is set': started('CMD ["yarn", "start"]', {
      'fly.toml': 'app = "shop"\n[env]\nNPM_TOKEN = ""\n',
    }),
    'the settings are removed': started('RUN rm .npmrc\nCMD ["yarn", "start"]', {}),
    'node itself': started('CMD ["node", "server.js"]', {}),
    'a newer Yarn, which reads another file': started('RUN corepack enable\nCMD ["yarn", "start"]', {
      'package.json': '{"packageManager": "yarn@4.9.0", "scripts": {"start": "node server.js"}}',
    }),
    'the settings are copied, and the token is lent': project(
      'RUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm ci',
      {...npmLock, '.npmrc': github},
      all,
    ),
    'a token that a RUN before sets': project(
      'RUN --mount=type=secret,id=t npm config set //npm.pkg.github.com/:_authToken $(cat /run/secrets/t) && npm ci',
      npmLock,
    ),
    'for development alone, which is left out': project(
      'RUN npm ci --omit=dev',
      {
        '.npmrc': github,
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: {
            'node_modules/@acme/ui': {resolved: 'https://npm.pkg.github.com/download/@acme/ui/1.0.0/abc', dev: true},
          },
        }),
      },
      {dependencies: {}, devDependencies: {'@acme/ui': '1.0.0'}},
    ),
    'the settings are lent': project('RUN --mount=type=secret,id=npmrc,target=/app/.npmrc npm ci', {
      ...npmLock,
      '.npmrc': github,
    }),
    'the settings are made': project(
      'ARG NPM_TOKEN\nRUN npm config set //npm.pkg.github.com/:_authToken=$NPM_TOKEN && npm ci',
      {
        ...npmLock,
        '.npmrc': github,
      },
    ),
    'those of the user': project('COPY .npmrc /root/\nRUN NPM_TOKEN=$(cat /run/t) npm ci', {
      ...npmLock,
      '.npmrc': github,
    }),
    'an image that may have them': project('RUN npm ci', {...npmLock, '.npmrc': github}, {base: 'acme/node:24'}),
    'no package of the scope is asked for': project('RUN npm install', {'.npmrc': github}, {dependencies: {ms: '2'}}),
    'the one of the workspace is': project(
      'RUN pnpm install',
      {'.npmrc': github},
      {dependencies: {'@acme/ui': 'workspace:*'}},
    ),
    'it is for development, and left out': project(
      'RUN npm install --omit=dev',
      {'.npmrc': github},
      {dependencies: {}, devDependencies: {'@acme/ui': '1'}},
    ),
    'the lock file has the address, and nobody asks for a token': project(
      'RUN npm ci',
      {
        'package-lock.json': '{"packages": {"a": {"resolved": "https://npm.jsr.io/~/11/@jsr/a"}}}',
        '.npmrc': '@jsr:registry=https://npm.jsr.io\n',
      },
      {dependencies: {'@jsr/a': '1'}},
    ),
    'a token for npm’s own registry, by a newer npm': project(
      'RUN npm ci',
      {...npmLock, '.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n'},
      all,
    ),
    'Yarn 1 with a token that is set': project(
      'ARG NPM_TOKEN=none\nRUN yarn install',
      {...yarnLock, '.npmrc': github},
      all,
    ),
    'a line that is commented out': project(
      'RUN yarn install',
      {...yarnLock, '.npmrc': '# //a.b/:_authToken=${NPM_TOKEN}\n'},
      all,
    ),
    'an ARG that somebody may fill in by hand': project(
      'ARG NPM_TOKEN\nRUN yarn install',
      {...yarnLock, '.npmrc': github},
      all,
    ),
    'an ARG that the workflow fills in': project(
      'ARG NPM_TOKEN\nRUN yarn install',
      {...yarnLock, '.npmrc': github, ...deploy('--build-arg NPM_TOKEN=x')},
      all,
    ),
    'Yarn 4 with a default': project(
      'RUN corepack enable && yarn install',
      {...berry, '.yarnrc.yml': 'npmAuthToken: "${NPM_TOKEN-}"\n'},
      {...all, packageManager: 'yarn@4.9.0'},
    ),
    'a pnpm that fills the token in': project(
      'ARG NPM_TOKEN=a\nRUN npm i -g pnpm@9.15.0 && pnpm install',
      {'.npmrc': github},
      all,
    ),
    'bun has its own settings': project(
      'ARG TOKEN\nRUN bun install',
      {
        'bun.lock':
          '{"packages": {"@acme/ui": ["@acme/ui@1.0.0", "https://npm.pkg.github.com/download/@acme/ui/1.0.0/a"]}}',
        'bunfig.toml': '[install.scopes]\n"@acme" = {token = "$TOKEN", url = "https://npm.pkg.github.com/"}\n',
      },
      {...all, base: 'oven/bun:1'},
    ),
    'the deploy writes the token': project(
      'RUN npm ci',
      {...npmLock, 'deploy.sh': 'echo "//npm.pkg.github.com/:_authToken=$TOKEN" > .npmrc\nflyctl deploy\n'},
      all,
    ),
    'npm goes on without an optional package': project(
      'RUN npm ci',
      {'package-lock.json': npmLock['package-lock.json'].replace('"resolved"', '"optional":true,"resolved"')},
      all,
    ),
    'another stage has the settings': project('COPY --from=settings /root/.npmrc /root/.npmrc\nRUN npm ci', npmLock, {
      ...all,
      base: 'alpine AS settings\nRUN ./login\nFROM node:24-slim',
    }),
    'a script may write them': project('RUN ./login.sh && npm ci', {...npmLock, 'login.sh': ''}, all),
    'the newest one, in the settings of the user': project(
      'ARG NPM_TOKEN=a\nCOPY .npmrc /root/.npmrc\nRUN npm i -g pnpm && pnpm install',
      {'.npmrc': github},
      all,
    ),
  },
  flagged: {
    'an organization of Hex': {
      ...hex('RUN mix deps.get --only prod'),
      expect: [
        'error Dockerfile:5:5 mix deps.get stops: mix.lock has packages of the organization acme of Hex, and nothing in the build signs in there',
      ],
    },
    'a repository of Hex': {
      ...hex('RUN mix deps.get', {repository: 'oban', options: 'repo: "oban"'}),
      expect: [
        'error Dockerfile:5:5 mix deps.get stops: mix.lock has packages of the repository oban of Hex, and nothing in the build signs in there',
      ],
    },
    'a registry that asks for a token, and none is named anywhere': {
      ...project('RUN npm ci', {...npmLock, '.npmrc': '@acme:registry=https://npm.pkg.github.com\n'}, all),
      expect: [
        'error Dockerfile:4:5 npm ci stops: package-lock.json has packages of npm.pkg.github.com, which asks for a token, and nothing in the build names one',
      ],
    },
    'a lock file that does not tell what development has': {
      ...project(
        'RUN yarn install --production',
        {
          'yarn.lock':
            '# yarn lockfile v1\n\n"@acme/ui@1.0.0":\n  resolved "https://npm.pkg.github.com/download/@acme/ui/a"\n',
        },
        all,
      ),
      expect: [
        'warning Dockerfile:4:5 yarn install --production is likely to stop: yarn.lock has packages of npm.pkg.github.com, which asks for a token, and nothing in the build names one',
      ],
    },
    'the settings come later, and the lock file names GitHub': {
      ...project('RUN npm ci', {...npmLock, '.npmrc': github}),
      expect: [
        'error Dockerfile:4:5 npm ci stops: .npmrc says where the packages of @acme come from, and it is not copied before',
      ],
    },
    'no lock file': {
      ...project('RUN npm install', {'.npmrc': '@acme:registry=https://npm.acme.dev/\n'}),
      expect: [
        'warning Dockerfile:4:5 npm install is likely to stop: .npmrc says where the packages of @acme come from, and it is not copied before',
      ],
    },
    'the token is not set': {
      ...project('RUN npm ci', {...npmLock, '.npmrc': github}, all),
      expect: [
        'error Dockerfile:4:5 npm ci stops: npm.pkg.github.com asks for a token, .npmrc takes it from NPM_TOKEN, and nothing sets that during the build',
      ],
    },
    'Yarn 1, and a token for publishing': {
      ...project(
        'RUN yarn install --frozen-lockfile',
        {...yarnLock, '.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n'},
        all,
      ),
      expect: [
        'error Dockerfile:4:5 yarn install --frozen-lockfile stops: it reads .npmrc, which takes NPM_TOKEN from the environment, and nothing sets that during the build',
      ],
    },
    'npm 6 likewise': {
      ...project(
        'RUN npm install',
        {'.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n'},
        {...all, base: 'node:14'},
      ),
      expect: [
        'error Dockerfile:4:5 npm install stops: it reads .npmrc, which takes NPM_TOKEN from the environment, and nothing sets that during the build',
      ],
    },
    'Yarn 4 without a default': {
      ...project('RUN corepack enable && yarn install', berry, {...all, packageManager: 'yarn@4.9.0'}),
      expect: [
        'error Dockerfile:4:24 yarn install stops: it reads .yarnrc.yml, which takes NPM_TOKEN from the environment, and nothing sets that during the build',
      ],
    },
    'an ARG that the workflow does not fill in': {
      ...project('ARG NPM_TOKEN\nRUN yarn install', {...yarnLock, '.npmrc': github, ...deploy('--remote-only')}, all),
      expect: [
        'warning Dockerfile:5:5 yarn install stops: it reads .npmrc, which takes NPM_TOKEN from the environment, and no flyctl deploy of the project passes it',
      ],
    },
    'Yarn 1 in the machine': {
      ...started('ARG NPM_TOKEN=x\nRUN yarn install\nCMD ["yarn", "start"]', {}),
      expect: [
        'warning Dockerfile:6:1 yarn start stops when the app starts: it reads .npmrc, which takes NPM_TOKEN from the environment, and neither [env] nor the image sets that',
      ],
    },
    'the newest pnpm': {
      ...project('ARG NPM_TOKEN=a\nRUN npm i -g pnpm && pnpm install', {'.npmrc': github}, all),
      expect: [
        'warning Dockerfile:5:22 pnpm install is likely to stop: npm.pkg.github.com asks for a token, and this pnpm fills in no variable in the .npmrc of a project, such as NPM_TOKEN',
      ],
    },
  },
})
