import check from '../../../checks/dockerfile/go-packages.ts'
import {testCheck} from '../../harness.ts'

const main = 'package main\n\nfunc main() {\n}\n'

const routes = 'package main\n\nfunc routes() {\n}\n\nfunc init() {}\n'

/** A module whose program is in cmd/server, as a RUN builds it. */
const project = (run: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\n${run}\nFROM alpine:3.20\nCOPY --from=build /server /server\nCMD ["/server"]\n`,
    'go.mod': 'module example.com/shop\n\ngo 1.25\n',
    'cmd/server/main.go': main,
    'internal/shop/shop.go': 'package shop\n',
    ...files,
  },
})

testCheck(check, {
  clean: {
    'a folder': project('RUN go build -o /server ./cmd/server'),
    'a path of the module': project('RUN go build -o /server example.com/shop/cmd/server'),
    'a file': project('RUN go build -o /server cmd/server/main.go'),
    'a package of the library': project('RUN go build net/http && go build -o /server ./cmd/server'),
    'a module that is called so': project('RUN go build -o /server shop/cmd/server', {
      'go.mod': 'module shop\n\ngo 1.25\n',
      'shop/cmd/server/main.go': main,
    }),
    'a workspace': project('RUN go build -o /server cmd/server', {'go.work': 'go 1.25\n\nuse ./cmd\n'}),
    'a module in the place of another': project('RUN go build -o /server tools/gen', {
      'go.mod': 'module example.com/shop\n\ngo 1.25\n\nrequire tools v0.0.0\n\nreplace tools => ./tools\n',
      'tools/go.mod': 'module tools\n',
      'tools/gen/main.go': main,
    }),
    'a program at the top': project('RUN go build -o /server', {'main.go': main}),
    'a generator that writes the program': project('RUN go generate ./... && go build -o /server .'),
    'a file that a RUN before writes': project('RUN ./generate.sh\nRUN go build -o /server .'),
    'all packages, and a folder': project('RUN mkdir /bin/shop && go build -o /bin/shop ./...'),
    'all packages, and a folder with a slash': project('RUN go build -o /out/ ./...'),
    'the one package below': project('RUN go build -o /server ./cmd/...'),
    'all packages, and no file': project('RUN go build ./... && go build -o /server ./cmd/server'),
    'a library without a file': project('RUN go build ./internal/shop && go build -o /server ./cmd/server'),
    'a library that others load': project('RUN go build -buildmode=c-archive -o /shop.a ./internal/shop'),
    'all files of the package by name': project('RUN go build -o /server cmd/server/main.go cmd/server/routes.go', {
      'cmd/server/main.go': 'package main\n\nfunc main() {\n\troutes()\n}\n',
      'cmd/server/routes.go': routes,
    }),
    'a file beside, of which nothing is used': project('RUN go build -o /server cmd/server/main.go', {
      'cmd/server/routes.go': routes,
    }),
    'a method, a field and a parameter of that name': project('RUN go build -o /server cmd/server/main.go', {
      'cmd/server/main.go':
        'package main\n\ntype app struct{}\n\ntype router interface {\n\troutes() int\n}\n\nfunc (a app) routes() int { return 1 }\n\nfunc main() {\n\ta := app{}\n\ta.routes()\n}\n\nfunc with(routes func()) {\n\troutes()\n}\n',
      'cmd/server/routes.go': routes,
    }),
    'a variable of that name': project('RUN go build -o /server cmd/server/main.go', {
      'cmd/server/main.go': 'package main\n\nfunc main() {\n\troutes := func() {}\n\troutes()\n}\n',
      'cmd/server/routes.go': routes,
    }),
    'a file beside that is for another system': project('RUN go build -o /server cmd/server/main.go', {
      'cmd/server/main.go': 'package main\n\nfunc main() {\n\troutes()\n}\n',
      'cmd/server/routes_windows.go': routes,
    }),
    GOFLAGS: project('ENV GOFLAGS=-mod=mod\nRUN go build -o /server cmd/server'),
    'a file that a RUN writes': project(
      "WORKDIR /gen\nRUN printf 'package main\\nfunc main(){}\\n' > gen.go && cp /src/go.mod . && go build gen.go",
    ),
    'a file that a step before the deploy may write': project('RUN go build -o /server version.go', {
      '.github/workflows/deploy.yml':
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: go generate ./...\n      - run: flyctl deploy\n',
    }),
    'a file that a script may write': project('RUN ./generate.sh && go build -o /server made.go'),
    'behind an || true': project('RUN go build -o /server cmd/server || true'),
  },
  flagged: {
    'a folder without ./': {
      ...project('RUN CGO_ENABLED=0 go build -o /server cmd/server'),
      expect: [
        'error Dockerfile:4:5 go build stops: it takes cmd/server for a package of its own library, as nothing marks it as a folder',
      ],
    },
    'one of the files of the program': {
      ...project('RUN go build -o /server ./cmd/server/main.go', {
        'cmd/server/main.go': 'package main\n\nfunc main() {\n\troutes()\n}\n',
        'cmd/server/routes.go': routes,
      }),
      expect: [
        'error Dockerfile:4:5 go build stops: of the package it is given ./cmd/server/main.go alone, and cmd/server/main.go calls routes, which is in cmd/server/routes.go',
      ],
    },
    'a program further down': {
      ...project('RUN go build -v -o /server .'),
      expect: ['error Dockerfile:4:5 go build stops: there are no Go files in /src'],
    },
    'a package that is not main': {
      ...project('RUN go build -o /server .', {'shop.go': 'package shop\n'}),
      expect: [
        'error Dockerfile:4:5 go build makes no program: the package that it builds is the package shop, and not main',
      ],
    },
    'a file that is copied later': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY go.* ./\nRUN go build -o /tool tool.go\nCOPY . .\nFROM alpine:3.20\nCOPY --from=build /tool /tool\nCMD ["/tool"]\n',
        'tool.go': main,
      },
      expect: ['error Dockerfile:4:5 go build stops: tool.go is not there: no COPY brings /src/tool.go'],
    },
    'a file that the project does not have': {
      ...project('RUN go build -o /server cmd/server/server.go'),
      expect: [
        'error Dockerfile:4:5 go build stops: cmd/server/server.go is not there: no COPY brings /src/cmd/server/server.go',
      ],
    },
    'several packages': {
      ...project('RUN go build -o /server ./...'),
      expect: [
        'error Dockerfile:4:5 go build stops: ./... is several packages, and -o names one file for them, /server',
      ],
    },
  },
})
