import cPackages from '../../../checks/image/c-packages.ts'
import {testCheck} from '../../harness.ts'

const program = (...imports: string[]) =>
  `package main\n\nimport (\n${imports.map((path) => `\t_ "${path}"\n`).join('')})\n\nfunc main() {}\n`
const project = (dockerfile: string, main: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'go.mod': 'module shop\n\ngo 1.25\n',
    'main.go': main,
    Dockerfile: dockerfile,
    ...more,
  },
})
const build = (run: string, from = 'golang:1.25') => `FROM ${from}\nWORKDIR /src\nCOPY . .\n${run}\n`
const off = build('RUN CGO_ENABLED=0 GOOS=linux go build -o /shop .')
const sqlite = 'github.com/mattn/go-sqlite3'
const stub = `${sqlite} is written in C: the program starts without it, and each of its calls ends with an error`

/** With a driver of that version, on Alpine with a compiler. */
const driver = (
  version: string,
  run = 'RUN go build -o /shop .',
  from = 'golang:1.25-alpine',
  main = program(sqlite),
) =>
  project(build(`RUN apk add --no-cache build-base\n${run}`, from), main, {
    'go.mod': `module shop\n\ngo 1.21\n\nrequire (\n\t${sqlite} v${version}\n)\n`,
    'scripts/build.sh': '#!/bin/sh\nset -e\ngo build -o /shop .\n',
  })
const refused = (at: string, line: string) =>
  `${line} ${at} ${sqlite} v1.14.16 does not compile with musl 1.2.4, the C library of Alpine since 3.19: the build stops with "'pread64' undeclared"`

testCheck(cPackages, {
  clean: {
    'a driver for the musl of today': driver('1.14.22'),
    'an older driver than the one that another module asks for': {
      files: {...driver('1.14.16').files, 'go.sum': `${sqlite} v1.14.16/go.mod h1:x\n${sqlite} v1.14.22 h1:y\n`},
    },
    'an older driver, and the musl of its time': driver('1.14.16', undefined, 'golang:1.20-alpine3.18'),
    'an older driver, and the compiler is told': driver('1.14.16', 'RUN CGO_CFLAGS=-D_LARGEFILE64_SOURCE go build .'),
    'an older driver without C, in a script': driver('1.14.16', 'RUN CGO_ENABLED=0 sh scripts/none.sh'),
    'an older driver that the program does not use': driver('1.14.16', undefined, undefined, program('net/http')),
    'with C': project(build('RUN CGO_ENABLED=1 go build -o /shop .'), program(sqlite)),
    'with C, as it is where there is a compiler': project(build('RUN go build -o /shop .'), program(sqlite)),
    'with C on Alpine, and its headers': project(
      build('RUN apk add --no-cache gcc musl-dev\nRUN CGO_ENABLED=1 go build -o /shop .', 'golang:1.25-alpine'),
      program(sqlite, 'net/http'),
    ),
    'gcc, and packages that need the headers': project(
      build('RUN apk add --no-cache gcc vips-dev\nRUN go build -o /shop .', 'golang:1.25-alpine'),
      program(sqlite),
    ),
    'gcc alone, for none in C': project(
      build('RUN apk add --no-cache gcc\nRUN go build -o /shop .', 'golang:1.25-alpine'),
      program('net/http'),
    ),
    'another compiler': project(
      build('RUN CC=/opt/cc CGO_ENABLED=1 go build -o /shop .', 'golang:1.25-alpine'),
      program(sqlite),
    ),
    'with a compiler that is installed': project(
      build('RUN apk add --no-cache build-base\nRUN go build -o /shop .', 'golang:1.25-alpine'),
      program(sqlite),
    ),
    'a driver without C': project(off, program('modernc.org/sqlite')),
    'another module takes its place': project(off, program('gorm.io/driver/sqlite'), {
      'go.mod': 'module shop\n\ngo 1.25\n\nreplace gorm.io/driver/sqlite => github.com/glebarez/sqlite v1.11.0\n',
    }),
    'a part of its module that is without C': project(
      off,
      program('github.com/confluentinc/confluent-kafka-go/v2/schemaregistry'),
    ),
    'in a test': project(off, program('net/http'), {'main_test.go': program(sqlite)}),
    'in a package that the program does not import': project(off, program('net/http'), {
      'tools/seed/main.go': program(sqlite),
    }),
    'under a condition of the build': project(off, program('net/http'), {
      'sqlite.go': `//go:build sqlite\n\n${program(sqlite)}`,
    }),
    'with and without, in one RUN': project(
      build('RUN CGO_ENABLED=0 go build -o /tool ./tool && CGO_ENABLED=1 go build -o /shop .'),
      program(sqlite),
    ),
  },
  flagged: {
    'a driver that musl of today refuses': {
      ...driver('1.14.16'),
      expect: [refused('Dockerfile:5:5', 'error')],
    },
    'built by a script': {
      ...driver('1.14.16', 'RUN ./scripts/build.sh'),
      expect: [refused('Dockerfile:5:5', 'warning')],
    },
    'a driver that musl of today refuses, by that of gorm': {
      ...driver(
        '1.14.16',
        'RUN CGO_ENABLED=1 go build -o /shop .',
        'golang:1.23.1-alpine',
        program('gorm.io/driver/sqlite'),
      ),
      expect: [refused('Dockerfile:5:5', 'error')],
    },
    'C that is asked for, and no compiler': {
      ...project(build('RUN CGO_ENABLED=1 go build -o /shop .', 'golang:1.25-alpine'), program(sqlite)),
      expect: [
        `error Dockerfile:4:5 go build finds no C compiler here, and ${sqlite} is written in C: the build stops`,
      ],
    },
    'C that is asked for, of the library': {
      ...project(build('ENV CGO_ENABLED=1\nRUN go build -o /shop .', 'golang:1.25-alpine'), program('net/http')),
      expect: [
        'error Dockerfile:5:5 go build finds no C compiler here, and net/http is built with C, as CGO_ENABLED=1 asks: the build stops',
      ],
    },
    'gcc without the headers': {
      ...project(
        build('RUN apk add --no-cache gcc\nRUN go build -o /shop .', 'golang:1.25-alpine'),
        program(sqlite, 'net/http'),
      ),
      expect: [
        `error Dockerfile:5:5 go build finds no headers of the C library here, which gcc does not bring, and ${sqlite} is written in C: the build stops`,
      ],
    },
    'a stub': {
      ...project(off, program(sqlite)),
      expect: [`error Dockerfile:4:5 go build has CGO_ENABLED=0, and ${stub}`],
    },
    'a stub in one of several programs, which nothing may start': {
      ...project(build('RUN CGO_ENABLED=0 go build -o /bin/ ./cmd/...'), 'package shop\n', {
        'cmd/seed/main.go': program(sqlite),
        'cmd/shop/main.go': program('net/http'),
      }),
      expect: [`warning Dockerfile:4:5 go build has CGO_ENABLED=0, and ${stub}`],
    },
    'a stub that is one of two databases': {
      ...project(off, program(sqlite, 'github.com/lib/pq')),
      expect: [`warning Dockerfile:4:5 go build has CGO_ENABLED=0, and ${stub}`],
    },
    'switched off for the stage, in a package of its own': {
      ...project(build('ENV CGO_ENABLED=0\nRUN go build -o /shop ./cmd/shop'), 'package shop\n', {
        'cmd/shop/main.go': program('shop/internal/store'),
        'internal/store/store.go': `package store\n\nimport _ "${sqlite}"\n`,
      }),
      expect: [`error Dockerfile:5:5 go build has CGO_ENABLED=0, and ${stub}`],
    },
    'no compiler in Alpine, behind go mod download': {
      ...project(build('RUN go mod download\nRUN go build -o /shop .', 'golang:1.25-alpine'), program(sqlite)),
      expect: [`error Dockerfile:5:5 go build finds no C compiler here, and ${stub}`],
    },
    'no compiler in Alpine': {
      ...project(build('RUN go build -o /shop .', 'golang:1.25-alpine'), program(sqlite)),
      expect: [`error Dockerfile:4:5 go build finds no C compiler here, and ${stub}`],
    },
    'a package that does not compile': {
      ...project(off, program('github.com/davidbyttow/govips/v2/vips')),
      expect: [
        'error Dockerfile:4:5 go build has CGO_ENABLED=0, and github.com/davidbyttow/govips is written in C: the build stops',
      ],
    },
  },
})
