import platform from '../../../checks/image/platform.ts'
import {testCheck} from '../../harness.ts'

const project = (Dockerfile: string, files: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile, 'main.go': 'package main\n', ...files},
})
const go = (before: string, run: string) =>
  `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\n${before}RUN ${run}\nFROM scratch\nCOPY --from=build /shop /\n`

testCheck(platform, {
  clean: {
    'another RUN is for what others fetch': project(
      `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /shop\nRUN GOOS=windows go build -o /agent.exe ./agent\nFROM debian:12\nCOPY --from=build /shop /\n`,
    ),
    'a link to a library of either processor': project(
      'FROM debian:12\nRUN ln -s /usr/lib/$(uname -m)-linux-gnu/libjemalloc.so.2 /usr/local/lib/libjemalloc.so\n',
    ),
    'a folder of arm64 that a stage before, or a COPY of the project, makes': project(
      'FROM debian:12 AS base\nRUN mkdir /usr/lib/aarch64-linux-gnu\nFROM base\nRUN cp /a.so /usr/lib/aarch64-linux-gnu/\nFROM debian:12\nCOPY --from=1 /usr/lib/aarch64-linux-gnu/a.so /\nCOPY lib /lib/aarch64-linux-gnu/\nRUN cp /lib/aarch64-linux-gnu/b.so /b.so\n',
      {'lib/b.so': ''},
    ),
    'a folder of arm64 that install makes': project(
      'FROM debian:12\nRUN install -D /a.so /usr/lib/aarch64-linux-gnu/a.so\n',
    ),
    'a library of an image for arm64': project(
      'FROM debian:12\nCOPY --from=arm64v8/debian:12 /usr/lib/aarch64-linux-gnu/libpq.so.5 /arm/\n',
    ),
    'a folder of arm64 that is tried': project(
      'FROM debian:12\nRUN ln -s /usr/lib/a.so /usr/lib/aarch64-linux-gnu/b.so || true\n',
    ),
    'packages for arm64': project(
      'FROM debian:12\nRUN dpkg --add-architecture arm64 && apt-get update && apt-get install -y libc6:arm64\nRUN cp a.so /usr/lib/aarch64-linux-gnu/\n',
    ),
    'a folder that is made': project(
      'FROM debian:12\nRUN mkdir -p /usr/lib/aarch64-linux-gnu && ln -s /a.so /usr/lib/aarch64-linux-gnu/b.so\n',
    ),
    'built for Linux and another system': project(
      go('', 'GOOS=darwin go build -o /cli && GOOS=linux go build -o /shop'),
    ),
    'built for another system, beside the server': project(
      `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN GOOS=windows go build -o /shop.exe\nRUN go build -o /shop\nFROM debian:12\nCOPY --from=build /shop /shop.exe /\n`,
    ),
    'pages in WebAssembly': project(go('', 'GOOS=js GOARCH=wasm go build -o /shop')),
    'built for amd64': project(go('', 'GOARCH=amd64 go build -o /shop')),
    'BuildKit says for which one': project(go('ARG TARGETARCH\n', 'GOARCH=$TARGETARCH go build -o /shop')),
    'the platform of the build': project('FROM --platform=$BUILDPLATFORM node:22\nCMD ["node"]\n'),
    'a stage that is not built': project('FROM --platform=linux/arm64 node:22 AS arm\nFROM node:22\n'),
    'the right file is chosen': project(
      'FROM debian:12\nRUN case $(uname -m) in aarch64) curl -LO https://example.com/tool-arm64.tar.gz;; *) curl -LO https://example.com/tool-amd64.tar.gz;; esac\n',
    ),
    'an address that has arm in its host': project(
      'FROM debian:12\nRUN curl -LO https://arm64.example.com/tool.tar.gz\n',
    ),
    'a name with arm in it': project('FROM debian:12\nRUN curl -LO https://example.com/farm64.tar.gz\n'),
    'only what is restored names it': project(
      'FROM mcr.microsoft.com/dotnet/sdk:10.0\nRUN dotnet restore -r linux-arm64 && dotnet publish -c Release\n',
    ),
  },
  flagged: {
    'a link in the folder of arm64': {
      ...project(
        'FROM debian:12\nRUN apt-get update \\\n    && ln -s /usr/lib/aarch64-linux-gnu/liblept.so.5 /usr/lib/aarch64-linux-gnu/libleptonica.so.6\n',
      ),
      expect: [
        'error Dockerfile:3:8 ln needs /usr/lib/aarch64-linux-gnu, which images for arm64 have, and Fly.io builds for amd64: the build stops with "No such file or directory"',
      ],
    },
    'a library of arm64 that COPY takes, and one that is loaded': {
      ...project(
        'FROM debian:12 AS build\nFROM debian:12-slim\nCOPY --from=build /usr/lib/aarch64-linux-gnu/libpq.so.5 /usr/lib/\nENV LD_PRELOAD=/usr/lib/aarch64-linux-gnu/libjemalloc.so.2\n',
      ),
      expect: [
        'error Dockerfile:3:1 COPY takes /usr/lib/aarch64-linux-gnu/libpq.so.5, which images for arm64 have, and Fly.io builds for amd64: the build stops with "not found"',
        "warning Dockerfile:4:1 LD_PRELOAD names /usr/lib/aarch64-linux-gnu/libjemalloc.so.2, which images for arm64 have, and Fly's machines are amd64: nothing of it is loaded",
      ],
    },
    'Go for another system': {
      ...project(go('ENV GOOS=darwin\n', 'CGO_ENABLED=0 go build -o /shop')),
      expect: ["error Dockerfile:5:5 go builds for darwin, and Fly's machines run Linux: it does not start there"],
    },
    'an agent for arm beside the server': {
      ...project(
        `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /shop\nRUN GOARCH=arm64 go build -o /agent ./agent\nFROM debian:12\nCOPY --from=build /shop /agent /\n`,
      ),
      expect: ["warning Dockerfile:5:5 go builds for arm64, and Fly's machines are amd64: it may not start there"],
    },
    'go builds for arm64': {
      ...project(go('', 'CGO_ENABLED=0 GOARCH=arm64 go build -o /shop')),
      expect: ["error Dockerfile:4:5 go builds for arm64, and Fly's machines are amd64: it does not start there"],
    },
    'ENV says it': {
      ...project(go('ENV GOOS=linux GOARCH=arm64\n', 'go build -o /shop')),
      expect: ["error Dockerfile:4:1 go builds for arm64, and Fly's machines are amd64: it does not start there"],
    },
    'the base of the final stage': {
      ...project('FROM --platform=linux/arm64 node:22-slim AS base\nFROM base\nCMD ["node"]\n'),
      expect: ["error Dockerfile:1:1 FROM asks for linux/arm64, and Fly's machines are amd64: no program of it starts"],
    },
    'the base of a stage that builds': {
      ...project(
        'FROM --platform=linux/arm64 node:22 AS build\nFROM nginx\nCOPY --from=build /app/dist /usr/share/nginx/html\n',
      ),
      expect: [
        "warning Dockerfile:1:1 FROM asks for linux/arm64, and Fly's machines are amd64: no program of it starts",
      ],
    },
    'an image for arm by its name': {
      ...project('FROM arm64v8/python:3.12-slim\n'),
      expect: [
        "error Dockerfile:1:1 arm64v8/python:3.12-slim is an image for arm, and Fly's machines are amd64: no program of it starts",
      ],
    },
    'cargo builds for it': {
      ...project(
        'FROM rust:1 AS build\nRUN cargo build --release --target=aarch64-unknown-linux-musl\nFROM alpine\nCOPY --from=build /target/aarch64-unknown-linux-musl/release/shop /\n',
      ),
      expect: [
        "error Dockerfile:2:5 cargo build builds for aarch64-unknown-linux-musl, and Fly's machines are amd64: it does not start there",
      ],
    },
    'an ARG says it for .NET, whose programs may run all the same': {
      ...project(
        'FROM mcr.microsoft.com/dotnet/sdk:10.0\nARG RUNTIME=linux-arm64\nWORKDIR /src\nRUN dotnet publish Shop.csproj -r ${RUNTIME} -o /app\n',
      ),
      expect: [
        "warning Dockerfile:2:1 dotnet publish builds for linux-arm64, and Fly's machines are amd64: it may not start there",
      ],
    },
    '.NET with its runtime': {
      ...project(
        'FROM mcr.microsoft.com/dotnet/sdk:10.0\nRUN dotnet publish Shop.csproj -r linux-arm64 --self-contained -o /app\n',
      ),
      expect: [
        "error Dockerfile:2:5 dotnet publish builds for linux-arm64, and Fly's machines are amd64: it does not start there",
      ],
    },
    'a download for it': {
      ...project('FROM debian:12\nRUN wget https://example.com/v0.3/litestream-v0.3-linux-arm64.deb\n'),
      expect: [
        "warning Dockerfile:2:5 litestream-v0.3-linux-arm64.deb is made for arm, and Fly's machines are amd64: it may not start there",
      ],
    },
  },
})
