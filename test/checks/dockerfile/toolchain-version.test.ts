import toolchainVersion from '../../../checks/dockerfile/toolchain-version.ts'
import {testCheck} from '../../harness.ts'

const project = (Dockerfile: string, files: Record<string, string>) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile, ...files},
})
const cargo = (lines: string, rest = '') => `[package]\nname = "shop"\nversion = "1.0.0"\n${lines}\n${rest}`
const lock4 = '# made by Cargo\nversion = 4\n'
const crate = (name: string, version: string, needs: string[] = []) =>
  `\n[[package]]\nname = "${name}"\nversion = "${version}"\ndependencies = [\n${needs.map((each) => ` "${each}",\n`).join('')}]\n`
const goMod = (version: string) => ({'go.mod': `module example.com/shop\n\ngo ${version}\n`})
const composer = (php: string, config = {}) => JSON.stringify({require: {php}, config})
const composerLock = (php: string) =>
  JSON.stringify({packages: [{name: 'openspout/openspout', require: {php}}], 'packages-dev': []})
/** Assets of Laravel, in a stage that gets the packages of PHP from another one. */
const assets = (php: string, base = 'node:22-alpine', install = 'composer install --no-dev') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM composer:2 AS vendor\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN ${install}\nFROM ${base} AS assets\n${php}WORKDIR /app\nCOPY --from=vendor /app/vendor ./vendor\nCOPY . .\nRUN php artisan wayfinder:generate\nFROM php:8.4-cli\nWORKDIR /app\nCOPY --from=assets /app/artisan ./artisan\nCOPY --from=vendor /app/vendor ./vendor\nCOPY . .\n`,
    'composer.json': composer('^8.4'),
    'composer.lock': composerLock('>=8.1'),
    artisan: '',
  },
})
const manifest = (value: object) => JSON.stringify({name: 'shop', ...value})
const build = (from: string, run: string) => `FROM ${from}\nWORKDIR /app\nCOPY . .\nRUN ${run}\n`
const solution = (...paths: string[]) =>
  paths
    .map((path) => `Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "Shop", "${path}", "{1}"\nEndProject\n`)
    .join('')
const csproj = (framework: string) =>
  `<Project>\n  <PropertyGroup>\n    <TargetFramework>${framework}</TargetFramework>\n  </PropertyGroup>\n</Project>\n`
const pom = (release: string) =>
  `<project>\n  <properties>\n    <java.version>${release}</java.version>\n  </properties>\n</project>\n`

const pinned = (version: string, rollForward?: string) => ({
  'global.json': JSON.stringify({sdk: {version, rollForward}}),
})
const netProject = (framework: string) =>
  `<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>${framework}</TargetFramework></PropertyGroup></Project>\n`

testCheck(toolchainVersion, {
  clean: {
    'webpack 4 that is told to take the old OpenSSL': project(
      build('node:18-alpine', 'npm run build').replace('RUN', 'ENV NODE_OPTIONS=--openssl-legacy-provider\nRUN'),
      {'package.json': manifest({scripts: {build: 'react-scripts build'}, dependencies: {'react-scripts': '4.0.3'}})},
    ),
    'a script that tells it': project(build('node:18-alpine', 'npm run build'), {
      'package.json': manifest({
        scripts: {build: 'NODE_OPTIONS=--openssl-legacy-provider react-scripts build'},
        dependencies: {'react-scripts': '4.0.3'},
      }),
    }),
    'a webpack 4 that has its own MD4': project(build('node:18-alpine', 'npx vue-cli-service build'), {
      'package.json': manifest({devDependencies: {'@vue/cli-service': '~4.5.0'}}),
      'package-lock.json': JSON.stringify({packages: {'node_modules/webpack': {version: '4.47.0'}}}, null, 2),
    }),
    'the newest webpack 4, as no lock file says another': project(
      build('node:18-alpine', 'npx vue-cli-service build'),
      {
        'package.json': manifest({devDependencies: {'@vue/cli-service': '~4.5.0'}}),
      },
    ),
    'webpack 4 with Node 16': project(build('node:16-alpine', 'npm run build'), {
      'package.json': manifest({scripts: {build: 'react-scripts build'}, dependencies: {'react-scripts': '4.0.3'}}),
    }),
    'packages of Alpine that bring the PHP': assets('RUN apk add --no-cache php84 php84-cli\n'),
    'packages of PHP that ask for nothing': assets(
      'RUN apk add --no-cache php83\n',
      'node:22-alpine',
      'composer install --ignore-platform-reqs',
    ),
    'a Gleam that is asked for': project(
      build('ghcr.io/gleam-lang/gleam:v1.13.0-erlang-alpine', 'gleam export erlang-shipment'),
      {'gleam.toml': 'name = "shop"\ngleam = ">= 1.13.0"\n'},
    ),
    'the tools of Swift that are asked for': project(build('swift:6.0-jammy', 'swift build -c release'), {
      'Package.swift': '// swift-tools-version:5.9\nimport PackageDescription\n',
    }),
    'a manifest for older tools beside it': project(build('swift:5.9-jammy', 'swift build -c release'), {
      'Package.swift': '// swift-tools-version:6.0\n',
      'Package@swift-5.9.swift': '// swift-tools-version:5.9\n',
    }),
    'a Dart that is asked for': project(build('dart:3.6', 'dart pub get'), {
      'pubspec.yaml': 'name: shop\nenvironment:\n  sdk: ^3.3.0\n',
    }),
    'a Dart that no tag names': project(build('dart:stable', 'dart pub get'), {
      'pubspec.yaml': 'name: shop\nenvironment:\n  sdk: ^3.3.0\n',
    }),
    'a Gleam without a version asked for': project(
      build('ghcr.io/gleam-lang/gleam:v1.5.1-erlang-alpine', 'gleam build'),
      {
        'gleam.toml': 'name = "shop"\n\n[dependencies]\ngleam = "~> 1.13"\n',
      },
    ),
    'an older Elixir that only gets and compiles dependencies': {
      ...project(build('hexpm/elixir:1.14.5-erlang-25.3-alpine-3.17.0', 'mix do deps.get, deps.compile'), {
        'mix.exs': 'def project do\n  [\n    elixir: "~> 1.15",\n  ]\nend\n',
      }),
    },
    'a locked crate that is older': project(build('rust:1.85', 'cargo build'), {
      'Cargo.toml': cargo('edition = "2021"', '[dependencies]\nwhich = "7"\n'),
      'Cargo.lock': lock4 + crate('home', '0.5.11') + crate('which', '7.0.0', ['home']),
    }),
    'a locked crate for tests alone': project(build('rust:1.85', 'cargo build'), {
      'Cargo.toml': cargo('edition = "2021"', '[dev-dependencies]\nwhich = "7"\n'),
      'Cargo.lock': lock4 + crate('home', '0.5.12') + crate('which', '7.0.0', ['home']),
    }),
    'what is locked for a database that is not asked for': project(build('rust:1.85', 'cargo build'), {
      'Cargo.toml': cargo('edition = "2021"', '[dependencies]\nsqlx = {version = "0.8", features = ["sqlite"]}\n'),
      'Cargo.lock':
        lock4 +
        crate('home', '0.5.12') +
        crate('sqlx', '0.8.6', ['sqlx-postgres']) +
        crate('sqlx-postgres', '0.8.6', ['home']),
    }),
    'any patch of the tag may be the one': project(build('golang:1.24', 'go build ./...'), goMod('1.24.5')),
    'a tag of the whole major version moves on': project(build('golang:1', 'go build ./...'), goMod('1.99')),
    'go fetches its toolchain where it may': project(
      `FROM golang:1.23\nENV GOTOOLCHAIN=auto\nWORKDIR /app\nCOPY . .\nRUN go build ./...\n`,
      goMod('1.24'),
    ),
    'a toolchain line only proposes': project(build('golang:1.23', 'go build ./...'), {
      'go.mod': 'module example.com/shop\n\ngo 1.23\n\ntoolchain go1.24.1\n',
    }),
    'a tool is installed by its version': project(
      build('golang:1.23', 'go install example.com/tool@v1.0.0'),
      goMod('1.24'),
    ),
    'a stage that is not built': project(
      `FROM golang:1.23 AS old\nCOPY . .\nRUN go build ./...\nFROM golang:1.24\nCOPY . .\nRUN go build ./...\n`,
      goMod('1.24'),
    ),
    'the go.mod of another folder': project('FROM golang:1.23\nWORKDIR /app\nCOPY api ./\nRUN go build ./...\n', {
      'api/go.mod': 'module example.com/api\n\ngo 1.22\n',
      ...goMod('1.24'),
    }),
    'rustup fetches what rust-toolchain.toml names': project(build('rust:1.80', 'cargo build'), {
      'Cargo.toml': cargo('edition = "2024"'),
      'Cargo.lock': lock4,
      'rust-toolchain.toml': '[toolchain]\nchannel = "1.90"\n',
    }),
    'a tool by its version': project(build('rust:1.75', 'cargo install cargo-chef --version 0.1.62 --locked'), {}),
    'a tool by its version behind an @': project(build('rust:1.75', 'cargo install --locked cargo-chef@0.1.62'), {}),
    'the newest tool with a Rust that moves on': project(build('rust:1', 'cargo install cargo-chef'), {}),
    'the newest Rust may take any dependency': project(build('rust:1', 'cargo build'), {
      'Cargo.toml': cargo('edition = "2024"'),
    }),
    'a member that is left out of the workspace': project(build('rust:1.80', 'cargo build'), {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/new"]\n',
      'Cargo.lock': '# made by Cargo\nversion = 3\n',
      'crates/new/Cargo.toml': cargo('edition = "2024"'),
    }),
    'another package of the workspace wants more': project(build('rust:1.85', 'cargo build -p shop'), {
      'Cargo.toml': '[workspace]\nmembers = ["shop", "tool"]\n',
      'Cargo.lock': lock4,
      'shop/Cargo.toml': cargo('edition = "2021"'),
      'tool/Cargo.toml': '[package]\nname = "tool"\nrust-version = "1.90"\n',
    }),
    'let chains in a program of a package whose library alone is built': project(
      build('rust:1.85', 'cargo build -p shop'),
      {
        'Cargo.toml': '[workspace]\nmembers = ["shop", "tool"]\n',
        'Cargo.lock': lock4,
        'shop/Cargo.toml':
          '[package]\nname = "shop"\nedition = "2021"\n\n[dependencies]\ntool = { path = "../tool" }\n',
        'tool/Cargo.toml': '[package]\nname = "tool"\nedition = "2024"\n',
        'tool/src/lib.rs': '',
        'tool/src/main.rs': 'fn main() { if true && let Some(_) = Some(1) {} }\n',
      },
    ),
    'an if let whose value has conditions of its own': {
      ...project(build('rust:1.85', 'cargo build'), {
        'Cargo.toml': cargo('edition = "2024"'),
        'Cargo.lock': lock4,
        'src/main.rs':
          'fn f(a: Option<u8>, c: bool) {\n    if let Some(b) = a.filter(|x| *x > 1 && c) {}\n    if let Some(b) = if c && a.is_some() { a } else { None } {}\n    while let Some(ref b) = a { if *b > 1 && c {} }\n    if let true = (c && a.is_some()) {}\n}\nfn main() {}\n',
      }),
    },
    'let chains in a comment and in a module that is left out': project(build('rust:1.85', 'cargo build'), {
      'Cargo.toml': cargo('edition = "2024"'),
      'Cargo.lock': lock4,
      'src/main.rs': '// if a && let Some(b) = c {}\n#[cfg(feature = "x")]\nmod extra;\nfn main() {}\n',
      'src/extra.rs': 'fn f() { if true && let Some(_) = Some(1) {} }\n',
    }),
    'composer is told not to look': project(build('php:8.2-fpm', 'composer install --ignore-platform-reqs'), {
      'composer.json': composer('^8.3'),
    }),
    'composer believes in another PHP': project(build('php:8.2-fpm', 'composer install'), {
      'composer.json': composer('^8.3', {platform: {php: '8.3'}}),
    }),
    'what only the tests want is not installed': project(build('php:8.2-fpm', 'composer install --no-dev'), {
      'composer.json': composer('^8.2'),
      'composer.lock': JSON.stringify({packages: [], 'packages-dev': [{name: 'a/b', require: {php: '>=8.4'}}]}),
    }),
    '.ruby-version alone holds nobody': project(build('ruby:3.3', 'bundle install'), {
      Gemfile: 'source "https://rubygems.org"\n',
      '.ruby-version': '3.4.1\n',
    }),
    'Rails on the first Ruby that it takes': project(build('ruby:3.2-slim', 'bundle install'), {
      Gemfile: 'gem "rails", "~> 8.0"\n',
      'Gemfile.lock': 'GEM\n  specs:\n    rails (8.0.1)\n',
    }),
    'an earlier Rails': project(build('ruby:2.7-slim', 'bundle install'), {
      Gemfile: 'gem "rails", "~> 7.1"\n',
      'Gemfile.lock': 'GEM\n  specs:\n    rails (7.1.2)\n',
    }),
    'any patch of Ruby': project(build('ruby:3.3-slim', 'bundle install'), {Gemfile: 'ruby "3.3.4"\n'}),
    'the deploy writes the version out': project(
      `ARG RUBY_VERSION=3.3.0\nFROM ruby:\${RUBY_VERSION}\nCOPY . .\nRUN bundle install\n`,
      {
        Gemfile: 'ruby "3.4.1"\n',
        '.github/workflows/fly.yml':
          'jobs:\n  a:\n    steps:\n      - run: flyctl deploy --build-arg RUBY_VERSION=3.4.1\n',
      },
    ),
    'a pnpm that package.json names, and this Node runs': project(
      build('node:22-slim', 'corepack enable && pnpm install'),
      {'package.json': '{"packageManager": "pnpm@11.2.0"}'},
    ),
    'another pnpm is installed': project(build('node:20-slim', 'npm install -g pnpm@10 && pnpm install'), {
      'package.json': '{"packageManager": "pnpm@11.2.0"}',
    }),
    'another pnpm is installed beside corepack': project(
      build('node:20-slim', 'corepack enable && npm i -g pnpm@10 && pnpm install'),
      {'package.json': '{"packageManager": "pnpm@11.2.0"}'},
    ),
    'corepack is told to look at no package.json': project(
      `FROM node:20-slim\nENV COREPACK_ENABLE_PROJECT_SPEC=0\nWORKDIR /app\nCOPY . .\nRUN corepack enable && pnpm install\n`,
      {'package.json': '{"packageManager": "pnpm@11.2.0"}'},
    ),
    'an npm that this Node runs': project(build('node:20-slim', 'npm install -g npm@10 pnpm@10'), {}),
    'corepack is installed': project(
      build('node:26-slim', 'npm install -g corepack && corepack enable && yarn install'),
      {},
    ),
    'Next.js runs on it': project(build('node:20-alpine', 'npm run build'), {
      'package.json': manifest({scripts: {build: 'next build'}, dependencies: {next: '16.0.1'}}),
    }),
    'an SDK builds for older versions': project(
      build('mcr.microsoft.com/dotnet/sdk:9.0', 'dotnet publish -c Release'),
      {
        'Shop.csproj': csproj('net8.0'),
      },
    ),
    'a JDK builds for older versions': project(build('maven:3.9-eclipse-temurin-21', 'mvn -B package'), {
      'pom.xml': pom('17'),
    }),
    'the solution lists no newer project': project(
      build('mcr.microsoft.com/dotnet/sdk:9.0', 'dotnet restore && dotnet publish -c Release'),
      {
        'Shop.sln': solution('Shop.csproj', 'Tests\\Tests.csproj'),
        'Shop.csproj': csproj('net9.0'),
        'Tests/Tests.csproj': csproj('net8.0'),
      },
    ),
    'a project of the solution is not there': project(
      build('mcr.microsoft.com/dotnet/sdk:8.0', 'dotnet publish Shop.sln -c Release'),
      {
        'Shop.sln': solution('Shop\\Shop.csproj', 'Tests\\Tests.csproj'),
        'Shop/Shop.csproj': csproj('net9.0'),
      },
    ),
    'a newer project is taken out of the solution': project(
      build(
        'mcr.microsoft.com/dotnet/sdk:8.0',
        'dotnet sln Shop.sln remove Next/Next.csproj && dotnet restore Shop.sln',
      ),
      {
        'Shop.sln': solution('Shop.csproj', 'Next\\Next.csproj'),
        'Shop.csproj': csproj('net8.0'),
        'Next/Next.csproj': csproj('net9.0'),
      },
    ),
    'global.json that takes a newer feature band': project(
      build('mcr.microsoft.com/dotnet/sdk:9.0', 'dotnet publish Shop.csproj'),
      {...pinned('9.0.100', 'latestFeature'), 'Shop.csproj': netProject('net9.0')},
    ),
    'global.json that takes any newer one': project(
      build('mcr.microsoft.com/dotnet/sdk:9.0', 'dotnet publish Shop.csproj'),
      {...pinned('8.0.400', 'latestMajor'), 'Shop.csproj': netProject('net8.0')},
    ),
    'global.json with the band of the image': project(
      build('mcr.microsoft.com/dotnet/sdk:9.0', 'dotnet publish Shop.csproj'),
      {...pinned('9.0.301'), 'Shop.csproj': netProject('net9.0')},
    ),
    'global.json with a band of a version that gets more': project(
      build('mcr.microsoft.com/dotnet/sdk:10.0', 'dotnet publish Shop.csproj'),
      {...pinned('10.0.100'), 'Shop.csproj': netProject('net10.0')},
    ),
    'dotnet run takes the project beside the solution': project(
      build('mcr.microsoft.com/dotnet/sdk:8.0', 'dotnet run'),
      {
        'Shop.sln': solution('Shop.csproj', 'Next\\Next.csproj'),
        'Shop.csproj': csproj('net8.0'),
        'Next/Next.csproj': csproj('net9.0'),
      },
    ),
    'it rolls forward': project(
      `${build('mcr.microsoft.com/dotnet/sdk:8.0 AS build', 'dotnet publish -o /out')}FROM mcr.microsoft.com/dotnet/aspnet:9.0\nCOPY --from=build /out .\n`,
      {
        'Shop.csproj': csproj('net8.0').replace(
          '</TargetFramework>',
          '</TargetFramework><RollForward>Major</RollForward>',
        ),
      },
    ),
    'it rolls forward by a variable': project(
      `${build('mcr.microsoft.com/dotnet/sdk:8.0 AS build', 'dotnet publish -o /out')}FROM mcr.microsoft.com/dotnet/aspnet:9.0\nCOPY --from=build /out .\n`,
      {
        'fly.toml': 'app = "shop"\n[env]\nDOTNET_ROLL_FORWARD = "Major"\n',
        'Shop.csproj': csproj('net8.0'),
      },
    ),
    'a newer Java runs it': project(
      `${build('maven:3.9-eclipse-temurin-21 AS build', 'mvn package')}FROM eclipse-temurin:21-jre\nCOPY --from=build /app/target/a.jar /\n`,
      {'pom.xml': pom('17')},
    ),
    'the autoloader asks for no PHP, says a variable of the build': project(
      `FROM composer:2 AS vendor\nENV COMPOSER_IGNORE_PLATFORM_REQS=1\nWORKDIR /app\nCOPY . .\nRUN composer dump-autoload\nFROM php:8.2-fpm\nCOPY --from=vendor /app /app\n`,
      {'composer.json': composer('^8.3')},
    ),
    'the autoloader asks for no PHP': project(
      `${build('composer:2 AS vendor', 'composer dump-autoload -o --ignore-platform-reqs')}FROM php:8.2-fpm\nCOPY --from=vendor /app /app\n`,
      {'composer.json': composer('^8.3')},
    ),
    'the newer PHP builds, the older one is enough': project(
      `${build('composer:2 AS vendor', 'composer install')}FROM php:8.2-fpm\nCOPY --from=vendor /app /app\n`,
      {'composer.json': composer('~8.2.0 || ~8.5.0')},
    ),
    'a Gradle that runs on its Java': project(build('eclipse-temurin:21-jdk', './gradlew bootJar'), {
      gradlew: '#!/bin/sh\n',
      'gradle/wrapper/gradle-wrapper.properties':
        'distributionUrl=https\\://services.gradle.org/distributions/gradle-8.10.2-bin.zip\n',
      'build.gradle': "plugins {\n  id 'java'\n}\n",
    }),
    'the Gradle of the image': project(build('gradle:8-jdk21', 'gradle bootJar'), {
      'gradle/wrapper/gradle-wrapper.properties':
        'distributionUrl=https\\://services.gradle.org/distributions/gradle-7.6-bin.zip\n',
      'build.gradle': "plugins {\n  id 'java'\n}\n",
    }),
    'a Gradle that runs on another Java': project(build('eclipse-temurin:21-jdk', './gradlew bootJar'), {
      gradlew: '#!/bin/sh\n',
      'gradle.properties': 'org.gradle.java.home=/opt/java17\n',
      'gradle/wrapper/gradle-wrapper.properties':
        'distributionUrl=https\\://services.gradle.org/distributions/gradle-7.6-bin.zip\n',
      'build.gradle': "plugins {\n  id 'java'\n}\n",
    }),
  },
  flagged: {
    'a version that fly.toml gives, and not the Dockerfile': {
      files: {
        'fly.toml': 'app = "shop"\n[build.args]\nGO_VERSION = "1.21"\n',
        Dockerfile: `ARG GO_VERSION=1.23\n${build('golang:${GO_VERSION}-alpine', 'go build')}`,
        ...goMod('1.23'),
      },
      expect: [
        'error Dockerfile:1:1 golang:1.21-alpine, as fly.toml sets GO_VERSION, has Go 1.21, and go.mod asks for 1.23: go build stops',
      ],
    },
    'the newest tool with a Rust of years ago': {
      ...project(build('rust:1.75-slim-bookworm', 'cargo install cargo-chef --locked'), {}),
      expect: [
        'warning Dockerfile:1:1 rust:1.75-slim-bookworm has Rust 1.75, and cargo takes the newest cargo-chef, which is likely to ask for 1.85 or later (edition 2024): cargo install may stop',
      ],
    },
    'packages of Alpine that bring an older PHP': {
      ...assets('RUN apk add --no-cache php83 php83-cli\n'),
      expect: ['error Dockerfile:6:1 php83 has PHP 8.3, and composer.json asks for ^8.4: php artisan stops'],
    },
    'another image with an older PHP than that of Composer': {
      ...assets('', 'php:8.3-cli'),
      expect: ['error Dockerfile:5:1 php:8.3-cli has PHP 8.3, and composer.json asks for ^8.4: php artisan stops'],
    },
    'Rails on an earlier Ruby': {
      ...project(build('ruby:3.1-slim', 'bundle install'), {
        Gemfile: 'gem "rails", "~> 8.0"\n',
        'Gemfile.lock': 'GEM\n  specs:\n    rails (8.0.1)\n',
      }),
      expect: [
        'error Dockerfile:1:1 ruby:3.1-slim has Ruby 3.1, and Rails 8.0.1 of Gemfile.lock asks for >= 3.2.0: bundle install stops',
      ],
    },
    'a version of Rails that the Gemfile leaves open within its major': {
      ...project(build('ruby:3.0-slim', 'bundle install'), {
        Gemfile: 'gem "rails", "~> 7.0"\n',
        'Gemfile.lock': 'GEM\n  specs:\n    rails (7.2.1)\n',
      }),
      expect: [
        'warning Dockerfile:1:1 ruby:3.0-slim has Ruby 3.0, and Rails 7.2.1 of Gemfile.lock asks for >= 3.1.0: bundle install may stop',
      ],
    },
    'a version of Rails that the Gemfile leaves open': {
      ...project(build('ruby:3.0-slim', 'bundle install'), {
        Gemfile: 'gem "rails"\n',
        'Gemfile.lock': 'GEM\n  specs:\n    rails (7.2.1)\n',
      }),
      expect: [
        'warning Dockerfile:1:1 ruby:3.0-slim has Ruby 3.0, and Rails 7.2.1 of Gemfile.lock asks for >= 3.1.0: bundle install may stop',
      ],
    },
    'the deploy passes another argument': {
      ...project(`ARG RUBY_VERSION=3.3.0\nFROM ruby:\${RUBY_VERSION}\nCOPY . .\nRUN bundle install\n`, {
        Gemfile: 'ruby "3.4.1"\n',
        'deploy.sh': 'flyctl deploy --build-arg GIT_SHA=$(git rev-parse HEAD)\n',
      }),
      expect: ['error Dockerfile:1:1 ruby:3.3.0 has Ruby 3.3.0, and Gemfile asks for 3.4.1: bundle install stops'],
    },
    'the deploy passes a version that is not known, and the default is behind': {
      ...project(`ARG RUBY_VERSION=3.3.0\nFROM ruby:\${RUBY_VERSION}\nCOPY . .\nRUN bundle install\n`, {
        Gemfile: 'ruby file: ".ruby-version"\n',
        '.ruby-version': '3.4.1\n',
        '.github/workflows/fly.yml':
          'jobs:\n  a:\n    steps:\n      - run: flyctl deploy --build-arg RUBY_VERSION="${RUBY_VERSION}"\n',
      }),
      expect: [
        'info Dockerfile:1:1 ruby:3.3.0 has Ruby 3.3.0, and Gemfile asks for 3.4.1: bundle install stops, unless --build-arg says another RUBY_VERSION',
      ],
    },
    'npm goes on without the Node that engines asks for': {
      ...project(build('node:18-alpine', 'npm ci'), {
        'package.json': manifest({engines: {node: '>=20'}}),
        'package-lock.json': '{"lockfileVersion": 3, "packages": {}}',
      }),
      expect: [
        'warning Dockerfile:1:1 node:18-alpine has Node 18, and engines in package.json asks for >=20: npm goes on, and what needs it may fail',
      ],
    },
    'a newer Node than engines asks for runs nearly all the same: a piece of advice': {
      ...project(build('node:22-slim', 'npm ci'), {
        'package.json': manifest({engines: {node: '20.x'}}),
        'package-lock.json': '{"lockfileVersion": 3, "packages": {}}',
      }),
      expect: [
        'info Dockerfile:1:1 node:22-slim has Node 22, and engines in package.json asks for 20.x: npm goes on, and what needs it may fail',
      ],
    },
    'so does a newer Yarn': {
      ...project(build('node:18-alpine', 'yarn install --immutable'), {
        'package.json': manifest({engines: {node: '>=20'}, packageManager: 'yarn@4.5.0'}),
        'yarn.lock': '__metadata:\n  version: 8\n',
      }),
      expect: [
        'warning Dockerfile:1:1 node:18-alpine has Node 18, and engines in package.json asks for >=20: yarn goes on, and what needs it may fail',
      ],
    },
    'a Ruby without a patch': {
      ...project(build('ruby:3.3.5-slim', 'bundle install'), {Gemfile: 'ruby "3.3"\n'}),
      expect: [
        'warning Dockerfile:1:1 ruby:3.3.5-slim has Ruby 3.3.5, and Gemfile asks for 3.3: bundle install may stop',
      ],
    },
    'versions of Java that differ': {
      ...project(build('maven:3.9-eclipse-temurin-17', 'mvn package'), {
        'pom.xml': pom('21').replace(
          '  </properties>',
          '    <maven.compiler.release>17</maven.compiler.release>\n  </properties>',
        ),
      }),
      expect: [
        'warning Dockerfile:1:1 maven:3.9-eclipse-temurin-17 has Java 17, and pom.xml sets java.version to 21: mvn package may stop',
      ],
    },
    'Astro 6 on Node 20': {
      ...project(build('node:20', 'npx astro build'), {'package.json': manifest({dependencies: {astro: '^6.0.0'}})}),
      expect: [
        'error Dockerfile:1:1 node:20 has Node 20, and astro 6 of package.json asks for >=22.12.0: npx astro stops',
      ],
    },
    'Astro 5 on Node 16': {
      ...project(build('node:16', 'npx astro build'), {'package.json': manifest({dependencies: {astro: '^5.0.0'}})}),
      expect: [
        'warning Dockerfile:1:1 node:16 has Node 16, and astro 5 of package.json asks for >=18.17.1: npx astro may stop',
      ],
    },
    'the runtime of .NET is another': {
      ...project(
        `${build('mcr.microsoft.com/dotnet/sdk:9.0 AS build', 'dotnet publish Shop.csproj -o /out')}FROM mcr.microsoft.com/dotnet/aspnet:8.0\nCOPY --from=build /out .\n`,
        {'Shop.csproj': csproj('net9.0')},
      ),
      expect: [
        'error Dockerfile:5:1 mcr.microsoft.com/dotnet/aspnet:8.0 has .NET 8.0, and Shop.csproj is built for net9.0: it stops with "You must install or update .NET"',
      ],
    },
    'an older Java is to run it': {
      ...project(
        `${build('maven:3.9-eclipse-temurin-21 AS build', 'mvn package')}FROM eclipse-temurin:17-jre\nCOPY --from=build /app/target/a.jar /\n`,
        {'pom.xml': pom('21')},
      ),
      expect: [
        'error Dockerfile:5:1 eclipse-temurin:17-jre has Java 17, and pom.xml sets java.version to 21: it stops with UnsupportedClassVersionError',
      ],
    },
    'composer has a PHP of its own': {
      ...project(
        `${build('composer:2 AS vendor', 'composer install')}FROM php:8.2-fpm\nCOPY --from=vendor /app /app\n`,
        {
          'composer.json': composer('^8.3'),
        },
      ),
      expect: [
        'error Dockerfile:5:1 php:8.2-fpm has PHP 8.2, and composer.json asks for ^8.3: every request ends with "Composer detected issues in your platform"',
      ],
    },
    'the autoloader asks, which is written behind an install that does not': {
      ...project(
        `${build('composer:2 AS vendor', 'composer install --ignore-platform-reqs --no-autoloader && composer dump-autoload -o')}FROM php:8.2-fpm\nCOPY --from=vendor /app /app\n`,
        {'composer.json': composer('^8.3')},
      ),
      expect: [
        'error Dockerfile:5:1 php:8.2-fpm has PHP 8.2, and composer.json asks for ^8.3: every request ends with "Composer detected issues in your platform"',
      ],
    },
    'go.mod is newer': {
      ...project(build('golang:1.23-alpine', 'go build -o /shop .'), goMod('1.24.0')),
      expect: ['error Dockerfile:1:1 golang:1.23-alpine has Go 1.23, and go.mod asks for 1.24.0: go build stops'],
    },
    'go.mod is mounted, and the version stands in an ARG': {
      ...project(
        'ARG GO_VERSION=1.22\nFROM golang:${GO_VERSION} AS build\nWORKDIR /src\nRUN --mount=type=bind,target=. go build .\nFROM scratch\nCOPY --from=build /bin/shop /\n',
        goMod('1.23.1'),
      ),
      expect: ['error Dockerfile:1:1 golang:1.22 has Go 1.22, and go.mod asks for 1.23.1: go build stops'],
    },
    'a failure that is caught ends nothing': {
      ...project(build('golang:1.23', 'go build ./... || true'), goMod('1.24')),
      expect: ['warning Dockerfile:1:1 golang:1.23 has Go 1.23, and go.mod asks for 1.24: go build stops'],
    },
    'the edition is newer than cargo': {
      ...project(build('rust:1.80-slim', 'cargo build --release'), {
        'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n[workspace.package]\nedition = "2024"\n',
        'Cargo.lock': lock4,
        'crates/shop/Cargo.toml': cargo('edition.workspace = true'),
      }),
      expect: [
        'error Dockerfile:1:1 rust:1.80-slim has Rust 1.80, and Cargo.toml says edition 2024, which takes 1.85: cargo build stops',
      ],
    },
    'rust-version of a package that the built one needs': {
      ...project(build('rust:1.82', 'cargo build -p shop'), {
        'Cargo.toml': '[workspace]\nmembers = ["shop", "core"]\n',
        'Cargo.lock': lock4,
        'shop/Cargo.toml': cargo('', '[dependencies]\ncore = {path = "../core"}\n'),
        'core/Cargo.toml': '[package]\nname = "core"\nrust-version = "1.86"\n',
      }),
      expect: ['error Dockerfile:1:1 rust:1.82 has Rust 1.82, and core/Cargo.toml asks for 1.86: cargo build stops'],
    },
    'Cargo.lock is newer': {
      ...project(build('rust:1.75', 'cargo build'), {'Cargo.toml': cargo('edition = "2021"'), 'Cargo.lock': lock4}),
      expect: [
        'error Dockerfile:1:1 rust:1.75 has Rust 1.75, and Cargo.lock has version 4, which takes 1.78: cargo build stops',
      ],
    },
    'a locked crate is newer': {
      ...project(build('rust:1.85', 'cargo build'), {
        'Cargo.toml': cargo('edition = "2021"', '[dependencies]\nsqlx = {version = "0.8", features = ["postgres"]}\n'),
        'Cargo.lock':
          lock4 +
          crate('home', '0.5.12') +
          crate('sqlx', '0.8.6', ['sqlx-postgres']) +
          crate('sqlx-postgres', '0.8.6', ['home']),
      }),
      expect: [
        'warning Dockerfile:1:1 rust:1.85 has Rust 1.85, and Cargo.lock has home 0.5.12, which takes 1.88: cargo build may stop',
      ],
    },
    'let chains': {
      ...project(build('rust:1.85', 'cargo build'), {
        'Cargo.toml': cargo('edition = "2024"'),
        'Cargo.lock': lock4,
        'src/main.rs': 'mod app;\nfn main() {}\n',
        'src/app.rs': 'fn f(a: Option<u8>) {\n    if let Some(b) = a\n        && let Some(c) = a\n    {}\n}\n',
      }),
      expect: [
        'error Dockerfile:1:1 rust:1.85 has Rust 1.85, and src/app.rs has a chain of let and &&, which takes 1.88: cargo build stops',
      ],
    },
    'let chains that begin with let': {
      ...project(build('rust:1.85', 'cargo build'), {
        'Cargo.toml': cargo('edition = "2024"'),
        'Cargo.lock': lock4,
        'src/main.rs':
          'fn f(a: Option<u8>, c: bool) {\n    if let Some(b) = a.filter(|x| *x > 1 && c) && b > 2 {}\n}\nfn main() {}\n',
      }),
      expect: [
        'error Dockerfile:1:1 rust:1.85 has Rust 1.85, and src/main.rs has a chain of let and &&, which takes 1.88: cargo build stops',
      ],
    },
    'an old Rust, and dependencies as new as they come': {
      ...project(build('rust:1.85', 'cargo build'), {'Cargo.toml': cargo('edition = "2021"')}),
      expect: [
        'warning Dockerfile:1:1 rust:1.85 has Rust 1.85, and there is no Cargo.lock, so that cargo takes the newest dependencies, which may want a newer one: cargo build may stop',
      ],
    },
    'a locked package wants a newer PHP': {
      ...project(build('php:8.2-apache', 'composer install --no-dev'), {
        'composer.json': composer('^8.2'),
        'composer.lock': composerLock('~8.3.0 || ~8.4.0'),
      }),
      expect: [
        'error Dockerfile:1:1 php:8.2-apache has PHP 8.2, and openspout/openspout of composer.lock asks for ~8.3.0 || ~8.4.0: composer install stops',
      ],
    },
    'PHP comes from packages, and what follows hides its failure': {
      ...project(
        'ARG PHP_VERSION=8.2\nFROM ubuntu:22.04\nARG PHP_VERSION\nRUN apt-get install -y php${PHP_VERSION}-cli\nCOPY . .\nRUN composer install && true; echo done\n',
        {'composer.json': composer('^8.3')},
      ),
      expect: ['warning Dockerfile:1:1 php8.2 has PHP 8.2, and composer.json asks for ^8.3: composer install stops'],
    },
    'a newer PHP than a package takes': {
      ...project(build('php:8.4', 'composer install'), {'composer.json': composer('~8.2.0')}),
      expect: ['error Dockerfile:1:1 php:8.4 has PHP 8.4, and composer.json asks for ~8.2.0: composer install stops'],
    },
    'another patch of Ruby': {
      ...project(build('ruby:3.3.5-slim', 'bundle install'), {
        Gemfile: 'source "https://rubygems.org"\nruby file: ".ruby-version"\n',
        '.ruby-version': 'ruby-3.3.4\n',
      }),
      expect: ['error Dockerfile:1:1 ruby:3.3.5-slim has Ruby 3.3.5, and Gemfile asks for 3.3.4: bundle install stops'],
    },
    'an older Gleam': {
      ...project(build('ghcr.io/gleam-lang/gleam:v1.5.1-erlang-alpine', 'gleam export erlang-shipment'), {
        'gleam.toml': 'name = "shop"\nversion = "1.0.0"\ngleam = "~> 1.13"\n',
      }),
      expect: [
        'error Dockerfile:1:1 ghcr.io/gleam-lang/gleam:v1.5.1-erlang-alpine has Gleam 1.5.1, and gleam.toml asks for ~> 1.13: gleam export stops',
      ],
    },
    'an older Swift': {
      ...project(build('swift:5.9-jammy', 'swift build -c release'), {
        'Package.swift': '// swift-tools-version: 6.0\nimport PackageDescription\n',
      }),
      expect: [
        'error Dockerfile:1:1 swift:5.9-jammy has Swift 5.9, and Package.swift takes the tools of Swift 6.0: swift build stops',
      ],
    },
    'an older Dart': {
      ...project(build('dart:3.3', 'dart pub get'), {
        'pubspec.yaml': 'name: shop\ndependencies:\n  shelf:\n    sdk: any\nenvironment:\n  sdk: ">=3.6.0 <4.0.0"\n',
      }),
      expect: ['error Dockerfile:1:1 dart:3.3 has Dart 3.3, and pubspec.yaml asks for >=3.6.0 <4.0.0: dart pub stops'],
    },
    'an older Elixir': {
      ...project(build('hexpm/elixir:1.14.5-erlang-25.3-debian-bookworm-20230227-slim', 'mix release'), {
        'mix.exs': 'def project do\n  [\n    elixir: "~> 1.15",\n  ]\nend\n',
      }),
      expect: [
        'error Dockerfile:1:1 hexpm/elixir:1.14.5-erlang-25.3-debian-bookworm-20230227-slim has Elixir 1.14.5, and mix.exs asks for ~> 1.15: mix release stops',
      ],
    },
    'an older Elixir, whose version an ARG fills into the name of the image': {
      ...project(
        `ARG ELIXIR_VERSION=1.14.5\nARG OTP_VERSION=25.3\nARG BUILDER_IMAGE="docker.io/hexpm/elixir:\${ELIXIR_VERSION}-erlang-\${OTP_VERSION}-debian-bookworm-20230227-slim"\n${build('${BUILDER_IMAGE}', 'mix release')}`,
        {'mix.exs': 'def project do\n  [\n    elixir: "~> 1.15",\n  ]\nend\n'},
      ),
      expect: [
        'error Dockerfile:1:1 docker.io/hexpm/elixir:1.14.5-erlang-25.3-debian-bookworm-20230227-slim has Elixir 1.14.5, and mix.exs asks for ~> 1.15: mix release stops',
      ],
    },
    'an older Elixir, and several tasks at once': {
      ...project(build('hexpm/elixir:1.14.5-erlang-25.3-alpine-3.17.0', 'mix do compile, release'), {
        'mix.exs': 'def project do\n  [\n    elixir: "~> 1.15",\n  ]\nend\n',
      }),
      expect: [
        'error Dockerfile:1:1 hexpm/elixir:1.14.5-erlang-25.3-alpine-3.17.0 has Elixir 1.14.5, and mix.exs asks for ~> 1.15: mix do stops',
      ],
    },
    'Yarn 1 looks at engines': {
      ...project(build('node:18-alpine', 'yarn install --frozen-lockfile'), {
        'package.json': manifest({engines: {node: '>=20'}}),
        'yarn.lock': '# THIS IS AN AUTOGENERATED FILE.\n# yarn lockfile v1\n',
      }),
      expect: [
        'error Dockerfile:1:1 node:18-alpine has Node 18, and engines in package.json asks for >=20: yarn install stops',
      ],
    },
    'npm is strict with a dependency': {
      ...project(build('node:18-alpine', 'npm ci --omit=dev'), {
        'package.json': manifest({}),
        '.npmrc': 'engine-strict=true\n',
        'package-lock.json': JSON.stringify({
          packages: {
            'node_modules/dev': {dev: true, engines: {node: '>=22'}},
            'node_modules/react-router': {engines: {node: '>=20.0.0'}},
          },
        }),
      }),
      expect: [
        'error Dockerfile:1:1 node:18-alpine has Node 18, and react-router of package-lock.json asks for >=20.0.0: npm ci stops',
      ],
    },
    'a pnpm of package.json that is too new': {
      ...project(build('node:20-slim', 'corepack enable && pnpm install --frozen-lockfile'), {
        'package.json': '{"packageManager": "pnpm@11.2.0+sha512.abc"}',
      }),
      expect: [
        'error Dockerfile:1:1 node:20-slim has Node 20, and pnpm@11.2.0 of package.json asks for >=22.13.0: pnpm does not start',
      ],
    },
    'a pnpm that is too new': {
      ...project(build('node:20-slim', 'npm install -g pnpm@11'), {}),
      expect: ['error Dockerfile:1:1 node:20-slim has Node 20, and pnpm@11 asks for >=22.13.0: pnpm does not start'],
    },
    'the newest npm, without a version': {
      ...project(build('node:20-slim', 'npm install -g npm'), {}),
      expect: [
        'warning Dockerfile:1:1 node:20-slim has Node 20, and npm@latest asks for ^22.22.2 || ^24.15.0 || >=26.0.0: npm install may stop',
      ],
    },
    'the newest npm': {
      ...project(build('node:20-slim', 'npm i -g npm@latest'), {}),
      expect: [
        'warning Dockerfile:1:1 node:20-slim has Node 20, and npm@latest asks for ^22.22.2 || ^24.15.0 || >=26.0.0: npm i may stop',
      ],
    },
    'corepack is gone': {
      ...project(build('node:26-slim', 'corepack enable'), {}),
      expect: [
        'error Dockerfile:1:1 node:26-slim has Node 26, and corepack came with it up to 24 only: corepack enable stops',
      ],
    },
    'Yarn is gone': {
      ...project(build('node:26-slim', 'yarn install'), {}),
      expect: [
        'error Dockerfile:1:1 node:26-slim has Node 26, and yarn came with it up to 25 only: yarn install stops',
      ],
    },
    'Next.js stops by itself': {
      ...project(build('node:18-alpine', 'npm run build'), {
        'package.json': manifest({scripts: {build: 'prisma generate && next build'}, dependencies: {next: '^16.0.1'}}),
      }),
      expect: [
        'error Dockerfile:1:1 node:18-alpine has Node 18, and next 16 of package.json asks for >=20.9.0: npm run build stops',
      ],
    },
    'webpack 4 with the OpenSSL of Node 17 and later': {
      ...project(build('node:18-alpine', 'npm run build'), {
        'package.json': manifest({scripts: {build: 'react-scripts build'}, dependencies: {'react-scripts': '4.0.3'}}),
      }),
      expect: [
        'error Dockerfile:1:1 node:18-alpine has Node 18, and react-scripts 4 of package.json builds with webpack 4, which works up to Node 16 (ERR_OSSL_EVP_UNSUPPORTED): npm run build stops',
      ],
    },
    'webpack 4 of another name': {
      ...project(build('node:20-slim', 'npx vue-cli-service build'), {
        'package.json': manifest({devDependencies: {'@vue/cli-service': '~4.5.0'}}),
        'package-lock.json': JSON.stringify({packages: {'node_modules/webpack': {version: '4.46.0'}}}, null, 2),
      }),
      expect: [
        'error Dockerfile:1:1 node:20-slim has Node 20, and @vue/cli-service 4 of package.json builds with webpack 4, which works up to Node 16 (ERR_OSSL_EVP_UNSUPPORTED): npx vue-cli-service stops',
      ],
    },
    'Vite may break': {
      ...project(build('node:18-alpine', 'npm run build'), {
        'package.json': manifest({scripts: {build: 'tsc && vite build'}, devDependencies: {vite: '^7.0.0'}}),
      }),
      expect: [
        'warning Dockerfile:1:1 node:18-alpine has Node 18, and vite 7 of package.json asks for >=20.19.0: npm run build may stop',
      ],
    },
    'global.json with an older version': {
      ...project(build('mcr.microsoft.com/dotnet/sdk:9.0', 'dotnet publish Shop.csproj'), {
        ...pinned('8.0.400', 'latestFeature'),
        'Shop.csproj': netProject('net8.0'),
      }),
      expect: [
        'error Dockerfile:1:1 mcr.microsoft.com/dotnet/sdk:9.0 has the .NET SDK 9.0, and global.json asks for 8.0.400: dotnet publish stops',
      ],
    },
    'global.json with another feature band': {
      ...project(build('mcr.microsoft.com/dotnet/sdk:9.0', 'dotnet publish Shop.csproj'), {
        ...pinned('9.0.100'),
        'Shop.csproj': netProject('net9.0'),
      }),
      expect: [
        'error Dockerfile:1:1 mcr.microsoft.com/dotnet/sdk:9.0 has the .NET SDK 9.0, and global.json asks for 9.0.100, and not for 9.0.3xx: dotnet publish stops',
      ],
    },
    'the solution of the folder lists a newer project': {
      ...project(build('mcr.microsoft.com/dotnet/sdk:8.0', 'dotnet restore'), {
        'Shop.sln': solution('Shop\\Shop.csproj'),
        'Shop/Shop.csproj': csproj('net9.0'),
      }),
      expect: [
        'error Dockerfile:1:1 mcr.microsoft.com/dotnet/sdk:8.0 has the .NET SDK 8.0, and Shop/Shop.csproj is built for net9.0: dotnet restore stops',
      ],
    },
    'a solution beside the project of its name': {
      ...project(build('mcr.microsoft.com/dotnet/sdk:8.0', 'dotnet publish -c Release'), {
        'Shop.sln': solution('Shop.csproj'),
        'Shop.csproj': csproj('net9.0'),
      }),
      expect: [
        'error Dockerfile:1:1 mcr.microsoft.com/dotnet/sdk:8.0 has the .NET SDK 8.0, and Shop.csproj is built for net9.0: dotnet publish stops',
      ],
    },
    'an SDK does not build for newer versions': {
      ...project(build('mcr.microsoft.com/dotnet/sdk:8.0', 'dotnet publish Shop/Shop.csproj -c Release'), {
        'Shop/Shop.csproj': csproj('net9.0'),
      }),
      expect: [
        'error Dockerfile:1:1 mcr.microsoft.com/dotnet/sdk:8.0 has the .NET SDK 8.0, and Shop/Shop.csproj is built for net9.0: dotnet publish stops',
      ],
    },
    'a JDK does not build for newer versions': {
      ...project(build('maven:3.9-eclipse-temurin-17', 'mvn -B package'), {'pom.xml': pom('21')}),
      expect: [
        'error Dockerfile:1:1 maven:3.9-eclipse-temurin-17 has Java 17, and pom.xml sets java.version to 21: mvn package stops',
      ],
    },
    'a Gradle that is older than the Java it runs on': {
      ...project(build('eclipse-temurin:21-jdk', './gradlew bootJar --no-daemon'), {
        gradlew: '#!/bin/sh\n',
        'gradle/wrapper/gradle-wrapper.properties':
          'distributionUrl=https\\://services.gradle.org/distributions/gradle-7.6.1-bin.zip\n',
        'build.gradle': "plugins {\n  id 'java'\n}\n",
      }),
      expect: [
        'error Dockerfile:1:1 eclipse-temurin:21-jdk has Java 21, and gradle/wrapper/gradle-wrapper.properties takes Gradle 7.6, which does not run on Java 20 yet: gradlew bootJar stops',
      ],
    },
    "Gradle's toolchain must be that very version": {
      ...project(build('gradle:8-jdk21', 'gradle build'), {
        'settings.gradle': 'rootProject.name = "shop"\n',
        'gradle/wrapper/gradle-wrapper.properties': 'distributionUrl=https://services.gradle.org/gradle-8.5-bin.zip\n',
        'build.gradle': 'java {\n  toolchain {\n    languageVersion = JavaLanguageVersion.of(17)\n  }\n}\n',
      }),
      expect: [
        'error Dockerfile:1:1 gradle:8-jdk21 has Java 21, and the toolchain of build.gradle is 17: gradle build stops',
      ],
    },
  },
  skipped: {
    'no Dockerfile': {
      files: {'fly.toml': 'app = "shop"\n[build]\nimage = "nginx"\n'},
      reason: 'build.image nginx is deployed, nothing is built',
    },
  },
})
