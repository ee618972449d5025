import lockFile from '../../../checks/dockerfile/lock-file.ts'
import {testCheck} from '../../harness.ts'

const manifest = (more: object = {}) =>
  JSON.stringify({dependencies: {express: '^5.0.0'}, devDependencies: {vite: '~6.0.0'}, ...more}, null, 1)
const npm = (packages: object = {}) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': {},
      'node_modules/express': {version: '5.1.0'},
      'node_modules/vite': {version: '6.0.3'},
      ...packages,
    },
  })
const pnpm = (express = '^5.0.0', more = '') =>
  `lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n${more}\nimporters:\n\n  .:\n    dependencies:\n      express:\n        specifier: ${express}\n        version: 5.1.0\n    devDependencies:\n      'vite':\n        specifier: '~6.0.0'\n        version: 6.0.3\n\npackages:\n\n  express@5.1.0:\n    resolution: {}\n`
/** Until pnpm 7: the specifiers in a list of their own, in a workspace for each member. */
const pnpm7 = (importer = '', name = 'express') => {
  const lines = [
    'specifiers:',
    `  ${name}: ^5.0.0`,
    "  'vite': ~6.0.0",
    'dependencies:',
    `  ${name}: 5.1.0`,
    'devDependencies:',
    "  'vite': registry.npmjs.org/vite/6.0.3",
  ]
  const text = importer
    ? `importers:\n\n  ${importer}:\n${lines.map((line) => `    ${line}\n`).join('')}`
    : lines.join('\n')
  return `lockfileVersion: 5.4\n\n${text}\n\npackages:\n\n  /express/5.1.0:\n    resolution: {}\n`
}
const yarn = (express = 'express@^5.0.0') =>
  `# yarn lockfile v1\n\n\n${express}:\n  version "5.1.0"\n\n"vite@^6.0.0", vite@~6.0.0:\n  version "6.0.3"\n`
const berry = (express = '^5.0.0') =>
  `__metadata:\n  version: 8\n\n"express@npm:${express}":\n  version: 5.1.0\n\n"vite@npm:^6.0.0, vite@npm:~6.0.0":\n  version: 6.0.3\n`
const bun = (packages: string) => `{\n  "lockfileVersion": 1,\n  "packages": {\n    ${packages}\n  },\n}\n`
const project = (install: string, lock: Record<string, string>, written = manifest(), before = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\n${before}COPY . .\nRUN ${install}\n`,
    'package.json': written,
    ...lock,
  },
})
const pino = manifest({dependencies: {express: '^5.0.0', pino: '^9.0.0'}})
const tells = (command: string, lock: string) =>
  `error package.json:4:3 ${command} stops: package.json asks for pino ^9.0.0, and ${lock} has no such package`

const composer = (install: string, require: object, packages: object[], more: object = {}, base = 'composer:2') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN ${install}\n`,
    'composer.json': JSON.stringify({require: {php: '^8.2', 'ext-gd': '*', ...require}, ...more}, null, 1),
    'composer.lock': JSON.stringify({packages, 'packages-dev': [{name: 'pestphp/pest'}]}),
  },
})
const framework = {name: 'laravel/framework', replace: {'illuminate/support': 'self.version'}}
const lacks = (name: string, line = 5) =>
  `error composer.json:${line}:3 composer install stops: composer.json asks for ${name} ^1.0, and composer.lock has no such package`

const whole = {'': {dependencies: {express: '^5.0.0'}, devDependencies: {vite: '~6.0.0'}}}
/** Vite has a part for another system, which wants one more package beside it. */
const parts = (more: object = {}, part: object = {peerDependencies: {'@emnapi/core': '^1.7.1'}}) =>
  npm({
    ...whole,
    'node_modules/vite': {version: '6.0.3', optionalDependencies: {wasm: '1.0.0'}},
    'node_modules/wasm': {version: '1.0.0', optional: true, cpu: ['wasm32'], dependencies: {runtime: '^1.0.0'}},
    'node_modules/runtime': {version: '1.1.5', optional: true, ...part},
    ...more,
  })
const hole = (install: string, lock = parts(), more: Record<string, string> = {}, written = manifest()) =>
  project(install, {'package-lock.json': lock, ...more}, written)

/** Overrides of pnpm, by the version that the Dockerfile installs. */
const overrides = (
  major: string,
  {own, shared, locked}: {own?: object; shared?: string; locked?: string},
  more: Record<string, string> = {},
) =>
  project(
    'pnpm install --frozen-lockfile',
    {
      'pnpm-lock.yaml': pnpm(undefined, locked ? `\noverrides:\n  ${locked}\n` : ''),
      ...(shared && {'pnpm-workspace.yaml': `overrides:\n  ${shared}\n`}),
      ...more,
    },
    manifest(own && {pnpm: {overrides: own}}),
    major && `RUN npm install -g pnpm${major}\n`,
  )
const changed = (text: string) => `error pnpm-workspace.yaml:2:3 pnpm install --frozen-lockfile stops: ${text}`

/** An install beside what a COPY brings alone, and the settings that the lock file was made with. */
const unset = (
  locked: string,
  more: Record<string, string>,
  {copied = 'package.json pnpm-lock.yaml', install = 'pnpm install --frozen-lockfile', own = {}, env = ''} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nRUN npm install -g pnpm@10\n${env}WORKDIR /app\nCOPY ${copied} ./\nRUN ${install}\nCOPY . .\n`,
    'package.json': manifest(own),
    'pnpm-lock.yaml': locked.startsWith(' ')
      ? pnpm().replace('  autoInstallPeers: true\n', locked)
      : pnpm('^5.0.0', locked),
    ...more,
  },
})
const shared = {'pnpm-workspace.yaml': 'packages: []\noverrides:\n  ms: 2.0.0\n'}
const withoutPeers = '  autoInstallPeers: false\n'
const unbrought = (what: string) =>
  `error Dockerfile:5:5 pnpm install --frozen-lockfile stops: pnpm-lock.yaml was made with ${what}, and no COPY brings that to /app by then`

testCheck(lockFile, {
  clean: {
    'overrides that a pnpm does not read, which does not read the lock file either: that is told by another check':
      overrides(
        '@11',
        {own: {ms: '2.0.0'}, locked: 'ms: 2.0.0'},
        {'pnpm-lock.yaml': pnpm(undefined, '\noverrides:\n  ms: 2.0.0\n').replace("'9.0'", "'6.0'")},
      ),
    'settings of pnpm that are brought': unset('\noverrides:\n  ms: 2.0.0\n', shared, {
      copied: 'package.json pnpm-lock.yaml pnpm-workspace.yaml',
    }),
    'settings of pnpm, by a pattern': unset('\noverrides:\n  ms: 2.0.0\n', shared, {
      copied: 'package.json pnpm-*.yaml',
    }),
    'settings of pnpm, in a mount': unset('\noverrides:\n  ms: 2.0.0\n', shared, {
      install: '--mount=type=bind,source=pnpm-workspace.yaml,target=pnpm-workspace.yaml pnpm install --frozen-lockfile',
    }),
    'settings of pnpm that package.json has, too': unset('\noverrides:\n  ms: 2.0.0\n', shared, {
      own: {pnpm: {overrides: {ms: '2.0.0'}}},
    }),
    'settings of pnpm that no lock file has': unset('', {'pnpm-workspace.yaml': 'onlyBuiltDependencies: [esbuild]\n'}),
    'settings of pnpm, and an install that may write': unset('\noverrides:\n  ms: 2.0.0\n', shared, {
      install: 'pnpm install',
    }),
    'settings of pnpm, and an install that may fail': unset('\noverrides:\n  ms: 2.0.0\n', shared, {
      install: 'pnpm install --frozen-lockfile || pnpm install',
    }),
    'settings of pnpm that a RUN writes': unset('\noverrides:\n  ms: 2.0.0\n', shared, {
      install: 'printf "overrides: {ms: 2.0.0}" > pnpm-workspace.yaml && pnpm install --frozen-lockfile',
    }),
    'settings of pnpm that a variable has': unset(
      withoutPeers,
      {'.npmrc': 'auto-install-peers=false\n'},
      {
        env: 'ENV npm_config_auto_install_peers=false\n',
      },
    ),
    'settings of pnpm that another file has': unset(
      withoutPeers,
      {'.npmrc': 'auto-install-peers=false\n', 'pnpm-workspace.yaml': 'autoInstallPeers: false\n'},
      {copied: 'package.json pnpm-lock.yaml pnpm-workspace.yaml'},
    ),
    'no hooks of pnpm': unset(
      '\npnpmfileChecksum: abc\n',
      {'.pnpmfile.cjs': ''},
      {
        install: 'pnpm install --frozen-lockfile --ignore-pnpmfile',
      },
    ),
    'overrides of pnpm as they were': overrides('@10', {
      shared: "'vite>esbuild': 1.0.0",
      locked: "'vite>esbuild': 1.0.0",
    }),
    'overrides of package.json, for a pnpm that reads them': overrides('@10', {
      own: {ms: '2.0.0'},
      locked: 'ms: 2.0.0',
    }),
    'overrides of package.json, which pnpm 10 takes first': overrides('@10', {
      own: {ms: '2.0.0'},
      shared: 'ms: 3.0.0',
      locked: 'ms: 2.0.0',
    }),
    'overrides that pnpm 9 does not read': overrides('@9', {shared: 'ms: 3.0.0'}),
    'overrides, and it is not known which pnpm reads them': overrides('', {own: {ms: '2.0.0'}, locked: 'ms: 2.0.0'}),
    'overrides by the name of another': overrides('@10', {shared: 'ms: $ms', locked: 'ms: 2.0.0'}),
    'overrides that a hook may change': overrides(
      '@10',
      {shared: 'ms: 2.0.0', locked: 'ms: 2.0.1'},
      {'.pnpmfile.cjs': ''},
    ),
    'what packages further down need is there': hole(
      'npm ci',
      parts({'node_modules/@emnapi/core': {version: '1.10.0'}}),
    ),
    'it is in the package itself': hole(
      'npm ci',
      parts({'node_modules/runtime/node_modules/@emnapi/core': {version: '1.10.0'}}),
    ),
    'npm install fetches it': hole('npm install'),
    'npm is told to overlook what is wanted beside': hole('npm ci --legacy-peer-deps'),
    'npm is told so by its settings': hole('npm ci', parts(), {'.npmrc': 'legacy-peer-deps=true\n'}),
    'it can do without': hole(
      'npm ci',
      parts({}, {peerDependencies: {'@emnapi/core': '1'}, peerDependenciesMeta: {'@emnapi/core': {optional: true}}}),
    ),
    'it comes with the package': hole(
      'npm ci',
      parts({}, {dependencies: {'@emnapi/core': '1'}, bundleDependencies: ['@emnapi/core']}),
    ),
    'an optional package that is not there': hole('npm ci', parts({}, {optionalDependencies: {'@emnapi/core': '1'}})),
    'a package that nothing comes to': hole(
      'npm ci',
      npm({...whole, 'node_modules/old': {version: '1.0.0', dependencies: {gone: '1'}}}),
    ),
    'an override of it': hole('npm ci', parts(), {}, manifest({overrides: {'@emnapi/core': '1.10.0'}})),
    'a workspace, whose members may not be there': hole('npm ci', parts(), {}, manifest({workspaces: ['packages/*']})),
    'of composer, all are there': composer('composer install', {'Laravel/framework': '^12.0'}, [framework]),
    'of composer, one that another replaces': composer(
      'composer install --no-dev',
      {'laravel/framework': '^12.0', 'illuminate/support': '^12.0'},
      [framework],
    ),
    'of composer, one for development, which is not asked for': composer('composer install --no-dev', {}, [], {
      'require-dev': {'acme/tools': '^1.0'},
    }),
    'of composer, which may do without': composer('composer install', {'acme/cart': '^1.0'}, [], {
      config: {'allow-missing-requirements': true},
    }),
    'of composer, which is brought up to date': composer(
      'composer update && composer install',
      {'acme/cart': '^1.0'},
      [],
    ),
    'of the first composer, which warns': composer('composer install', {'acme/cart': '^1.0'}, [], {}, 'composer:1'),
    'of composer, which may fail': composer('composer install || true', {'acme/cart': '^1.0'}, []),
    'npm: in line': project('npm ci', {'package-lock.json': npm()}),
    'npm: another range that the version is in': project(
      'npm ci',
      {'package-lock.json': npm()},
      manifest({dependencies: {express: '>=5.0.5 <6 || ^7'}}),
    ),
    'npm: one that package.json names no more is taken out': project(
      'npm ci',
      {'package-lock.json': npm()},
      manifest({dependencies: {}}),
    ),
    'a RUN before makes it anew': project(
      'rm -f package-lock.json && npm install --package-lock-only --no-workspaces\nRUN npm ci',
      {'package-lock.json': npm()},
      pino,
    ),
    'npm install mends it': project('npm install', {'package-lock.json': npm()}, pino),
    'npm: a tag, an address, an alias': project(
      'npm ci',
      {'package-lock.json': npm()},
      manifest({dependencies: {a: 'latest', b: 'github:a/b', c: 'npm:d@1', e: 'file:../e'}}),
    ),
    'npm: overridden': project(
      'npm ci',
      {'package-lock.json': npm()},
      manifest({dependencies: {express: '^4.0.0'}, overrides: {express: '5.1.0'}}),
    ),
    'npm: a member of the workspace': project(
      'npm ci',
      {'package-lock.json': npm({'node_modules/ui': {resolved: 'ui', link: true}, ui: {}}), 'ui/package.json': '{}'},
      manifest({dependencies: {ui: '^1.0.0'}}),
    ),
    'a RUN that changes package.json': project(
      'npm ci',
      {'package-lock.json': npm()},
      pino,
      "COPY package.json ./\nRUN sed -i '/pino/d' package.json\n",
    ),
    'an install that may fail': project('npm ci || npm install', {'package-lock.json': npm()}, pino),
    'pnpm: in line': project('pnpm install --frozen-lockfile', {'pnpm-lock.yaml': pnpm()}),
    'pnpm 7: in line': project('pnpm install --frozen-lockfile', {'pnpm-lock.yaml': pnpm7()}),
    'pnpm 7: in line, in a workspace': project('pnpm install --frozen-lockfile', {'pnpm-lock.yaml': pnpm7('.')}),
    'pnpm: in two tables, of which that for development does not count': project(
      'pnpm install --frozen-lockfile',
      {'pnpm-lock.yaml': pnpm()},
      manifest({devDependencies: {vite: '~6.0.0', express: '^5.0.0'}}),
    ),
    'pnpm: not frozen': project('pnpm install', {'pnpm-lock.yaml': pnpm()}, pino),
    'pnpm: a member that asks for nothing': project('pnpm install --frozen-lockfile', {
      'pnpm-lock.yaml': pnpm(),
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
      'packages/api/package.json': '{"name": "api"}',
    }),
    'pnpm: a package that is no member': project('pnpm install --frozen-lockfile', {
      'pnpm-lock.yaml': pnpm(),
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
      'packages/api/package.json': pino,
    }),
    'pnpm: members with locks of their own': project('pnpm install --frozen-lockfile', {
      'pnpm-lock.yaml': pnpm(),
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
      '.npmrc': 'shared-workspace-lockfile=false\n',
      'packages/api/package.json': pino,
    }),
    'pnpm: a package that the project wants of its users': project(
      'pnpm install --frozen-lockfile',
      {'pnpm-lock.yaml': pnpm('>=4')},
      manifest({dependencies: {}, peerDependencies: {express: '>=4'}}),
    ),
    '… beside what it asks for itself': project(
      'pnpm install --frozen-lockfile',
      {'pnpm-lock.yaml': pnpm()},
      manifest({peerDependencies: {express: '>=4'}}),
    ),
    '… where pnpm locks no peers': project(
      'pnpm install --frozen-lockfile',
      {
        'pnpm-lock.yaml': pnpm().replace('autoInstallPeers: true', 'autoInstallPeers: false'),
        '.npmrc': 'auto-install-peers=false\n',
      },
      manifest({peerDependencies: {pino: '>=4'}}),
    ),
    'pnpm: overridden': project('pnpm install --frozen-lockfile', {
      'pnpm-lock.yaml': pnpm('5.1.0', '\noverrides:\n  express: 5.1.0\n'),
      'pnpm-workspace.yaml': 'overrides:\n  express: 5.1.0\n',
    }),
    'a member with an old copy of its own, where that of the root fits': project(
      'npm ci',
      {
        'package-lock.json': npm({
          'packages/api': {},
          'packages/api/node_modules/express': {version: '4.21.0'},
        }),
        'packages/api/package.json': manifest(),
      },
      manifest({workspaces: ['packages/*']}),
    ),
    'Yarn 1: in line': project('yarn install --frozen-lockfile', {'yarn.lock': yarn()}),
    'Yarn 1: members of a workspace': project(
      'yarn install --frozen-lockfile',
      {'yarn.lock': yarn()},
      manifest({dependencies: {pino: '^9.0.0'}, workspaces: ['packages/*']}),
    ),
    'Yarn: in line': project('yarn install --immutable', {'yarn.lock': berry()}),
    'Bun: another range of the same': project(
      'bun install --frozen-lockfile',
      {'bun.lock': bun('"express": ["express@5.1.0"], "vite": ["vite@6.0.3"]')},
      manifest({dependencies: {express: '^5.1.0'}}),
    ),
    'Bun: an optional one that no registry has': project(
      'bun install --frozen-lockfile',
      {
        'bun.lock':
          '{"lockfileVersion": 1, "workspaces": {"": {"optionalDependencies": {"vec-arm": "^0.1.6"}}}, "packages": {"express": ["express@5.1.0"], "vite": ["vite@6.0.3"]}}\n',
      },
      manifest({optionalDependencies: {'vec-arm': '^0.1.6'}}),
    ),
  },
  flagged: {
    'pnpm: a member that the lock does not know': {
      ...project('pnpm install --frozen-lockfile', {
        'pnpm-lock.yaml': pnpm(),
        'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
        'packages/api/package.json': pino,
      }),
      expect: [
        'error packages/api/package.json:7:3 pnpm install --frozen-lockfile stops: packages/api/package.json is of the workspace, and pnpm-lock.yaml does not know it',
      ],
    },
    '… though another one is to be installed': {
      ...project('pnpm install --frozen-lockfile --filter shop...', {
        'pnpm-lock.yaml': pnpm(),
        'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
        'packages/api/package.json': pino,
      }),
      expect: [
        'error packages/api/package.json:7:3 pnpm install --frozen-lockfile stops: packages/api/package.json is of the workspace, and pnpm-lock.yaml does not know it',
      ],
    },
    'pnpm: a package that the project wants of its users by now': {
      ...project(
        'pnpm install --frozen-lockfile',
        {'pnpm-lock.yaml': pnpm()},
        manifest({dependencies: {}, peerDependencies: {express: '>=4'}}),
      ),
      expect: [
        'error package.json:7:3 pnpm install --frozen-lockfile stops: package.json asks for express >=4, and pnpm-lock.yaml has ^5.0.0',
      ],
    },
    '… and an optional one that is new': {
      ...project(
        'pnpm install --frozen-lockfile',
        {'pnpm-lock.yaml': pnpm()},
        manifest({peerDependencies: {pino: '>=9'}, peerDependenciesMeta: {pino: {optional: true}}}),
      ),
      expect: [
        'error package.json:9:3 pnpm install --frozen-lockfile stops: package.json asks for pino >=9, and pnpm-lock.yaml has no such package',
      ],
    },
    'settings of pnpm that no COPY brings': {
      ...unset('\noverrides:\n  ms: 2.0.0\n', shared),
      expect: [unbrought('overrides of pnpm-workspace.yaml')],
    },
    'a catalog that no COPY brings': {
      ...unset('\ncatalogs:\n  default:\n    ms:\n      specifier: 2.0.0\n      version: 2.0.0\n', {
        'pnpm-workspace.yaml': 'catalog:\n  ms: 2.0.0\n',
      }),
      expect: [unbrought('catalogs of pnpm-workspace.yaml')],
    },
    'hooks of pnpm that no COPY brings': {
      ...unset('\npnpmfileChecksum: abc\n', {'.pnpmfile.cjs': 'module.exports = {hooks: {}}\n'}),
      expect: [unbrought('.pnpmfile.cjs')],
    },
    'a setting of .npmrc that no COPY brings': {
      ...unset(withoutPeers, {'.npmrc': 'save-exact=true\nauto-install-peers=false\n'}),
      expect: [unbrought('autoInstallPeers of .npmrc')],
    },
    'settings of pnpm that .dockerignore leaves out': {
      ...unset(
        '\noverrides:\n  ms: 2.0.0\n',
        {...shared, '.dockerignore': 'node_modules\n*.yaml\n!pnpm-lock.yaml\n'},
        {copied: 'package.json pnpm-*.yaml'},
      ),
      expect: [
        'error .dockerignore:2:1 pnpm install --frozen-lockfile stops: pnpm-lock.yaml was made with overrides of pnpm-workspace.yaml, and .dockerignore leaves that out of the build',
      ],
    },
    'an install in two stages: told once': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --from=build /app/dist ./dist\n',
        'package.json': manifest({dependencies: {express: '^5.0.0', ms: '^2.0.0'}}),
        'package-lock.json': npm(),
      },
      expect: [
        'error package.json:4:3 npm ci stops: package.json asks for ms ^2.0.0, and package-lock.json has no such package',
      ],
    },
    'pnpm 7: a package that the lock file has not': {
      ...project('pnpm install --frozen-lockfile', {'pnpm-lock.yaml': pnpm7('.')}, pino),
      expect: [tells('pnpm install --frozen-lockfile', 'pnpm-lock.yaml')],
    },
    'a member with an old copy of its own, where the root has none that fits': {
      ...project(
        'npm ci',
        {
          'package-lock.json': npm({
            'packages/api': {},
            'packages/api/node_modules/pino': {version: '8.0.0'},
          }),
          'packages/api/package.json': pino,
        },
        manifest({workspaces: ['packages/*']}),
      ),
      expect: [
        'error packages/api/package.json:4:3 npm ci stops: packages/api/package.json asks for pino ^9.0.0, and package-lock.json has 8.0.0',
      ],
    },
    'an override that has changed': {
      ...overrides('@10', {shared: 'ms: 2.0.1', locked: 'ms: 2.0.0'}),
      expect: [changed('pnpm-workspace.yaml overrides ms with 2.0.1, and pnpm-lock.yaml was made with 2.0.0')],
    },
    'a new override': {
      ...overrides('@11', {shared: "'@a/b>ms': '-'"}),
      expect: [
        changed('pnpm-workspace.yaml overrides @a/b>ms with -, and pnpm-lock.yaml was made without that').replace(
          ':3 ',
          ':4 ',
        ),
      ],
    },
    'an override that is gone, whatever pnpm it is': {
      ...overrides('', {locked: 'ms: 2.0.0'}),
      expect: [
        'error pnpm-lock.yaml:7:3 pnpm install --frozen-lockfile stops: pnpm-lock.yaml was made with an override of ms, which nothing sets any more',
      ],
    },
    'overrides of package.json, and a pnpm that does not read them': {
      ...overrides('@11', {own: {ms: '2.0.0'}, locked: 'ms: 2.0.0'}),
      expect: [
        'error package.json:10:5 pnpm install --frozen-lockfile stops: pnpm-lock.yaml was made with the overrides of package.json, which this pnpm does not read there',
      ],
    },
    'the same, and the newest pnpm': {
      ...overrides('@latest', {own: {ms: '2.0.0'}, locked: 'ms: 2.0.0'}),
      expect: [
        'warning package.json:10:5 pnpm install --frozen-lockfile stops: pnpm-lock.yaml was made with the overrides of package.json, which this pnpm does not read there',
      ],
    },
    'a package further down wants one beside it': {
      ...hole('npm ci'),
      expect: [
        'error package-lock.json:1:343 npm ci stops: runtime 1.1.5 wants @emnapi/core ^1.7.1 beside it, and package-lock.json has no such package',
      ],
    },
    'a package further down needs others': {
      ...hole('npm ci --legacy-peer-deps', parts({}, {dependencies: {tslib: '^2.4.0', once: '1'}})),
      expect: [
        'error package-lock.json:1:343 npm ci --legacy-peer-deps stops: runtime 1.1.5 needs tslib ^2.4.0, and package-lock.json has no such package (and 1 more)',
      ],
    },
    'of composer': {
      ...composer('composer install --no-dev', {'acme/cart': '^1.0'}, [framework]),
      expect: [lacks('acme/cart')],
    },
    'of composer, behind which the RUN goes on': {
      ...composer('composer install --no-dev; php -v', {'acme/cart': '^1.0'}, [framework]),
      expect: [lacks('acme/cart').replace('error', 'warning')],
    },
    'of composer, for development': {
      ...composer('composer install', {}, [framework], {'require-dev': {'acme/tools': '^1.0'}}),
      expect: [lacks('acme/tools', 7)],
    },
    'npm: a step of the workflow mends it before the deploy': {
      files: {
        ...project('npm ci', {'package-lock.json': npm()}, pino).files,
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm install --package-lock-only\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy\n',
      },
      expect: [tells('npm ci', 'package-lock.json').replace('error', 'warning')],
    },
    'npm: a step that leaves it alone': {
      files: {
        ...project('npm ci', {'package-lock.json': npm()}, pino).files,
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm install -g vercel\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy\n',
      },
      expect: [tells('npm ci', 'package-lock.json')],
    },
    'npm: none': {
      ...project('npm ci', {'package-lock.json': npm()}, pino),
      expect: [tells('npm ci', 'package-lock.json')],
    },
    'npm: another version': {
      ...project('npm ci --omit=dev', {'package-lock.json': npm()}, manifest({dependencies: {express: '^4.21.0'}})),
      expect: [
        'error package.json:3:3 npm ci --omit=dev stops: package.json asks for express ^4.21.0, and package-lock.json has 5.1.0',
      ],
    },
    'npm: of a member': {
      ...project('npm ci', {
        'package-lock.json': npm({api: {}, 'node_modules/api': {link: true}}),
        'api/package.json': '{"dependencies": {"pino": "^9.0.0"}}',
      }),
      expect: [
        'error api/package.json:1:19 npm ci stops: api/package.json asks for pino ^9.0.0, and package-lock.json has no such package',
      ],
    },
    'pnpm: none': {
      ...project('pnpm install --frozen-lockfile', {'pnpm-lock.yaml': pnpm()}, pino),
      expect: [tells('pnpm install --frozen-lockfile', 'pnpm-lock.yaml')],
    },
    'pnpm: another text, where CI is set': {
      ...project('pnpm install', {'pnpm-lock.yaml': pnpm('^5.0.1')}, undefined, 'ENV CI=true\n'),
      expect: [
        'error package.json:3:3 pnpm install stops: package.json asks for express ^5.0.0, and pnpm-lock.yaml has ^5.0.1',
      ],
    },
    'pnpm: one that was moved to another table': {
      ...project(
        'pnpm install --frozen-lockfile',
        {'pnpm-lock.yaml': pnpm()},
        manifest({dependencies: {express: '^5.0.0', vite: '~6.0.0'}, devDependencies: {}}),
      ),
      expect: [
        'error package.json:4:3 pnpm install --frozen-lockfile stops: package.json has vite in dependencies, and pnpm-lock.yaml has it in devDependencies',
      ],
    },
    'pnpm: one that is named no more': {
      ...project('pnpm install --frozen-lockfile', {'pnpm-lock.yaml': pnpm()}, manifest({dependencies: {}})),
      expect: [
        'error package.json:2:2 pnpm install --frozen-lockfile stops: pnpm-lock.yaml still has express, which package.json names no more',
      ],
    },
    'Yarn 1': {
      ...project('yarn install --frozen-lockfile', {'yarn.lock': yarn()}, pino),
      expect: [tells('yarn install --frozen-lockfile', 'yarn.lock')],
    },
    'Yarn: another range': {
      ...project('yarn install --immutable', {'yarn.lock': berry('^5.1.0')}),
      expect: [
        'error package.json:3:3 yarn install --immutable stops: package.json asks for express ^5.0.0, and yarn.lock has another range',
      ],
    },
    Bun: {
      ...project(
        'bun install --frozen-lockfile',
        {'bun.lock': bun('"express": ["express@5.1.0"], "vite": ["vite@6.0.3"],')},
        pino,
      ),
      expect: [tells('bun install --frozen-lockfile', 'bun.lock')],
    },
  },
})
