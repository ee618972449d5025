import buildVariables from '../../../checks/dockerfile/build-variables.ts'
import {testCheck} from '../../harness.ts'

const project = (
  code: string,
  {before = '', build = 'cargo build --release', copy = 'COPY . .', ...more}: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM rust:1-bookworm AS build\nWORKDIR /src\n${before}${copy}\nRUN ${build}\nFROM debian:bookworm-slim\nCOPY --from=build /src/target/release/shop /shop\nCMD ["/shop"]\n`,
    'Cargo.toml': '[package]\nname = "shop"\n',
    'src/main.rs': code,
    ...more,
  },
})
const query = 'let row = sqlx::query!("select 1").fetch_one(&pool).await?;\n'

testCheck(buildVariables, {
  clean: {
    'read when the app starts': project('env::var("KEY").unwrap();\n'),
    'cargo sets it': project('const VERSION: &str = env!("CARGO_PKG_VERSION");\n'),
    'it may be absent': project('option_env!("KEY");\n'),
    'in a comment': project('// env!("KEY")\n'),
    'an argument of the build': project('env!("KEY");\n', {before: 'ARG KEY=x\n'}),
    'in the RUN': project('env!("KEY");\n', {build: 'KEY=x cargo build --release'}),
    'build.rs hands it over': project('env!("GIT_HASH");\n', {
      'build.rs': 'fn main() { println!("cargo:rustc-env=GIT_HASH={}", hash()); }\n',
    }),
    'the configuration of cargo sets it': project('env!("KEY");\n', {'.cargo/config.toml': '[env]\nKEY = "x"\n'}),
    'the sources are not there yet': project('env!("KEY");\n', {copy: 'COPY Cargo.toml .'}),
    'queries that were checked before': project(query, {'.sqlx/query-1.json': '{}'}),
    'queries of an older sqlx': project(query, {'sqlx-data.json': '{}'}),
    'a database for the build': project(query, {
      before: 'ARG DATABASE_URL\nENV DATABASE_URL=$DATABASE_URL\n',
      build: 'DATABASE_URL=$DATABASE_URL cargo build',
    }),
    'queries that nobody checks': project('sqlx::query("select 1").execute(&pool).await?;\n'),
    'migrations need no database': project('sqlx::migrate!("./migrations").run(&pool).await?;\n'),
  },
  flagged: {
    'queries in a file that no module declares': {
      ...project('// mod orders;\n\nfn main() {}\n', {'src/orders.rs': query}),
      expect: [
        'warning Dockerfile:4:5 cargo build may stop: it reads DATABASE_URL, and nothing sets that during the build',
      ],
    },
    'env!': {
      ...project('const KEY: &str = env!("KEY");\n'),
      expect: ['error Dockerfile:4:5 cargo build stops: it reads KEY, and nothing sets that during the build'],
    },
    'env!, in a part that may be left out': {
      ...project('#[cfg(feature = "mail")]\nconst KEY: &str = env!("KEY", "no key");\n'),
      expect: ['warning Dockerfile:4:5 cargo build may stop: it reads KEY, and nothing sets that during the build'],
    },
    'sqlx without a database': {
      ...project(query),
      expect: ['error Dockerfile:4:5 cargo build stops: it reads DATABASE_URL, and nothing sets that during the build'],
    },
    'the checked queries are left out': {
      ...project(query, {'.sqlx/query-1.json': '{}', '.dockerignore': '.*\n'}),
      expect: ['error Dockerfile:4:5 cargo build stops: it reads DATABASE_URL, and nothing sets that during the build'],
    },
    'only a part is copied': {
      ...project(query, {'.sqlx/query-1.json': '{}', copy: 'COPY Cargo.toml Cargo.lock* ./\nCOPY src src'}),
      expect: ['error Dockerfile:5:5 cargo build stops: it reads DATABASE_URL, and nothing sets that during the build'],
    },
  },
})
