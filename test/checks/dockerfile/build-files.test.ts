import buildFiles from '../../../checks/dockerfile/build-files.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, files: Record<string, string>) => ({
  files: {'fly.toml': 'app = "shop"', Dockerfile: dockerfile, ...files},
})
const node = 'FROM node:22-slim\nWORKDIR /app\n'
const manifest = (scripts: Record<string, string>) => JSON.stringify({name: 'shop', scripts}, null, 1)
const mix = `defmodule Shop.MixProject do
  defp aliases do
    [
      "assets.deploy": ["tailwind shop --minify", "phoenix_vite.npm vite build", "phx.digest"]
    ]
  end
end
`

/** A build that compiles first. */
const compiled = (build: string, tsconfig: object, files: Record<string, string>) =>
  project(`${node}COPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n`, {
    'package.json': manifest({build}),
    'package-lock.json': '{}',
    'tsconfig.json': JSON.stringify(tsconfig),
    ...files,
  })
/** A page that finds what it imports by tsconfig.json. */
const aliased = (copies: string, files: Record<string, string> = {}, build = 'next build') =>
  project(`${node}COPY package*.json ./\nRUN npm ci\n${copies}RUN npm run build\n`, {
    'package.json': manifest({build}),
    'package-lock.json': '{}',
    'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
    'src/app/page.tsx': "import {price} from '@/lib/price'\n\nexport default () => <p>{price}</p>\n",
    'src/lib/price.ts': 'export const price = 1\n',
    ...files,
  })
/** An install whose `prepare` compiles. */
const prepared = (dockerfile: string, more: Record<string, string> = {}) =>
  project(`${node}${dockerfile}`, {
    'package.json': manifest({prepare: 'npm run build', build: 'tsc -p tsconfig.json'}),
    'tsconfig.json': JSON.stringify({include: ['src/**/*']}),
    'src/main.ts': '',
    ...more,
  })
/** A member of a workspace that compiles when it is installed. */
const members = (install: string, more: Record<string, string> = {}) =>
  project(
    `${node}RUN npm install -g pnpm@10\nCOPY package.json pnpm-workspace.yaml ./\nCOPY api/package.json api/\n` +
      `COPY lib/package.json lib/tsconfig.json lib/\n${install}\nCOPY . .\n`,
    {
      'package.json': manifest({}),
      'pnpm-workspace.yaml': 'packages: [api, lib]\n',
      'api/package.json': manifest({start: 'node main.js'}),
      'lib/package.json': manifest({prepare: 'tsc'}),
      'lib/tsconfig.json': '{}',
      'lib/index.ts': '',
      ...more,
    },
  )
const early = (line: number, by: string, config: string, file: string) =>
  `error Dockerfile:${line}:5 tsc, which ${by} runs, stops with TS18003: no COPY has brought a file that ${config} compiles by then, such as ${file}`
const parts = {files: [], references: [{path: './tsconfig.app.json'}]}
const empty = (command: string, config: string) =>
  `warning Dockerfile:6:5 ${command}, which npm run build runs, stops with TS18003: ${config} has no file to compile`

const go = 'FROM golang:1.25\nWORKDIR /src\nCOPY go.mod ./\nRUN go mod download\n'
const goModule = {'go.mod': 'module example.com/shop\n', 'main.go': 'package main\n'}

/** A workspace whose packages are built one after the other. */
const everywhere = (run: string, api: string, more: Record<string, string> = {}) => {
  const build = (script: string) => JSON.stringify({scripts: {build: script}})
  return project(`${node}COPY . .\nRUN ${run}\n`, {
    '.dockerignore': '**/scripts\n',
    'package.json': '{"workspaces": ["packages/*"], "scripts": {"all": "pnpm -r run build"}}',
    'pnpm-workspace.yaml': 'packages: ["packages/*"]\n',
    'turbo.json': '{"tasks": {"build": {}}}',
    'packages/api/package.json': build(api),
    'packages/api/scripts/schema.ts': '',
    'packages/ui/package.json': build('tsc -p tsconfig.json && cp src/style.css dist/'),
    'packages/ui/tsconfig.json': '{"compilerOptions": {"outDir": "dist"}}',
    'packages/ui/src/style.css': '',
    'packages/ui/src/index.ts': '',
    ...more,
  })
}
const schema = 'tsx scripts/schema.ts'

/** As `rails new` writes it: the app comes from the stage that builds it. */
const rails = (own: string, files: Readonly<Record<string, string>>) =>
  project(
    `FROM ruby:3.4-slim AS base\nWORKDIR /rails\nENV BUNDLE_PATH="/usr/local/bundle"\nFROM base AS build\nRUN apt-get update && apt-get install -y build-essential\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install && rm -rf ~/.bundle/ "\${BUNDLE_PATH}"/ruby/*/cache && bundle exec bootsnap precompile --gemfile\nCOPY . .\n${own}RUN SECRET_KEY_BASE_DUMMY=1 ./bin/rails assets:precompile\nFROM base\nCOPY --from=build "\${BUNDLE_PATH}" "\${BUNDLE_PATH}"\nCOPY --from=build /rails /rails\nRUN useradd rails --create-home && \\\n    chown -R rails:rails db log storage tmp\n`,
    {Gemfile: '', 'Gemfile.lock': '', 'config/application.rb': '', 'db/schema.rb': '', 'bin/rails': '', ...files},
  )

testCheck(buildFiles, {
  clean: {
    'what is only looked at': project(`${node}COPY package.json ./\nRUN node --check scripts/api.mjs\n`, {
      'package.json': manifest({}),
      'scripts/api.mjs': '',
    }),
    'a path from the top, of a base that may have it': project(
      'FROM acme/base\nWORKDIR /src\nCOPY . .\nRUN dotnet publish "/Shop/Shop.csproj" -c Release -o /out\n',
      {'Shop/Shop.csproj': '<Project/>'},
    ),
    'what turbo prunes of a workspace in which a member has no name': project(
      'FROM node:22-slim AS pruner\nWORKDIR /app\nCOPY . .\nRUN npx turbo prune api --docker\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=pruner /app/out/json/ ./\nCOPY --from=pruner /app/apps/docs/source.config.ts ./apps/docs/source.config.ts\nRUN npm install\nCOPY --from=pruner /app/out/full/ ./\nRUN npx turbo run build\n',
      {
        'package.json': '{"workspaces": ["apps/*"], "devDependencies": {"turbo": "2"}}',
        'turbo.json': '{}',
        'apps/api/package.json': '{"name": "api"}',
        'apps/docs/package.json': '{}',
        'apps/docs/source.config.ts': '',
      },
    ),
    'the settings of drizzle-kit, found and told by flags': project(
      `${node}COPY . .\nRUN npm install && npx drizzle-kit migrate\nFROM node:22-slim\nRUN npx drizzle-kit push --dialect postgresql --schema ./schema.ts\n`,
      {'package.json': '{}', 'drizzle.config.ts': ''},
    ),
    'tsconfig.json comes with the sources': aliased('COPY src ./src\nCOPY tsconfig.json ./\n'),
    'a RUN writes tsconfig.json': aliased('COPY src ./src\nRUN echo "{}" > tsconfig.json\n'),
    'no page imports by an alias': aliased('COPY src ./src\n', {
      'src/app/page.tsx': "import {price} from '../lib/price'\n\nexport default () => <p>{price}</p>\n",
      'src/old/page.tsx': "import {price} from '@/lib/price'\n\nexport default () => <p>{price}</p>\n",
    }),
    'next.config.js has the alias, too': aliased('COPY src ./src\nCOPY next.config.js ./\n', {
      'next.config.js':
        "module.exports = {webpack: (config) => { config.resolve.alias['@'] = 'src'; return config }}\n",
    }),
    'another program builds, which may know the alias': aliased('COPY src ./src\n', {}, 'rspack build'),
    'what one package of a workspace makes for another': everywhere(
      'pnpm -r build',
      'cp ../ui/dist/style.css . && node ../ui/dist/check.js',
    ),
    'packages that a pattern does not find': everywhere("pnpm --filter './packages/ui*' build", schema),
    'a pattern of packages that is taken back': everywhere("pnpm --filter '!./packages/*' build", schema),
    'another script of the packages': everywhere('pnpm -r run test', schema),
    'a failure that ends nothing': everywhere('pnpm -r --no-bail run build', schema),
    'a package that is left out': everywhere('pnpm -r build', schema, {'.dockerignore': 'packages/api\n'}),
    'turbo, of what has changed': everywhere("turbo run build --filter='[HEAD^1]'", schema),
    'turbo, of two tasks': everywhere('turbo run lint build --dry-run', schema),
    'Yarn, of what this package needs': everywhere('yarn workspaces foreach -R run build', schema),
    'no member of the workspace': everywhere('pnpm -r build', 'tsc -p tsconfig.json', {
      'packages/api/tsconfig.json': '{}',
      'packages/api/main.ts': '',
      'examples/shop/package.json': '{"scripts": {"build": "tsx missing.ts"}}',
    }),
    'what a build writes is run': project(
      `${node}COPY . .\nRUN npm ci\nRUN npm run build && node lib/check.js\nRUN node dist/icons.js\n`,
      {'package.json': manifest({build: 'node make.js'}), 'package-lock.json': '{}', 'make.js': ''},
    ),
    'a script that a task writes': project(`${node}COPY . .\nRUN node tools/icons.js\n`, {
      'src/main.ts': '',
      Makefile: 'build:\n\tesbuild icons.ts --outfile=tools/icons.js\n\tfly deploy\n',
    }),
    'a script of what is fetched': project(
      'FROM python:3.13\nWORKDIR /opt\nRUN git clone https://example.com/tool.git\nRUN python tool/setup.py install\n',
      {},
    ),
    'a script of a package': project(`${node}COPY . .\nRUN npm ci\nRUN node node_modules/esbuild/install.js\n`, {
      'package.json': '{}',
      'package-lock.json': '{}',
    }),
    'packages of Go by their names': project(
      `${go}COPY . .\nRUN go build -o ./bin/shop . && go install ./... && go run example.com/tool/cmd/tool@latest\n`,
      goModule,
    ),
    'a package of another module of Go': project(`${go}COPY . .\nRUN cd tools && go build ./cmd/shop\n`, {
      ...goModule,
      'tools/go.mod': 'module example.com/tools\n',
      'tools/cmd/shop/main.go': 'package main\n',
    }),
    'what a program of Go is given, and flags with a value': project(
      `${go}COPY . .\nRUN go run . ./data ./out && go run -exec ./x main.go ./views && go build -pkgdir ./pkg .\n`,
      goModule,
    ),
    'what Maven does without a project': project(
      'FROM maven:3-eclipse-temurin-21\nWORKDIR /app\nRUN mvn --version && mvn dependency:get -Dartifact=a:b:1\nRUN mvn archetype:generate -DartifactId=shop\nCOPY . .\nRUN mvn package\n',
      {'pom.xml': '<project/>'},
    ),
    'a configuration that a tool writes when it is installed': project(
      `${node}COPY . .\nRUN npm ci\nRUN npx tsc -p .nuxt/tsconfig.json\n`,
      {'package.json': manifest({postinstall: 'nuxt prepare'}), 'package-lock.json': '{}'},
    ),
    'a workflow lays the content of the folder down': project(
      'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN python manage.py check\n',
      {
        'backend/manage.py': '',
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: cp -r backend/* .\n      - run: flyctl deploy\n',
      },
    ),
    'a script of Yarn writes what is run': project(`${node}COPY . .\nRUN yarn gen\nRUN node tools/icons.js\n`, {
      'package.json': manifest({gen: 'make-icons'}),
      'yarn.lock': '',
    }),
    'a pattern leads into the folder': project(
      'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN cd back* && python manage.py check\n',
      {'backend/manage.py': ''},
    ),
    'a submodule has the package of Go': project(`${go}COPY . .\nRUN go build ./cmd/shop\n`, {
      ...goModule,
      '.gitmodules': '[submodule "cmd"]\n\tpath = cmd\n',
    }),
    'what tsc reads is written before': compiled('node make.js && tsc', {include: ['made']}, {'make.js': ''}),
    'an install that compiles has the sources': prepared('COPY . .\nRUN npm install\n'),
    'an install that compiles has some of the sources': prepared('COPY src src\nCOPY *.json ./\nRUN npm install\n', {
      'src/lib/a.ts': '',
    }),
    'an install that compiles, by npm 6, which runs no scripts as root': {
      files: {
        ...prepared('').files,
        Dockerfile: 'FROM node:14\nWORKDIR /app\nCOPY *.json ./\nRUN npm install\nCOPY . .\nRUN npm run build\n',
      },
    },
    'an install that compiles nothing yet': prepared(
      'COPY *.json ./\nRUN npm install --ignore-scripts\nCOPY . .\nRUN npm run build\n',
    ),
    'an install that compiles, with the sources mounted': prepared(
      'COPY *.json ./\nRUN --mount=type=bind,source=src,target=src npm install\n',
    ),
    'an install that compiles declarations': prepared('COPY *.json env.d.ts ./\nRUN npm install\n', {
      'tsconfig.json': '{}',
      'env.d.ts': '',
    }),
    'an install that compiles what is fetched': prepared(
      'COPY *.json ./\nRUN git clone https://example.com/shop . && npm install\n',
    ),
    'an install of one member alone': members('WORKDIR /app/api\nRUN pnpm install --ignore-workspace\nWORKDIR /app'),
    'an install that is said to be of one member': members('WORKDIR /app/api\nRUN pnpm install\nWORKDIR /app', {
      '.npmrc': 'recursive-install=false\n',
    }),
    'what tsc reads is a submodule': compiled('tsc', {include: ['lib']}, {'.gitmodules': '[submodule "lib"]\n'}),
    'tsc takes what the last of several says': compiled(
      'tsc',
      {extends: ['./a.json', './b.json']},
      {'a.json': '{"include": ["lib"]}', 'b.json': '{"include": ["src"]}', 'src/a.ts': ''},
    ),
    'what ls is to leave out, and what cp calls the old one': project(
      `${node}COPY server.js a.js ./\nRUN ls -I data -la\nRUN cp -b -S .old server.js a.js\n`,
      {'server.js': '', 'a.js': ''},
    ),
    'the sources of a package of the system': project(
      'FROM debian:12\nWORKDIR /usr/src\nRUN apt-get update && apt-get install -y libgtest-dev && cd /usr/src/googletest && ls\n',
      {},
    ),
    'pnpm deploy copies the files of a member into the folder that it names': project(
      `${node}COPY . .\nRUN pnpm install --frozen-lockfile\nRUN pnpm deploy --filter=api --prod --legacy /prod/api\nRUN cd /prod/api && npx prisma generate\n`,
      {
        'package.json': '{}',
        'apps/api/package.json': '{"name": "api", "files": ["dist", "prisma"]}',
        'apps/api/prisma/schema.prisma': '',
      },
    ),
    'a package from elsewhere may have any folder': project(
      `${node}COPY shop.deb ./\nRUN dpkg -i shop.deb && cd shop && ls\n`,
      {'shop.deb': ''},
    ),
    'a project that pip builds writes its version': project(
      'FROM python:3.13\nWORKDIR /app\nCOPY pyproject.toml ./\nCOPY shop shop\nRUN pip install --no-cache-dir .\nRUN ls shop/_version.py\n',
      {'pyproject.toml': '', 'shop/__init__.py': ''},
    ),
    'Rails: the storage that git keeps': rails('', {'storage/.keep': ''}),
    'Rails: a storage that a script of the build may make': rails('RUN bin/prepare\n', {'bin/prepare': ''}),
    'Rails: a storage that the build makes': rails('RUN mkdir -p storage\n', {}),
    'what package managers leave in a home': project(
      `${node}ENV HOME=/app\nCOPY server.js ./\nRUN npm install -g pnpm@9\nRUN chown -R node .npm .cache\nRUN npm config set a b --location=project && rm .npmrc\n`,
      {'server.js': ''},
    ),
    'a folder that a package manager is told': project(
      `${node}COPY server.js ./\nRUN npm install -g --prefix ./tools serve\nRUN ls tools/lib\n`,
      {'server.js': ''},
    ),
    'a folder that a variable tells it': project(
      `${node}ENV COREPACK_HOME=/app/corepack\nCOPY server.js ./\nRUN corepack enable pnpm\nRUN chmod -R 755 corepack/v1\n`,
      {'server.js': ''},
    ),
    'a mount at the place of a variable': project(
      `${node}COPY server.js ./\nARG PLACE=/app/web\nRUN --mount=type=bind,source=web,target=$PLACE cd web && ls\n`,
      {'server.js': '', 'web/x': ''},
    ),
    'an ARG that is given at the deploy': project(
      `${node}COPY server.js ./\nARG CONFIG=config.none.json\nRUN cp $CONFIG config.json\n`,
      {'server.js': ''},
    ),
    'a task without an ending makes it': project(`${node}COPY . .\nRUN chmod +x shopd\n`, {
      deploy: '#!/bin/sh\ngo build -o shopd .\nfly deploy\n',
    }),
    'so does a workflow': project(`${node}COPY . .\nRUN chmod +x shopd\n`, {
      '.github/workflows/deploy.yml': 'jobs: {deploy: {steps: [{run: go build -o shopd .}]}}',
    }),
    'so does one of invoke': project(`${node}COPY . .\nRUN cat VERSION.txt\n`, {
      'tasks.py': 'open("VERSION.txt", "w")',
    }),
    'cd goes back': project(`${node}COPY . .\nRUN cd web && ls && cd - && cd api && ls\n`, {'web/a': '', 'api/a': ''}),
    'cd goes home': project(`${node}COPY . .\nRUN cd ~ && ls && cd .config && ls\n`, {'web/a': ''}),
    'git’s folder is sent with the others': project(`${node}COPY . .\nRUN ls .git/HEAD && rm -r .git\n`, {a: ''}),
    'tsc has files': compiled('tsc -b && vite build', parts, {
      'tsconfig.app.json': '{"include": ["src"]}',
      'src/app.tsx': '',
    }),
    'tsc has all files': compiled('tsc && vite build', {}, {'vite.config.ts': ''}),
    'tsc may read JavaScript': compiled('tsc && vite build', {compilerOptions: {allowJs: true}}, {'src/app.js': ''}),
    'tsc has declarations': compiled('tsc --noEmit', {include: ['src']}, {'src/app.jsx': '', 'src/env.d.ts': ''}),
    'a project that only refers to others, to one command': compiled('tsc', parts, {'tsconfig.app.json': '{}'}),
    'what tsc reads is told by a package': compiled(
      'tsc',
      {extends: '@shop/tsconfig', include: ['src']},
      {'src/app.js': ''},
    ),
    'the members of a workspace compile themselves': compiled(
      'tsc -b',
      {files: [], references: [{path: 'api'}]},
      {
        'api/tsconfig.json': '{"include": ["src/**/*"]}',
        'api/src/main.mts': '',
      },
    ),
    'tsc has all below its folder': compiled('tsc -b', {include: ['.']}, {'app/main.ts': ''}),
    'tsc has all files, by two stars': compiled('tsc', {include: ['**']}, {'app/main.ts': ''}),
    'tsc has files of another folder': compiled(
      'cd web && tsc',
      {},
      {
        'web/tsconfig.json': '{"include": ["../shared"]}',
        'shared/main.ts': '',
      },
    ),
    'what a configuration of the project includes for others': compiled(
      'tsc',
      {extends: './base.json'},
      {
        'base.json': '{"include": ["lib"]}',
        'lib/main.ts': '',
      },
    ),
    'tsc is given its file': compiled('tsc server.ts', {include: ['src']}, {'server.ts': ''}),
    'a failure of tsc that is caught': compiled('tsc -b || true', {include: ['src']}, {'src/app.js': ''}),
    'commands whose failure ends nothing, and those that are told not to care': project(
      `${node}COPY . .\nRUN chmod -R 755 storage || true\nRUN rm -f cache.json; ls data; true\nRUN mkdir -p a/b && touch a/b/c && ls a\nRUN mkdir x x/y\n`,
      {'src/main.ts': ''},
    ),
    'folders that a RUN, a WORKDIR or a user has made': project(
      `FROM node:22-slim\nENV DATA=/app/data\nWORKDIR /app/logs\nWORKDIR /app\nRUN mkdir -p $DATA storage/{a,b} && adduser --system --home /app/shop shop\nRUN chown -R node /app/logs /app/data storage/a /app/shop && touch logs/a data/x && cp -r /home/node/.bashrc logs/\n`,
      {},
    ),
    'folders of another stage, of an archive and of a volume': project(
      `FROM node:22 AS build\nWORKDIR /out\nRUN make\n${node}ADD shop.tar.gz ./shop\nCOPY --from=build /out/web ./public/web\nVOLUME /app/uploads\nRUN chmod -R 755 public shop/bin2 public/web/x && touch shop/a/b uploads/c\nRUN cp shop/conf.json public/web/conf.json\n`,
      {'shop.tar.gz': 'x'},
    ),
    'what a build may make': project(
      `${node}COPY . .\nRUN npm ci && npm run build\nRUN cp build.json info.json && ls dist && chmod 755 cache && cd site && ls\n`,
      {'package.json': manifest({build: 'vite build'}), 'package-lock.json': '{}', 'vite.config.ts': ''},
    ),
    'what the Makefile makes': project(`${node}COPY . .\nRUN cp settings.json s.json\n`, {
      Makefile: 'deploy:\n\tdate > settings.json\n\tfly deploy\n',
    }),
    'files of the system and of the base image': project(
      'FROM golang:1.24\nWORKDIR /go/src/shop\nCOPY . .\nRUN ls /go/bin /srv && chmod -R 777 /go && sed -i s/a/b/ /etc/ssl/openssl.cnf && cp main.go /usr/local/share/\n',
      {'main.go': ''},
    ),
    'a script from an address that a deploy names': project(`${node}ARG URL\nADD \${URL} ./\nRUN chmod +x start.sh\n`, {
      'src/main.ts': '',
    }),
    'a script of a package that is unpacked here': project(
      'FROM debian:12-slim\nWORKDIR /srv/shop\nCOPY shop.deb .\nRUN dpkg-deb -x shop.deb . && chmod +x run/start.sh\n',
      {'shop.deb': ''},
    ),
    'a script of a package that is installed here': project(
      'FROM python:3.13\nWORKDIR /srv/shop\nRUN pip install --target . shop && chmod +x shop/start.sh\n',
      {},
    ),
    'a script of a repository that another program fetches': project(
      `${node}RUN git -C /app clone https://example.com/x && chmod +x x/start.sh\nRUN gh repo clone a/b . && chmod +x run.sh\n`,
      {},
    ),
    'a script that nobody has, behind what asks for it': project(
      `${node}COPY src src\nRUN chmod +x start.sh || true\nRUN [ -f start.sh ] && chmod +x start.sh; true\n`,
      {'src/main.ts': ''},
    ),
    'a script that a RUN makes': project(`${node}COPY src src\nRUN echo "node ." > start.sh\nRUN chmod +x start.sh\n`, {
      'src/main.ts': '',
    }),
    'a script that may be fetched': project(
      `${node}RUN git clone https://example.com/x .\nRUN chmod +x start.sh\n`,
      {},
    ),
    'a script that the base image may bring': project('FROM acme/base\nRUN chmod +x /app/start.sh\n', {}),
    'a script that plain base images bring at the top': project(
      'FROM nginx:1.27\nRUN chmod +x /docker-entrypoint.sh && ls /docker-entrypoint.d/20-envsubst-on-templates.sh\n',
      {},
    ),
    'a script that the JRE’s image brings at the top': project(
      'FROM eclipse-temurin:21-jre\nRUN cat /__cacert_entrypoint.sh\n',
      {},
    ),
    'a secret becomes the file': project(
      `${node}COPY src src\nRUN --mount=type=secret,id=build-env,target=/app/env.sh cat env.sh\n`,
      {'src/main.ts': ''},
    ),
    'an earlier build left it in a cache': project(
      `${node}COPY src src\nRUN --mount=type=cache,target=/app/.cache ls .cache/tool.sh\n`,
      {'src/main.ts': ''},
    ),
    'a script of the system': project(`${node}RUN chmod +x /usr/local/bin/docker-entrypoint.sh\n`, {}),
    'a script that the workflow makes': project(`${node}COPY . .\nRUN chmod +x start.sh\n`, {
      Makefile: 'deploy:\n\techo "node ." > start.sh\n\tfly deploy\n',
    }),
    'a script of a submodule': project(`${node}COPY . .\nRUN chmod +x tools/start.sh\n`, {'.gitmodules': ''}),
    'a script of another stage': project(
      `FROM node:22 AS build\nRUN make\n${node}COPY --from=build /out /app/\nRUN chmod +x start.sh\n`,
      {},
    ),
    'a file that a COPY brings a second time': project(
      `${node}COPY check.sh ./\nRUN chmod +x /app/check.sh\nCOPY check.sh /app/check.sh\n`,
      {'check.sh': ''},
    ),
    'a file that a RUN makes, and a later COPY replaces': project(
      `FROM node:22-slim\nRUN touch /app/check.sh && chmod +x /app/check.sh\nCOPY check.sh /app/check.sh\n`,
      {'check.sh': ''},
    ),
    'the schema of Prisma is in another member, and everybody says so': project(
      `${node}COPY . .\nRUN npm ci && npm run generate -w @shop/db && npx prisma generate --schema packages/db/prisma/schema.prisma && cd packages/db && npx prisma generate\n`,
      {
        'package.json': '{"workspaces": ["packages/*"]}',
        'package-lock.json': '{}',
        'packages/db/package.json': '{"name": "@shop/db", "scripts": {"generate": "prisma generate"}}',
        'packages/db/prisma/schema.prisma': '',
      },
    ),
    'the package manager goes to the member first': project(
      `${node}COPY . .\nRUN npx --workspace=db prisma generate && pnpm --filter db exec prisma generate && pnpm -C packages/db prisma generate\n`,
      {'package.json': '{}', 'packages/db/package.json': '{"name": "db"}', 'packages/db/prisma/schema.prisma': ''},
    ),
    'Prisma finds its schema by package.json, and with Yarn': project(
      `${node}COPY . .\nRUN npx prisma generate\nRUN cd api && yarn prisma generate\n`,
      {'package.json': '{"prisma": {"schema": "db/schema.prisma"}}', 'db/schema.prisma': '', 'api/package.json': '{}'},
    ),
    'everything is copied': project(`${node}COPY . .\nRUN npm run build\n`, {
      'package.json': manifest({build: 'vite build'}),
      'vite.config.ts': '',
    }),
    'the schema of Prisma is there when packages are installed': project(
      `${node}COPY package.json ./\nCOPY prisma prisma\nRUN npm install\n`,
      {'package.json': manifest({postinstall: 'prisma generate'}), 'prisma/schema.prisma': ''},
    ),
    'Prisma is told where its schema is': project(
      `${node}COPY package.json ./\nCOPY db db\nRUN npx prisma generate --schema=db/schema.prisma\n`,
      {'package.json': '{}', 'db/schema.prisma': '', 'prisma/schema.prisma': ''},
    ),
    'package.json says where the schema of Prisma is': project(
      `${node}COPY package.json ./\nCOPY db db\nRUN npx prisma generate\n`,
      {
        'package.json': '{"prisma": {"schema": "db/schema.prisma"}}',
        'db/schema.prisma': '',
        'prisma/schema.prisma': '',
      },
    ),
    'a configuration of Prisma may say it': project(
      `${node}COPY package.json prisma.config.ts ./\nCOPY db db\nRUN npx prisma generate\n`,
      {'package.json': '{}', 'prisma.config.ts': '', 'db/schema.prisma': '', 'prisma/schema.prisma': ''},
    ),
    'the project has no such file': project(`${node}COPY package.json ./\nCOPY src src\nRUN npx vite build\n`, {
      'package.json': '{}',
      'src/main.ts': '',
    }),
    'the folder above has the configuration of tsc': project(
      `${node}COPY tsconfig.json ./\nCOPY api api\nRUN cd api && npx tsc\n`,
      {'tsconfig.json': '', 'api/tsconfig.json.md': '', 'api/a.ts': ''},
    ),
    'tsc is given its files': project(`${node}COPY src src\nCOPY package.json ./\nRUN npx tsc src/a.ts\n`, {
      'package.json': '{}',
      'tsconfig.json': '',
      'src/a.ts': '',
    }),
    'an earlier RUN fetches the project': project(
      `${node}COPY package.json ./\nRUN git clone https://example.com/x . \nRUN npm run build\n`,
      {'package.json': manifest({build: 'tsc'}), 'tsconfig.json': ''},
    ),
    'an earlier RUN makes the file': project(
      `${node}COPY package.json ./\nRUN echo '{}' > tsconfig.json\nRUN npm run build\n`,
      {'package.json': manifest({build: 'tsc'}), 'tsconfig.json': ''},
    ),
    'the whole context is mounted': project(`${node}COPY package.json ./\nRUN --mount=target=. npx tsc\n`, {
      'package.json': '{}',
      'tsconfig.json': '',
    }),
    'the build may do without': project(`${node}COPY package.json ./\nRUN npx tsc || true\n`, {
      'package.json': '{}',
      'tsconfig.json': '',
    }),
    'in a part of the shell only': project(`${node}COPY web web\nRUN (cd web && ls) && npx tsc\n`, {
      'web/a.ts': '',
      'web/tsconfig.json': '',
      'tsconfig.json': '',
    }),
    'the install runs no scripts': project(`${node}COPY package.json ./\nRUN npm install --ignore-scripts\n`, {
      'package.json': manifest({postinstall: 'node scripts/setup.js'}),
      'scripts/setup.js': '',
    }),
    'the base image is somebody else’s': project(
      'FROM example/app\nWORKDIR /app\nCOPY package.json ./\nRUN npx tsc\n',
      {
        'package.json': '{}',
        'tsconfig.json': '',
      },
    ),
    'a script that the build makes': project(`${node}COPY package.json ./\nRUN node dist/setup.js\n`, {
      'package.json': '{}',
    }),
  },
  flagged: {
    "what stands behind a script is the script's, --check too": {
      ...project(`${node}COPY package.json ./\nCOPY web web\nRUN npm --prefix web run build\n`, {
        'package.json': manifest({'api:check': 'node scripts/api.mjs --check'}),
        'web/package.json': manifest({prebuild: 'npm --prefix .. run api:check', build: 'vite build'}),
        'scripts/api.mjs': '',
      }),
      expect: [
        'error Dockerfile:5:5 node scripts/api.mjs, which npm run api:check runs, stops without scripts/api.mjs: no COPY brings it to /app/scripts/api.mjs by then',
      ],
    },
    'a path from the top that is meant from the working directory': {
      ...project(
        'FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\nRUN dotnet publish "/Shop/Shop.csproj" -c Release -o /out\n',
        {'Shop/Shop.csproj': '<Project/>'},
      ),
      expect: [
        'error Dockerfile:4:5 dotnet publish stops without /Shop/Shop.csproj: the file stands at /src/Shop/Shop.csproj',
      ],
    },
    'Rails: no storage, which no task makes': {
      ...rails('', {}),
      expect: [
        'warning Dockerfile:14:5 chown stops without /rails/storage: the project has no file or folder storage, and nothing seen makes one',
      ],
    },
    'the settings of drizzle-kit in another stage': {
      ...project(
        `${node}COPY . .\nFROM node:22-slim\nWORKDIR /app\nCOPY package.json ./\nRUN npm install && npx drizzle-kit migrate --config ./db/drizzle.config.ts\n`,
        {'package.json': '{}', 'db/drizzle.config.ts': ''},
      ),
      expect: [
        'error Dockerfile:7:20 drizzle-kit migrate stops without db/drizzle.config.ts: no COPY brings it to /app/db/drizzle.config.ts by then',
      ],
    },
    'a schema that stands elsewhere, and pnpm deploy, which writes to another folder': {
      ...project(
        `${node}COPY . .\nRUN npm ci && pnpm --filter api --prod deploy /prod/api\nRUN npx prisma generate --schema prisma/schema.prisma\n`,
        {'package.json': '{}', 'apps/api/package.json': '{"name": "api"}', 'apps/api/prisma/schema.prisma': ''},
      ),
      expect: [
        'error Dockerfile:5:5 prisma generate stops without /app/prisma/schema.prisma: the file stands at /app/apps/api/prisma/schema.prisma',
      ],
    },
    'a schema that stands elsewhere, by a flag': {
      ...project(`${node}COPY . .\nRUN npm ci && npx prisma generate --schema prisma/schema.prisma\n`, {
        'package.json': '{}',
        'backend/prisma/schema.prisma': '',
      }),
      expect: [
        'error Dockerfile:4:15 prisma generate stops without /app/prisma/schema.prisma: the file stands at /app/backend/prisma/schema.prisma',
      ],
    },
    'a tool with a version, which a script of the install runs': {
      ...project(`${node}COPY package.json ./\nRUN npm install\nCOPY . .\n`, {
        'package.json': manifest({
          postinstall: 'npm run db:generate',
          'db:generate': 'npx -y prisma@6.19.2 generate --schema db/schema.prisma',
        }),
        'db/schema.prisma': '',
      }),
      expect: [
        'error Dockerfile:4:5 prisma generate, which npm run db:generate runs, stops without db/schema.prisma: no COPY brings it to /app/db/schema.prisma by then',
      ],
    },
    'the pages of Next.js import by an alias, and tsconfig.json stays behind': {
      ...aliased('COPY src ./src\n'),
      expect: [
        'error Dockerfile:6:5 next build, which npm run build runs, stops at the import of @/lib/price in src/app/page.tsx: tsconfig.json says what that is, and no COPY brings it to /app/tsconfig.json by then',
      ],
    },
    'so does the entry of a build by Bun': {
      ...aliased('COPY src ./src\n', {}, 'bun build src/app/page.tsx --outdir dist'),
      expect: [
        'error Dockerfile:6:5 bun build, which npm run build runs, stops at the import of @/lib/price in src/app/page.tsx: tsconfig.json says what that is, and no COPY brings it to /app/tsconfig.json by then',
      ],
    },
    '.dockerignore leaves out the tsconfig.json of the aliases': {
      ...aliased('COPY . .\n', {'.dockerignore': '*.json\n!package*.json\n'}),
      expect: [
        'error .dockerignore:1:1 next build, which npm run build runs, stops at the import of @/lib/price in src/app/page.tsx: tsconfig.json says what that is, and .dockerignore leaves it out of the build',
      ],
    },
    'a script of every package': {
      ...everywhere('pnpm -r build', schema),
      expect: [
        'error .dockerignore:1:1 tsx scripts/schema.ts, which pnpm run build runs, stops without packages/api/scripts/schema.ts: .dockerignore leaves it out of the build',
      ],
    },
    'of the packages in a folder': {
      ...everywhere('pnpm --filter "./packages/*" --parallel run build', schema),
      expect: [
        'error .dockerignore:1:1 tsx scripts/schema.ts, which pnpm run build runs, stops without packages/api/scripts/schema.ts: .dockerignore leaves it out of the build',
      ],
    },
    'through a script of the root': {
      ...everywhere('pnpm run all', schema),
      expect: [
        'error .dockerignore:1:1 tsx scripts/schema.ts, which pnpm run build runs, stops without packages/api/scripts/schema.ts: .dockerignore leaves it out of the build',
      ],
    },
    'by turbo': {
      ...everywhere('turbo run build --concurrency=2', schema),
      expect: [
        'error .dockerignore:1:1 tsx scripts/schema.ts, which turbo run build runs, stops without packages/api/scripts/schema.ts: .dockerignore leaves it out of the build',
      ],
    },
    'by Yarn': {
      ...everywhere('yarn workspaces foreach -Apt run build', schema),
      expect: [
        'error .dockerignore:1:1 tsx scripts/schema.ts, which yarn run build runs, stops without packages/api/scripts/schema.ts: .dockerignore leaves it out of the build',
      ],
    },
    'by Yarn 1': {
      ...everywhere('yarn workspaces run build', schema),
      expect: [
        'error .dockerignore:1:1 tsx scripts/schema.ts, which yarn run build runs, stops without packages/api/scripts/schema.ts: .dockerignore leaves it out of the build',
      ],
    },
    'in all workspaces of npm': {
      ...everywhere('npm run build --workspaces --if-present', schema),
      expect: [
        'error .dockerignore:1:1 tsx scripts/schema.ts, which npm run build runs, stops without packages/api/scripts/schema.ts: .dockerignore leaves it out of the build',
      ],
    },
    'what .dockerignore keeps away, however often scripts name it': {
      ...project(
        'FROM rust:1.70-slim\nWORKDIR /shop\nCOPY . .\nRUN set -eux; \\\n    export DEBIAN_FRONTEND=noninteractive; \\\n    apt update;\nRUN sed -i "s/DEV/PROD/" ./Cargo.toml\n',
        {
          '.dockerignore': 'target\nCargo.toml\n',
          'Cargo.toml': '[package]\n',
          'src/main.rs': 'fn main() {}\n',
          Makefile: 'run:\n\tcargo run --manifest-path Cargo.toml\n',
        },
      ),
      expect: ['error .dockerignore:2:1 sed stops without Cargo.toml: .dockerignore leaves it out of the build'],
    },
    'tsc, and a project of JavaScript': {
      ...compiled('tsc -b && vite build', parts, {
        'tsconfig.app.json': '{"include": ["src"]}',
        'src/app.jsx': '',
        'vite.config.ts': '',
      }),
      expect: [empty('tsc -b', 'tsconfig.app.json')],
    },
    'an install that compiles before the sources are there': {
      ...prepared('COPY *.json ./\nRUN npm install\nCOPY . .\n'),
      expect: [early(4, 'npm run build', 'tsconfig.json', 'src/main.ts')],
    },
    'a build before the sources are there': {
      ...prepared('COPY *.json ./\nRUN npm install --ignore-scripts\nRUN npm run build\nCOPY . .\n'),
      expect: [early(5, 'npm run build', 'tsconfig.json', 'src/main.ts')],
    },
    'an install of a workspace compiles a member': {
      ...members('RUN pnpm install'),
      expect: [early(7, 'the prepare script', 'lib/tsconfig.json', 'lib/index.ts')],
    },
    'an install in the folder of another member compiles it, too': {
      ...members('WORKDIR /app/api\nRUN pnpm install\nWORKDIR /app'),
      expect: [early(8, 'the prepare script', 'lib/tsconfig.json', 'lib/index.ts')],
    },
    'tsc looks in another folder': {
      ...compiled('tsc --noEmit', {include: ['src']}, {'app/main.ts': ''}),
      expect: [empty('tsc', 'tsconfig.json')],
    },
    'the schema of Prisma is in another member': {
      ...project(`${node}COPY . .\nRUN npm ci\nRUN npx prisma generate\n`, {
        'package.json': '{"workspaces": ["packages/*"]}',
        'package-lock.json': '{}',
        'packages/db/prisma/schema.prisma': '',
      }),
      expect: [
        'error Dockerfile:5:5 prisma generate stops without /app/prisma/schema.prisma: the file stands at /app/packages/db/prisma/schema.prisma',
      ],
    },
    'a template that nobody has': {
      ...project(`${node}COPY . .\nRUN cp .env.example .env\n`, {'src/main.ts': ''}),
      expect: [
        'warning Dockerfile:4:5 cp stops without /app/.env.example: the project has no file .env.example, and nothing seen makes one',
      ],
    },
    'folders that nobody has': {
      ...project(
        `${node}COPY . .\nRUN apt-get update && chmod -R 775 storage bootstrap/cache\nRUN cd web && npm ci\n`,
        {
          'src/main.ts': '',
        },
      ),
      expect: [
        'warning Dockerfile:4:23 chmod stops without /app/storage: the project has no file or folder storage, and nothing seen makes one',
        'warning Dockerfile:5:5 cd stops without /app/web: the project has no folder web, and nothing seen makes one',
      ],
    },
    'a folder in which a file is made': {
      ...project(`${node}COPY . .\nRUN touch data/shop.db\n`, {'src/main.ts': ''}),
      expect: [
        'warning Dockerfile:4:5 touch stops: there is no folder /app/data in which it could make /app/data/shop.db',
      ],
    },
    'a file that stands elsewhere': {
      ...project(`${node}COPY . .\nRUN chmod +x run.sh\n`, {'scripts/run.sh': ''}),
      expect: ['error Dockerfile:4:5 chmod stops without /app/run.sh: the file stands at /app/scripts/run.sh'],
    },
    'a file that is changed before it is brought': {
      ...project(`${node}COPY package.json ./\nRUN sed -i s/a/b/ src/main.ts\nCOPY . .\n`, {
        'package.json': '{}',
        'src/main.ts': '',
      }),
      expect: ['error Dockerfile:4:5 sed stops without src/main.ts: no COPY brings it to /app/src/main.ts by then'],
    },
    'what a build is given, and nobody has': {
      ...project(`${node}COPY . .\nRUN npm ci\nRUN node tools/icons.js\n`, {
        'package.json': '{}',
        'package-lock.json': '{}',
        'src/main.ts': '',
      }),
      expect: [
        'warning Dockerfile:5:5 node tools/icons.js stops without /app/tools/icons.js: the project has no file icons.js, and nothing seen makes one',
      ],
    },
    'the project of Maven is nowhere': {
      ...project('FROM maven:3-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn package\n', {'src/App.java': ''}),
      expect: [
        'warning Dockerfile:4:5 mvn package stops without /app/pom.xml: the project has no file pom.xml, and nothing seen makes one',
      ],
    },
    'the project of Maven is elsewhere, where its settings may lead': {
      ...project('FROM maven:3-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn package\n', {
        'backend/pom.xml': '<project/>',
        '.mvn/maven.config': '-f\nbackend/pom.xml\n',
      }),
      expect: [
        'warning Dockerfile:4:5 mvn package stops without /app/pom.xml: the file stands at /app/backend/pom.xml',
      ],
    },
    'a script that stands in a folder below': {
      ...project(
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install django\nRUN python manage.py collectstatic --noinput\n',
        {'backend/manage.py': ''},
      ),
      expect: [
        'error Dockerfile:5:5 python manage.py stops without /app/manage.py: the file stands at /app/backend/manage.py',
      ],
    },
    'a package of Go that nobody has': {
      ...project(`${go}COPY . .\nRUN go build -o /bin/shop ./cmd/shop\n`, {...goModule, 'cmd/web/main.go': ''}),
      expect: [
        'error Dockerfile:6:5 go build stops without /src/cmd/shop: the project has no folder shop, and nothing seen makes one',
      ],
    },
    'a package of Go that .dockerignore leaves out': {
      ...project(`${go}COPY . .\nRUN go build -o /bin/shop ./cmd/shop\n`, {
        ...goModule,
        'cmd/shop/main.go': '',
        '.dockerignore': '*.md\ncmd/shop\n',
      }),
      expect: ['error .dockerignore:2:1 go build stops without cmd/shop: .dockerignore leaves it out of the build'],
    },
    'a package of Go that a RUN may make': {
      ...project(`${go}COPY . .\nRUN go generate ./...\nRUN go build -o /bin/shop ./cmd/shop\n`, goModule),
      expect: [
        'warning Dockerfile:7:5 go build stops without /src/cmd/shop: the project has no folder shop, and nothing seen makes one',
      ],
    },
    'a script that nobody has': {
      ...project(`${node}COPY . .\nRUN mkdir -p /data && chmod +x ./scripts/start.sh\n`, {'src/main.ts': ''}),
      expect: [
        'error Dockerfile:4:23 chmod stops without /app/scripts/start.sh: the project has no file start.sh, and nothing seen makes one',
      ],
    },
    'a script whose name an argument says': {
      ...project(`${node}COPY . .\nARG SCRIPT=start.sh\nRUN chmod +x $SCRIPT\n`, {'src/main.ts': ''}),
      expect: [
        'warning Dockerfile:5:5 chmod stops without /app/start.sh: the project has no file start.sh, and nothing seen makes one',
      ],
    },
    'a script that nobody has, behind a build': {
      ...project(`${node}COPY . .\nRUN npm run build\nRUN cp start.sh /usr/local/bin/\n`, {
        'package.json': manifest({build: 'tsc'}),
        'tsconfig.json': '',
      }),
      expect: [
        'warning Dockerfile:5:5 cp start.sh stops without /app/start.sh: the project has no file start.sh, and nothing seen makes one',
      ],
    },
    'the schema of Prisma comes behind the install that generates': {
      ...project(`${node}COPY package.json ./\nRUN npm install\nCOPY . .\n`, {
        'package.json': manifest({postinstall: 'prisma generate'}),
        'prisma/schema.prisma': '',
      }),
      expect: [
        'error Dockerfile:4:5 prisma generate, which the postinstall script runs, stops without prisma/schema.prisma: no COPY brings it to /app/prisma/schema.prisma by then',
      ],
    },
    'a file that a COPY further down brings': {
      ...project('FROM node:22-slim\nRUN chmod +x /app/check.sh\nCOPY check.sh /app/check.sh\n', {'check.sh': ''}),
      expect: ['error Dockerfile:2:5 chmod stops without check.sh: no COPY brings it to /app/check.sh by then'],
    },
    'a folder whose content was laid beside the manifest': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nADD package.json package-lock.json other/patches ./\nRUN npm install\nADD . .\n',
        'package.json': '{"scripts": {"postinstall": "patch-package --patch-dir other/patches"}}',
        'package-lock.json': '{}',
        'other/patches/left-pad+1.0.0.patch': '',
      },
      expect: [
        'warning Dockerfile:4:5 patch-package, which the postinstall script runs, finds no patches, so that the packages stay as they are published: other/patches is in the project, and no COPY brings it to /app/other/patches by then',
      ],
    },
    'the configuration of the tool behind a script': {
      ...project(`${node}COPY package.json ./\nRUN npm install\nCOPY src src\nRUN npm run build\n`, {
        'package.json': manifest({build: 'run-s build:*', 'build:web': 'vite build'}),
        'vite.config.ts': '',
        'src/main.ts': '',
      }),
      expect: [
        'error Dockerfile:6:5 vite build, which npm run build:web runs, stops without vite.config.ts: no COPY brings it to /app/vite.config.ts by then',
      ],
    },
    'it builds something else': {
      ...project(`${node}COPY package.json index.html ./\nRUN npx vite build\n`, {
        'package.json': '{}',
        'index.html': '',
        'vite.config.ts': '',
      }),
      expect: [
        'warning Dockerfile:4:5 vite build goes on without it, with its defaults: vite.config.ts is in the project, and no COPY brings it to /app/vite.config.ts by then',
      ],
    },
    'an alias of mix': {
      ...project(
        'FROM hexpm/elixir:1.18.4-erlang-27.3-debian-bookworm-slim\nRUN apt-get install -y git tar && curl -fsSL https://deb.example/setup | bash -\nWORKDIR /app\nCOPY mix.exs package.json ./\nCOPY assets assets\nRUN mix assets.deploy\n',
        {'mix.exs': mix, 'package.json': '{}', 'assets/app.js': '', 'vite.config.mjs': ''},
      ),
      expect: [
        'error Dockerfile:6:5 vite build, which mix assets.deploy runs, stops without vite.config.mjs: no COPY brings it to /app/vite.config.mjs by then',
      ],
    },
    'an install script of the project': {
      ...project(`${node}COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n`, {
        'package.json': manifest({postinstall: 'node scripts/setup.js'}),
        'package-lock.json': '{}',
        'scripts/setup.js': '',
      }),
      expect: [
        'error Dockerfile:4:5 node scripts/setup.js, which the postinstall script runs, stops without scripts/setup.js: no COPY brings it to /app/scripts/setup.js by then',
      ],
    },
    'patches that are not applied': {
      ...project(`${node}COPY package.json ./\nRUN npm install\n`, {
        'package.json': manifest({postinstall: 'patch-package'}),
        'patches/a+1.0.0.patch': '',
      }),
      expect: [
        'warning Dockerfile:4:5 patch-package, which the postinstall script runs, finds no patches, so that the packages stay as they are published: patches is in the project, and no COPY brings it to /app/patches by then',
      ],
    },
    'a member of a workspace': {
      ...project(
        `${node}COPY package.json ./\nCOPY apps/web/package.json apps/web/\nCOPY apps/web/src apps/web/src\nRUN pnpm --filter @shop/web run build\n`,
        {
          'package.json': '{"name": "root"}',
          'apps/web/package.json': JSON.stringify({name: '@shop/web', scripts: {build: 'tsc -b'}}),
          'apps/web/src/a.ts': '',
          'apps/web/tsconfig.json': '',
        },
      ),
      expect: [
        'error Dockerfile:6:5 tsc, which pnpm run build runs, stops without apps/web/tsconfig.json: no COPY brings it to /app/apps/web/tsconfig.json by then',
      ],
    },
    '.dockerignore leaves it out': {
      ...project(`${node}COPY . .\nRUN npx tsc\n`, {
        '.dockerignore': 'node_modules\ntsconfig*.json\n',
        'package.json': '{}',
        'tsconfig.json': '',
      }),
      expect: ['error .dockerignore:2:1 tsc stops without tsconfig.json: .dockerignore leaves it out of the build'],
    },
    'a script that is made executable too early': {
      ...project(`${node}COPY package.json ./\nRUN chmod +x bin/start.sh\nCOPY . .\n`, {
        'package.json': '{}',
        'bin/start.sh': '',
      }),
      expect: ['error Dockerfile:4:5 chmod stops without bin/start.sh: no COPY brings it to /app/bin/start.sh by then'],
    },
    'the migrations of a release': {
      ...project('FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY mix.exs ./\nCOPY lib lib\nRUN mix release\n', {
        'mix.exs': '',
        'lib/shop.ex': '',
        'priv/repo/migrations/20250101000000_orders.exs': '',
      }),
      expect: [
        'warning Dockerfile:6:5 mix release makes the release without its migrations, so that none is run: priv/repo/migrations is in the project, and no COPY brings it to /app/priv/repo/migrations by then',
      ],
    },
    'the styles of Phoenix, whose folder tasks are called after': {
      ...project(
        'FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY mix.exs ./\nRUN mix assets.setup\nCOPY lib lib\nRUN mix assets.deploy\n',
        {
          'mix.exs':
            'defp aliases do\n    ["assets.setup": ["tailwind.install"], "assets.deploy": ["tailwind shop --minify", "phx.digest"]]\n  end\n',
          'lib/shop.ex': '',
          'assets/css/app.css': '',
        },
      ),
      expect: [
        'error Dockerfile:7:5 mix tailwind, which mix assets.deploy runs, stops without assets: no COPY brings it to /app/assets by then',
      ],
    },
    'the scripts of a release': {
      ...project(
        'FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY mix.exs ./\nCOPY lib lib\nRUN mix release\nCOPY rel rel\n',
        {'mix.exs': '', 'lib/shop.ex': '', 'rel/overlays/bin/server': ''},
      ),
      expect: [
        'warning Dockerfile:6:5 mix release makes the release without its scripts, bin/server and bin/migrate among them: rel is in the project, and no COPY brings it to /app/rel by then',
      ],
    },
  },
})
