import check from '../../../checks/dockerfile/go-imports.ts'
import {testCheck} from '../../harness.ts'

const gin = 'github.com/gin-gonic/gin'
const sum = (module: string) => `${module} v1.9.0 h1:abc=\n${module} v1.9.0/go.mod h1:def=\n`
const mod = (rest = '', go = '1.23') => `module example.com/shop\n\ngo ${go}\n\n${rest}`
const main = (imports: string, body: string) => `package main\n\nimport (\n${imports}\n)\n\nfunc main() {\n${body}\n}\n`
const usesGin = main(`"${gin}"`, 'gin.Default().Run()')

/** A module that needs gin, as the image builds it. */
const project = ({
  dockerfile = 'COPY . .\nRUN go mod download\nRUN go build -o /server .\n',
  ...files
}: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM golang:1.25 AS build\nWORKDIR /src\n${dockerfile}FROM scratch\nCOPY --from=build /server /server\nCMD ["/server"]\n`,
    'go.mod': mod(`require ${gin} v1.9.0\n`),
    'go.sum': sum(gin),
    'main.go': usesGin,
    ...files,
  },
})
const without = (name: string, files: Record<string, string> = {}) => {
  const {[name]: _, ...rest}: Record<string, string> = project(files).files
  return {files: rest}
}
const unused = (imports: string, body = '', files: Record<string, string> = {}) =>
  project({'main.go': main(imports, body), ...files})

testCheck(check, {
  clean: {
    'all of it': project(),
    'a package of a module': project({'main.go': main(`"${gin}/binding"`, 'binding.Default()')}),
    'no other module': project({'go.mod': mod(), 'main.go': main('"fmt"', 'fmt.Println()')}),
    'a module that nothing of the program imports': without('go.sum', {'main.go': main('"fmt"', 'fmt.Println()')}),
    'sums of other versions, too': project({'go.sum': sum(gin) + sum(gin).replaceAll('1.9.0', '1.10.0')}),
    'a version that is not to be taken': project({
      'go.mod': mod(`require (\n\t${gin} v1.9.0\n)\n\nexclude (\n\t${gin} v1.9.1\n)\n`),
    }),
    'sums of another version, of a module that a folder replaces': project({
      'go.mod': mod(`require ${gin} v1.9.0\n\nreplace ${gin} => ./gin\n`),
      'go.sum': sum(gin).replaceAll('1.9.0', '1.10.0'),
    }),
    'sums of another version, in a module that takes what others require': project({
      'go.mod': mod(`require ${gin} v1.9.0\n`, '1.16'),
      'go.sum': sum(gin).replaceAll('1.9.0', '1.10.0'),
    }),
    'a module within a module': project({
      'go.mod': mod(`require (\n\tcloud.google.com/go v0.1.0\n\tcloud.google.com/go/storage v1.9.0\n)\n`),
      'go.sum': sum('cloud.google.com/go').replaceAll('1.9.0', '0.1.0'),
      'main.go': main('"cloud.google.com/go/storage"', 'storage.New()'),
    }),
    'go mod tidy in the image': without('go.sum', {dockerfile: 'COPY . .\nRUN go mod tidy && go build -o /server .\n'}),
    'go mod tidy behind the code': without('go.sum', {
      dockerfile: 'COPY go.mod *.go ./\nRUN go mod tidy\nCOPY . .\nRUN go build -o /server .\n',
    }),
    'go mod tidy before the code, and again': without('go.sum', {
      dockerfile: 'COPY go.mod ./\nRUN go mod tidy\nCOPY . .\nRUN go mod tidy && go build -o /server .\n',
    }),
    'go mod tidy before the code, and a go.sum with it': project({
      dockerfile: 'COPY go.mod ./\nRUN go mod tidy\nCOPY . .\nRUN go build -o /server .\n',
    }),
    'go mod tidy with the code mounted': without('go.sum', {
      dockerfile:
        'COPY go.mod ./\nRUN --mount=type=bind,source=main.go,target=main.go go mod tidy\nCOPY . .\nRUN go build -o /server .\n',
    }),
    'go get in the image': project({
      'go.mod': mod(),
      dockerfile: `COPY . .\nRUN go get ${gin}\nRUN go build -o /server .\n`,
    }),
    'all modules by name': without('go.sum', {
      dockerfile: 'COPY . .\nRUN go mod download all\nRUN go build -o /server .\n',
    }),
    'a script that may do it': without('go.sum', {
      'prepare.sh': '#!/bin/sh\ngo mod tidy\n',
      dockerfile: 'COPY . .\nRUN ./prepare.sh\nRUN go build -o /server .\n',
    }),
    'a build that may write go.mod': project({
      'go.mod': mod(),
      dockerfile: 'COPY . .\nRUN go build -mod=mod -o /server .\n',
    }),
    'GOFLAGS says so': project({
      'go.mod': mod(),
      dockerfile: 'ENV GOFLAGS=-mod=mod\nCOPY . .\nRUN go build -o /server .\n',
    }),
    'go env says so': project({
      'go.mod': mod(),
      dockerfile: 'COPY . .\nRUN go env -w GOFLAGS=-mod=mod\nRUN go build -o /server .\n',
    }),
    'an earlier build that may': project({
      'go.mod': mod(),
      dockerfile: 'COPY . .\nRUN go build -mod=mod -o /tool ./tool\nRUN go build -o /server .\n',
    }),
    'go.sum is mounted': project({
      dockerfile: 'COPY go.mod main.go ./\nRUN --mount=type=bind,source=go.sum,target=go.sum go build -o /server .\n',
    }),
    'everything is mounted': project({dockerfile: 'RUN --mount=type=bind,target=. go build -o /server .\n'}),
    'vendor/': project({'go.mod': mod(), 'vendor/modules.txt': `# ${gin} v1.9.0\n## explicit\n${gin}\n`}),
    'a workspace': project({'go.mod': mod(), 'go.work': 'go 1.23\n\nuse .\n'}),
    replaced: project({
      'go.mod': mod(`require ${gin} v1.9.0\n\nreplace ${gin} => ./gin\n`),
      'go.sum': '',
      'gin/go.mod': `module ${gin}\n`,
      'gin/gin.go': 'package gin\n',
    }),
    'an old module takes what its modules require': project({'go.mod': mod('', '1.16')}),
    'a file of another system': project({
      'go.mod': mod(),
      'main.go': main('"fmt"', 'fmt.Println()'),
      'main_windows.go': 'package main\n\nimport "golang.org/x/sys/windows"\n\nvar x = windows.A\n',
      'main_arm64.go': 'package main\n\nimport "golang.org/x/sys/cpu"\n\nvar y = cpu.A\n',
      'tools.go': '//go:build tools\n\npackage main\n\nimport _ "example.org/tool"\n',
      'main_test.go': 'package main\n\nimport "github.com/stretchr/testify/assert"\n\nvar z = assert.A\n',
    }),
    'all packages, of which none lacks anything': project({
      dockerfile: 'COPY . .\nRUN go build -o /bin/ ./...\n',
      'cmd/tool/main.go': main('"os"', 'os.Exit(0)'),
      'cmd/tool/testdata/bad.go': main('"example.org/tool"', 'tool.Run()'),
      '_old/main.go': main('"example.org/tool"', 'tool.Run()'),
      'sub/go.mod': mod(),
      'sub/main.go': main('"example.org/tool"', 'tool.Run()'),
    }),
    'all packages of another folder': project({
      dockerfile: 'COPY . .\nRUN go build -o /bin/ ./cmd/...\n',
      'cmd/tool/main.go': main('"os"', 'os.Exit(0)'),
      'web/main.go': main('"example.org/tool"', 'tool.Run()'),
    }),
    'a package that is not built': project({
      'cmd/tool/main.go': main('"example.org/tool"\n"os"', 'tool.Run()'),
    }),
    'used, however it is written': unused(
      '"fmt"\nb "bytes"\n"math/rand/v2"\n_ "embed"\n. "strings"\n"os"\n"io"',
      'fmt.Println(rand.N(3), ToUpper("x"))\nvar _ b.Buffer\nos.\n\tExit(0)\nfor _, x := range []io.Reader{} { _ = x }',
    ),
    'a package of its own by its own name': unused('"example.com/shop/internal/data-base"', 'db.Open()', {
      'internal/data-base/db.go': '/*\npackage other is not this\n*/\npackage db\n\nfunc Open() {}\n',
    }),
    'a name that only its module knows': unused(`"${gin}"`, 'other.Run()'),
    'used by the last parameter alone': unused('"log/slog"', 'func(attrs ...slog.Attr) {}()'),
    'a string and a rune with marks of their own': unused(
      '"os"',
      "x := `\\`; y := '`'; z := '\"'; os.Exit(len(x) + int(y+z))",
    ),
    'the file that is built, and not one beside it': project({
      'seed.go': main('"fmt"\n"github.com/lib/pq"', 'fmt.Println()'),
      dockerfile: 'COPY . .\nRUN go build -o /server main.go\n',
    }),
    'a file of another system than the one that is built for': project({
      'web/main.go': main('"os"', 'os.Exit(0)'),
      'web/main_linux.go': 'package main\n\nimport "golang.org/x/sys/unix"\n\nvar x = unix.A\n',
      dockerfile: 'COPY . .\nRUN GOOS=js GOARCH=wasm go build -o /server ./web\n',
    }),
    'go.mod without indents, and with quotes': project({
      'go.mod': mod(`require (\n${gin} v1.9.0\n"github.com/lib/pq" v1.9.0\n)\n`),
      'go.sum': sum(gin) + sum('github.com/lib/pq'),
      'more.go': 'package main\n\nimport _ "github.com/lib/pq"\n',
    }),
    'a file that a RUN takes away': project({
      'old.go': main('"os"', ''),
      dockerfile: 'COPY . .\nRUN rm -f old.go && go build -o /server .\n',
    }),
    'two dashes': project({'go.mod': mod(), dockerfile: 'COPY . .\nRUN go build --mod=mod -o /server .\n'}),
    'a tool that takes imports away': unused('"os"', '', {
      dockerfile: 'COPY . .\nRUN go run golang.org/x/tools/cmd/goimports@latest -w .\nRUN go build -o /server .\n',
    }),
    'an import that sed takes away': unused('"os"', '', {
      dockerfile: `COPY . .\nRUN sed -i '/"os"/d' main.go && go build -o /server .\n`,
    }),
    'behind a string with a mark of a comment': unused('"os"', 'x := "http://a"; os.Exit(len(x) + \'"\')'),
  },
  flagged: {
    'go.mod with another version than go.sum': {
      ...project({'go.sum': sum(gin).replaceAll('1.9.0', '1.8.0')}),
      expect: [`error main.go:4:1 go build stops: go.sum has no line for the code of ${gin} v1.9.0`],
    },
    'one of all packages': {
      ...project({
        dockerfile: 'COPY . .\nRUN go build -o /bin/ ./...\n',
        'cmd/tool/main.go': main('"example.org/tool"', 'tool.Run()'),
      }),
      expect: ['error cmd/tool/main.go:4:1 go build stops: no module that go.mod requires has example.org/tool'],
    },
    'one of the packages of a folder': {
      ...project({
        dockerfile: 'COPY . .\nRUN go build -o /bin/ ./cmd/...\n',
        'cmd/tool/main.go': main('"example.org/tool"', 'tool.Run()'),
      }),
      expect: ['error cmd/tool/main.go:4:1 go build stops: no module that go.mod requires has example.org/tool'],
    },
    'a module that go.mod does not require': {
      ...project({'go.mod': mod()}),
      expect: [`error main.go:4:1 go build stops: no module that go.mod requires has ${gin}`],
    },
    'no go.sum': {
      ...without('go.sum'),
      expect: [`error main.go:4:1 go build stops: ${gin} is of another module, and there is no go.sum`],
    },
    'go mod tidy before there is code': {
      ...without('go.sum', {
        dockerfile: 'COPY go.mod ./\nRUN go mod tidy && go mod download\nCOPY . .\nRUN go build -o /server .\n',
      }),
      expect: [
        `error main.go:4:1 go build stops: ${gin} is of another module, and there is no go.sum: go mod tidy had no code to find it in`,
      ],
    },
    'a go.sum that no COPY brings': {
      ...project({dockerfile: 'COPY go.mod *.go ./\nRUN go mod download\nRUN go build -o /server .\n'}),
      expect: [`error main.go:4:1 go build stops: ${gin} is of another module, and go.sum is not in the image`],
    },
    'only the sum of its go.mod, as go mod download leaves it': {
      ...project({'go.sum': `${gin} v1.9.0/go.mod h1:def=\n`}),
      expect: [`error main.go:4:1 go build stops: go.sum has no line for the code of ${gin}`],
    },
    'told once for a module': {
      ...project({'go.sum': '', 'more.go': `package main\n\nimport "${gin}/binding"\n\nvar x = binding.Default\n`}),
      expect: [`error main.go:4:1 go build stops: go.sum has no line for the code of ${gin}`],
    },
    'told once, whatever the number of imports': {
      ...project({
        'go.mod': mod(),
        'main.go': main('_ "a.org/a"\n_ "b.org/b"\n_ "c.org/c"\n_ "d.org/d"\n_ "e.org/e"', ''),
      }),
      expect: [
        'error main.go:4:3 go build stops: no module that go.mod requires has a.org/a, b.org/b, c.org/c and 2 more',
      ],
    },
    'in a package that the program imports': {
      ...project({
        'main.go': main('"example.com/shop/db"', 'db.Open()'),
        'db/db.go': 'package db\n\nimport "github.com/lib/pq"\n\nfunc Open() { pq.Open() }\n',
      }),
      expect: ['error db/db.go:3:8 go build stops: no module that go.mod requires has github.com/lib/pq'],
    },
    'a step before the deploy runs go mod tidy': {
      ...without('go.sum', {'deploy.sh': '#!/bin/sh\ngo mod tidy\nfly deploy\n'}),
      expect: [`warning main.go:4:1 go build stops: ${gin} is of another module, and there is no go.sum`],
    },
    'imported and not used': {
      ...unused('"fmt"\n"os"', '// os.Exit(1)\nfmt.Println("os.Exit")'),
      expect: ['error main.go:5:1 go build stops: os is imported and not used: nothing in the file says os'],
    },
    'by another name': {
      ...unused(`"fmt"\nweb "${gin}"`, 'fmt.Println(gin.Mode)'),
      expect: [`error main.go:5:5 go build stops: ${gin} is imported and not used: nothing in the file says web`],
    },
    'a package of its own': {
      ...unused('"fmt"\n"example.com/shop/internal/db"', 'fmt.Println()', {'internal/db/db.go': 'package db\n'}),
      expect: [
        'error main.go:5:1 go build stops: example.com/shop/internal/db is imported and not used: nothing in the file says db',
      ],
    },
  },
})
