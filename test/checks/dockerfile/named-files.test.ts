import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import namedFiles from '../../../checks/dockerfile/named-files.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, files: Record<string, string>) => ({
  files: {'fly.toml': 'app = "shop"', Dockerfile: dockerfile, ...files},
})
const go = 'FROM golang:1.25\nWORKDIR /src\n'
const templ = {
  'go.mod': 'module example.com/shop\n',
  'main.go': 'package main\n\nimport "example.com/shop/views"\n',
  'views/page.templ': 'package views\n',
}
const goFiles = {
  'go.mod': 'module example.com/shop\n',
  'main.go': 'package main\n\nimport "example.com/shop/web"\n',
  'web/web.go': 'package web\n\nimport (\n\t"fmt"\n\tdb "example.com/shop/internal/db"\n)\n',
  'internal/db/db.go': 'package db\n',
}
const deno = 'FROM denoland/deno:2.0.0\nWORKDIR /app\n'
const denoFiles = {
  'main.ts': 'import {start} from "$fresh/server.ts"\nimport * as home from "./routes/home.tsx"\n',
  'routes/home.tsx':
    'import type {Order} from "../types/order.ts"\nimport {Footer} from "../components/Footer.tsx"\nexport default Footer\n',
  'components/Footer.tsx': '',
  'types/order.ts': '',
}
const rust = 'FROM rust:1\nWORKDIR /src\n'
const workspace = '[workspace]\nmembers = [\n  "api", # the server\n  "db",\n]\n'
const python = 'FROM python:3.12\nWORKDIR /app\n'
const hatch = '[project]\nname = "my-shop"\nreadme = "README.md"\n\n[build-system]\nbuild-backend = "hatchling.build"\n'
/** A server that tsc compiles, and that imports a file of the folder beside it. */
const tsc = (
  copy: string,
  source = "import {themes} from '../shared/themes.js'\n",
  more: Record<string, string> = {},
) =>
  project(
    `FROM node:22\nWORKDIR /app\nCOPY package.json tsconfig.json ./\nRUN npm install\nCOPY server server\n${copy}RUN npx tsc -p tsconfig.json\n`,
    {
      'package.json': '{"devDependencies": {"typescript": "5.9.3"}}',
      'tsconfig.json': '{"compilerOptions": {"outDir": "dist"}, "include": ["server"]}',
      'server/index.ts': source,
      'shared/themes.ts': 'export const themes = []\n',
      ...more,
    },
  )
/** Pages that Vite builds in the folder of a workspace that they stand in. */
const vite = (
  copy: string,
  source = "import {themes} from '../../shared/themes.js'\n\nconsole.log(themes)\n",
  more = {},
) =>
  project(
    `FROM node:22\nWORKDIR /app/web\nCOPY web/package.json ./\nRUN npm install\nCOPY web ./\n${copy}RUN npm run build\n`,
    {
      'web/package.json': '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "7.1.0"}}',
      'web/index.html': '<script type="module" src="/src/main.js"></script>\n',
      'web/src/main.js': source,
      'shared/themes.js': 'export const themes = []\n',
      ...more,
    },
  )
/** A workspace of uv, whose top needs `core`. */
const members = (copy: string, sync = 'uv sync --frozen', core = '', ignored = '') =>
  project(`${python}COPY pyproject.toml uv.lock ./\n${copy}RUN ${sync}\n`, {
    '.dockerignore': ignored,
    'pyproject.toml':
      '[project]\nname = "shop"\ndependencies = ["django", "shop-core"]\n\n[tool.uv.workspace]\nmembers = ["packages/*"]\n\n[tool.uv.sources]\nshop_core = {workspace = true}\n',
    'uv.lock': '',
    'packages/core/pyproject.toml': core || hatch.replace('my-shop', 'shop-core'),
    'packages/core/README.md': '',
    'packages/core/src/shop_core/__init__.py': '',
    'packages/extra/pyproject.toml': hatch.replace('my-shop', 'extra'),
    'packages/extra/README.md': '',
    'packages/extra/src/extra/__init__.py': '',
  })
const uv = (dependencies: string, more: string) =>
  `[project]\nname = "shop"\ndependencies = [${dependencies}]\n${more}[tool.uv.sources]\nmy-ui = {path = "../ui"}\n`
const poetry = '[tool.poetry]\nname = "shop"\nreadme = "README.md"\n'
const yarnFiles = {
  'package.json': '{}',
  '.yarnrc.yml':
    'plugins:\n  - path: .yarn/plugins/tools.cjs\n    spec: tools\n\nyarnPath: .yarn/releases/yarn-3.1.1.cjs\n',
  '.yarn/plugins/tools.cjs': '',
  '.yarn/releases/yarn-3.1.1.cjs': '',
}

const node = (install: string) => `FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN ${install}\nCOPY . .\n`
const manifest = (dependencies: object, more: object = {}) => ({
  'package.json': JSON.stringify({dependencies, ...more}),
})
const local = {'vendor/ui/package.json': '{}', 'vendor/ui-1.0.0.tgz': '', 'patches/ms.patch': ''}
const elixir = (copies: string, module: string, more: Record<string, string> = {}) =>
  project(`FROM elixir:1.18-slim\nWORKDIR /app\nCOPY mix.exs ./\nCOPY lib lib\n${copies}RUN mix compile\n`, {
    'mix.exs': '',
    'lib/shop/terms.ex': `defmodule Shop.Terms do\n${module}end\n`,
    'README.md': '',
    'legal/terms.md': '',
    ...more,
  })

/** A workspace of which a stage keeps what one app needs. */
const pruned = (copies: string, files: Record<string, string> = {}, prune = 'turbo prune @shop/api --docker') =>
  project(
    `FROM node:22-alpine AS base\nRUN npm install -g pnpm@9 turbo@2\nFROM base AS pruner\nWORKDIR /app\nCOPY . .\nRUN ${prune}\nFROM base\nWORKDIR /app\nCOPY --from=pruner /app/out/json/ .\nRUN pnpm install --frozen-lockfile\nCOPY --from=pruner /app/out/full/ .\n${copies}RUN pnpm turbo run build --filter=@shop/api...\n`,
    {
      'package.json': '{"name": "shop", "packageManager": "pnpm@9.0.0", "devDependencies": {"turbo": "^2"}}',
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n',
      'pnpm-lock.yaml': 'lockfileVersion: "9.0"\n',
      'turbo.json': '{"tasks": {"build": {"dependsOn": ["^build"]}}}',
      'tsconfig.base.json': '{}',
      'apps/api/package.json':
        '{"name": "@shop/api", "scripts": {"build": "tsc"}, "devDependencies": {"@shop/tsconfig": "workspace:*"}}',
      'apps/api/tsconfig.json': '{"extends": "../../tsconfig.base.json"}',
      'packages/tsconfig/package.json': '{"name": "@shop/tsconfig"}',
      'packages/tsconfig/base.json': '{}',
      'packages/ui/package.json': '{"name": "@shop/ui"}',
      'packages/ui/base.json': '{}',
      ...files,
    },
  )
const rails = (copies: string, ignored = '') =>
  project(`FROM ruby:3.4\nWORKDIR /rails\n${copies}RUN ./bin/rails assets:precompile\n`, {
    '.dockerignore': ignored,
    'bin/rails':
      '#!/usr/bin/env ruby\nAPP_PATH = File.expand_path("../config/application", __dir__)\nrequire_relative "../config/boot"\nrequire "rails/commands"\n',
    'config/boot.rb': 'require "bundler/setup"\n',
    'config/application.rb': 'require_relative "boot"\nrequire "rails/all"\nrequire_relative "../lib/shop/tenants"\n',
    'lib/shop/tenants.rb': '',
  })
const phoenix = (ignored: string) =>
  project('FROM elixir:1.18-slim\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN mix compile\n', {
    '.dockerignore': ignored,
    'mix.exs': 'defmodule Shop.MixProject do\n  def project, do: [app: :shop, deps: deps()]\nend\n',
    'lib/shop.ex': 'defmodule Shop do\nend\n',
    'config/config.exs': 'import Config\n',
  })

const crate = (source: string, copies = '', more: Record<string, string> = {}, run = 'cargo build --release') =>
  project(`${rust}COPY Cargo.toml ./\nCOPY src src\n${copies}RUN ${run}\n`, {
    'Cargo.toml': '[package]\nname = "shop"\n',
    'src/main.rs': source,
    'migrations/1.sql': '',
    'assets/logo.svg': '',
    'README.md': '',
    ...more,
  })
const swift = (copies: string, manifest: string) =>
  project(`FROM swift:6.1\nWORKDIR /build\n${copies}WORKDIR /build/Server\nRUN swift package resolve\n`, {
    'Server/Package.swift': manifest,
    'Shared/Package.swift': '',
  })
const server =
  'let package = Package(\n  dependencies: [\n    .package(path: "../Shared"),\n  ],\n  targets: [.executableTarget(name: "Server")]\n)\n'

const targets =
  'let package = Package(targets: [\n  .target(name: "Core"),\n  .executableTarget(name: "App", dependencies: ["Core"]),\n  .testTarget(name: "AppTests", path: "Tests/Unit"),\n])\n'
const swiftTargets = (copies: string, run = 'swift build -c release', more: Record<string, string> = {}) =>
  project(`FROM swift:6.1\nWORKDIR /build\nCOPY Package.swift ./\n${copies}RUN ${run}\n`, {
    'Package.swift': targets,
    'Sources/Core/Core.swift': '',
    'Sources/App/App.swift': '',
    'Tests/Unit/AppTests.swift': '',
    ...more,
  })

const gradle = (copies: string, build = 'plugins {\n  alias(libs.plugins.ktor)\n}\n') =>
  project(`FROM gradle:9.3\nWORKDIR /src\n${copies}RUN gradle build\n`, {
    'build.gradle.kts': build,
    'settings.gradle.kts': '',
    'gradle/libs.versions.toml': '',
  })

const listing = {
  setuptools: (packages: string) =>
    `[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "shop"\nversion = "1"\n[tool.setuptools]\npackages = [${packages}]\n`,
  poetry: (packages: string) =>
    `[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n[tool.poetry]\nname = "shop"\npackages = [${packages}]\n`,
}

const laravel =
  "#!/usr/bin/env php\n<?php\nrequire __DIR__.'/vendor/autoload.php';\n$app = require_once __DIR__.'/bootstrap/app.php';\n"
/** The scripts of Flex's skeleton, and one more. */
const symfony = (script: string) =>
  `{"require": {"symfony/console": "7.*"}, "scripts": {"auto-scripts": {"cache:clear": "symfony-cmd"}, ${script}}}`

/** Projects of TypeScript that have their settings of the one above them, which names all of them. */
const projects = {
  'package.json': JSON.stringify({name: 'shop', workspaces: ['api', 'jobs', 'db']}),
  'tsconfig.json': JSON.stringify({files: [], references: [{path: './api'}, {path: './jobs'}]}),
  'api/package.json': JSON.stringify({name: 'api', scripts: {build: 'tsc -b'}}),
  'api/tsconfig.json': JSON.stringify({extends: '../tsconfig.json', references: [{path: '../db'}], include: ['src']}),
  'api/src/index.ts': '',
  'jobs/tsconfig.json': JSON.stringify({include: ['src']}),
  'db/tsconfig.json': JSON.stringify({include: ['src']}),
}

/** A solution of two projects, of which one is copied. */
const solution = (copied: string, restore: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\n${copied}COPY Shop/Shop.csproj Shop/\nRUN ${restore}\n`,
    'Shop.slnx': '<Solution><Project Path="Shop/Shop.csproj" /><Project Path="Tests/Tests.csproj" /></Solution>\n',
    'Shop/Shop.csproj': '<Project />\n',
    'Tests/Tests.csproj': '<Project />\n',
    ...more,
  },
})

/** Settings that another member of the workspace has. */
const extending = (copies: string, settings = '@shop/tsconfig/base.json', more: Record<string, string> = {}) =>
  project(
    `FROM node:22-slim\nWORKDIR /app\nCOPY package.json ./\nCOPY web/package.json web/\nCOPY tsconfig/package.json tsconfig/\nRUN npm install\n${copies}COPY web web\nRUN npm run build -w web\n`,
    {
      'package.json': '{"workspaces": ["web", "tsconfig"]}',
      'tsconfig/package.json': '{"name": "@shop/tsconfig"}',
      'tsconfig/base.json': '{}',
      'web/package.json': '{"name": "web", "scripts": {"build": "tsc"}, "devDependencies": {"@shop/tsconfig": "*"}}',
      'web/tsconfig.json': `{\n  "extends": "${settings}"\n}\n`,
      'web/main.ts': '',
      ...more,
    },
  )

testCheck(namedFiles, {
  clean: {
    'settings of a member that is copied': extending('COPY tsconfig tsconfig\n'),
    'settings of a package of the registry': extending('', '@tsconfig/node22/tsconfig.json'),
    'settings of a package, and no file of it': extending('', '@shop/tsconfig'),
    'members that are laid into node_modules as files': extending('', '@shop/tsconfig/base.json', {
      '.npmrc': 'install-links=true\n',
    }),
    'settings of a member that a RUN writes': extending('RUN echo "{}" > tsconfig/base.json\n'),
    'a build that another one makes up for': project(
      `${rust}COPY Cargo.toml ./\nCOPY api api\nRUN cargo build -q || cargo build -q -p api --offline\n`,
      {
        'Cargo.toml': workspace,
        'api/Cargo.toml': '[package]\nname = "api"\n',
        'api/src/main.rs': 'fn main() {}\n',
        'db/Cargo.toml': '[package]\nname = "db"\n',
      },
    ),
    'Vite, and what it imports is copied': vite('COPY shared ../shared\n'),
    'Vite, and a RUN may bring what it imports': vite('RUN curl -L https://shop.test/all.tgz | tar x -C ..\n'),
    'Vite, and a file that may be missing': vite('', "import('../../shared/themes.js').catch(() => {})\n"),
    'tsc, and what it imports is copied': tsc('COPY shared shared\n'),
    'tsc, and a RUN may bring what it imports': tsc('RUN curl -L https://shop.test/all.tgz | tar x\n'),
    'tsc, which is told to overlook it': tsc('', "// @ts-ignore\nimport {themes} from '../shared/themes'\n"),
    'tsc, and a file that is required by a call': tsc('', "require('../shared/themes')\n"),
    'tsc, and a file that is only run': tsc('', "import '../shared/themes'\n"),
    'tsc, and a picture, which a declaration stands for': tsc('', "import logo from '../shared/logo.svg'\n", {
      'shared/logo.svg': '',
    }),
    'tsc, and the type of a file': tsc('', "import type {Theme} from '../shared/themes'\n"),
    'tsc, and a file that the project does not have': tsc('', "import {themes} from '../other/themes'\n"),
    'settings that are not those that tsc is told to build, or to take': project(
      'FROM node:22\nWORKDIR /app\nCOPY tsconfig.json package.json ./\nCOPY api api\nCOPY db db\nRUN npx tsc -b api --verbose && npx tsc -b --force ./api/ && npx tsc --build db/tsconfig.json && npx tsc -p api\n',
      projects,
    ),
    'what the settings that a project extends refer to, which it does not inherit': project(
      'FROM node:22\nWORKDIR /app\nCOPY tsconfig.json package.json ./\nCOPY api api\nCOPY db db\nWORKDIR /app/api\nRUN npx tsc -b\n',
      projects,
    ),
    'what turbo prune leaves out and a COPY brings': pruned('COPY tsconfig.base.json ./\n'),
    'what turbo prune takes along: a member that is needed, and the patches': pruned('', {
      'apps/api/tsconfig.json': '{"extends": "../../packages/tsconfig/base.json"}',
      'pnpm-workspace.yaml':
        'packages:\n  - apps/*\n  - packages/*\npatchedDependencies:\n  ms@2.1.3: patches/ms@2.1.3.patch\n',
      'patches/ms@2.1.3.patch': '',
    }),
    'a folder that another RUN writes into behind turbo prune': pruned(
      '',
      {},
      'turbo prune @shop/api --docker && cp tsconfig.base.json out/full/',
    ),
    'global files that turbo prune is told to keep': pruned('', {
      'turbo.json':
        '{"tasks": {"build": {}}, "globalDependencies": ["tsconfig.base.json"], "futureFlags": {"pruneIncludesGlobalFiles": true}}',
    }),
    'all that Rails requires': rails('COPY . .\n'),
    'Rails without a file that nothing requires': rails('COPY . .\n', 'lib/tasks\nREADME.md\n'),
    'a library that a COPY brings later to the place': rails('COPY bin bin\nCOPY config config\nCOPY lib lib\n'),
    'what mix.exs reads for a task of its own, or asks for first': project(
      'FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY mix.exs ./\nRUN mix deps.get\n',
      {
        'mix.exs':
          'defmodule Shop.MixProject do\n  use Mix.Project\n\n  def project do\n    [app: :shop, aliases: [notes: &notes/1]]\n  end\n\n  defp notes(_) do\n    IO.puts(File.read!("NOTES.md"))\n  end\n\n  defp version do\n    # File.read!("VERSION")\n    "1.0.0"\n  end\nend\n\nif File.exists?("own.exs"), do: Code.require_file("own.exs")\n',
        'NOTES.md': '',
        VERSION: '1.0.0',
        'own.exs': '',
      },
    ),
    'a configuration of mix that is asked for first': project(
      'FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN mix compile\n',
      {
        'mix.exs': '',
        'config/config.exs':
          'import Config\nif File.exists?("config/prod.secret.exs") do\n  import_config "prod.secret.exs"\nend\n',
      },
    ),
    'a configuration of mix that a RUN writes': project(
      'FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN touch config/prod.secret.exs\nRUN mix compile\n',
      {'mix.exs': '', 'config/config.exs': 'import Config\nimport_config "prod.secret.exs"\n'},
    ),
    'all that mix compiles': phoenix('_build\ndeps\n'),
    'uv looks at no source': project(`${python}COPY . .\nRUN uv sync --no-sources\n`, {
      'pyproject.toml': uv('"ui"', ''),
    }),
    'a sibling that a RUN fetches, another stage brings, or the base may have': project(
      `FROM python:3.12 AS shared\nWORKDIR /shared\nRUN git clone https://example.com/shared .\n${python}COPY --from=shared /shared /shared\nCOPY . .\nRUN pip install -r requirements.txt\n`,
      {'requirements.txt': '-e ../shared\nflask\n'},
    ),
    'a sibling that the folder has after all': project(
      'FROM python:3.12\nWORKDIR /app/api\nCOPY shared /app/shared\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\n',
      {'requirements.txt': '-e ../shared\nflask\n', 'shared/setup.py': ''},
    ),
    'a manifest that a RUN writes anew': project(
      node("cd /app && echo '{}' > ./package.json && bun install").replace('node:22', 'oven/bun:1'),
      {...manifest({}, {patchedDependencies: {'ms@2.1.3': 'patches/ms.patch'}}), ...local},
    ),
    'a catalog of versions in its place': gradle('COPY *.kts ./\nCOPY gradle gradle\n'),
    'a catalog of versions in a text': gradle('COPY *.kts ./\n', "description = 'the jars in libs.zip'\n"),
    'a catalog of versions that the build does not use': gradle(
      'COPY *.kts ./\n',
      '// implementation(libs.ktor)\ndependencies { implementation(fileTree("libs")) }\n',
    ),
    'a package of Swift that is copied': swift('COPY Server Server\nCOPY Shared Shared\n', server),
    'a package of Swift in a comment': swift('COPY Server Server\n', server.replace('.package', '// .package')),
    'a folder of each target of Swift': swiftTargets('COPY Sources Sources\nCOPY Tests Tests\n'),
    'targets of Swift that are resolved only': swiftTargets('COPY Sources Sources\n', 'swift package resolve'),
    'a target of Swift that has no folder here': swiftTargets('COPY Sources Sources\nCOPY Tests Tests\n', undefined, {
      'Package.swift': targets.replace('path: "Tests/Unit"', 'path: "Generated"'),
    }),
    'migrations that are compiled in': crate('sqlx::migrate!().run(&pool)', 'COPY migrations migrations\n'),
    'pages that another stage makes': project(
      `FROM node:22 AS web\nWORKDIR /web\nCOPY web .\nRUN npm run build\n${rust}COPY Cargo.toml ./\nCOPY src src\nCOPY --from=web /web/dist web/dist\nRUN cargo build\n`,
      {
        '.dockerignore': '**/dist\n',
        'Cargo.toml': '[package]\nname = "shop"\n',
        'src/main.rs':
          '#[derive(RustEmbed)]\n#[folder = "web/dist/"]\nstruct Pages;\nconst A: &str = include_str!("../web/dist/index.html");\n',
        'web/package.json': '{}',
        'web/dist/index.html': '',
      },
    ),
    'modules beside, in folders and in the file': crate(
      'mod orders;\npub(crate) mod users;\nmod inner {\n    mod x;\n}\nfn main() {}\n',
      '',
      {
        'src/orders.rs': 'mod lines;\n',
        'src/orders/lines.rs': '',
        'src/users/mod.rs': 'mod roles;\n',
        'src/users/roles.rs': '',
      },
    ),
    'a module with an attribute, or of a macro': crate(
      '#[path = "else.rs"]\nmod orders;\n#[cfg(windows)]\nmod win;\n// mod a;\n/*\nmod b;\n*/\nfn main() {}\n',
    ),
    'modules that build.rs may write': crate('mod schema;\nfn main() {}\n', 'COPY build.rs ./\n', {
      'build.rs': 'fn main() { std::fs::write("src/schema.rs", "").unwrap(); }\n',
    }),
    'modules of a program beside': crate('fn main() {}\n', '', {
      'src/bin/tool.rs': 'mod part;\nfn main() {}\n',
      'src/bin/part.rs': '',
    }),
    'a file that build.rs writes before': crate('fn main() { include_str!("../README.md"); }\n', 'COPY build.rs ./\n', {
      'build.rs': 'fn main() { std::fs::write("README.md", "").unwrap(); }\n',
    }),
    'a file that a test takes in': crate(
      'fn main() {}\n#[tokio::test]\nasync fn reads() { include_str!("../README.md"); }\n',
    ),
    'a macro that is not used, and a text': crate(
      'macro_rules! a {\n  () => { include_str!("../README.md") }\n}\nfn main() { f(r#"include_str!("../README.md")"#); }\n',
    ),
    'a file for the documentation': crate(
      '#![cfg_attr(\n  doc,\n  doc = include_str!("../README.md")\n)]\nfn main() {}\n',
    ),
    'templates in a folder that askama.toml names': crate(
      '#[template(path = "a.html")]\nstruct A;\n',
      'COPY views views\n',
      {
        'askama.toml': '[general]\ndirs = ["views"]\n',
        'views/a.html': '',
        'templates/a.html': '',
      },
    ),
    'a program that is built with a feature alone': crate('fn main() {}\n', 'COPY tools/gen.rs tools/\n', {
      'Cargo.toml':
        '[package]\nname = "shop"\n\n[[bin]]\nname = "gen"\npath = "tools/gen.rs"\nrequired-features = ["gen"]\n',
      'tools/gen.rs': 'fn main() { include_str!("../README.md"); }\n',
    }),
    'another program than the one that is built': project(`${rust}COPY . .\nRUN cargo build --release --bin shop\n`, {
      '.dockerignore': 'src/gen.rs\n',
      'Cargo.toml':
        '[package]\nname = "shop"\n\n[[bin]]\nname = "shop"\npath = "src/shop.rs"\n\n[[bin]]\nname = "gen"\npath = "src/gen.rs"\n',
      'src/shop.rs': 'fn main() {}\n',
      'src/gen.rs': 'fn main() {}\n',
    }),
    'targets that are there, or whose file is another': project(
      `${rust}COPY Cargo.toml ./\nCOPY src src\nCOPY benches benches\nRUN mkdir -p examples && echo 'fn main() {}' > examples/demo.rs && cargo build\n`,
      {
        'Cargo.toml':
          '[package]\nname = "shop"\n\n[[bin]]\nname = "shop"\n\n[[bench]]\nname = "pack"\n\n[[test]]\nname = "all"\npath = "checks/all.rs"\n\n[[example]]\nname = "demo"\n',
        'src/main.rs': 'fn main() {}\n',
        'benches/pack.rs': '',
        'checks/all.rs': '',
        'examples/demo.rs': '',
      },
    ),
    'a member of a folder that the workspace leaves out': project(
      `${rust}COPY Cargo.toml ./\nCOPY api api\nCOPY crates/db/Cargo.toml crates/db/\nRUN mkdir crates/db/src && touch crates/db/src/lib.rs && cargo build\n`,
      {
        'Cargo.toml': '[workspace]\nmembers = ["api", "crates/*"]\nexclude = ["crates/db"]\n',
        'api/Cargo.toml': '[package]\nname = "api"\n',
        'api/src/main.rs': 'fn main() {}\n',
        'crates/db/Cargo.toml': '[package]\nname = "db"\n\n[[bench]]\nname = "pack"\n',
        'crates/db/benches/pack.rs': '',
      },
    ),
    'a program of the same that is not there': crate('fn main() {}\n', '', {
      'Cargo.toml':
        '[package]\nname = "shop"\n\n[[bin]]\nname = "gen"\npath = "tools/gen.rs"\nrequired-features = ["gen"]\n',
      'tools/gen.rs': '',
    }),
    'what a program of a library takes in': project(`${rust}COPY . .\nRUN cargo build -p api\n`, {
      '.dockerignore': 'data\n',
      'Cargo.toml': '[workspace]\nmembers = ["api", "db"]\n',
      'api/Cargo.toml': '[package]\nname = "api"\n\n[dependencies]\ndb = { path = "../db" }\n',
      'api/src/main.rs': 'fn main() {}\n',
      'db/Cargo.toml': '[package]\nname = "db"\n',
      'db/src/lib.rs': '',
      'db/src/bin/seed.rs': 'fn main() { include_str!("../../../data/seed.sql"); }\n',
      'data/seed.sql': '',
    }),
    'a file that the tests take in': crate(
      '#[cfg(test)]\nmod tests {\n  const A: &str = include_str!("../README.md");\n}\n',
    ),
    'a file for the documentation alone': crate('#![cfg_attr(doc, doc = include_str!("../README.md"))]\n'),
    'a file that a source takes in which is no module': crate('fn main() {}\n', '', {
      'src/old.rs': 'const A: &str = include_str!("../README.md");\n',
    }),
    'a source beside the one that takes it in': crate('include!("routes.rs");\n', '', {'src/routes.rs': ''}),
    'a folder that is made by the build': crate('#[derive(Embed)]\n#[folder = "dist/"]\nstruct Assets;\n'),
    'a comment': crate('// sqlx::migrate!("./migrations")\n'),
    'the build of a layer of dependencies': project(
      `${rust}COPY Cargo.toml ./\nRUN mkdir src && echo 'fn main() {}' > src/main.rs && cargo build --release\nCOPY . .\nRUN cargo build --release\n`,
      {'Cargo.toml': '[package]\nname = "shop"\n', 'src/main.rs': 'sqlx::migrate!();\n', 'migrations/1.sql': ''},
    ),
    'a member that is not built': project(
      `${rust}COPY Cargo.toml ./\nCOPY api api\nCOPY db db\nRUN cargo build -p api\n`,
      {
        'Cargo.toml': workspace,
        'api/Cargo.toml': '[package]\nname = "api"\n',
        'api/src/main.rs': '',
        'db/Cargo.toml': '[package]\nname = "db"\n',
        'db/src/lib.rs': 'const A: &str = include_str!("../../README.md");\n',
        'README.md': '',
      },
    ),
    'a file that a module reads when it is compiled': elixir(
      'COPY legal legal\n',
      '  @terms File.read!("legal/terms.md")\n',
    ),
    'a folder that a module publishes': elixir(
      'COPY posts posts\n',
      '  use NimblePublisher,\n    build: Shop.Post,\n    from: "posts/**/*.md",\n    as: :posts\n',
      {'posts/2024/a.md': ''},
    ),
    'a folder that a module goes through': elixir(
      'COPY posts posts\n',
      '  for file <- Path.wildcard("posts/*.md") do\n    @external_resource file\n  end\n',
      {'posts/a.md': ''},
    ),
    'a folder that is only watched, and one of a module that looks again': elixir(
      '',
      '  @external_resource Path.wildcard("posts/*.md")\n',
      {
        'posts/a.md': '',
        'lib/shop/posts.ex':
          'defmodule Shop.Posts do\n  @posts Path.wildcard("posts/*.md")\n  def __mix_recompile__?, do: Path.wildcard("posts/*.md") != @posts\nend\n',
        'lib/mix/tasks/posts.ex': 'defmodule Mix.Tasks.Posts do\n  @posts Path.wildcard("posts/*.md")\nend\n',
      },
    ),
    'a folder that a function goes through': elixir('', '  def all, do: Path.wildcard("posts/*.md")\n', {
      'posts/a.md': '',
    }),
    'a folder that is looked for first': elixir(
      '',
      '  @posts if File.dir?("posts"), do: Path.wildcard("posts/*.md"), else: []\n',
      {'posts/a.md': ''},
    ),
    'a folder of the app that is released': elixir(
      '',
      '  @posts Path.wildcard(Application.app_dir(:shop, "priv/posts/*.md"))\n',
      {'priv/posts/a.md': ''},
    ),
    'a folder that an example publishes': elixir(
      '',
      '  @moduledoc """\n  use NimblePublisher, from: "posts/*.md"\n  """\n',
      {'posts/a.md': ''},
    ),
    'a file that a function reads': elixir('', '  def terms, do: File.read!("legal/terms.md")\n'),
    'an example of a moduledoc': elixir('', '  @moduledoc """\n  @terms File.read!("legal/terms.md")\n  """\n'),
    'a path that is not known': elixir(
      '',
      '  @dir Application.compile_env(:shop, :dir)\n  @terms File.read!(Path.join(@dir, "legal/terms.md"))\n',
    ),
    'a file that is only watched': elixir('', '  @external_resource "legal/terms.md"\n'),
    'a file that is looked for first': elixir(
      '',
      '  @terms if File.exists?("legal/terms.md"), do: File.read!("legal/terms.md"), else: ""\n',
    ),
    'a failure that is caught': elixir(
      '',
      '  @terms (try do\n    File.read!("legal/terms.md")\n  rescue\n    _ -> ""\n  end)\n',
    ),
    'a file that a function in an attribute reads': elixir(
      '',
      '  @path "legal/terms.md"\n  @readers %{terms: fn -> @path |> File.read!() end}\n',
    ),
    'a text that names the call': elixir('', '  @doc ~s|As File.read!("legal/terms.md") does|\n'),
    'an example that begins a text': elixir('', "  @doc '''\n      File.read!(\"legal/terms.md\")\n  '''\n"),
    'a stream that nothing goes through yet': elixir('', '  @terms File.stream!("legal/terms.md")\n'),
    'a path that becomes another': elixir(
      '',
      '  @path "legal/terms.md"\n  @path Application.app_dir(:shop, "priv/terms.md")\n  @terms File.read!(@path)\n',
    ),
    'a path that goes on': elixir(
      '',
      '  @path Path.join("legal", "terms.md") |> String.replace("terms", "other")\n  @terms File.read!(@path)\n',
    ),
    'a file that the project makes': elixir('', '  @terms File.read!("legal/made.md")\n'),
    'npm links a folder that comes later': project(node('npm ci'), {...manifest({ui: 'file:./vendor/ui'}), ...local}),
    'a link may lead nowhere': project(node('yarn install'), {...manifest({ui: 'link:./vendor/ui'}), ...local}),
    'what is for development is left out': project(node('npm ci --omit=dev'), {
      ...manifest({}, {devDependencies: {ui: 'file:./vendor/ui-1.0.0.tgz'}}),
      ...local,
    }),
    'the install of one member': project(node('pnpm install --filter api'), {
      ...manifest({ui: 'file:./vendor/ui'}),
      ...local,
    }),
    'a package that is replaced, and not asked for': project(node('npm ci'), {
      ...manifest({}, {overrides: {ui: 'file:vendor/ui-1.0.0.tgz'}}),
      ...local,
    }),
    'a patch that Yarn itself brings': project(node('yarn install'), {
      ...manifest({ms: 'patch:ms@npm%3A2.1.3#optional!builtin<compat/ms>'}),
      ...local,
    }),
    'go builds what it needs from vendor': project(
      `${go}COPY go.mod main.go ./\nCOPY vendor vendor\nRUN go build -o /shop .\n`,
      {
        'go.mod': 'module example.com/shop\n\nrequire example.com/db v0.0.0\n\nreplace example.com/db => ./db\n',
        'main.go': 'package main\n\nimport _ "example.com/db"\n',
        'vendor/modules.txt': '# example.com/db v0.0.0 => ./db\n',
        'vendor/example.com/db/db.go': 'package db\n',
        'db/go.mod': 'module example.com/db\n',
      },
    ),
    'the folder of Laravel that a RUN makes': project(
      'FROM php:8.4-cli\nWORKDIR /app\nCOPY . .\nRUN mkdir -p storage bootstrap/cache && php artisan key:generate\n',
      {artisan: laravel, 'bootstrap/app.php': ''},
    ),
    'Lumen, which needs no such folder': project(
      'FROM php:8.4-cli\nWORKDIR /app\nCOPY . .\nRUN php artisan migrate\n',
      {artisan: laravel.replace(/require __DIR.*vendor.*\n/, ''), 'bootstrap/app.php': ''},
    ),
    'uv finds the members that it installs': members('COPY packages/core packages/core\n'),
    'uv leaves the members out': members('', 'uv sync --frozen --no-install-workspace'),
    'a member that is no package, as the lock file has it': members(
      'COPY packages/extra packages/extra\n',
      'uv sync --frozen',
      '[project]\nname = "shop-core"\n',
    ),
    'another member that is asked for': members(
      'COPY packages/extra packages/extra\n',
      'uv sync --frozen --package extra',
    ),
    'a readme that a RUN makes': project(`${python}COPY . .\nRUN touch README.md && pip install .\n`, {
      'pyproject.toml': hatch,
      'my_shop/__init__.py': '',
    }),
    'the readme of a member that nothing needs': members(
      'COPY packages packages\n',
      undefined,
      '',
      'packages/extra/*.md',
    ),
    'uv is told that the project is no package': project(
      `${python}COPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\nCOPY . .\n`,
      {'pyproject.toml': `${hatch}\n[tool.uv]\npackage = false\n`, 'uv.lock': '', 'README.md': ''},
    ),
    'what a module of Deno takes types of': project(
      `${deno}COPY main.ts ./\nCOPY routes routes\nCOPY components components\nRUN deno cache main.ts\n`,
      denoFiles,
    ),
    'a module of Deno that is loaded once it is needed': project(`${deno}COPY main.ts ./\nRUN deno cache main.ts\n`, {
      'main.ts': 'if (Deno.env.get("DEV")) await import("./dev.ts")\n',
      'dev.ts': '',
    }),
    'arguments of a program of Deno': project(`${deno}COPY dev.ts ./\nRUN deno run -A dev.ts build main.ts\n`, {
      ...denoFiles,
      'dev.ts': '',
    }),
    'a map of imports, which may lead elsewhere': project(
      `${deno}COPY main.ts map.json ./\nRUN deno cache --import-map=map.json main.ts\n`,
      {...denoFiles, 'map.json': '{}'},
    ),
    'all but the tests of Deno': project(`${deno}COPY . .\nRUN deno cache main.ts\n`, {
      ...denoFiles,
      '.dockerignore': '**/*_test.ts\n',
      'main_test.ts': 'import "./main.ts"\n',
    }),
    'another module without a host is called as a package of this one': project(`${go}COPY . .\nRUN go build .\n`, {
      'go.mod': 'module shop\n\nrequire shop/sdk v0.0.0\n\nreplace shop/sdk => ./libs/sdk\n',
      'main.go': 'package main\n\nimport "shop/sdk/client"\n',
      'libs/sdk/go.mod': 'module shop/sdk\n',
    }),
    'another module is called as a package of this one': project(`${go}COPY . .\nRUN go build .\n`, {
      'go.mod': 'module example.com/shop\n\nrequire (\n\texample.com/shop/sdk v1.2.0\n)\n',
      'main.go': 'package main\n\nimport "example.com/shop/sdk/client"\n',
    }),
    'a package of vendor/': project(`${go}COPY . .\nRUN go build .\n`, {
      'go.mod': 'module example.com/shop\n',
      'main.go': 'package main\n\nimport "example.com/shop/sdk"\n',
      'vendor/modules.txt': '',
      'vendor/example.com/shop/sdk/sdk.go': 'package sdk\n',
    }),
    'a module of the workspace': project(`${go}COPY . .\nRUN go build .\n`, {
      'go.work': 'go 1.25\n\nuse (\n\t.\n\t./sdk/go\n)\n',
      'go.mod': 'module example.com/shop\n',
      'main.go': 'package main\n\nimport "example.com/shop/sdk"\n',
      'sdk/go/go.mod': 'module example.com/shop/sdk\n',
      'sdk/go/sdk.go': 'package sdk\n',
    }),
    'a submodule may have the package': project(`${go}COPY . .\nRUN go build .\n`, {
      '.gitmodules': '[submodule "db"]\n\tpath = db\n',
      'go.mod': 'module example.com/shop\n',
      'main.go': 'package main\n\nimport "example.com/shop/db"\n',
    }),
    'the standard library comes first': project(`${go}COPY . .\nRUN go build .\n`, {
      'go.mod': 'module image\n',
      'main.go': 'package main\n\nimport "image/png"\n',
    }),
    'imports of a string and of a comment': project(`${go}COPY . .\nRUN go build .\n`, {
      'go.mod': 'module example.com/shop\n',
      'main.go':
        'package main\n\n/*\nimport "example.com/shop/old"\n*/\n\nconst text = `package main\n\nimport "example.com/shop/db"\n`\n',
    }),
    'a workflow generates the package before it deploys': project(`${go}COPY . .\nRUN go build .\n`, {
      'go.mod': 'module example.com/shop\n',
      'main.go': 'package main\n\nimport "example.com/shop/db"\n',
      '.github/workflows/deploy.yml':
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: sqlc generate\n      - run: flyctl deploy\n',
    }),
    'a generator makes a package that nobody has': project(`${go}COPY . .\nRUN sqlc generate && go build .\n`, {
      'go.mod': 'module example.com/shop\n',
      'main.go': 'package main\n\nimport "example.com/shop/db"\n',
    }),
    'a file that is built nowhere imports it': project(`${go}COPY . .\nRUN go build .\n`, {
      'go.mod': 'module example.com/shop\n',
      'main.go': 'package main\n',
      'old.go': '// +build ignore\n\npackage main\n\nimport "example.com/shop/db"\n',
    }),
    'templ generate runs before': project(
      `${go}COPY . .\nRUN go install github.com/a-h/templ/cmd/templ@v0.3.0\nRUN templ generate\nRUN go build .\n`,
      templ,
    ),
    'templ generate has another name': project(`${go}COPY . .\nRUN make generate && go build .\n`, templ),
    'what templ makes is in the project': project(`${go}COPY . .\nRUN go build .\n`, {
      ...templ,
      'views/page_templ.go': 'package views\n',
    }),
    'another stage makes it': project(
      `FROM golang:1.25 AS views\nWORKDIR /src\nCOPY . .\nRUN go tool templ generate\n${go}COPY . .\nCOPY --from=views /src/views views\nRUN go build .\n`,
      templ,
    ),
    'a package beside files of templ, which nothing imports': project(`${go}COPY . .\nRUN go build .\n`, {
      ...templ,
      'main.go': 'package main\n',
    }),
    'a workflow runs templ before it deploys': project(`${go}COPY . .\nRUN go build .\n`, {
      ...templ,
      '.github/workflows/deploy.yml':
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: templ generate\n      - run: flyctl deploy\n',
    }),
    'everything is copied': project(`${go}COPY . .\nRUN go build -o /shop .\n`, goFiles),
    'what is not imported may be left out': project(`${go}COPY . .\nRUN go build .\n`, {
      ...goFiles,
      '.dockerignore': 'tools\n',
      'tools/gen.go': 'package main\n',
    }),
    'a generator makes the package': project(`${go}COPY . .\nRUN sqlc generate && go build .\n`, {
      ...goFiles,
      '.dockerignore': 'internal/db\n',
      'internal/db/db.go': '// Code generated by sqlc. DO NOT EDIT.\n\npackage db\n',
    }),
    'a generator of a RUN before makes the package': project(
      `${go}COPY . .\nRUN go mod download\nRUN go run ./tools/gen\nRUN go build .\n`,
      {
        ...goFiles,
        '.dockerignore': 'internal/db\n',
        'internal/db/db.go': '// Code generated by sqlc. DO NOT EDIT.\n\npackage db\n',
      },
    ),
    'the tests of another package are not built': project(`${go}COPY . .\nRUN go build .\n`, {
      ...goFiles,
      '.dockerignore': 'testdata\n',
      'main_test.go': 'package main\n\nimport "example.com/shop/testdata"\n',
      'testdata/a.go': 'package testdata\n',
    }),
    'members by a pattern are those that are there': project(
      `${rust}COPY Cargo.toml ./\nCOPY api api\nRUN cargo build\n`,
      {
        'Cargo.toml': '[workspace]\nmembers = ["*"]\n',
        'api/Cargo.toml': '[package]\nname = "api"\n',
        'db/Cargo.toml': '[package]\nname = "db"\n',
      },
    ),
    'the list of members is rewritten': project(
      `${rust}COPY Cargo.toml ./\nCOPY api api\nRUN sed -i '/db/d' Cargo.toml && cargo build\n`,
      {'Cargo.toml': workspace, 'api/Cargo.toml': '', 'db/Cargo.toml': ''},
    ),
    'a replacement of what is not required': project(`${go}COPY go.mod ./\nRUN go mod download\n`, {
      'go.mod': 'module example.com/shop\n\nreplace example.com/db => ./db\n',
      'db/go.mod': '',
    }),
    'uv leaves the project out': project(
      `${python}COPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\n`,
      {
        'pyproject.toml': hatch,
        'uv.lock': '',
        'README.md': '',
        'src/my_shop/__init__.py': '',
      },
    ),
    'setuptools is told of packages that are copied': project(
      `${python}COPY pyproject.toml ./\nCOPY api api\nRUN pip install .\n`,
      {
        'pyproject.toml': listing.setuptools('"api", "api.routes"'),
        'api/__init__.py': '',
        'api/routes/__init__.py': '',
      },
    ),
    'an empty folder is made for setuptools': project(
      `${python}COPY pyproject.toml ./\nRUN mkdir api && pip install .\nCOPY api api\n`,
      {'pyproject.toml': listing.setuptools('"api"'), 'api/__init__.py': ''},
    ),
    'a folder is made for setuptools in a step before': project(
      `${python}COPY pyproject.toml ./\nRUN install -d /app/api\nRUN pip install .\nCOPY api api\n`,
      {'pyproject.toml': listing.setuptools('"api"'), 'api/__init__.py': ''},
    ),
    'setuptools is told where the packages are': project(
      `${python}COPY pyproject.toml ./\nCOPY src .\nRUN pip install .\n`,
      {
        'pyproject.toml': `${listing.setuptools('"api"')}package-dir = {"" = "src"}\n`,
        'src/api/__init__.py': '',
      },
    ),
    'Poetry finds a part of the package': project(
      `${python}RUN pip install poetry\nCOPY pyproject.toml ./\nCOPY app/core app/core\nRUN poetry install\n`,
      {'pyproject.toml': listing.poetry('{include = "app"}'), 'app/__init__.py': '', 'app/core/a.py': ''},
    ),
    'Poetry without the project': project(
      `${python}RUN pip install poetry\nCOPY pyproject.toml ./\nRUN poetry install --no-root\nCOPY app app\n`,
      {'pyproject.toml': listing.poetry('{include = "app"}'), 'app/__init__.py': ''},
    ),
    'setuptools only warns': project(`${python}COPY pyproject.toml ./\nRUN pip install .\n`, {
      'pyproject.toml': hatch.replace('hatchling.build', 'setuptools.build_meta'),
      'README.md': '',
    }),
    'Poetry 1 only warns': project(
      `${python}ENV POETRY_VERSION=1.8.2\nRUN pip install poetry==$POETRY_VERSION\nCOPY pyproject.toml poetry.lock ./\nRUN poetry install\n`,
      {'pyproject.toml': poetry, 'poetry.lock': '', 'README.md': ''},
    ),
    'a gemspec with all that it reads': project(
      'FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile shop.gemspec ./\nCOPY lib/shop/version.rb lib/shop/\nRUN bundle install\n',
      {
        Gemfile: 'gemspec\n',
        'shop.gemspec':
          'require_relative "lib/shop/version"\nrequire "json"\ns.description = File.read("README.md") if File.exist?("README.md")\n',
        'lib/shop/version.rb': '',
        'README.md': '',
        'lib/json.rb': '',
      },
    ),
    'a gemspec of another folder': project('FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\n', {
      Gemfile: 'gem "rails"\n',
      'shop.gemspec': '',
    }),
    'a Gemfile that looks first': project('FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\n', {
      Gemfile: 'ruby File.read(".ruby-version").strip if File.exist?(".ruby-version")\n',
      '.ruby-version': '3.4.1\n',
    }),
    'a base image that is not known at all': project(
      'ARG BASE\nFROM $BASE\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\n',
      {Gemfile: 'ruby file: ".ruby-version"\n', '.ruby-version': '3.4.1\n'},
    ),
    'the plugins of Yarn come with its release': project(
      'FROM node:22\nWORKDIR /app\nCOPY package.json .yarnrc.yml ./\nCOPY .yarn .yarn\nRUN yarn install\n',
      yarnFiles,
    ),
    'a Gemfile of tests that is asked for': project(
      'FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\n',
      {
        Gemfile:
          'if ENV["LINT"]\n  group :development do\n    eval_gemfile "gemfiles/lint.gemfile"\n  end\nend\ngroup :test do\n  eval_gemfile "gemfiles/lint.gemfile" if ENV["LINT"]\nend\n',
        'gemfiles/lint.gemfile': '',
      },
    ),
    'an engine for tests': project('FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\n', {
      Gemfile: 'group :test do\n  gem "fake", path: "engines/fake"\nend\n',
      'engines/fake/fake.gemspec': '',
    }),
    'the patches of Composer are copied': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nCOPY patches patches\nRUN composer install\n',
      {
        'composer.json':
          '{"require": {"cweagans/composer-patches": "^1.7"}, "extra": {"patches-file": "patches/patches.json"}}',
        'patches/patches.json': '{}',
      },
    ),
    'the first plugin goes on without a patch': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install\n',
      {
        'composer.json':
          '{"require": {"cweagans/composer-patches": "^1.7"}, "extra": {"patches": {"a/b": {"Fix": "patches/b.patch"}}}}',
        'patches/b.patch': '',
      },
    ),
    'a patch of a package that only development has': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install --no-dev\n',
      {
        'composer.json':
          '{"require": {"cweagans/composer-patches": "^2.0"}, "require-dev": {"a/b": "^1"}, "extra": {"patches": {"a/b": {"Fix": "patches/b.patch"}}}}',
        'patches/b.patch': '',
      },
    ),
    'a plugin that only development has': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install --no-dev\n',
      {
        'composer.json':
          '{"require-dev": {"cweagans/composer-patches": "^1.7"}, "extra": {"patches-file": "patches/patches.json"}}',
        'patches/patches.json': '{}',
      },
    ),
    'a list of patches that nothing applies': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install\n',
      {'composer.json': '{"extra": {"patches-file": "patches/patches.json"}}', 'patches/patches.json': '{}'},
    ),
    'Composer makes no autoloader, and so runs none of its scripts': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install --no-autoloader\n',
      {
        'composer.json': '{"scripts": {"post-autoload-dump": ["@php artisan package:discover"]}}',
        artisan: '',
      },
    ),
    'the consoles are there for Composer’s scripts, and what they ask for': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json artisan ./\nCOPY bootstrap bootstrap\nCOPY bin bin\nRUN composer install\n',
      {
        'composer.json': symfony('"post-autoload-dump": "@php artisan package:discover"'),
        artisan: laravel,
        'bootstrap/app.php': '',
        'bin/console': '',
      },
    ),
    'Composer is not asked for the scripts of Symfony': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install --no-scripts && composer dump-autoload\n',
      {'composer.json': symfony('"other": "@auto-scripts"'), 'bin/console': ''},
    ),
    'the scripts of Composer are listed, or may fail': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer run-script --list && composer install --no-dev\n',
      {
        'composer.json':
          '{"require-dev": {"symfony/console": "7.*"}, "scripts": {"auto-scripts": {"cache:clear": "symfony-cmd"}, "post-install-cmd": ["@auto-scripts", "@php artisan optimize || true"]}}',
        artisan: laravel,
        'bin/console': '',
      },
    ),
    'another script of Composer is called': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer run-script --no-dev other\n',
      {'composer.json': symfony('"other": "echo done"'), 'bin/console': ''},
    ),
    'the name of a command of Symfony is not the console’s': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install\n',
      {
        'composer.json': '{"scripts": {"post-install-cmd": ["@auto-scripts"], "auto-scripts": {"true": "script"}}}',
        'bin/console': '',
      },
    ),
    'Composer runs no scripts': project(
      'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install --no-scripts\n',
      {
        'composer.json': '{"scripts": {"post-autoload-dump": ["@php artisan package:discover"]}}',
        artisan: '',
      },
    ),
    'a folder that is embedded, and that another stage or a RUN makes': project(
      `FROM node:22 AS web\nWORKDIR /web\nCOPY web .\nRUN npm run build\n${go}COPY . .\nCOPY --from=web /web/dist web/dist\nRUN go build .\n`,
      {
        'go.mod': 'module example.com/shop\n',
        'main.go': 'package main\n\nimport "embed"\n\n//go:embed all:web/dist\nvar files embed.FS\n',
        'web/package.json': '{"scripts": {"build": "vite build"}}',
      },
    ),
    'files that are embedded by a pattern': project(`${go}COPY . .\nRUN go build .\n`, {
      'go.mod': 'module example.com/shop\n',
      'main.go': 'package main\n\nimport "embed"\n\n//go:embed views/*.html *.sql\nvar files embed.FS\n',
      'views/a.html': '',
      'a.sql': '',
    }),
    'a folder that is embedded, and that a step before the deploy makes': project(`${go}COPY . .\nRUN go build .\n`, {
      'go.mod': 'module example.com/shop\n',
      'main.go': 'package main\n\nimport "embed"\n\n//go:embed all:web/dist\nvar files embed.FS\n',
      'web/package.json': '{"scripts": {"build": "vite build"}}',
      '.github/workflows/fly.yml':
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm ci && npm run build\n        working-directory: web\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy --remote-only\n',
    }),
    'a folder that is embedded, and that a RUN makes': project(`${go}COPY . .\nRUN make web\nRUN go build .\n`, {
      'go.mod': 'module example.com/shop\n',
      'main.go': 'package main\n\nimport "embed"\n\n//go:embed dist\nvar files embed.FS\n',
    }),
    'a project beside the solution, of which MSBuild tells': solution(
      'COPY Shop.slnx Shop.csproj ./\n',
      'dotnet restore',
      {
        'Shop.csproj': '<Project />\n',
      },
    ),
    'a project that is restored, and not its solution': solution(
      'COPY Shop.slnx ./\n',
      'dotnet restore Shop/Shop.csproj',
    ),
  },
  flagged: {
    'settings of a member of which only the package.json is there': {
      ...extending('', '@shop/tsconfig/base'),
      expect: [
        'error Dockerfile:8:5 tsc stops: web/tsconfig.json names tsconfig/base.json, and no COPY brings it to /app/tsconfig/base.json by then',
      ],
    },
    'a path that leads out of the image of a nightly, and a build that is tried again': {
      ...project(
        'FROM rustlang/rust:nightly-alpine\nWORKDIR /app\nCOPY fork fork\nCOPY api/Cargo.toml ./\nCOPY api/src src\nRUN cargo build -q 2>/dev/null || cargo build -q\n',
        {
          'api/Cargo.toml': '[package]\nname = "api"\n\n[dependencies]\nfork = { path = "../fork" }\n',
          'api/src/main.rs': 'fn main() {}\n',
          'fork/Cargo.toml': '[package]\nname = "fork"\n',
          'fork/src/lib.rs': '',
        },
      ),
      expect: [
        'error Dockerfile:6:5 cargo build stops: api/Cargo.toml names fork/Cargo.toml, and no COPY brings it to /fork/Cargo.toml by then',
      ],
    },
    'Vite, and no COPY brings what it imports': {
      ...vite(''),
      expect: [
        'error Dockerfile:6:5 npm run build stops: web/src/main.js imports shared/themes.js, and no COPY brings it to /app/shared/themes.js by then',
      ],
    },
    'Vite, and .dockerignore leaves out what it imports': {
      ...vite('COPY shared ../shared\n', undefined, {'.dockerignore': 'shared/themes.js\n', 'shared/other.js': ''}),
      expect: [
        'error .dockerignore:1:1 npm run build stops: web/src/main.js imports shared/themes.js, and .dockerignore leaves it out of the build',
      ],
    },
    'Vite, which its configuration may lead elsewhere': {
      ...vite('', undefined, {'web/vite.config.js': "export default {build: {rollupOptions: {external: ['x']}}}\n"}),
      expect: [
        'warning Dockerfile:6:5 npm run build is likely to stop: web/src/main.js imports shared/themes.js, and no COPY brings it to /app/shared/themes.js by then',
      ],
    },
    'tsc, and no COPY brings what it imports': {
      ...tsc(''),
      expect: [
        'error Dockerfile:6:5 tsc stops: server/index.ts imports shared/themes.ts, and no COPY brings it to /app/shared/themes.ts by then',
      ],
    },
    'tsc, and an import that waits for its call': {
      ...tsc('', "export const load = () => import('../shared/themes')\n"),
      expect: [
        'error Dockerfile:6:5 tsc stops: server/index.ts imports shared/themes.ts, and no COPY brings it to /app/shared/themes.ts by then',
      ],
    },
    'the solution of the folder, without its tests': {
      ...solution('COPY Shop.slnx ./\n', 'dotnet restore'),
      expect: [
        'error Dockerfile:5:5 dotnet restore stops: Shop.slnx names Tests/Tests.csproj, and no COPY brings it to /src/Tests/Tests.csproj by then',
      ],
    },
    'the same with options': {
      ...solution('COPY Shop.slnx ./\n', 'dotnet restore -r linux-x64 --verbosity minimal'),
      expect: [
        'error Dockerfile:5:5 dotnet restore stops: Shop.slnx names Tests/Tests.csproj, and no COPY brings it to /src/Tests/Tests.csproj by then',
      ],
    },
    'what a project that tsc is told to build refers to': {
      ...project(
        'FROM node:22\nWORKDIR /app\nCOPY tsconfig.json package.json ./\nCOPY api api\nRUN npx tsc -b --verbose api\n',
        projects,
      ),
      expect: [
        'error Dockerfile:5:5 tsc stops: api/tsconfig.json names db/tsconfig.json, and no COPY brings it to /app/db/tsconfig.json by then',
      ],
    },
    'what a project refers to, beside settings that it extends': {
      ...project(
        'FROM node:22\nWORKDIR /app\nCOPY tsconfig.json package.json ./\nCOPY api api\nWORKDIR /app/api\nRUN npx tsc -b\n',
        projects,
      ),
      expect: [
        'error Dockerfile:6:5 tsc stops: api/tsconfig.json names db/tsconfig.json, and no COPY brings it to /app/db/tsconfig.json by then',
      ],
    },
    'what the settings that are built refer to': {
      ...project(
        'FROM node:22\nWORKDIR /app\nCOPY tsconfig.json package.json ./\nCOPY api api\nCOPY db db\nRUN npx tsc -b\n',
        projects,
      ),
      expect: [
        'error Dockerfile:6:5 tsc stops: tsconfig.json names jobs/tsconfig.json, and no COPY brings it to /app/jobs/tsconfig.json by then',
      ],
    },
    'a module of Rust that is nowhere': {
      ...crate('mod orders;\nfn main() {}\n', '', {'src/orders.rs': 'pub mod lines;\n'}),
      expect: [
        'warning src/orders.rs:1:1 cargo build is likely to stop: src/orders.rs declares src/orders/lines.rs, and the project does not have it',
      ],
    },
    'a module of Rust that .dockerignore leaves out': {
      ...crate('mod config;\nfn main() {}\n', '', {'src/config.rs': '', '.dockerignore': '**/config.*\n'}),
      expect: [
        'error .dockerignore:1:1 cargo build stops: src/main.rs declares src/config.rs, and .dockerignore leaves it out of the build',
      ],
    },
    'files of templ that nothing makes Go of': {
      ...project(`${go}COPY . .\nRUN go mod tidy\nRUN go build .\n`, templ),
      expect: [
        'warning main.go:3:8 go build is likely to stop: main.go imports views, and that has no Go file before templ generate has run',
      ],
    },
    'a file of the root that turbo prune leaves out': {
      ...pruned(''),
      expect: [
        'error Dockerfile:12:5 tsc stops: apps/api/tsconfig.json names tsconfig.base.json, and no COPY brings it to /app/tsconfig.base.json by then',
      ],
    },
    'a member that nothing declares': {
      ...pruned(
        '',
        {'apps/api/tsconfig.json': '{"extends": "../../packages/ui/base.json"}'},
        'npx turbo prune --scope=@shop/api --docker',
      ),
      expect: [
        'error Dockerfile:12:5 tsc stops: apps/api/tsconfig.json names packages/ui/base.json, and no COPY brings it to /app/packages/ui/base.json by then',
      ],
    },
    'targets whose file Cargo looks for': {
      ...project(`${rust}COPY Cargo.toml ./\nCOPY src/main.rs src/\nRUN cargo build --release --bin shop\n`, {
        'Cargo.toml':
          '[package]\nname = "shop"\n\n[[bench]]\nname = "pack"\nharness = false\n\n[[bin]]\nname = "gen"\n\n[[bin]]\nname = "shop"\npath = "src/main.rs"\n',
        'src/main.rs': 'fn main() {}\n',
        'src/bin/gen/main.rs': 'fn main() {}\n',
        'benches/pack.rs': '',
      }),
      expect: [
        'error Dockerfile:5:5 cargo build stops: Cargo.toml names benches/pack.rs and src/bin/gen/main.rs, and no COPY brings them into the image by then',
      ],
    },
    'a target of a member that a pattern finds': {
      ...project(
        `${rust}COPY Cargo.toml ./\nCOPY api api\nCOPY crates/db/Cargo.toml crates/db/\nRUN mkdir crates/db/src && touch crates/db/src/lib.rs && cargo build -p api\n`,
        {
          'Cargo.toml': '[workspace]\nmembers = ["api", "crates/*"]\n',
          'api/Cargo.toml': '[package]\nname = "api"\n',
          'api/src/main.rs': 'fn main() {}\n',
          'crates/db/Cargo.toml': '[package]\nname = "db"\n\n[[bench]]\nname = "pack"\n',
          'crates/db/benches/pack.rs': '',
        },
      ),
      expect: [
        'error Dockerfile:6:58 cargo build stops: crates/db/Cargo.toml names crates/db/benches/pack.rs, and no COPY brings it to /src/crates/db/benches/pack.rs by then',
      ],
    },
    'the program that is built, beside another': {
      ...project(`${rust}COPY . .\nRUN cargo build --release --bin shop\n`, {
        '.dockerignore': 'src/shop.rs\n',
        'Cargo.toml':
          '[package]\nname = "shop"\n\n[[bin]]\nname = "gen"\npath = "src/gen.rs"\n\n[[bin]]\nname = "shop"\npath = "src/shop.rs"\n',
        'src/shop.rs': 'fn main() {}\n',
        'src/gen.rs': 'fn main() {}\n',
      }),
      expect: [
        'error .dockerignore:1:1 cargo build stops: Cargo.toml names src/shop.rs, and .dockerignore leaves it out of the build',
      ],
    },
    'the settings of Rails': {
      ...rails('COPY . .\n', '/config\n'),
      expect: [
        'error .dockerignore:1:1 rails assets:precompile stops: bin/rails names config/application.rb, and .dockerignore leaves it out of the build',
        'error .dockerignore:1:1 rails assets:precompile stops: bin/rails names config/boot.rb, and .dockerignore leaves it out of the build',
      ],
    },
    'a library that the settings of Rails require': {
      ...rails('COPY bin bin\nCOPY config config\n'),
      expect: [
        'error Dockerfile:5:5 rails assets:precompile stops: config/application.rb names lib/shop/tenants.rb, and no COPY brings it to /rails/lib/shop/tenants.rb by then',
      ],
    },
    'the code that mix compiles': {
      ...phoenix('lib\n'),
      expect: [
        'warning .dockerignore:1:1 mix compile goes on without it: mix.exs compiles lib/shop.ex, and .dockerignore leaves it out of the build',
      ],
    },
    'a package that nobody has': {
      ...project(`${go}COPY . .\nRUN go build -o /shop .\n`, {
        'go.mod': 'module example.com/shop\n',
        'main.go': 'package main\n\nimport "example.com/shop/db"\n',
      }),
      expect: ['warning main.go:3:8 go build is likely to stop: main.go imports db, and the project does not have it'],
    },
    'a member that uv installs and no COPY brings': {
      ...members('COPY packages/extra packages/extra\n', 'uv sync --frozen --no-install-project'),
      expect: [
        'error Dockerfile:5:5 uv sync stops: pyproject.toml names packages/core/pyproject.toml, and no COPY brings it to /app/packages/core/pyproject.toml by then',
      ],
    },
    'the readme of each member that uv installs': {
      ...members('COPY packages packages\n', 'uv sync --all-packages', '', '**/*.md'),
      expect: [
        'error .dockerignore:1:1 uv sync stops: packages/core/pyproject.toml names packages/core/README.md, and .dockerignore leaves it out of the build',
        'error .dockerignore:1:1 uv sync stops: packages/extra/pyproject.toml names packages/extra/README.md, and .dockerignore leaves it out of the build',
      ],
    },
    'a sibling of uv': {
      ...project(`${python}COPY . .\nRUN uv sync\n`, {'pyproject.toml': uv('\n  "django",\n  "my_ui>=1",\n', '')}),
      expect: [
        'error Dockerfile:4:5 uv sync stops: pyproject.toml names ../ui, and that is not in the folder that is built, nor at /ui in the image',
      ],
    },
    'a sibling of an extra of uv': {
      ...project(`${python}COPY . .\nRUN uv sync --frozen\n`, {
        'pyproject.toml': uv('"django"', '[project.optional-dependencies]\nui = ["my-ui"]\n'),
      }),
      expect: [
        'warning Dockerfile:4:5 uv sync is likely to stop: pyproject.toml names ../ui, and that is not in the folder that is built, nor at /ui in the image',
      ],
    },
    'a sibling of the folder that is built': {
      ...project(`${python}COPY . .\nRUN pip install -r requirements.txt\n`, {
        'requirements.txt': '-e ../shared\nflask\n',
      }),
      expect: [
        'error Dockerfile:4:5 pip install stops: requirements.txt names ../shared, and that is not in the folder that is built, nor at /shared in the image',
      ],
    },
    'setuptools is told of a package that is not copied': {
      ...project(`${python}COPY pyproject.toml ./\nCOPY api api\nRUN pip install --no-deps .\n`, {
        'pyproject.toml': listing.setuptools('\n    "api", "api.routes", # the web\n    "worker",\n'),
        'api/__init__.py': '',
        'api/routes/__init__.py': '',
        'worker/__init__.py': '',
      }),
      expect: [
        'error Dockerfile:5:5 pip install stops: pyproject.toml names worker, and no COPY brings it to /app/worker by then',
      ],
    },
    'Poetry before the package is copied': {
      ...project(`${python}RUN pip install poetry\nCOPY pyproject.toml ./\nRUN poetry install\nCOPY app app\n`, {
        'pyproject.toml': listing.poetry('{include = "app"}'),
        'app/__init__.py': '',
      }),
      expect: [
        'error Dockerfile:5:5 poetry install stops: pyproject.toml names app, and no COPY brings it to /app/app by then',
      ],
    },
    'the readme of a package of Poetry that pip installs': {
      ...project(`${python}COPY pyproject.toml ./\nCOPY shop shop\nRUN pip install .\n`, {
        'pyproject.toml': `${poetry}\n[build-system]\nbuild-backend = "poetry.core.masonry.api"\n`,
        'shop/__init__.py': '',
        'README.md': '',
      }),
      expect: [
        'error Dockerfile:5:5 pip install stops: pyproject.toml names README.md, and no COPY brings it to /app/README.md by then',
      ],
    },
    'a folder that a module publishes': {
      ...elixir('', '  use NimblePublisher,\n    build: Shop.Post,\n    from: "posts/**/*.md",\n    as: :posts\n', {
        'posts/2024/a.md': '',
      }),
      expect: [
        'warning Dockerfile:5:5 mix compile finds nothing to publish and makes an empty site: lib/shop/terms.ex names posts, and no COPY brings it to /app/posts by then',
      ],
    },
    'a folder that a module goes through by a pipe': {
      ...elixir(
        '',
        '  for file <-\n        Path.join(["posts", "*.md"])\n        |> Path.relative_to_cwd()\n        |> Path.expand()\n        |> Path.wildcard() do\n    @external_resource file\n  end\n',
        {'posts/a.md': ''},
      ),
      expect: [
        'warning Dockerfile:5:5 mix compile finds none of the files and compiles nothing of them in: lib/shop/terms.ex names posts, and no COPY brings it to /app/posts by then',
      ],
    },
    'a folder beside the module that an attribute goes through': {
      ...elixir('', '  @dir Path.expand("../../posts", __DIR__)\n  @posts Path.wildcard(Path.join(@dir, "*.md"))\n', {
        'posts/a.md': '',
      }),
      expect: [
        'warning Dockerfile:5:5 mix compile finds none of the files and compiles nothing of them in: lib/shop/terms.ex names posts, and no COPY brings it to /app/posts by then',
      ],
    },
    'a catalog of versions that is not copied': {
      ...gradle('COPY *.kts ./\n'),
      expect: [
        'error Dockerfile:4:5 gradle build stops: build.gradle.kts names gradle/libs.versions.toml, and no COPY brings it to /src/gradle/libs.versions.toml by then',
      ],
    },
    'a catalog of versions under the name of its folder': {
      ...gradle('COPY *.kts ./\nCOPY gradle/libs.versions.toml /src/gradle\n'),
      expect: [
        'error Dockerfile:5:5 gradle build stops: build.gradle.kts names gradle/libs.versions.toml, and no COPY brings it to /src/gradle/libs.versions.toml by then',
      ],
    },
    'a package of Swift that is not copied': {
      ...swift('COPY Server Server\n', server),
      expect: [
        'error Dockerfile:5:5 swift package resolve stops: Server/Package.swift names Shared/Package.swift, and no COPY brings it to /build/Shared/Package.swift by then',
      ],
    },
    'a package of Swift that another one names': {
      ...project('FROM swift:6.1\nWORKDIR /build\nCOPY Server Server\nCOPY Web Web\nRUN cd Server && swift build\n', {
        'Server/Package.swift': server.replace('Shared', 'Web'),
        'Web/Package.swift': 'let package = Package(dependencies: [.package(name: "Shared", path: "../Shared")])\n',
        'Shared/Package.swift': '',
      }),
      expect: [
        'warning Dockerfile:5:18 swift build is likely to stop: Web/Package.swift names Shared/Package.swift, and no COPY brings it to /build/Shared/Package.swift by then',
      ],
    },
    'the folder of a test target of Swift': {
      ...swiftTargets('COPY Sources Sources\n'),
      expect: [
        'error Dockerfile:5:5 swift build stops: Package.swift names Tests/Unit, and no COPY brings it to /build/Tests/Unit by then',
      ],
    },
    'the usual folder of a target of Swift': {
      ...swiftTargets('COPY Sources/App Sources/App\nCOPY Tests Tests\n'),
      expect: [
        'error Dockerfile:6:5 swift build stops: Package.swift names Sources/Core, and no COPY brings it to /build/Sources/Core by then',
      ],
    },
    'what the compiler of Rust takes in': {
      ...crate('mod pages;\n\nfn main() {\n  sqlx::migrate!("./migrations");\n}\n', '', {
        'src/pages.rs':
          'mod about;\n#[derive(Template)]\n#[template(path = "index.html")]\nstruct Index;\n#[derive(rust_embed::Embed)]\n#[folder = "$CARGO_MANIFEST_DIR/assets/"]\nstruct Assets;\n',
        'templates/index.html': '',
        'src/pages/about.rs': 'const ABOUT: &str = include_str!("../../README.md");\n',
      }),
      expect: [
        'error Dockerfile:5:5 cargo build stops: src/main.rs names migrations, and no COPY brings it to /src/migrations by then',
        'error Dockerfile:5:5 cargo build stops: src/pages.rs names templates/index.html and assets, and no COPY brings them into the image by then',
        'error Dockerfile:5:5 cargo build stops: src/pages/about.rs names README.md, and no COPY brings it to /src/README.md by then',
      ],
    },
    'what the compiler of Rust takes in, and .dockerignore leaves out': {
      ...crate('#![doc = include_str!("../README.md")]\n', 'COPY . .\n', {'.dockerignore': '*.md\n'}),
      expect: [
        'error .dockerignore:1:1 cargo build stops: src/main.rs names README.md, and .dockerignore leaves it out of the build',
      ],
    },
    'a file behind a feature': {
      ...crate(
        '#[cfg(feature = "web")]\nconst A: &[u8] = 1;\nconst B: &[u8] = include_bytes!("../assets/logo.svg");\n',
      ),
      expect: [
        'warning Dockerfile:5:5 cargo build is likely to stop: src/main.rs names assets/logo.svg, and no COPY brings it to /src/assets/logo.svg by then',
      ],
    },
    'a member of a workspace and the protocol that its build compiles': {
      ...project(`${rust}COPY Cargo.toml ./\nCOPY api api\nRUN cargo build -p api\n`, {
        'Cargo.toml': '[workspace]\nmembers = ["api"]\n',
        'api/Cargo.toml': '[package]\nname = "api"\n',
        'api/build.rs': 'fn main() { tonic_build::compile_protos("../proto/shop.proto").unwrap(); }\n',
        'api/src/main.rs': 'const SQL: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../sql/a.sql"));\n',
        'proto/shop.proto': '',
        'sql/a.sql': '',
      }),
      expect: [
        'error Dockerfile:5:5 cargo build stops: api/build.rs names proto/shop.proto, and no COPY brings it to /src/proto/shop.proto by then',
        'error Dockerfile:5:5 cargo build stops: api/src/main.rs names sql/a.sql, and no COPY brings it to /src/sql/a.sql by then',
      ],
    },
    'an archive of a package': {
      ...project(node('npm ci'), {...manifest({ui: 'file:vendor/ui-1.0.0.tgz'}), ...local}),
      expect: [
        'error Dockerfile:4:5 npm ci stops: package.json names vendor/ui-1.0.0.tgz, and no COPY brings it to /app/vendor/ui-1.0.0.tgz by then',
      ],
    },
    'a package of the project, by Yarn': {
      ...project(node('yarn --frozen-lockfile'), {...manifest({ui: 'file:./vendor/ui'}), ...local}),
      expect: [
        'error Dockerfile:4:5 yarn stops: package.json names vendor/ui, and no COPY brings it to /app/vendor/ui by then',
      ],
    },
    'beside manifests of members that a RUN writes': {
      ...project(node("mkdir -p web && echo '{}' > web/package.json && bun install").replace('node:22', 'oven/bun:1'), {
        ...manifest({}, {patchedDependencies: {'ms@2.1.3': 'patches/ms.patch'}}),
        ...local,
      }),
      expect: [
        'error Dockerfile:4:53 bun install stops: package.json names patches/ms.patch, and no COPY brings it to /app/patches/ms.patch by then',
      ],
    },
    'a patch of Bun': {
      ...project(node('bun install').replace('node:22', 'oven/bun:1'), {
        ...manifest({}, {patchedDependencies: {'ms@2.1.3': 'patches/ms.patch'}}),
        ...local,
      }),
      expect: [
        'error Dockerfile:4:5 bun install stops: package.json names patches/ms.patch, and no COPY brings it to /app/patches/ms.patch by then',
      ],
    },
    'a patch of Yarn': {
      ...project(node('corepack enable && yarn install --immutable'), {
        ...manifest({ms: 'patch:ms@npm%3A2.1.3#~/patches/ms.patch'}),
        ...local,
      }),
      expect: [
        'error Dockerfile:4:24 yarn install stops: package.json names patches/ms.patch, and no COPY brings it to /app/patches/ms.patch by then',
      ],
    },
    'what the workspace shares, and perhaps no member takes': {
      ...project(`${rust}COPY Cargo.toml ./\nCOPY api api\nRUN cargo build\n`, {
        'Cargo.toml': '[workspace]\nmembers = ["api"]\n\n[workspace.dependencies]\ndb = { path = "db" }\n',
        'api/Cargo.toml': '',
        'db/Cargo.toml': '',
      }),
      expect: [
        'warning Dockerfile:5:5 cargo build is likely to stop: Cargo.toml names db/Cargo.toml, and no COPY brings it to /src/db/Cargo.toml by then',
      ],
    },
    'a module of Deno, through another one': {
      ...project(`${deno}COPY main.ts ./\nCOPY routes/ routes/\nRUN deno cache main.ts\n`, denoFiles),
      expect: [
        'error Dockerfile:5:5 deno cache main.ts stops: routes/home.tsx names components/Footer.tsx, and no COPY brings it to /app/components/Footer.tsx by then',
      ],
    },
    'a module of Deno that a task before may write': {
      ...project(`${deno}COPY main.ts ./\nRUN deno task manifest\nRUN deno cache main.ts\n`, denoFiles),
      expect: [
        'warning Dockerfile:5:5 deno cache main.ts is likely to stop: main.ts names routes/home.tsx, and no COPY brings it to /app/routes/home.tsx by then',
      ],
    },
    'a module of Deno that is run by the build': {
      ...project(`${deno}COPY main.ts ./\nRUN deno run -A main.ts build\n`, denoFiles),
      expect: [
        'error Dockerfile:4:5 deno run stops: main.ts names routes/home.tsx, and no COPY brings it to /app/routes/home.tsx by then',
      ],
    },
    'a package of the own module, through another one': {
      ...project(`${go}COPY go.mod main.go ./\nCOPY web web\nRUN go build -o /shop example.com/shop\n`, goFiles),
      expect: [
        'error Dockerfile:5:5 go build stops: web/web.go names internal/db, and no COPY brings it to /src/internal/db by then',
      ],
    },
    'a generated package that .dockerignore leaves out, and that no RUN makes': {
      ...project(
        `${go}RUN apk add git\nCOPY go.mod ./\nRUN go mod download\nCOPY . .\nRUN CGO_ENABLED=0 \\\n  go build -o /shop .\n`,
        {
          ...goFiles,
          'main.go':
            'package main\n\nimport (\n\t"fmt" // prints (much)\n\n\t// made (by swag)\n\t_ "example.com/shop/docs"\n)\n',
          '.dockerignore': 'docs/\n',
          'docs/docs.go': '// Package docs Code generated by swaggo/swag. DO NOT EDIT\n\npackage docs\n',
        },
      ),
      expect: [
        'error .dockerignore:1:1 go build stops: main.go names docs, and .dockerignore leaves it out of the build',
      ],
    },
    'a package that .dockerignore leaves out': {
      ...project(`${go}COPY . .\nRUN go build ./...\nRUN go build .\n`, {
        ...goFiles,
        '.dockerignore': '.git\ninternal\n',
      }),
      expect: [
        'error .dockerignore:2:1 go build stops: web/web.go names internal/db, and .dockerignore leaves it out of the build',
      ],
    },
    'a folder that is embedded': {
      ...project(`${go}COPY go.mod *.go ./\nRUN go build .\n`, {
        'go.mod': 'module example.com/shop\n',
        'main.go': 'package main\n\nimport _ "embed"\n\n//go:embed schema.sql static/*\nvar files embed.FS\n',
        'schema.sql': '',
        'static/a.css': '',
      }),
      expect: [
        'error Dockerfile:4:5 go build stops: main.go names schema.sql and static, and no COPY brings them into the image by then',
      ],
    },
    'files that are embedded by a pattern': {
      ...project(`${go}COPY go.mod *.go ./\nRUN go build .\n`, {
        'go.mod': 'module example.com/shop\n',
        'main.go': 'package main\n\nimport "embed"\n\n//go:embed views/*.html\nvar files embed.FS\n',
        'views/a.html': '',
      }),
      expect: [
        'error Dockerfile:4:5 go build stops: main.go names views/a.html, and no COPY brings it to /src/views/a.html by then',
      ],
    },
    'a folder that is embedded, and is made before': {
      ...project(`${go}COPY . .\nRUN go build .\n`, {
        'go.mod': 'module example.com/shop\n',
        'main.go': 'package main\n\nimport "embed"\n\n//go:embed all:web/dist\nvar files embed.FS\n',
        'web/index.html': '',
      }),
      expect: [
        'warning main.go:5:1 go build is likely to stop: main.go embeds web/dist, and the project does not have it',
      ],
    },
    'files that modules read when they are compiled': {
      ...elixir(
        '',
        '  @dir Path.expand("../../legal", __DIR__)\n  @path Path.join(@dir, "terms.md")\n  @external_resource @path\n  @terms File.read!(@path)\n  @moduledoc File.read!("README.md")\n',
      ),
      expect: [
        'error Dockerfile:5:5 mix compile stops: lib/shop/terms.ex names legal/terms.md and README.md, and no COPY brings them into the image by then',
      ],
    },
    'files that one attribute reads, among other things': {
      ...elixir(
        '',
        '  @terms_path Path.expand("../../legal/terms.md", __DIR__)\n  @documents %{\n    terms: @terms_path |> File.read!() |> String.trim(),\n    readme: Path.join([__DIR__, "..", "..", "README.md"]) |> File.read!()\n  }\n',
      ),
      expect: [
        'error Dockerfile:5:5 mix compile stops: lib/shop/terms.ex names legal/terms.md and README.md, and no COPY brings them into the image by then',
      ],
    },
    'one that .dockerignore leaves out': {
      ...elixir(
        'COPY . .\n',
        '  @moduledoc [__DIR__, "..", "..", "README.md"] |> Path.join() |> File.read!()\n  @doc_text File.read!(Path.join([__DIR__, "..", "..", "README.md"]))\n',
        {'.dockerignore': '*.md\n'},
      ),
      expect: [
        'error .dockerignore:1:1 mix compile stops: lib/shop/terms.ex names README.md, and .dockerignore leaves it out of the build',
      ],
    },
    'a replacement': {
      ...project(`${go}COPY go.mod ./\nRUN go mod download\n`, {
        'go.mod': 'module example.com/shop\n\nrequire example.com/db v0.0.0\n\nreplace example.com/db => ./db\n',
        'db/go.mod': '',
      }),
      expect: [
        'error Dockerfile:4:5 go mod download stops: go.mod names db/go.mod, and no COPY brings it to /src/db/go.mod by then',
      ],
    },
    'a member of a workspace, and the dependency of another': {
      ...project(`${rust}COPY Cargo.toml ./\nCOPY api api\nRUN cargo build --release -p api\n`, {
        'Cargo.toml': workspace,
        'api/Cargo.toml':
          '[package]\nname = "api"\n\n[dependencies]\nshared = { path = "../shared", optional = true }\n',
        'db/Cargo.toml': '',
        'shared/Cargo.toml': '',
      }),
      expect: [
        'error Dockerfile:5:5 cargo build stops: Cargo.toml names db/Cargo.toml, and no COPY brings it to /src/db/Cargo.toml by then',
        'error Dockerfile:5:5 cargo build stops: api/Cargo.toml names shared/Cargo.toml, and no COPY brings it to /src/shared/Cargo.toml by then',
      ],
    },
    'the readme and the package of a project': {
      ...project(`${python}COPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\nCOPY . .\n`, {
        'pyproject.toml': hatch,
        'uv.lock': '',
        'README.md': '',
        'src/my_shop/__init__.py': '',
      }),
      expect: [
        'error Dockerfile:4:5 uv sync stops: pyproject.toml names README.md and src/my_shop/__init__.py, and no COPY brings them into the image by then',
      ],
    },
    'a readme that the project does not have': {
      ...project(`${python}COPY . .\nRUN uv pip install --system .\n`, {
        'pyproject.toml': hatch,
        'my_shop/__init__.py': '',
      }),
      expect: [
        'error pyproject.toml:3:11 uv pip install stops: pyproject.toml names README.md, and the project does not have it',
      ],
    },
    'the readme that .dockerignore leaves out': {
      ...project(`${python}COPY . .\nRUN pip install --no-cache-dir .\n`, {
        '.dockerignore': '*.md\n',
        'pyproject.toml': hatch,
        'README.md': '',
        'my_shop/__init__.py': '',
      }),
      expect: [
        'error .dockerignore:1:1 pip install stops: pyproject.toml names README.md, and .dockerignore leaves it out of the build',
      ],
    },
    'Poetry of an unknown version': {
      ...project(`${python}RUN pip install poetry\nCOPY pyproject.toml poetry.lock ./\nRUN poetry install\n`, {
        'pyproject.toml': poetry,
        'poetry.lock': '',
        'README.md': '',
      }),
      expect: [
        'warning Dockerfile:5:5 poetry install is likely to stop: pyproject.toml names README.md, and no COPY brings it to /app/README.md by then',
      ],
    },
    'requirements of requirements': {
      ...project(`${python}COPY requirements.txt ./\nRUN pip install -r requirements.txt\n`, {
        'requirements.txt': '-c constraints.txt\n-e ./lib\nflask\n',
        'constraints.txt': '',
        'lib/pyproject.toml': '',
      }),
      expect: [
        'error Dockerfile:4:5 pip install stops: requirements.txt names constraints.txt and lib, and no COPY brings them into the image by then',
      ],
    },
    'a Gemfile that computes the version, on an image whose tag is not known': {
      ...project('ARG TAG\nFROM ruby:$TAG\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\n', {
        Gemfile: 'version = File.read(File.join(__dir__, ".ruby-version")).strip\nruby version\n',
        '.ruby-version': '3.4.1\n',
      }),
      expect: [
        'error Dockerfile:5:5 bundle install stops: Gemfile names .ruby-version, and no COPY brings it to /app/.ruby-version by then',
      ],
    },
    'the plugins of Yarn': {
      ...project(
        'FROM node:22\nWORKDIR /app\nCOPY package.json .yarnrc.yml ./\nCOPY .yarn/releases .yarn/releases\nRUN yarn install\n',
        yarnFiles,
      ),
      expect: [
        'error Dockerfile:5:5 yarn install stops: .yarnrc.yml names .yarn/plugins/tools.cjs, and no COPY brings it to /app/.yarn/plugins/tools.cjs by then',
      ],
    },
    'another Gemfile, in a group that is left out': {
      ...project('FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile ./\nRUN BUNDLE_WITHOUT=development bundle install\n', {
        Gemfile:
          'if ENV["CI"]\n  gem "junit"\nend\ngroup :development do\n  gem "web-console" # do\n  eval_gemfile "gemfiles/lint.gemfile"\nend\n',
        'gemfiles/lint.gemfile': '',
      }),
      expect: [
        'error Dockerfile:4:5 bundle install stops: Gemfile names gemfiles/lint.gemfile, and no COPY brings it to /app/gemfiles/lint.gemfile by then',
      ],
    },
    'the gemspec that a Gemfile names, and what that one reads': {
      ...project(
        'FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile shop.gemspec ./\nCOPY engines/cart/cart.gemspec engines/cart/\nRUN bundle install\n',
        {
          Gemfile: 'source "https://rubygems.org"\ngemspec\ngem "cart", path: "engines/cart"\n',
          'shop.gemspec':
            'require_relative "lib/shop/version"\nGem::Specification.new do |s|\n  s.version = Shop::VERSION\nend\n',
          'lib/shop/version.rb': '',
          'engines/cart/cart.gemspec':
            '$:.push File.expand_path("lib", __dir__)\nrequire "cart/version"\nGem::Specification.new do |s|\n  s.description = File.read("README.md")\nend\n',
          'engines/cart/lib/cart/version.rb': '',
          'engines/cart/README.md': '',
        },
      ),
      expect: [
        'error Dockerfile:5:5 bundle install stops: engines/cart/cart.gemspec names engines/cart/lib/cart/version.rb and engines/cart/README.md, and no COPY brings them into the image by then',
        'error Dockerfile:5:5 bundle install stops: shop.gemspec names lib/shop/version.rb, and no COPY brings it to /app/lib/shop/version.rb by then',
      ],
    },
    'a gemspec that is not there': {
      ...project('FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\n', {
        Gemfile: 'gemspec\n',
        'shop.gemspec': '',
      }),
      expect: [
        'error Dockerfile:4:5 bundle install stops: Gemfile names shop.gemspec, and no COPY brings it to /app/shop.gemspec by then',
      ],
    },
    'what a Gemfile names': {
      ...project('FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\n', {
        Gemfile: 'ruby file: ".ruby-version"\ngem "cart", path: "engines/cart"\n',
        'Gemfile.lock': '',
        '.ruby-version': '3.4.1',
        'engines/cart/cart.gemspec': '',
      }),
      expect: [
        'error Dockerfile:4:5 bundle install stops: Gemfile names engines/cart and .ruby-version, and no COPY brings them into the image by then',
      ],
    },
    'the patches that a plugin of Composer applies': {
      ...project(
        'FROM php:8.4-cli\nRUN apt-get update && apt-get install -y \\\n    git zip unzip\nENV COMPOSER_ALLOW_SUPERUSER=1\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer install --no-scripts --no-autoloader\n',
        {
          'composer.json':
            '{"require": {"cweagans/composer-patches": "^1.7"},\n"extra": {"patches-file": "patches/patches.json"}}',
          'composer.lock': '{}',
          'patches/patches.json': '{}',
        },
      ),
      expect: [
        'error Dockerfile:7:5 composer install stops: composer.json names patches/patches.json, and no COPY brings it to /app/patches/patches.json by then',
      ],
    },
    'a patch of one package, where plugins may not run': {
      ...project('FROM php:8.4-cli\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install\n', {
        'composer.json':
          '{"require": {"cweagans/composer-patches": "^2.0"},\n"extra": {"patches": {"a/b": {"Fix": "patches/b.patch"}}}}',
        'patches/b.patch': '',
      }),
      expect: [
        'warning Dockerfile:4:5 composer install is likely to stop: composer.json names patches/b.patch, and no COPY brings it to /app/patches/b.patch by then',
      ],
    },
    'the folder without which Laravel does not start, where nobody makes it': {
      ...project('FROM php:8.4-cli\nWORKDIR /app\nCOPY . .\nRUN php artisan key:generate\n', {
        artisan: laravel,
        'bootstrap/app.php': '',
      }),
      expect: [
        'error artisan:4:31 php artisan key:generate stops: artisan needs the folder bootstrap/cache, and the project does not have it',
      ],
    },
    '… where .dockerignore leaves it out': {
      ...project(
        'FROM php:8.4-cli\nRUN pip install --no-cache-dir x && docker-php-ext-install opcache\nWORKDIR /app\nCOPY . .\nRUN composer install --no-dev\n',
        {
          '.dockerignore': 'vendor\nbootstrap/cache\n',
          'composer.json': '{"scripts": {\n"post-autoload-dump": ["@php artisan package:discover --ansi"]}}',
          artisan: laravel,
          'bootstrap/app.php': '',
          'bootstrap/cache/.gitignore': '*\n',
        },
      ),
      expect: [
        'error .dockerignore:2:1 composer install stops: artisan needs the folder bootstrap/cache, and .dockerignore leaves it out of the build',
      ],
    },
    'what artisan requires, for Composer’s scripts': {
      ...project('FROM php:8.4-cli\nWORKDIR /app\nCOPY composer.json artisan ./\nRUN composer install --no-dev\n', {
        'composer.json': '{"scripts": {\n"post-autoload-dump": ["@php artisan package:discover --ansi"]}}',
        artisan: laravel,
        'bootstrap/app.php': '',
      }),
      expect: [
        'error Dockerfile:4:5 composer install stops: artisan names bootstrap/app.php, and no COPY brings it to /app/bootstrap/app.php by then',
      ],
    },
    'a script of Composer that is called by its name': {
      ...project(
        'FROM php:8.4-cli\nWORKDIR /app\nCOPY composer.json ./\nRUN composer run-script post-autoload-dump\n',
        {
          'composer.json': '{"scripts": {\n"post-autoload-dump": ["@php artisan package:discover --ansi"]}}',
          artisan: laravel,
        },
      ),
      expect: [
        'error Dockerfile:4:5 composer run-script post-autoload-dump stops: composer.json names artisan, and no COPY brings it to /app/artisan by then',
      ],
    },
    'the console of Symfony’s scripts': {
      ...project('FROM php:8.4-cli\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install --no-dev\n', {
        'composer.json': symfony('"post-install-cmd": ["@auto-scripts"]'),
        'bin/console': '',
      }),
      expect: [
        'error Dockerfile:4:5 composer install stops: composer.json runs bin/console, and no COPY brings it to /app/bin/console by then',
      ],
    },
    'the artisan of Composer’s scripts': {
      ...project(
        'FROM php:8.4-cli\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer install --no-dev\n',
        {
          'composer.json': '{"scripts": {\n"post-autoload-dump": ["@php artisan package:discover --ansi"]}}',
          'composer.lock': '{}',
          artisan: '',
        },
      ),
      expect: [
        'error Dockerfile:4:5 composer install stops: composer.json names artisan, and no COPY brings it to /app/artisan by then',
      ],
    },
    'a configuration that another one imports, and no COPY brings': {
      ...project(
        'FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY mix.exs ./\nCOPY config/config.exs config/prod.exs config/\nRUN mix compile\n',
        {
          'mix.exs': '',
          'config/config.exs': 'import Config\nimport_config "#{config_env()}.exs"\n',
          'config/prod.exs': 'import Config\n\nimport_config "mail.exs"\n',
          'config/mail.exs': 'import Config\n',
        },
      ),
      expect: [
        'error Dockerfile:6:5 mix compile stops: config/prod.exs names config/mail.exs, and no COPY brings it to /app/config/mail.exs by then',
      ],
    },
    'a configuration that the project does not have': {
      ...project('FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN mix compile\n', {
        'mix.exs': '',
        'config/config.exs': 'import Config\nimport_config "#{Mix.env()}.exs"\n',
        'config/prod.exs': 'import Config\nimport_config "prod.secret.exs"\n',
      }),
      expect: [
        'error config/prod.exs:2:1 mix compile stops: config/prod.exs names config/prod.secret.exs, and the project does not have it',
      ],
    },
    'what mix.exs reads as it is loaded': {
      ...project(
        'FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY mix.exs ./\nRUN mix deps.get\nCOPY . .\nRUN mix compile\n',
        {
          'mix.exs':
            'defmodule Shop.MixProject do\n  use Mix.Project\n\n  @version File.read!("VERSION")\n\n  def project do\n    [app: :shop, version: @version, test_coverage: coverage()]\n  end\n\n  defp coverage do\n    Path.expand("coverage.exs", __DIR__) |> Code.eval_file() |> elem(0)\n  end\nend\n',
          VERSION: '1.0.0',
          'coverage.exs': '[]',
          'lib/shop.ex': '',
        },
      ),
      expect: [
        'error Dockerfile:5:5 mix deps.get stops: mix.exs names VERSION and coverage.exs, and no COPY brings them into the image by then',
      ],
    },
    'a path dependency of mix, and the configuration of the environment': {
      ...project(
        'FROM elixir:1.18\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY mix.exs ./\nCOPY config/config.exs config/\nRUN mix compile\n',
        {
          'mix.exs': '[{:core, path: "core"}, {:fake, path: "fake", only: :test}]\n',
          'config/config.exs': 'import Config\nimport_config "#{config_env()}.exs"\n',
          'config/prod.exs': '',
          'core/mix.exs': '',
          'fake/mix.exs': '',
        },
      ),
      expect: [
        'error Dockerfile:6:5 mix compile stops: config/config.exs names config/prod.exs, and no COPY brings it to /app/config/prod.exs by then',
        'error Dockerfile:6:5 mix compile stops: mix.exs names core/mix.exs, and no COPY brings it to /app/core/mix.exs by then',
      ],
    },
    'what tsconfig.json extends': {
      ...project('FROM node:22\nWORKDIR /app\nCOPY api api\nRUN cd api && npx tsc\n', {
        'tsconfig.base.json': '{}',
        'api/tsconfig.json': '{\n  // shared\n  "extends": "../tsconfig.base.json"\n}',
      }),
      expect: [
        'error Dockerfile:4:15 tsc stops: api/tsconfig.json names tsconfig.base.json, and no COPY brings it to /app/tsconfig.base.json by then',
      ],
    },
    'the modules of Maven and the projects of a solution': {
      ...project(
        'FROM maven:3-eclipse-temurin-21\nWORKDIR /app\nCOPY pom.xml ./\nCOPY web web\nRUN mvn -B package\nFROM mcr.microsoft.com/dotnet/sdk:9.0\nWORKDIR /src\nCOPY --from=0 /app/x /x\nCOPY Shop.sln ./\nRUN dotnet restore Shop.sln\n',
        {
          'pom.xml': '<project>\n<modules><module>web</module><module>core</module></modules></project>',
          'web/pom.xml': '<project/>',
          'core/pom.xml': '<project/>',
          'Shop.sln': 'Project("{FAE0}") = "Api", "Api\\Api.csproj", "{1}"\n',
          'Api/Api.csproj': '',
        },
      ),
      expect: [
        'error Dockerfile:5:5 mvn stops: pom.xml names core/pom.xml, and no COPY brings it to /app/core/pom.xml by then',
        'error Dockerfile:10:5 dotnet restore stops: Shop.sln names Api/Api.csproj, and no COPY brings it to /src/Api/Api.csproj by then',
      ],
    },
  },
})

it('reads on behind a COPY of a file that git ignores', async () => {
  const {files} = project(`${rust}COPY Cargo.lock Cargo.toml ./\nCOPY api api\nRUN cargo build\n`, {
    '.gitignore': 'Cargo.lock\n',
    'Cargo.toml': workspace,
    'api/Cargo.toml': '[package]\nname = "api"\n',
    'api/src/main.rs': 'fn main() {}\n',
    'db/Cargo.toml': '[package]\nname = "db"\n',
  })
  const root = temporary(files)
  execFileSync('git', ['-C', root, 'init', '-q'])
  const report = await preflight({root, offline: true, only: ['dockerfile/named-files'], env: {}})
  expect(report.checks.flatMap(({findings}) => findings.map(({message}) => message))).toEqual([
    'cargo build stops: Cargo.toml names db/Cargo.toml, and no COPY brings it to /src/db/Cargo.toml by then',
  ])
})
