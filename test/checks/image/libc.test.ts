import libc from '../../../checks/image/libc.ts'
import {testCheck} from '../../harness.ts'

const rust = (built: string, final: string, more = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${built} AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM ${final}\n${more}COPY --from=build /src/target/release/shop /shop\nCMD ["/shop"]\n`,
  },
})
const elixir = (built: string, final: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${built} AS build\nWORKDIR /app\nCOPY . .\nRUN mix release\nFROM ${final}\nCOPY --from=build /app/_build/prod/rel/shop ./\nCMD ["/shop"]\n`,
  },
})
const go = (built: string, final: string, run = 'go build -o /bin/shop .') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${built} AS build\nCOPY . .\nRUN ${run}\nFROM ${final}\nCOPY --from=build /bin/shop /shop\nCMD ["/shop"]\n`,
  },
})

const runner = (label: string, final: string, job = '', command = 'cargo build -p shop --release') => ({
  files: {
    'fly.toml': 'app = "shop"\n[build]\nimage = "ghcr.io/owner/shop:latest"\n',
    'docker/Dockerfile': `FROM ${final}\nARG TARGETARCH\nCOPY linux/\${TARGETARCH}/shop /shop\nCMD ["/shop"]\n`,
    '.github/workflows/ci.yml': `jobs:
  build:
    runs-on: \${{ matrix.os }}
    strategy:
      matrix:
        include:
          - os: ${label}
          - os: ubuntu-24.04-arm
${job}    steps:
      - name: Build
        run: ${command}
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/build-push-action@v6
        with:
          file: ./docker/Dockerfile
          tags: |
            ghcr.io/owner/shop:latest
`,
  },
})

const node = (built: string, final: string, dependency: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'package.json': JSON.stringify({dependencies: {[dependency]: '^11.0.0'}}),
    Dockerfile: `FROM ${built} AS build\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nFROM ${final}\nCOPY --from=build /app/node_modules /app/node_modules\n`,
  },
})

const copied = (from: string, final: string, path: string, more = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${final}\n${more}COPY --from=${from} ${path} /usr/local/bin/\n`,
  },
})

testCheck(libc, {
  clean: {
    'a release of Elixir on Alpine, with what its Erlang loads': elixir(
      'elixir:1.18-alpine',
      'alpine:3.22\nRUN apk add --no-cache libstdc++ openssl ncurses-libs',
    ),
    '… with a package that may bring it': elixir(
      'elixir:1.18-alpine',
      'alpine:3.22\nRUN apk add --no-cache imagemagick',
    ),
    '… in an image of Erlang': elixir('elixir:1.18-alpine', 'erlang:27-alpine'),
    '… of an older Erlang': elixir('hexpm/elixir:1.11.4-erlang-23.3.4-alpine-3.16.0', 'alpine:3.16'),
    'an image of Alpine that has the glibc for its own program': copied(
      'node:22',
      'denoland/deno:alpine',
      '/usr/local/bin/node',
    ),
    'the bun of that time': copied('oven/bun:1.0-alpine', 'php:8.4-fpm', '/usr/local/bin/bun'),
    'node of the same system': copied('node:22-alpine', 'php:8.4-fpm-alpine', '/usr/local/bin/node'),
    'node with a C library for it': copied(
      'node:22',
      'php:8.4-fpm-alpine',
      '/usr/local/bin/node',
      'RUN apk add --no-cache gcompat libstdc++\n',
    ),
    'a script of node': copied('node:22', 'php:8.4-fpm-alpine', '/usr/local/lib/node_modules/npm/bin/npm-cli.js'),
    'composer needs no C library': copied('composer:2', 'php:8.4-fpm', '/usr/bin/composer'),
    'a release that runs in the Erlang of its image': elixir('elixir:1.17-alpine', 'erlang:27-slim'),
    'packages of JavaScript alone': node('node:22', 'node:22-alpine', 'express'),
    'native packages on the same C library': node('node:22', 'node:22-slim', 'better-sqlite3'),
    'a runner as old as the image': runner('ubuntu-22.04', 'gcr.io/distroless/cc-debian12'),
    'a runner that builds in a container': runner(
      'ubuntu-24.04',
      'gcr.io/distroless/cc-debian12',
      '    container: rust:1-bookworm\n',
    ),
    'a runner that builds for musl': runner(
      'ubuntu-24.04',
      'scratch',
      '',
      'cargo build -p shop --target x86_64-unknown-linux-musl',
    ),
    'a runner that builds something else': runner('ubuntu-24.04', 'debian:bookworm-slim', '', 'cargo build -p tool'),
    'the same release': rust('rust:1.90-bookworm', 'debian:bookworm-slim'),
    'a newer system runs what an older one builds': rust('rust:1.80-bullseye', 'debian:bookworm-slim'),
    'distroless of the same Debian': rust('rust:1.85', 'gcr.io/distroless/cc-debian12'),
    "Alpine's Rust needs no C library": rust('rust:1.90-alpine', 'scratch'),
    'Alpine with glibc in it': rust('rust:1.90-bookworm', 'alpine:3.22', 'RUN apk add --no-cache gcompat\n'),
    'the C library is copied, too': rust(
      'rust:1.90-bookworm',
      'scratch',
      'COPY --from=build /lib/x86_64-linux-gnu /lib\n',
    ),
    'a target that needs none': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM rust:1.90 AS build\nRUN cargo build --release --target x86_64-unknown-linux-musl\nFROM scratch\nCOPY --from=build /target/x86_64-unknown-linux-musl/release/shop /shop\n',
      },
    },
    'something else is copied': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM rust:1.90-bookworm AS build\nRUN cargo build && make assets\nFROM nginx:alpine\nCOPY --from=build /src/assets /usr/share/nginx/html\n',
      },
    },
    'a release on its own system': elixir(
      'hexpm/elixir:1.17.3-erlang-27.1-debian-bookworm-20240926-slim',
      'debian:bookworm-20240926-slim',
    ),
    'go with C on Alpine for Alpine': go('golang:1.26-alpine', 'alpine:3.22', 'CGO_ENABLED=1 go build -o /bin/shop .'),
    'go with C, and all of it in the program': go(
      'golang:1.26-alpine',
      'debian:12',
      'CGO_ENABLED=1 go build -ldflags \'-linkmode external -extldflags "-static"\' -o /bin/shop .',
    ),
    'go without the C library': go('golang:1.26', 'scratch', 'CGO_ENABLED=0 go build -o /bin/shop .'),
    'go on Alpine has no C compiler': go('golang:1.26-alpine', 'scratch'),
    'go takes little from a newer glibc': go('golang:1.26', 'debian:bookworm-slim'),
    'a base that is not known': rust('rust:1.90-bookworm', 'example.com/base:1'),
  },
  flagged: {
    'an image for development, whose tag names the release': {
      ...rust('mcr.microsoft.com/devcontainers/rust:1-bookworm', 'debian:bullseye-slim'),
      expect: [
        'error Dockerfile:5:1 what cargo builds on mcr.microsoft.com/devcontainers/rust:1-bookworm (Debian 12, glibc 2.36) does not start on debian:bullseye-slim (Debian 11, glibc 2.31)',
      ],
    },
    'a release of Elixir on Alpine without libstdc++': {
      ...elixir('elixir:1.18-alpine', 'alpine:3.22\nRUN apk add --no-cache openssl ncurses-libs'),
      expect: [
        'error Dockerfile:5:1 the release that mix makes on elixir:1.18-alpine does not start on alpine:3.22: the Erlang of it loads libstdc++.so.6, which nothing installs there',
      ],
    },
    '… on one that has the OpenSSL of before': {
      ...elixir('elixir:1.14-alpine', 'alpine:3.15\nRUN apk add --no-cache openssl ncurses-libs imagemagick'),
      expect: [
        'error Dockerfile:5:1 the release that mix makes on elixir:1.14-alpine does not start on alpine:3.15: it is linked with OpenSSL 3, and Alpine 3.15 has OpenSSL 1.1 (libcrypto.so.3: No such file or directory)',
      ],
    },
    'go with C, asked for': {
      ...go('golang:1.26', 'alpine:3.22', 'CGO_ENABLED=1 go build -o /bin/shop .'),
      expect: [
        'warning Dockerfile:4:1 what go builds with CGO_ENABLED=1 on golang:1.26 (Debian 13, glibc 2.41) may not start on alpine:3.22 (Alpine, musl)',
      ],
    },
    'go with C, from Alpine': {
      ...go('golang:1.26-alpine', 'debian:12', 'CGO_ENABLED=1 go build -o /bin/shop .'),
      expect: [
        'warning Dockerfile:4:1 what go builds with CGO_ENABLED=1 on golang:1.26-alpine (Alpine, musl) may not start on debian:12 (Debian 12, glibc 2.36)',
      ],
    },
    'node of Debian on Alpine': {
      ...copied('node:22', 'php:8.4-fpm-alpine', '/usr/local/bin/node'),
      expect: ['error Dockerfile:1:1 node of node:22 (glibc) does not start on php:8.4-fpm-alpine (Alpine, musl)'],
    },
    'node of Alpine on Debian': {
      ...copied('node:22-alpine', 'php:8.4-fpm', '/usr/local/bin/node'),
      expect: [
        'error Dockerfile:1:1 node of node:22-alpine (musl) does not start on php:8.4-fpm (Debian 13, glibc 2.41)',
      ],
    },
    'a folder that node lies in': {
      ...copied('node:22', 'php:8.4-fpm-alpine', '/usr/local/bin'),
      expect: ['warning Dockerfile:1:1 node of node:22 (glibc) does not start on php:8.4-fpm-alpine (Alpine, musl)'],
    },
    'a program that a RUN of several lines copies out of a cache': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM rust:1.90-slim AS build\nWORKDIR /src\nCOPY . .\nRUN --mount=type=cache,target=/src/target \\\n    cargo build --release && \\\n    cp target/release/shop /src/shop-bin\nFROM debian:bookworm-slim\nCOPY --from=build /src/shop-bin /shop\nCMD ["/shop"]\n',
      },
      expect: [
        'warning Dockerfile:7:1 what cargo builds on rust:1.90-slim (Debian 13, glibc 2.41) may not start on debian:bookworm-slim (Debian 12, glibc 2.36)',
      ],
    },
    'the deno that is for glibc alone': {
      ...copied('denoland/deno:bin-2.5.0', 'alpine:3.22', '/deno'),
      expect: [
        'error Dockerfile:1:1 deno of denoland/deno:bin-2.5.0 (glibc) does not start on alpine:3.22 (Alpine, musl)',
      ],
    },
    'the configuration of cargo may ask for a static program': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'Cargo.toml': '',
        '.cargo/config.toml': '[target.x86_64-unknown-linux-gnu]\nrustflags = ["-C", "target-feature=+crt-static"]\n',
        Dockerfile:
          'FROM rust:1-bookworm AS build\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nFROM alpine:3.22\nCOPY --from=build /app/target/release/shop /shop\n',
      },
      expect: [
        'warning Dockerfile:5:1 what cargo builds on rust:1-bookworm (Debian 12, glibc 2.36) may not start on alpine:3.22 (Alpine, musl)',
      ],
    },
    'native packages for another C library': {
      ...node('node:22', 'node:22-alpine', 'better-sqlite3'),
      expect: [
        'warning Dockerfile:5:1 the native packages that are installed on node:22 (Debian 12, glibc 2.36) may not load on node:22-alpine (Alpine, musl)',
      ],
    },
    'a virtual environment of Alpine': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM python:3.12-alpine AS build\nRUN python -m venv /venv && /venv/bin/pip install pydantic\nFROM python:3.12-slim-bookworm\nCOPY --from=build /venv /venv\n',
      },
      expect: [
        'warning Dockerfile:3:1 the Python packages that are installed on python:3.12-alpine (Alpine, musl) may not load on python:3.12-slim-bookworm (Debian 12, glibc 2.36)',
      ],
    },
    'a runner that is newer than the image, with cargo-leptos': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM debian:bookworm-slim\nWORKDIR /app\nCOPY target/release/shop .\nCMD ["./shop"]\n',
        '.github/workflows/build.yml':
          'on: workflow_call\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: cargo leptos build --release\n      - uses: actions/upload-artifact@v4\n        with:\n          name: shop\n          path: |\n            target/release/shop\n            target/site\n',
      },
      expect: [
        'warning Dockerfile:1:1 what cargo builds on the runner ubuntu-24.04 (Ubuntu 24.04, glibc 2.39) may not start on debian:bookworm-slim (Debian 12, glibc 2.36)',
      ],
    },
    'a runner that is newer than the image': {
      ...runner('ubuntu-24.04', 'gcr.io/distroless/cc-debian12'),
      expect: [
        'warning docker/Dockerfile:1:1 what cargo builds on the runner ubuntu-24.04 (Ubuntu 24.04, glibc 2.39) may not start on gcr.io/distroless/cc-debian12 (Debian 12, glibc 2.36)',
      ],
    },
    'an older glibc': {
      ...rust('rust:1.90-bookworm', 'debian:bullseye-slim'),
      expect: [
        'error Dockerfile:5:1 what cargo builds on rust:1.90-bookworm (Debian 12, glibc 2.36) does not start on debian:bullseye-slim (Debian 11, glibc 2.31)',
      ],
    },
    'a tag that has moved on': {
      ...rust('rust:1', 'debian:bookworm-slim'),
      expect: [
        'warning Dockerfile:5:1 what cargo builds on rust:1 (Debian 13, glibc 2.41) may not start on debian:bookworm-slim (Debian 12, glibc 2.36)',
      ],
    },
    'another C library': {
      ...rust('rust:1.90', 'alpine:3.22'),
      expect: [
        'error Dockerfile:5:1 what cargo builds on rust:1.90 (Debian 13, glibc 2.41) does not start on alpine:3.22 (Alpine, musl)',
      ],
    },
    'no C library': {
      ...rust('rust:1.90-bookworm', 'gcr.io/distroless/static-debian12'),
      expect: [
        'error Dockerfile:5:1 what cargo builds on rust:1.90-bookworm (Debian 12, glibc 2.36) does not start on gcr.io/distroless/static-debian12 (without a C library)',
      ],
    },
    "a release with Alpine's Erlang": {
      ...elixir('elixir:1.17-alpine', 'debian:bookworm-slim'),
      expect: [
        'error Dockerfile:5:1 the release that mix makes on elixir:1.17-alpine (Alpine, musl) does not start on debian:bookworm-slim (Debian 12, glibc 2.36)',
      ],
    },
    'a release with the Erlang of a newer Debian': {
      ...elixir('elixir:1.18-otp-28', 'debian:bookworm-slim'),
      expect: [
        'warning Dockerfile:5:1 the release that mix makes on elixir:1.18-otp-28 (Debian 13, glibc 2.41) may not start on debian:bookworm-slim (Debian 12, glibc 2.36)',
      ],
    },
    'go takes net from the C library': {
      ...go('golang:1.26', 'alpine:3.22'),
      expect: [
        'warning Dockerfile:4:1 what go builds without CGO_ENABLED=0 on golang:1.26 (Debian 13, glibc 2.41) may not start on alpine:3.22 (Alpine, musl)',
      ],
    },
  },
})
