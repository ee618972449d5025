import buildTasks from '../../../checks/dockerfile/build-tasks.ts'
import {testCheck} from '../../harness.ts'

const project = (base: string, run: string, files: Record<string, string>) => ({
  files: {'fly.toml': 'app = "shop"', Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY . .\n${run}\n`, ...files},
})
const gems = (...names: string[]) =>
  `GEM\n  specs:\n    railties (8.0.1)\n${names.map((name) => `    ${name} (1.0)\n`).join('')}`
const task = "namespace :fly do\n  task :build => 'assets:precompile'\nend\n"
const django = {
  'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  'shop/settings.py': 'from .base import *\n',
  'shop/base.py': 'INSTALLED_APPS = ["django.contrib.staticfiles"]\n',
}

/** A project file whose target runs a command. */
const target = (attributes: string, exec = '<Exec Command="npm ci" />') =>
  `<Project Sdk="Microsoft.NET.Sdk.Web">\n<Target Name="Assets" ${attributes}>\n${exec}\n</Target>\n</Project>\n`
const sdk = 'mcr.microsoft.com/dotnet/sdk:8.0'
const dotnet = (run: string, csproj: string, base = sdk) => project(base, run, {'Shop.csproj': csproj})
const publish = 'RUN dotnet publish -c Release -o out'
const hooked = 'AfterTargets="ComputeFilesToPublish"'

const members = (run: string, files: Record<string, string> = {}) =>
  project('node:22', run, {
    'package.json': '{"workspaces": ["apps/*"], "scripts": {"build": "turbo build"}}',
    'apps/web/package.json': '{"name": "@shop/web", "scripts": {"build": "vite build"}}',
    ...files,
  })

/** A project of Laravel whose cache is in a database, as it is by default. */
const laravel = (run: string, files: Record<string, string> = {}) =>
  project('php:8.3-cli', run, {
    artisan: '',
    'config/cache.php':
      "<?php\nreturn [\n    'default' => env('CACHE_STORE', 'database'),\n    'stores' => [\n        'array' => [\n            'driver' => 'array'],\n        'database' => [\n            'driver' => 'database',\n        ],\n    ],\n];\n",
    ...files,
  })

/** A Phoenix whose mix.exs has these aliases. */
const phoenix = (aliases: string, files: Record<string, string> = {}) =>
  project('elixir:1.18', 'RUN mix deps.get && mix assets.deploy && mix release', {
    'mix.exs': `defmodule Shop.MixProject do\n  use Mix.Project\n  def project do\n    [app: :shop, ${aliases}deps: []]\n  end\nend\n`,
    ...files,
  })

/** One whose alias runs the tasks of packages, in production. */
const bundled = (deps: string, lock = '', env = 'prod') =>
  project('elixir:1.18', `ENV MIX_ENV=${env}\nRUN mix deps.get && mix assets.deploy`, {
    'mix.exs': `defmodule Shop.MixProject do\n  use Mix.Project\n  defp deps, do: [${deps}]\n  defp aliases do\n    ["assets.deploy": ["esbuild default --minify", "phx.digest"]]\n  end\nend\n`,
    'mix.lock': `%{\n${lock}}\n`,
  })
const esbuildLock = '  "esbuild": {:hex, :esbuild, "0.10.0", "b0", [:mix], []},\n'

/** One whose components bring hooks of their own. */
const colocated = (
  run: string,
  {task = 'esbuild shop --minify', script = 'phoenix-colocated/shop', before = 'tailwind shop', more = {}} = {},
) =>
  project('elixir:1.18', `ENV MIX_ENV=prod\n${run}`, {
    'mix.exs': `defmodule Shop.MixProject do\n  use Mix.Project\n  def project do\n    [\n      app: :shop,\n      aliases: aliases()\n    ]\n  end\n  defp deps, do: [{:esbuild, "~> 0.10"}, {:tailwind, "~> 0.3"}]\n  defp aliases do\n    ["assets.deploy": ["${before}", "${task}", "phx.digest"]]\n  end\nend\n`,
    'mix.lock': `%{\n${esbuildLock}  "tailwind": {:hex, :tailwind, "0.3.1", "b0", [:mix], []},\n}\n`,
    'config/config.exs': 'import Config\nconfig :esbuild, shop: [args: ~w(js/app.js --bundle)]\n',
    'assets/js/app.js': `import {hooks} from "${script}"\n`,
    ...more,
  })

/** A crate, as a RUN builds it. */
const crate = (run: string, files: Record<string, string> = {}, base = 'rust:1.80') =>
  project(base, run, {
    'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\n',
    'Cargo.lock': '[[package]]\nname = "shop"\n\n[[package]]\nname = "serde"\n',
    'src/main.rs': 'fn main() {}\n',
    'src/bin/worker.rs': 'fn main() {}\n',
    ...files,
  })
const only = (dockerfile: string) => ({
  files: {...crate('').files, 'src/bin/worker.rs': '', Dockerfile: `FROM rust:1.80\nWORKDIR /app\n${dockerfile}`},
})

/** A project of Symfony with Flex. */
const symfony = (run: string, files: Record<string, string> = {}) =>
  project('php:8.3-cli', `ENV COMPOSER_ALLOW_SUPERUSER=1\n${run}`, {
    'composer.json':
      '{"require": {"symfony/console": "7.3.*", "symfony/flex": "^2"},\n"require-dev": {"symfony/maker-bundle": "^1.64"},\n"scripts": {"auto-scripts": {"cache:clear": "symfony-cmd"}, "post-install-cmd": ["@auto-scripts"]}}',
    'bin/console': '#!/usr/bin/env php\n',
    'config/bundles.php':
      "<?php\nreturn [\n    Symfony\\Bundle\\FrameworkBundle\\FrameworkBundle::class => ['all' => true],\n    Symfony\\Bundle\\MakerBundle\\MakerBundle::class => ['dev' => true],\n];\n",
    '.env': 'APP_ENV=dev\n',
    ...files,
  })

const node = (run: string, manifest: Record<string, unknown>) =>
  project('node:22', run, {'package.json': JSON.stringify({scripts: {build: 'ng build --prod'}, ...manifest})})

const maven = (run: string, pom = '', files: Record<string, string> = {}) =>
  project('maven:3.9-eclipse-temurin-21', `RUN ${run}`, {'pom.xml': `<project>${pom}</project>\n`, ...files})

testCheck(buildTasks, {
  clean: {
    'a program of a package that is called so, and begins like a script': project('node:22', 'RUN yarn tsc-alias', {
      'package.json': '{"scripts": {"tsc": "tsc -b"}, "devDependencies": {"tsc-alias": "1"}}',
    }),
    'a program whose name begins like a script': project('node:22', 'RUN yarn vue-cli-service build', {
      'package.json': '{"scripts": {"vue": "vue-cli-service serve"}, "devDependencies": {"@vue/cli-service": "5"}}',
    }),
    'Maven: a goal behind options with values': maven('mvn -B -pl web -am -D skipTests package'),
    'Maven: a goal of the pom': maven('mvn -B', '<build><defaultGoal>package</defaultGoal></build>'),
    'Maven: its version': maven('mvn -version'),
    'Maven: goals of a file': maven('mvn -B', '', {'.mvn/maven.config': 'package\n'}),
    'Maven: words that are not known': maven('mvn $GOALS'),
    'a clone with a name of whoever asks': project(
      'debian:12',
      'RUN git clone https://token@github.com/shop/api && git clone git@github.com:shop/api.git',
      {},
    ),
    'the task of a package that starts in development alone': bundled(
      '{:esbuild, "~> 0.10", runtime: Mix.env() == :dev}',
      esbuildLock,
    ),
    'of a package that production is named for': bundled('{:esbuild, "~> 0.10", only: [:dev, :prod]}', esbuildLock),
    'of a package of the environment of the build': bundled('{:esbuild, "~> 0.10", only: :dev}', esbuildLock, 'dev'),
    'of a package that another one brings': bundled(
      '{:phoenix_assets, "~> 1.0"}',
      `${esbuildLock}  "phoenix_assets": {:hex, :phoenix_assets, "1.0.0", "b0", [:mix], [{:esbuild, "~> 0.10"}]},
`,
    ),
    'hooks of components, and the app is compiled before': colocated('RUN mix compile\nRUN mix assets.deploy'),
    'hooks of components, and something may compile the app': colocated(
      'RUN mix do deps.get, compile\nRUN mix assets.deploy',
    ),
    'hooks of components, and a script that may compile it': colocated('RUN ./build.sh && mix assets.deploy', {
      more: {'build.sh': '#!/bin/sh\n. ./more.sh\n'},
    }),
    'a bundler that reads the configuration of the app compiled': colocated('RUN mix assets.deploy', {
      task: 'esbuild shop --runtime-config',
    }),
    'hooks of a package': colocated('RUN mix assets.deploy', {script: 'phoenix-colocated/other'}),
    'mix.exs has the alias': phoenix('aliases: aliases(), ', {
      'mix.exs':
        'defmodule Shop.MixProject do\n  use Mix.Project\n  defp aliases do\n    ["assets.deploy": ["phx.digest"]]\n  end\nend\n',
    }),
    'mix.exs takes the aliases from elsewhere': phoenix('aliases: Shop.Tasks.aliases(), '),
    'the project has the task itself': phoenix('', {'lib/mix/tasks/assets_deploy.ex': ''}),
    'the apps of an umbrella may have it': phoenix('apps_path: "apps", '),
    'pnpm -w asks the package at the top of the workspace': members(
      'RUN corepack enable && pnpm --filter @shop/web build',
      {
        'pnpm-workspace.yaml': 'packages: ["apps/*"]\n',
        'package.json': '{"scripts": {"bundle": "node -e 1"}}',
        'apps/web/package.json': '{"name": "@shop/web", "scripts": {"build": "pnpm run -w bundle"}}',
      },
    ),
    'an option that this version still has': node('RUN npm run build', {devDependencies: {'@angular/cli': '^13.3.0'}}),
    'a command of npm': node('RUN npm i', {scripts: {i: 'x'}}),
    'a package.json that a RUN writes': node('RUN npm pkg set scripts.build=x && npm build', {}),
    'a file that is called like a script': project('node:22', 'RUN node gen:all', {
      'package.json': '{"scripts": {"gen:all": "x"}}',
      'gen:all.js': '',
    }),
    'Nx lays a program of that name': node('RUN npx ng build --prod', {
      devDependencies: {'@angular/cli': '^15.0.0', '@nrwl/workspace': '15.0.0'},
    }),
    'a version that nobody can tell': node('RUN npm run build', {devDependencies: {'@angular/cli': 'latest'}}),
    'a program of a package in the place of a script': node('RUN yarn tsc', {}),
    'a script of that name': node('RUN yarn build', {scripts: {build: 'true'}}),
    'Symfony in production': symfony('ENV APP_ENV=prod\nRUN composer install --no-dev'),
    'Symfony in production for one command': symfony('RUN APP_ENV=prod composer install --no-dev'),
    'Symfony in production by a file': symfony('RUN composer install --no-dev', {'.env': 'APP_ENV=prod\n'}),
    'Symfony in production by a file that is written': symfony(
      "RUN echo 'APP_ENV=prod' > .env.local && composer install --no-dev",
    ),
    'Symfony in production by composer dump-env': symfony(
      'RUN composer install --no-dev --no-scripts && composer dump-env prod\nRUN composer install --no-dev',
    ),
    'Symfony with its bundles for development': symfony('RUN composer install'),
    'no script of Symfony': symfony('RUN composer install --no-dev --no-scripts'),
    'no script of Symfony that starts it': symfony('RUN composer install --no-dev', {
      'composer.json': '{"require": {"symfony/console": "7.3.*"}, "require-dev": {"symfony/maker-bundle": "^1"}}',
    }),
    'a bundle for development that is always installed': symfony('RUN composer install --no-dev', {
      'composer.json':
        '{"require": {"symfony/maker-bundle": "^1.64"},\n"scripts": {"auto-scripts": {"cache:clear": "symfony-cmd"}, "post-install-cmd": ["@auto-scripts"]}}',
    }),
    'a bundle that a package of production needs': symfony('RUN composer install --no-dev', {
      'composer.lock':
        '{"packages": [{"name": "shop/admin", "require": {"symfony/maker-bundle": "^1"}}, {"name": "symfony/maker-bundle"}],\n"packages-dev": []}',
    }),
    'bundles that are loaded where they are there': symfony('RUN composer install --no-dev', {
      'config/bundles.php':
        "<?php\nreturn array_filter([\n    Symfony\\Bundle\\MakerBundle\\MakerBundle::class => ['dev' => true],\n], 'class_exists', ARRAY_FILTER_USE_KEY);\n",
    }),
    'a script that says the environment': symfony('RUN composer install --no-dev', {
      'composer.json':
        '{"require": {"symfony/console": "7.3.*", "symfony/flex": "^2"},\n"require-dev": {"symfony/maker-bundle": "^1.64"},\n"scripts": {"auto-scripts": {"cache:clear --env=prod": "symfony-cmd"}, "post-install-cmd": ["@auto-scripts"]}}',
    }),
    'a console that starts in production': symfony('RUN composer install --no-dev', {
      'bin/console': "#!/usr/bin/env php\n<?php $_SERVER['APP_ENV'] ??= 'prod';\n",
    }),
    'a build argument': symfony('ARG APP_ENV=prod\nRUN composer install --no-dev'),
    'a build argument without a value': symfony('ARG APP_ENV\nRUN composer install --no-dev'),
    'in the stage before': symfony(
      'ENV APP_ENV=prod\nFROM php:8.3-cli AS x\nENV APP_ENV=prod\nFROM x\nWORKDIR /app\nCOPY . .\nRUN composer install --no-dev',
    ),
    'a failure that nobody minds': symfony('RUN composer install --no-dev || true'),
    'a bundle for tests': symfony('RUN composer install --no-dev', {
      'config/bundles.php':
        "<?php\nreturn [\n    Symfony\\Bundle\\MakerBundle\\MakerBundle::class => ['test' => true],\n];\n",
    }),
    'a configuration that calls functions': laravel('RUN php artisan config:cache', {
      'config/shop.php':
        "<?php\n// 'a' => fn () => 1\nreturn [\n    'names' => array_map(fn ($name) => trim($name), ['a' => fn () => 1]),\n    'text' => \"=> function ()\",\n    'list' => array('a', 'b'),\n    'hook' => [App\\Hook::class, 'run'],\n];\n",
    }),
    'a function that is none of the configuration': laravel('RUN php artisan config:cache', {
      'config/shop.php':
        "<?php\n$of = fn () => 1;\nfunction make() {\n    return ['a' => fn () => 1];\n}\n\nreturn [\n    'a' => 1,\n];\n",
      'config/text.php': "<?php\nreturn [\n    'a' => <<<EOT\n    'b' => function () {}\n    EOT,\n];\n",
    }),
    'a function in a configuration that is not cached': laravel('RUN php artisan route:cache', {
      'config/shop.php': "<?php\nreturn ['hook' => fn () => 1];\n",
    }),
    'another store of the cache': laravel('RUN CACHE_STORE=array php artisan optimize:clear'),
    'a store that the Dockerfile chooses': laravel('ENV CACHE_STORE=array\nRUN php artisan optimize:clear'),
    'a failure that nothing asks for': laravel('RUN php artisan optimize:clear && rm -rf tmp; chmod +x artisan'),
    'all but the cache': laravel('RUN php artisan optimize:clear --except=cache'),
    'a database of the build’s own': laravel(
      'RUN touch database/database.sqlite && php artisan migrate --force\nRUN php artisan optimize:clear',
    ),
    'settings that are copied': laravel('RUN php artisan optimize:clear', {'.env': 'CACHE_STORE=file\n'}),
    'a cache in files': laravel('RUN php artisan cache:clear', {
      'config/cache.php': "<?php\nreturn [\n    'default' => env('CACHE_DRIVER', 'file'),\n];\n",
    }),
    'bun: a value behind =': members('RUN bun --cwd=apps/web run build && bun --filter=@shop/web run build'),
    'bun: the flag behind its command': members('RUN bun run --cwd apps/web build && bun run --filter @shop/web build'),
    'bun: a filter that is the script’s': members('RUN bun run build --filter=web', {
      'package.json': '{"workspaces": ["apps/*"], "scripts": {"build": "node build.mjs"}}',
      'build.mjs': '',
    }),
    'bun: a script without run': members('RUN bun --cwd apps/web build'),
    'bun: a flag without a value': members('RUN bun --bun run build'),
    'bun: a script that is called run': members('RUN bun --filter @shop/web run build', {
      'apps/web/package.json': '{"name": "@shop/web", "scripts": {"run": "node .", "build": "vite build"}}',
    }),
    'bun: a filter by folder, or by a pattern': members(
      'RUN bun run --filter ./apps/web build && bun run --filter "@shop/*" build',
    ),
    'turbo is given the whole name': members('RUN npx turbo prune --scope=@shop/web --docker'),
    'turbo is given a folder or a pattern': members(
      "RUN npx turbo build --filter=./apps/web && npx turbo build --filter='@shop/*'",
    ),
    'turbo 1 finds it without its scope': members('RUN npx turbo run build --filter=web...', {
      'turbo.json': '{"pipeline": {"build": {}}}',
    }),
    'npm is given the folder that its members are in': members('RUN npm run build --workspace=apps'),
    'npm is given a folder': members('RUN npm run build -w apps/web'),
    'pnpm finds it without its scope': members('RUN pnpm --filter web... build', {
      'pnpm-workspace.yaml': 'packages: [apps/*]\n',
    }),
    'one of several names is there': members('RUN npx turbo build --filter=@shop/web --filter=api'),
    'a folder of a workspace that is not seen from here': project('node:22', 'RUN npx turbo build --filter=api', {
      'package.json': '{"name": "web"}',
    }),
    'a JDK compiles': project('eclipse-temurin:21-jdk', 'RUN ./mvnw package', {'src/main/java/Shop.java': ''}),
    'a JDK is brought': project(
      'eclipse-temurin:21-jre',
      'RUN apt-get update && apt-get install -y openjdk-21-jdk maven\nRUN mvn package',
      {'src/main/java/Shop.java': ''},
    ),
    'Gradle fetches one': project('eclipse-temurin:21-jre', 'RUN ./gradlew build', {
      'src/main/java/Shop.java': '',
      'settings.gradle': "plugins { id 'org.gradle.toolchains.foojay-resolver-convention' version '0.8.0' }\n",
    }),
    'nothing of Java is compiled': project('eclipse-temurin:21-jre', 'RUN ./mvnw package', {'pom.xml': ''}),
    'a target that installs, and a RUN that brings npm': dotnet(
      `RUN apt-get update && apt-get install -y nodejs npm\n${publish}`,
      target(hooked),
    ),
    'npm is copied from another image': dotnet(`COPY --from=node:22 /usr/local /usr/local\n${publish}`, target(hooked)),
    'a target for Visual Studio': dotnet(publish, target(`${hooked} Condition="'$(Configuration)' == 'Debug'"`)),
    'a target of publish alone': dotnet('RUN dotnet build', target(hooked)),
    'a target that nothing comes to': dotnet(publish, target('')),
    'a target in a comment': dotnet(publish, `<Project><!-- ${target(hooked)} --></Project>`),
    'its failure is of no weight': dotnet(publish, target(hooked, '<Exec Command="npm ci" ContinueOnError="true" />')),
    'the target asks first': dotnet(
      publish,
      target(hooked, '<Exec Command="command -v npm || exit 0; dotnet tool restore" />'),
    ),
    'an image that may have it': dotnet(publish, target(hooked), 'registry.example.com/dotnet-with-node:8'),
    'the script is there': project('node:22', 'RUN npm run build', {'package.json': '{"scripts": {"build": "tsc"}}'}),
    'it may be missing': project('node:22', 'RUN npm run build --if-present', {'package.json': '{}'}),
    'bun runs a file': project('oven/bun:1', 'RUN bun run src/build.ts && bun run ./src/seed', {
      'package.json': '{}',
      'src/build.ts': '',
      'src/seed.ts': '',
    }),
    'by run, too': project('node:22', 'RUN yarn run tsc', {'package.json': '{}'}),
    'a pattern of pnpm': project('node:22', 'RUN pnpm run "/^build:.*/"', {'package.json': '{}'}),
    'npm has an env of its own': project('node:22', 'RUN npm run env', {'package.json': '{}'}),
    'what yarn runs may be a program': project('node:22', 'RUN yarn tsc', {'package.json': '{}'}),
    'a RUN adds it': project('node:22', 'RUN npm pkg set scripts.build=tsc package.json && npm run build', {
      'package.json': '{}',
    }),
    'there is another way': project('node:22', 'RUN npm run build || true', {'package.json': '{}'}),
    'in a folder that is not known': project('node:22', 'RUN cd $DIR && npm run build', {'package.json': '{}'}),
    'an asset pipeline': project('ruby:3.4', 'RUN bin/rails assets:precompile', {
      'Gemfile.lock': gems('propshaft'),
      'bin/rails': '',
    }),
    'a task of the project': project('ruby:3.4', 'RUN bundle exec rake assets:precompile', {
      'Gemfile.lock': gems(),
      'lib/tasks/assets.rake': 'namespace :assets do\n  task :precompile do\n  end\nend\n',
      Rakefile: '',
    }),
    'a task that is commented out': project('ruby:3.4', 'RUN bin/rails fly:build', {
      'Gemfile.lock': gems(),
      'bin/rails': '',
      'lib/tasks/fly.rake': "namespace :fly do\n  task :build # => 'assets:precompile'\nend\n",
    }),
    'a target of make': project('golang:1.25', 'RUN make build', {
      Makefile: 'all: build\nbuild: main.go\n\tgo build .\n',
    }),
    'a built-in rule of make': project('gcc:15', 'RUN make hello', {Makefile: 'clean:\n\trm hello\n', 'hello.c': ''}),
    'another makefile comes first': project('gcc:15', 'RUN make build', {
      Makefile: 'all:\n\ttrue\n',
      GNUmakefile: 'build:\n\ttrue\n',
    }),
    'make is told how many jobs': project('golang:1.25', 'RUN make -j 4 build', {Makefile: 'build:\n\tgo build .\n'}),
    'a rule of make over two lines': project('golang:1.25', 'RUN make web', {
      Makefile: 'web \\\n  api: main.go\n\tgo build .\n',
    }),
    'a phony target without a rule': project('golang:1.25', 'RUN make deps', {Makefile: '.PHONY: deps\n'}),
    'a rule for all others': project('golang:1.25', 'RUN make web', {Makefile: '.DEFAULT:\n\tgo build ./cmd/$@\n'}),
    'a Makefile that includes another, on a condition': project('golang:1.25', 'RUN make build', {
      Makefile: 'ifdef CI\n  include rules.mk\nendif\n',
    }),
    'a Makefile that includes another': project('golang:1.25', 'RUN make build', {Makefile: 'include rules.mk\n'}),
    'a command of an app of the project': project('python:3.12', 'RUN python manage.py seed', {
      ...django,
      'orders/management/commands/seed.py': '',
    }),
    'programs of a crate': crate('RUN cargo build --release --bin shop && cargo build --bin worker -p shop'),
    'a program by its [[bin]]': crate('RUN cargo build --bin web', {
      'Cargo.toml': '[package]\nname = "shop"\n\n[[bin]]\nname = "web"\npath = "src/main.rs"\n',
    }),
    'a package of the registry': crate('RUN cargo build -p serde'),
    'members of a workspace': crate('RUN cargo build -p api --bin api', {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      'crates/api/Cargo.toml': '[package]\nname = "api"\n',
      'crates/api/src/main.rs': 'fn main() {}\n',
    }),
    'cargo-chef that is installed': crate(
      'RUN cargo install cargo-chef\nRUN cargo chef prepare --recipe-path recipe.json',
    ),
    'cargo-chef of its image': crate('RUN cargo chef prepare', {}, 'lukemathwalker/cargo-chef:latest-rust-1.80'),
    'cargo-chef that is copied': crate(
      'COPY --from=example/chef /usr/local/cargo/bin /usr/local/cargo/bin\nRUN cargo chef prepare',
    ),
    'a target that is added': crate(
      'RUN rustup target add x86_64-unknown-linux-musl\nRUN cargo build --target x86_64-unknown-linux-musl',
    ),
    'the own target of Alpine': crate('RUN cargo build --target x86_64-unknown-linux-musl', {}, 'rust:1.80-alpine'),
    'a target of rust-toolchain.toml': crate('RUN cargo build --target x86_64-unknown-linux-musl', {
      'rust-toolchain.toml': '[toolchain]\ntargets = ["x86_64-unknown-linux-musl"]\n',
    }),
    'a source that a RUN writes for the time being': only(
      'COPY Cargo.toml Cargo.lock ./\nRUN mkdir src && echo "fn main() {}" > src/main.rs && cargo build\nCOPY src src\nRUN cargo build\n',
    ),
  },
  flagged: {
    'Maven: options alone': {
      ...maven('mvn -B -N', '<parent><groupId>org.springframework.boot</groupId></parent>'),
      expect: [
        'error Dockerfile:4:5 mvn -B -N stops with "No goals have been specified for this build": it names none, and pom.xml has no defaultGoal',
      ],
    },
    'Maven: under a parent that is not known': {
      ...maven('./mvnw -DskipTests', '<parent><groupId>com.acme</groupId></parent>', {mvnw: '#!/bin/sh\n'}),
      expect: [
        'warning Dockerfile:4:5 mvnw -DskipTests stops with "No goals have been specified for this build": it names none, and pom.xml has no defaultGoal',
      ],
    },
    'a clone of a commit': {
      ...project('debian:12', 'RUN git clone https://github.com/shop/api@53570cfc6179ff76', {}),
      expect: [
        'error Dockerfile:4:5 git clone stops: 53570cfc6179ff76 behind the @ is part of the name, and there is no such repository',
      ],
    },
    'hooks of components that are not compiled yet': {
      ...colocated('RUN mix deps.get\nRUN mix deps.compile\nRUN mix assets.deploy\nRUN mix compile'),
      expect: [
        'error Dockerfile:7:5 mix assets.deploy stops: assets/js/app.js imports phoenix-colocated/shop, which mix compile writes, and nothing compiles the app before',
      ],
    },
    'hooks of components, behind a task in a folder of its own': {
      ...colocated('RUN mix assets.deploy\nRUN mix compile', {before: 'cmd --cd assets npm ci'}),
      expect: [
        'error Dockerfile:5:5 mix assets.deploy stops: assets/js/app.js imports phoenix-colocated/shop, which mix compile writes, and nothing compiles the app before',
      ],
    },
    'hooks of components that nothing before their sources can compile': {
      files: {
        ...colocated('').files,
        Dockerfile:
          'FROM elixir:1.18\nRUN curl https://example.com/setup | bash\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN mix assets.deploy\n',
      },
      expect: [
        'error Dockerfile:6:5 mix assets.deploy stops: assets/js/app.js imports phoenix-colocated/shop, which mix compile writes, and nothing compiles the app before',
      ],
    },
    'an alias that is not among those of mix.exs': {
      ...phoenix('aliases: aliases(), '),
      expect: [
        'warning Dockerfile:4:21 mix assets.deploy stops: mix.exs has no alias assets.deploy, and Phoenix itself no task of that name',
      ],
    },
    'the task of a package that is for development alone': {
      ...bundled('{:esbuild, "~> 0.10", only: :dev}', esbuildLock),
      expect: [
        'error Dockerfile:5:21 mix assets.deploy stops: the task esbuild is of esbuild, which mix.exs leaves out of prod',
      ],
    },
    'the task of a package that is in no list': {
      ...bundled(''),
      expect: [
        'error Dockerfile:5:21 mix assets.deploy stops: the task esbuild is of esbuild, which mix.exs does not list',
      ],
    },
    'an alias that mix.exs does not have': {
      ...phoenix(''),
      expect: [
        'warning Dockerfile:4:21 mix assets.deploy stops: mix.exs has no alias assets.deploy, and Phoenix itself no task of that name',
      ],
    },
    'a program that the crate does not have': {
      ...crate('RUN cargo build --release --bin server'),
      expect: ['error Dockerfile:4:5 cargo build stops: no program of Cargo.toml is called server'],
    },
    'a package that the workspace does not have': {
      ...crate('RUN cargo build --release -p server'),
      expect: ['error Dockerfile:4:5 cargo build stops: no package of the workspace is called server'],
    },
    'cargo-chef that nothing brings': {
      ...crate('RUN cargo chef prepare --recipe-path recipe.json'),
      expect: ['error Dockerfile:4:5 cargo chef stops: neither rust:1.80 nor a step before brings cargo-chef'],
    },
    'a target without its library': {
      ...crate(
        'RUN apt-get update && apt-get install -y musl-tools\nRUN cargo build --target x86_64-unknown-linux-musl',
      ),
      expect: [
        'error Dockerfile:5:5 cargo build stops: rust:1.80 has no standard library for x86_64-unknown-linux-musl',
      ],
    },
    'sources without their folder': {
      ...only('COPY Cargo.toml Cargo.lock ./\nCOPY src .\nRUN cargo build --release\n'),
      expect: ['error Dockerfile:5:5 cargo build stops: src/main.rs is not in /app/src by then'],
    },
    'a script that the package at the top does not have': {
      ...members('RUN corepack enable && pnpm --filter @shop/web build', {
        'pnpm-workspace.yaml': 'packages: ["apps/*"]\n',
        'package.json': '{"scripts": {"build": "node -e 1"}}',
        'apps/web/package.json': '{"name": "@shop/web", "scripts": {"build": "pnpm run -w bundle"}}',
      }),
      expect: ['error Dockerfile:4:24 pnpm run -w bundle stops: package.json has no script "bundle"'],
    },
    'a function in the configuration that is cached': {
      ...laravel('RUN php artisan optimize', {
        'config/shop.php':
          "<?php\n\nreturn [\n    'list' => array('a', 'b'),\n    'mail' => [\n        'before' => static function ($mail) {\n            return $mail;\n        },\n    ],\n];\n",
      }),
      expect: [
        'error Dockerfile:4:5 php artisan optimize stops: config/shop.php has a function for a value, which cannot be written into the cache',
      ],
    },
    'a script for npm without run': {
      ...node('RUN npm ci\nRUN npm build', {}),
      expect: ['error Dockerfile:5:5 npm build stops: npm has no such command: build is a script of package.json'],
    },
    'npm 6 may have such a command': {
      ...project('acme/node', 'RUN npm build', {'package.json': '{"scripts": {"build": "x"}}'}),
      expect: [
        'warning Dockerfile:4:5 npm build is likely to stop: npm has no such command: build is a script of package.json',
      ],
    },
    'a script for node': {
      ...node('RUN node gen:all', {scripts: {'gen:all': 'x'}}),
      expect: [
        'error Dockerfile:4:5 node gen:all stops: node looks for a file called gen:all: gen:all is a script of package.json',
      ],
    },
    'an option that Angular took away': {
      ...node('RUN npm run build', {devDependencies: {'@angular/cli': '~15.2.0'}}),
      expect: [
        'error Dockerfile:4:5 ng build --prod, which npm run build runs, stops: @angular/cli has no --prod since version 14, and package.json asks for ~15.2.0',
      ],
    },
    'a command that Next.js took away': {
      ...node('RUN npx next export', {dependencies: {next: '^14.1.0'}}),
      expect: [
        'error Dockerfile:4:5 next export stops: next has no export since version 14, and package.json asks for ^14.1.0',
      ],
    },
    'a script that has half of the name, without run': {
      ...project('node:22', 'RUN yarn move-files', {'package.json': '{"scripts": {"move": "mv dist ../static"}}'}),
      expect: ['warning Dockerfile:4:5 yarn move-files is likely to stop: package.json has no script "move-files"'],
    },
    'a script that is asked for without run': {
      ...node('RUN yarn build', {scripts: {start: 'node a.js'}}),
      expect: ['warning Dockerfile:4:5 yarn build is likely to stop: package.json has no script "build"'],
    },
    'Symfony in dev, without what it loads there': {
      ...symfony('RUN composer install --no-dev --optimize-autoloader --no-interaction'),
      expect: [
        'error Dockerfile:5:5 composer install --no-dev stops: its script cache:clear starts Symfony in dev, which loads MakerBundle, and symfony/maker-bundle is in require-dev',
      ],
    },
    'a variable that the settings of the cache do not ask for': {
      ...laravel('RUN CACHE_DRIVER=file php artisan optimize:clear'),
      expect: [
        'warning Dockerfile:4:5 php artisan optimize:clear also empties the cache, and config/cache.php keeps that in the database, which the build does not reach',
      ],
    },
    'a cache in the database, which the build empties': {
      ...laravel('RUN php artisan optimize:clear'),
      expect: [
        'warning Dockerfile:4:5 php artisan optimize:clear also empties the cache, and config/cache.php keeps that in the database, which the build does not reach',
      ],
    },
    'the cache alone, where WORKDIR is the base’s': {
      files: {
        ...laravel('').files,
        Dockerfile: 'FROM fideloper/fly-laravel:8.3\nCOPY . /var/www/html\nRUN php artisan cache:clear\n',
      },
      expect: [
        'warning Dockerfile:3:5 php artisan cache:clear empties the cache, and config/cache.php keeps that in the database, which the build does not reach',
      ],
    },
    'bun: a value behind a blank, before run': {
      ...members('RUN bun --cwd apps/web run build'),
      expect: [
        'warning Dockerfile:4:5 bun --cwd apps/web run build does nothing: with the value of --cwd as a word of its own bun does not take run for its command: it prints its help and ends',
      ],
    },
    'bun: a value behind a blank, before install': {
      ...members('RUN bun --cwd apps/web install'),
      expect: [
        'error Dockerfile:4:5 bun --cwd apps/web install stops: with the value of --cwd as a word of its own bun does not take install for its command: it looks for a script called install',
      ],
    },
    'bun: a filter behind a blank, before run': {
      ...members('RUN bun --filter @shop/web run build'),
      expect: [
        'error Dockerfile:4:5 bun --filter @shop/web run build stops: with the value of --filter as a word of its own bun does not take run for its command: it looks for packages with a script called run ("No packages matched the filter")',
      ],
    },
    'bun: the name of no package': {
      ...members('RUN bun --filter=web run build'),
      expect: [
        'error Dockerfile:4:5 bun --filter=web run build stops: no package.json of the project has the name web',
      ],
    },
    'turbo prune of a name without its scope': {
      ...members('RUN npm install -g turbo\nRUN turbo prune --scope=web --docker'),
      expect: [
        'error Dockerfile:5:5 turbo prune --scope=web --docker stops: no package.json of the project has the name web',
      ],
    },
    'a filter of turbo': {
      ...members('RUN npx turbo run build --filter=api...'),
      expect: [
        'error Dockerfile:4:5 npx turbo run build --filter=api... stops: no package.json of the project has the name api',
      ],
    },
    'a filter of turbo 1, which then builds nothing': {
      ...members('RUN npx turbo run build --filter=api', {'turbo.json': '{"pipeline": {"build": {}}}'}),
      expect: [
        'warning Dockerfile:4:5 npx turbo run build --filter=api does nothing: no package.json of the project has the name api',
      ],
    },
    'a workspace of npm': {
      ...members('RUN npm run build --workspace web'),
      expect: [
        'error Dockerfile:4:5 npm run build --workspace web stops: no package.json of the project has the name web',
      ],
    },
    'a scope that is misspelt, in all filters': {
      ...members('RUN pnpm install --filter @shpo/web... --filter @shpo/ui', {
        'pnpm-workspace.yaml': 'packages: [apps/*]\n',
      }),
      expect: [
        'warning Dockerfile:4:5 pnpm install --filter @shpo/web... --filter @shpo/ui does nothing: no package.json of the project has the name @shpo/web',
      ],
    },
    'a filter of pnpm, which then builds nothing': {
      ...members('RUN pnpm --filter api build', {'pnpm-workspace.yaml': 'packages: [apps/*]\n'}),
      expect: [
        'warning Dockerfile:4:5 pnpm --filter api build does nothing: no package.json of the project has the name api',
      ],
    },
    'a JRE has no compiler': {
      ...project('eclipse-temurin:21-jre', 'RUN chmod +x mvnw && ./mvnw -B package', {'src/main/java/Shop.java': ''}),
      expect: [
        'error Dockerfile:4:22 mvnw -B package stops: eclipse-temurin:21-jre has no Java compiler, as it is a JRE',
      ],
    },
    'a target that installs with npm, which the SDK does not have': {
      ...dotnet(publish, target(hooked)),
      expect: [
        `error Dockerfile:4:5 dotnet publish stops: Shop.csproj runs npm, and neither ${sdk} nor a RUN brings it`,
      ],
    },
    'through a target that another needs, unless its outputs are newer': {
      ...dotnet(
        'RUN dotnet build Shop.csproj',
        '<Project><Target Name="Install" Outputs="x"><Exec Command="bun install &amp;&amp; touch &quot;$(Stamp)&quot;" /></Target>\n<Target Name="Css" BeforeTargets="BeforeBuild" DependsOnTargets="Install" Condition="\'$(DesignTimeBuild)\' != \'true\'" /></Project>',
      ),
      expect: [
        `warning Dockerfile:4:5 dotnet build is likely to stop: Shop.csproj runs bun, and neither ${sdk} nor a RUN brings it`,
      ],
    },
    'yarn and bun may know a program of this name': {
      ...project('oven/bun:1', 'RUN bun run compile', {'package.json': '{}'}),
      expect: ['warning Dockerfile:4:5 bun run compile is likely to stop: package.json has no script "compile"'],
    },
    'a script that package.json does not have': {
      ...project('node:22', 'RUN npm ci && npm run build', {'package.json': '{}', 'package-lock.json': '{}'}),
      expect: ['error Dockerfile:4:15 npm run build stops: package.json has no script "build"'],
    },
    'pnpm, by the name alone': {
      ...project('node:22', 'RUN pnpm prisma:generate', {'package.json': '{}'}),
      expect: ['error Dockerfile:4:5 pnpm prisma:generate stops: package.json has no script "prisma:generate"'],
    },
    'an API without assets': {
      ...project('ruby:3.4', 'RUN SECRET_KEY_BASE_DUMMY=1 ./bin/rails assets:precompile', {
        'Gemfile.lock': gems('bootsnap', 'msgpack'),
        'bin/rails': '',
      }),
      expect: [
        'error Dockerfile:4:5 ./bin/rails assets:precompile stops: no gem of Gemfile.lock has the task assets:precompile',
      ],
    },
    'through a task of the project': {
      ...project('ruby:3.4', 'RUN bin/rails fly:build', {
        'Gemfile.lock': gems(),
        'bin/rails': '',
        'lib/tasks/fly.rake': task,
      }),
      expect: [
        'error lib/tasks/fly.rake:2:3 bin/rails fly:build stops: no gem of Gemfile.lock has the task assets:precompile',
      ],
    },
    'a target that the Makefile does not have': {
      ...project('golang:1.25', 'RUN make release', {Makefile: 'VERSION := 1\nbuild:\n\tgo build .\n'}),
      expect: ['error Dockerfile:4:5 make release stops: Makefile has no target release'],
    },
    'behind a number of jobs': {
      ...project('golang:1.25', 'RUN make -j 4 release', {Makefile: 'build:\n\tgo build .\n'}),
      expect: ['error Dockerfile:4:5 make release stops: Makefile has no target release'],
    },
    'a command of Django that is nowhere': {
      ...project('python:3.12', 'RUN python manage.py seed --all', django),
      expect: ['error Dockerfile:4:5 python manage.py seed --all stops: there is no management command seed'],
    },
  },
})
