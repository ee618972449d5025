import latestGenerator from '../../../checks/dockerfile/latest-generator.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, required = 'require github.com/a-h/templ v0.3.977\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM golang:1.26\nWORKDIR /app\nCOPY go.mod go.sum ./\n${run}\nRUN go build -o /shop .\nCMD ["/shop"]\n`,
    'go.mod': `module shop\n\ngo 1.26\n\n${required}`,
    'go.sum': '',
    'main.go': 'package main\n\nfunc main() {}\n',
  },
})
const install = 'RUN go install github.com/a-h/templ/cmd/templ@latest\nCOPY . .\n'
const says =
  'the build takes the newest templ, and go.mod has v0.3.977 of its library: what it writes may not compile with that'

testCheck(latestGenerator, {
  clean: {
    'the version of go.mod': project(
      'RUN go install github.com/a-h/templ/cmd/templ@v0.3.977\nCOPY . .\nRUN templ generate',
    ),
    'a generator that nothing starts': project(install),
    'a library that go.mod does not have': project(`${install}RUN templ generate`, ''),
    'a library that is brought along': project(`${install}RUN go get github.com/a-h/templ@latest && templ generate`),
    'a library in the place of which another one is taken': project(
      `${install}RUN templ generate`,
      'require github.com/a-h/templ v0.3.977\nreplace github.com/a-h/templ => ../templ\n',
    ),
    'a tool that writes no code': project('RUN go install github.com/air-verse/air@latest\nCOPY . .\nRUN make'),
  },
  flagged: {
    'the newest one': {...project(`${install}RUN templ generate`), expect: [`warning Dockerfile:4:5 ${says}`]},
    'the newest one, by make': {...project(`${install}RUN make templates`), expect: [`warning Dockerfile:4:5 ${says}`]},
    'one that is run at once': {
      ...project('COPY . .\nRUN go run github.com/a-h/templ/cmd/templ@latest generate'),
      expect: [`warning Dockerfile:5:5 ${says}`],
    },
    'one of swag in a list of requirements': {
      ...project(
        'RUN go install github.com/swaggo/swag/cmd/swag@latest\nCOPY . .\nRUN swag init',
        'require (\n\tgithub.com/swaggo/swag v1.8.1\n)\n',
      ),
      expect: [
        'warning Dockerfile:4:5 the build takes the newest swag, and go.mod has v1.8.1 of its library: what it writes may not compile with that',
      ],
    },
  },
})
