import check from '../../../checks/image/dotenv-file.ts'
import {testCheck} from '../../harness.ts'

const project = (body: string, {copy = '', files = {}}: {copy?: string; files?: Record<string, string>} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /shop .\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=build /shop /usr/local/bin/shop\n${copy}CMD ["shop"]\n`,
    'go.mod': 'module shop\n\ngo 1.25\n\nrequire github.com/joho/godotenv v1.5.1\n',
    'main.go': `package main\n\nimport (\n\t"log"\n\n\t"github.com/joho/godotenv"\n)\n\n${body}\n`,
    ...files,
  },
})
const main = (text: string) => `func main() {\n${text}\n}\n`
const fatal = '\tif err := godotenv.Load(); err != nil {\n\t\tlog.Fatal("no .env")\n\t}'
const says = 'ends where godotenv.Load finds no .env, and the image has no /app/.env'

const rust = (body: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM rust:1.90 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=build /src/target/release/shop /usr/local/bin/shop\nCMD ["shop"]\n',
    'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\n\n[dependencies]\ndotenvy = "0.15"\n',
    'src/main.rs': `fn main() {\n    ${body}\n}\n`,
  },
})

testCheck(check, {
  clean: {
    'an error that is written down': project(
      main('\tif err := godotenv.Load(); err != nil {\n\t\tlog.Println("no .env")\n\t}'),
    ),
    'an error that is left aside': project(main('\t_ = godotenv.Load()')),
    'only on a computer of a developer': project(main(`\tif os.Getenv("FLY_APP_NAME") == "" {\n${fatal}\n\t}`)),
    'a file that comes along': project(main(fatal), {
      copy: 'COPY .env.production .env\n',
      files: {'.env.production': 'A=1\n'},
    }),
    'a folder that may have one, in brackets': project(main(fatal), {copy: 'COPY [".", "."]\n'}),
    'a folder that may have one': project(main(fatal), {copy: 'COPY . .\n'}),
    'a script that makes one': {
      files: {
        ...project(main(fatal), {copy: 'COPY start.sh /\nENTRYPOINT ["/start.sh"]\n'}).files,
        'start.sh': '#!/bin/sh\nenv > .env\nexec "$@"\n',
      },
    },
    'a RUN that makes one': project(main(fatal), {copy: 'RUN touch .env\n'}),
    'Rust, in a function whose caller may go on': rust('}\nfn load() -> anyhow::Result<()> {\n    dotenvy::dotenv()?;'),
    'Rust that goes on': rust('dotenvy::dotenv().ok();'),
  },
  flagged: {
    'in main': {...project(main(fatal)), expect: [`error main.go:10:12 CMD ${says}`]},
    'on two lines, and kept out': {
      ...project(main('\terr := godotenv.Load(".env")\n\tif err != nil {\n\t\tpanic(err)\n\t}'), {
        copy: 'COPY . .\n',
        files: {'.dockerignore': '.env\n'},
      }),
      expect: [`error main.go:10:9 CMD ${says}: .dockerignore keeps it out`],
    },
    'Rust that returns the error of main': {
      ...rust('dotenvy::dotenv()?;'),
      expect: ['error src/main.rs:2:5 CMD ends where dotenv finds no .env, and the image has no /app/.env'],
    },
    'Rust that says more of it': {
      ...rust('dotenvy::dotenv().context("no .env")?;'),
      expect: ['error src/main.rs:2:5 CMD ends where dotenv finds no .env, and the image has no /app/.env'],
    },
    'in another function': {
      ...project(`func load() {\n${fatal}\n}\n\n${main('\tload()')}`),
      expect: [`warning main.go:10:12 CMD ${says}`],
    },
    Rust: {
      ...rust('dotenvy::dotenv().expect("no .env");'),
      expect: ['error src/main.rs:2:5 CMD ends where dotenv finds no .env, and the image has no /app/.env'],
    },
  },
})
