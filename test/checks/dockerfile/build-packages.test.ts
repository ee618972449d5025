import buildPackages from '../../../checks/dockerfile/build-packages.ts'
import {testCheck} from '../../harness.ts'

const gemfile = 'source "https://rubygems.org"\ngem "rails"\n\ngroup :development do\n  gem "pg"\nend\n'
const lock = (...gems: string[]) =>
  `GEM\n  remote: https://rubygems.org/\n  specs:\n${gems.map((gem) => `    ${gem}\n`).join('')}\nDEPENDENCIES\n  rails\n`
const ruby = (Dockerfile: string, gems: string[], Gemfile = gemfile) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile, Gemfile, 'Gemfile.lock': lock(...gems)},
})
const rails = ['psych (5.2.2)', 'rails (8.0.1)\n      psych (>= 4)', 'pg (1.5.4)']
const puma = ['puma (6.5.0)\n      nio4r (~> 2.0)', 'rails (8.0.1)\n      puma']
const install = 'COPY Gemfile Gemfile.lock ./\nRUN bundle install\n'
const packages = 'RUN apt-get update && apt-get install -y build-essential libpq-dev\n'
const psych = 'the gem psych 5.2.2 is compiled here, and the stage has no yaml.h (libyaml-dev)'

const node = (Dockerfile: string, version: string, name = 'better-sqlite3') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile,
    'package.json': `{"dependencies": {"${name}": "*"}}`,
    'package-lock.json': `{"packages": {"node_modules/${name}": {"version": "${version}"}}}`,
  },
})
const sqlite = '{"dependencies": {"better-sqlite3": "*"}}'
/** A member that needs it, of a workspace or beside nothing. */
const member = (Dockerfile: string, root: string | undefined, lockAt = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile,
    ...(root === undefined ? {} : {'package.json': root}),
    'server/package.json': sqlite,
    [`${lockAt}package-lock.json`]: '{"packages": {"node_modules/better-sqlite3": {"version": "9.4.0"}}}',
  },
})
const workspace = '{"workspaces": ["server"]}'
const npm = 'COPY package.json package-lock.json ./\nRUN npm ci\n'

const crate = (name: string, ...needs: string[]) =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\ndependencies = [\n${needs.map((each) => ` "${each}",\n`).join('')}]\n\n`
const withOpenssl = [
  crate('shop', 'reqwest'),
  crate('reqwest', 'hyper-tls'),
  crate('hyper-tls', 'native-tls'),
  crate('native-tls', 'openssl'),
  crate('openssl', 'openssl-sys'),
  crate('openssl-sys'),
].join('')
const rust = (
  dockerfile: string,
  manifest = '[package]\nname = "shop"\n\n[dependencies]\nreqwest = "0.12"\n',
  lock = withOpenssl,
  last = '',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `${dockerfile}WORKDIR /app\nCOPY . .\nRUN cargo build --release\n${last}`,
    'Cargo.toml': manifest,
    'Cargo.lock': lock,
    'src/main.rs': 'fn main() {}\n',
  },
})
const linked = 'reqwest is linked to OpenSSL, and the stage does not have'

/** A crate whose build script compiles protocol buffers. */
const proto = (
  dockerfile: string,
  {version = '0.13.5', script = 'tonic_build::compile_protos("a.proto").unwrap();', tonic = '0.12', lock = ''} = {},
  isLocked = true,
) => {
  const {files} = rust(
    dockerfile,
    `[package]\nname = "shop"\n\n[build-dependencies]\ntonic-build = "${tonic}"\n`,
    `[[package]]\nname = "prost-build"\nversion = "${version}"\n\n${lock}`,
  )
  const {'Cargo.lock': locked, ...others} = files
  return {
    files: {
      ...others,
      ...(isLocked && {'Cargo.lock': locked}),
      'build.rs': `fn main() {\n    ${script}\n}\n`,
    },
  }
}

/** What the lock says of a program with one dependency, which needs something of the system. */
const native = (dockerfile: string, dependency: string, lock: string, last = '') =>
  rust(dockerfile, `[package]\nname = "shop"\n\n[dependencies]\n${dependency}\n`, lock, last)
const kafka =
  crate('shop', 'rdkafka') + crate('rdkafka', 'rdkafka-sys') + crate('rdkafka-sys', 'cmake') + crate('cmake')
const jemalloc =
  crate('shop', 'tikv-jemallocator') +
  crate('tikv-jemallocator', 'tikv-jemalloc-sys') +
  crate('tikv-jemalloc-sys', 'cc')
const rocks =
  crate('shop', 'rocksdb') + crate('rocksdb', 'librocksdb-sys') + crate('librocksdb-sys', 'bindgen') + crate('bindgen')
const macros =
  crate('shop', 'serde') + crate('serde', 'serde_derive') + crate('serde_derive', 'proc-macro2') + crate('proc-macro2')
const diesel = crate('shop', 'diesel') + crate('diesel', 'pq-sys') + crate('pq-sys')

const python = (Dockerfile: string, requirement = 'mysqlclient==2.2.4') => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile, 'requirements.txt': `${requirement}\n`},
})
const pip = 'COPY requirements.txt .\nRUN pip install -r requirements.txt\n'

const php = (Dockerfile: string) => ({files: {'fly.toml': 'app = "shop"\n', Dockerfile}})

testCheck(buildPackages, {
  clean: {
    'protoc from Debian': proto(
      'FROM rust:1.90-bookworm\nRUN apt-get update && apt-get install -y protobuf-compiler\n',
    ),
    'protoc from elsewhere': proto(
      'FROM rust:1.90\nCOPY --from=bufbuild/buf:1 /usr/local/bin/protoc /usr/local/bin/\n',
    ),
    'protoc that a variable names': proto('FROM rust:1.90\nENV PROTOC=/opt/bin/pc\n'),
    'protoc that a crate brings': proto('FROM rust:1.90\n', {lock: crate('protoc-bin-vendored')}),
    'a prost that compiles its own protoc': proto('FROM rust:1.90\n', {version: '0.10.4'}),
    'code that is made already': proto('FROM rust:1.90\n', {script: 'println!("cargo:rerun-if-changed=src/pb");'}),
    'protoc for a feature alone': proto('FROM rust:1.90\n', {
      script: 'if cfg!(feature = "pb") { tonic_build::compile_protos("a.proto").unwrap(); }',
    }),
    'protoc of a tonic that no lock names': proto('FROM rust:1.90\n', {tonic: '0.7'}, false),
    'cmake, which is there': native(
      'FROM rust:1.90\nRUN apt-get update && apt-get install -y cmake\n',
      'rdkafka = "0.36"',
      kafka,
    ),
    'a crate that is built by make, on a full image': native('FROM rust:1.90\n', 'tikv-jemallocator = "0.6"', jemalloc),
    'a compiler beside it brings make': native(
      'FROM rust:1.90-slim\nRUN apt-get update && apt-get install -y build-essential\n',
      'tikv-jemallocator = "0.6"',
      jemalloc,
    ),
    'a crate for a feature': native('FROM rust:1.90\n', 'rdkafka = {version = "0.36", optional = true}', kafka),
    'a crate by a feature of it': native(
      'FROM rust:1.90\n',
      'rdkafka = "0.36"\n[features]\nbuilt = ["rdkafka/cmake-build"]',
      kafka,
    ),
    'another package may bring it': native(
      'FROM rust:1.90\nRUN apt-get update && apt-get install -y llvm-dev\n',
      'rocksdb = "0.22"',
      rocks,
    ),
    'SQLite that every lock of sqlx has': native(
      'FROM rust:1.90-slim\n',
      'sqlx = {version = "0.8", features = ["postgres"]}',
      crate('shop', 'sqlx') +
        crate('sqlx', 'sqlx-sqlite') +
        crate('sqlx-sqlite', 'libsqlite3-sys') +
        crate('libsqlite3-sys', 'vcpkg'),
    ),
    'libpq of the full image': native('FROM rust:1.90\n', 'diesel = {version = "2", features = ["postgres"]}', diesel),
    'OpenSSL with its headers': rust(
      'FROM rust:1.83-slim-bookworm\nRUN apt-get update && apt-get install -y pkg-config libssl-dev\n',
    ),
    '… which another package brings': rust(
      'FROM rust:1.83-slim-bookworm\nRUN apt-get update && apt-get install -y pkg-config libpq-dev\n',
    ),
    'a proc macro with musl-dev, which others bring, too': native(
      'FROM rust:1.90-alpine\nRUN apk add --no-cache g++\n',
      'serde = "1"',
      macros,
    ),
    '… on an image that has it by now': native('FROM rust:1-alpine\n', 'serde = "1"', macros),
    '… with the image of cargo-chef, which has it': native(
      'FROM lukemathwalker/cargo-chef:latest-rust-1.83-alpine\n',
      'serde = "1"',
      macros,
    ),
    '… of Alpine': rust('FROM rust:1.83-alpine\nRUN apk add --no-cache musl-dev openssl-dev\n'),
    'the full image of Rust': rust('FROM rust:1.83\n'),
    'OpenSSL that is compiled along': rust('FROM rust:1.83-slim\n', undefined, `${withOpenssl}${crate('openssl-src')}`),
    rustls: rust('FROM rust:1.83-slim\n', undefined, crate('shop', 'reqwest') + crate('reqwest', 'rustls')),
    'OpenSSL for the tests alone': rust(
      'FROM rust:1.83-slim\n',
      '[package]\nname = "shop"\n[dependencies]\nserde = "1"\n[dev-dependencies]\nreqwest = "0.12"\n',
    ),
    'OpenSSL for the tests, by features of a crate that both have': rust(
      'FROM rust:1.83-slim\n',
      '[package]\nname = "shop"\n[dependencies]\nreqwest = {version = "0.12", default-features = false}\n[dev-dependencies]\nwiremock = "1"\n',
      `${withOpenssl}${crate('wiremock', 'reqwest')}`,
    ),
    'OpenSSL by a feature': rust(
      'FROM rust:1.83-slim\n',
      '[package]\nname = "shop"\n[dependencies]\nreqwest = {version = "0.12", default-features = false}\n[features]\nsystem = ["reqwest/native-tls"]\n',
    ),
    'OpenSSL for a package that is not built': rust(
      'FROM rust:1.83-slim\n',
      '[workspace]\nmembers = ["api", "tool"]\n',
      crate('api') + crate('tool', 'reqwest') + withOpenssl.replace(/^.*?\]\n\n/s, ''),
    ),
    'OpenSSL that a variable leads to': rust('FROM rust:1.83-slim\nENV OPENSSL_DIR=/opt/ssl\n'),
    'pecl has what it compiles with': php(
      'FROM php:8.3-fpm-alpine\nRUN apk add --no-cache git $PHPIZE_DEPS && pecl install redis\n',
    ),
    'written in another way': php(
      'FROM php:8.3-cli-alpine3.20\nRUN apk add --no-cache --virtual .deps ${PHPIZE_DEPS} \\\n && pecl install redis \\\n && apk del .deps\n',
    ),
    'under another name': php(
      'FROM php:8.3-fpm-alpine\nRUN apk add -t .build autoconf g++ make\nRUN pecl install redis && apk del .build\n',
    ),
    'Debian keeps what compiles extensions': php('FROM php:8.3-fpm\nRUN pecl install redis\n'),
    'an image of one’s own may have it': php('FROM acme/php:8.3-fpm-alpine\nRUN pecl install redis\n'),
    'pecl may fail': php('FROM php:8.3-fpm-alpine\nRUN pecl install redis || true\n'),
    'extensions that are installed in the image’s way': php(
      'FROM php:8.3-fpm-alpine\nRUN docker-php-ext-install bcmath\n',
    ),
    'a package that is compiled, and a compiler': node(
      `FROM node:20-bookworm-slim\nRUN apt-get install -y python3 make g++\n${npm}`,
      '0.6.5',
      'lz4',
    ),
    'no script is run, says .npmrc': {
      files: {...node(`FROM node:20-bookworm-slim\n${npm}`, '0.6.5', 'lz4').files, '.npmrc': 'ignore-scripts=true\n'},
    },
    'no script is run, says a variable': node(
      `FROM node:20-bookworm-slim\nENV npm_config_ignore_scripts=true\n${npm}`,
      '0.6.5',
      'lz4',
    ),
    'the headers are installed': ruby(`FROM ruby:3.4-slim\nRUN apt-get install -y libyaml-dev\n${install}`, rails),
    'in a stage before': ruby(
      `FROM ruby:3.4-slim AS base\nRUN apt-get install -y build-essential libyaml-dev\nFROM base\n${install}`,
      rails,
    ),
    'a gem of C, and a compiler': ruby(`FROM ruby:3.4-slim\nRUN apt-get install -y build-essential\n${install}`, puma),
    'a gem of C, on Alpine with one': ruby(`FROM ruby:3.4-alpine\nRUN apk add build-base\n${install}`, puma),
    'a gem of C in the full image': ruby(`FROM ruby:3.4\n${install}`, puma),
    'a gem of C, and packages that may bring a compiler': ruby(
      `FROM ruby:3.4-slim\nRUN apt-get install -y ruby-dev\n${install}`,
      puma,
    ),
    'openssl with the headers of libpq, which include its own': ruby(`FROM ruby:3.4-slim\n${packages}${install}`, [
      'openssl (4.0.2)',
      'rails (8.0.1)\n      openssl',
    ]),
    'the openssl that comes with Ruby': ruby(`FROM ruby:3.4-slim\nRUN apt-get install -y build-essential\n${install}`, [
      'openssl (3.3.0)',
      'rails (8.0.1)\n      openssl',
    ]),
    'the full image': ruby(`FROM ruby:3.4\n${install}`, rails),
    'an image that still had them': ruby(`FROM ruby:3.3.6-slim\n${packages}${install}`, rails),
    'sqlite3 with pkg-config': ruby(
      `FROM ruby:3.3-slim\nRUN apt-get update && apt-get install -y build-essential pkg-config\n${install}`,
      ['sqlite3 (1.7.3)\n      mini_portile2 (~> 2.8.0)', 'rails (7.1.1)\n      sqlite3'],
    ),
    'sqlite3 that is built': ruby(`FROM ruby:3.3-slim\n${packages}${install}`, [
      'sqlite3 (1.7.3-x86_64-linux)',
      'rails (7.1.1)\n      sqlite3',
    ]),
    'a psych with its own libyaml': ruby(`FROM ruby:3.4-slim\n${packages}${install}`, [
      'psych (4.0.6)',
      'rails (8.0.1)\n      psych',
    ]),
    'gems of a group alone': ruby(`FROM ruby:3.4-slim\n${install}`, ['rails (8.0.1)', 'pg (1.5.4)']),
    'a group that stands below the name': ruby(
      `FROM ruby:3.4-slim\n${install}`,
      ['rails (8.0.1)', 'pg (1.5.4)'],
      'gem "rails"\ngem "pg",\n  "~> 1.5", # for tests\n  group: :development\n',
    ),
    'a group in brackets': ruby(
      `FROM ruby:3.4-slim\n${install}`,
      ['rails (8.0.1)', 'pg (1.5.4)'],
      'gem "rails"\ngroup(:test) {\n  gem "pg"\n}\n',
    ),
    'built for Linux': ruby(`FROM ruby:3.4-slim\n${install}`, ['pg (1.6.2)', 'pg (1.6.2-x86_64-linux)'], 'gem "pg"\n'),
    'another lock file': ruby(
      `FROM ruby:3.4-slim\nCOPY other/Gemfile.lock other/Gemfile ./\nRUN bundle install\n`,
      rails,
    ),
    'headers that may be among others': ruby(`FROM ruby:3.4-slim\nRUN apt-get install -y ruby-dev\n${install}`, rails),
    'a script may have installed them': ruby(`FROM ruby:3.4-slim\nCOPY s.sh .\nRUN ./s.sh\n${install}`, rails),
    'a bcrypt for every Node': node(`FROM node:20-slim\n${npm}`, '5.0.1', 'bcrypt'),
    'canvas is built for Debian': node(`FROM node:20-slim\n${npm}`, '2.11.2', 'canvas'),
    'canvas can be compiled': node(
      `FROM node:20-alpine\nRUN apk add python3 make g++ cairo-dev pango-dev\n${npm}`,
      '2.11.2',
      'canvas',
    ),
    'better-sqlite3 is built for this Node': node(`FROM node:20-slim\n${npm}`, '12.6.0'),
    'the last better-sqlite3 that is built for it': node(`FROM node:18-slim\n${npm}`, '11.10.0'),
    'one that has its binaries in the package': node(`FROM node:20-slim\n${npm}`, '13.0.1'),
    'there is a compiler': node(`FROM node:22-slim\nRUN apt-get install -y python3 make g++\n${npm}`, '9.4.0'),
    'a member that has its package.json by another install': member(
      'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n',
      workspace,
    ),
    'a folder beside a package.json that is none of a workspace': member(
      'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      '{}',
    ),
    'other members that are installed': member(
      'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci --workspace=web\n',
      workspace,
    ),
    'a folder that a subshell has left': member(
      'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN (cd server && ls) && npm ci\n',
      undefined,
      'server/',
    ),
    'a Node that is not known': node(`FROM node:lts-slim\n${npm}`, '9.4.0'),
    'the headers of MySQL': python(
      `FROM python:3.12-slim\nRUN apt-get install -y gcc default-libmysqlclient-dev pkg-config\n${pip}`,
    ),
    'the full image of Python': python(`FROM python:3.12\n${pip}`),
    'uwsgi with a compiler': python(
      `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y build-essential\n${pip}`,
      'uWSGI==2.0.28',
    ),
    'uwsgi with wheels': python(`FROM python:3.12-slim\n${pip}`, 'pyuwsgi==2.0.28'),
    'uwsgi that may fail': python(
      'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt || true\n',
      'uwsgi',
    ),
    'pyaudio on Windows alone': python(`FROM python:3.12-slim\n${pip}`, "pyaudio; sys_platform == 'win32'"),
    'pyaudio with the headers of PortAudio': python(
      `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc portaudio19-dev\n${pip}`,
      'PyAudio',
    ),
    'dlib from another place, which may have wheels': python(
      'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install --find-links /wheels -r requirements.txt\n',
      'dlib',
    ),
  },
  flagged: {
    'a gem of C, and no compiler': {
      ...ruby(`FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y curl git libpq-dev\n${install}`, puma),
      expect: [
        'warning Dockerfile:4:5 the gem puma 6.5.0 is compiled here, and the stage has neither make nor a C compiler',
      ],
    },
    'a build script without protoc, on a full image': {
      ...proto('FROM rust:1.90-bookworm\n'),
      expect: [
        'warning Dockerfile:4:5 build.rs starts protoc by tonic_build, and the stage has none: the build stops with "Could not find protoc"',
      ],
    },
    '… with its settings, on Alpine': {
      ...proto('FROM rust:1.90-alpine\nRUN apk add --no-cache musl-dev\n', {
        script: 'tonic_build::configure().build_server(true).compile_protos(&["a.proto"], &["."]).unwrap();',
      }),
      expect: [
        'warning Dockerfile:5:5 build.rs starts protoc by tonic_build, and the stage has none: the build stops with "Could not find protoc"',
      ],
    },
    'protoc, where no lock is in git': {
      ...proto('FROM rust:1.90-bookworm\n', {}, false),
      expect: [
        'warning Dockerfile:4:5 build.rs starts protoc by tonic_build, and the stage has none: the build stops with "Could not find protoc"',
      ],
    },
    'a crate that cmake builds, on a full image': {
      ...native('FROM rust:1.90\n', 'rdkafka = {version = "0.36", features = ["cmake-build"]}', kafka),
      expect: [
        'warning Dockerfile:4:5 rdkafka brings rdkafka-sys, which needs cmake, and the stage has none: the build stops there',
      ],
    },
    'a crate that make builds, on a slim image': {
      ...native(
        'FROM rust:1.90-slim\nRUN apt-get update && apt-get install -y pkg-config\n',
        'tikv-jemallocator = "0.6"',
        jemalloc,
      ),
      expect: [
        'warning Dockerfile:5:5 tikv-jemallocator brings tikv-jemalloc-sys, which needs make, and the stage has none: the build stops there',
      ],
    },
    'a proc macro on an Alpine that has gcc alone': {
      ...native('FROM rust:1.90-alpine\nRUN apk add --no-cache openssl-dev pkgconfig\n', 'serde = "1"', macros),
      expect: [
        'warning Dockerfile:5:5 proc-macro2 needs crti.o of musl-dev, with which cc links every proc macro, and the stage has none: the build stops there',
      ],
    },
    '… of a program that cargo fetches': {
      ...native(
        'FROM rust:1.70.0-alpine3.18\nRUN rustup target add x86_64-unknown-linux-musl\nRUN cargo install --locked cargo-chef\n',
        'serde = "1"',
        macros,
      ),
      expect: [
        'warning Dockerfile:3:5 cargo-chef needs crti.o of musl-dev, with which cc links every proc macro, and the stage has none: the build stops there',
      ],
    },
    'a crate that bindgen reads headers for': {
      ...native('FROM rust:1.90-alpine\nRUN apk add --no-cache musl-dev g++\n', 'rocksdb = "0.22"', rocks),
      expect: [
        'warning Dockerfile:5:5 rocksdb brings librocksdb-sys, which needs libclang, by which bindgen reads headers, and the stage has none: the build stops there',
      ],
    },
    'a crate that is linked to libpq': {
      ...native('FROM rust:1.90-slim\n', 'diesel = {version = "2", features = ["postgres"]}', diesel),
      expect: [
        'warning Dockerfile:4:5 diesel brings pq-sys, which needs libpq, to which it is linked, and the stage has none: the build stops there',
      ],
    },
    'OpenSSL without its headers': {
      ...rust('FROM rust:1.83-slim\nRUN apt-get update && apt-get install -y build-essential ca-certificates\n'),
      expect: [`warning Dockerfile:5:5 ${linked} the headers of that (libssl-dev): the build stops in openssl-sys`],
    },
    'OpenSSL without pkg-config': {
      ...rust('FROM rust:1.83-slim\nRUN apt-get update && apt-get install -y libssl-dev\n'),
      expect: [`warning Dockerfile:5:5 ${linked} pkg-config to find it with: the build stops in openssl-sys`],
    },
    'OpenSSL on Alpine, in a build of its dependencies before': {
      ...rust(
        'FROM lukemathwalker/cargo-chef:latest-rust-1.83-alpine\nRUN apk add --no-cache musl-dev pkgconfig\nCOPY Cargo.lock .\nRUN cargo chef cook --release\n',
      ),
      expect: [`warning Dockerfile:4:5 ${linked} the headers of that (openssl-dev): the build stops in openssl-sys`],
    },
    'pecl without autoconf': {
      ...php(
        'FROM php:8.3-fpm-alpine AS base\nRUN apk add git\nFROM base\nRUN docker-php-ext-install pdo && pecl install -f redis-6.0.2\n',
      ),
      expect: [
        'warning Dockerfile:4:35 pecl install compiles redis-6.0.2, and the stage has no autoconf: the build stops with "Cannot find autoconf"',
      ],
    },
    'a package that is compiled everywhere': {
      ...node(`FROM node:20-bookworm-slim\n${npm}`, '0.6.5', 'lz4'),
      expect: [
        'warning Dockerfile:3:5 lz4 0.6.5 is not built for any Node, and the stage has nothing to compile it with',
      ],
    },
    'sources that a bind mount brings to cargo': {
      files: {
        ...rust('').files,
        Dockerfile: `FROM rust:1.83-slim AS build\nWORKDIR /app\nRUN --mount=type=bind,source=src,target=src \\\n    --mount=type=bind,source=Cargo.toml,target=Cargo.toml \\\n    --mount=type=bind,source=Cargo.lock,target=Cargo.lock \\\n    <<EOF\nset -e\ncargo build --locked --release\ncp target/release/shop /bin/shop\nEOF\nFROM debian:bookworm-slim\nCOPY --from=build /bin/shop /bin/\nCMD ["shop"]\n`,
      },
      expect: [`warning Dockerfile:8:1 ${linked} the headers of that (libssl-dev): the build stops in openssl-sys`],
    },
    'openssl without its headers': {
      ...ruby(`FROM ruby:3.4-slim\nRUN apt-get install -y build-essential libyaml-dev\n${install}`, [
        'openssl (4.0.2)',
        'rails (8.0.1)\n      openssl',
      ]),
      expect: [
        'warning Dockerfile:4:5 the gem openssl 4.0.2 is compiled here, and the stage has no openssl/ssl.h (libssl-dev)',
      ],
    },
    'sqlite3 without pkg-config': {
      ...ruby(`FROM ruby:3.3-slim\n${packages}${install}`, [
        'sqlite3 (1.7.3)\n      mini_portile2 (~> 2.8.0)',
        'rails (7.1.1)\n      sqlite3',
      ]),
      expect: [
        'warning Dockerfile:4:5 the gem sqlite3 1.7.3 is compiled here, and the stage has no pkg-config: it stops with "Could not configure the build properly"',
      ],
    },
    'psych without libyaml': {
      ...ruby(`FROM ruby:3.4-slim\n${packages}${install}`, rails),
      expect: [`warning Dockerfile:4:5 ${psych}`],
    },
    'fullstaq, a list of packages in an ARG, and volta': {
      ...ruby(
        `FROM quay.io/evl.ms/fullstaq-ruby:3.1.2-jemalloc-slim as base\nRUN curl https://get.volta.sh | bash\nRUN volta install yarn && gem update --system\nFROM base as build\nARG BUILD_PACKAGES="git build-essential=12.*"\nENV BUILD_PACKAGES \${BUILD_PACKAGES}\nRUN apt-get install -y \${BUILD_PACKAGES}\n${install}`,
        rails,
      ),
      expect: [`warning Dockerfile:9:5 ${psych}`],
    },
    'pg on Alpine': {
      ...ruby(`FROM ruby:3.4-alpine\nRUN apk add build-base\n${install}`, ['pg (1.5.4)'], 'gem "pg", "~> 1.5"\n'),
      expect: ['warning Dockerfile:4:5 the gem pg 1.5.4 is compiled here, and the stage has no libpq-fe.h (libpq-dev)'],
    },
    mysql2: {
      ...ruby(
        `FROM ruby:3.4-slim\nRUN apt-get install -y build-essential\n${install}`,
        ['mysql2 (0.5.6)'],
        'gem "mysql2"\n',
      ),
      expect: [
        'warning Dockerfile:4:5 the gem mysql2 0.5.6 is compiled here, and the stage has no mysql.h (default-libmysqlclient-dev)',
      ],
    },
    'a Node newer than bcrypt': {
      ...node(`FROM node:18-alpine\n${npm}`, '4.0.1', 'bcrypt'),
      expect: [
        'warning Dockerfile:3:5 bcrypt 4.0.1 is not built for Node 18, and the stage has nothing to compile it with',
      ],
    },
    'canvas on Alpine': {
      ...node(`FROM node:20-alpine\n${npm}`, '2.11.2', 'canvas'),
      expect: [
        'warning Dockerfile:3:5 canvas 2.11.2 is not built for Alpine, and the stage has nothing to compile it with',
      ],
    },
    'a Node newer than better-sqlite3': {
      ...node(`FROM node:22-slim\n${npm}`, '9.4.0'),
      expect: [
        'warning Dockerfile:3:5 better-sqlite3 9.4.0 is not built for Node 22, and the stage has nothing to compile it with',
      ],
    },
    'a member of a workspace that is installed at the root': {
      ...member(
        'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nCOPY server/package.json server/\nRUN npm ci\n',
        workspace,
      ),
      expect: [
        'warning Dockerfile:5:5 better-sqlite3 9.4.0 is not built for Node 22, and the stage has nothing to compile it with',
      ],
    },
    'a folder with a lock of its own, and no package.json above it': {
      ...member('FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN cd server && npm ci\n', undefined, 'server/'),
      expect: [
        'warning Dockerfile:4:18 better-sqlite3 9.4.0 is not built for Node 22, and the stage has nothing to compile it with',
      ],
    },
    'a Node that better-sqlite3 is built for no more': {
      ...node(`FROM node:18-alpine\n${npm}`, '12.4.1'),
      expect: [
        'warning Dockerfile:3:5 better-sqlite3 12.4.1 is not built for Node 18, and the stage has nothing to compile it with',
      ],
    },
    mysqlclient: {
      ...python(`FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc\n${pip}`),
      expect: ['warning Dockerfile:4:5 mysqlclient is compiled here, and the stage has no mysql.h'],
    },
    'uwsgi without a compiler': {
      ...python(`FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl\n${pip}`, 'uWSGI==2.0.28'),
      expect: ['warning Dockerfile:4:5 uwsgi is compiled here, and the stage has no C compiler'],
    },
    'pyaudio with a compiler alone': {
      ...python(`FROM python:3.12-alpine\nRUN apk add gcc musl-dev\n${pip}`, 'PyAudio==0.2.14'),
      expect: ['warning Dockerfile:4:5 pyaudio is compiled here, and the stage has no portaudio.h'],
    },
    'dlib by what asks for it': {
      ...python(`FROM python:3.12-slim\n${pip}`, 'face_recognition'),
      expect: [
        'warning Dockerfile:3:5 face-recognition brings dlib, which is compiled here, and the stage has no C compiler',
      ],
    },
  },
})
