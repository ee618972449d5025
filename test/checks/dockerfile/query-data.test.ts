import {createHash} from 'node:crypto'
import check from '../../../checks/dockerfile/query-data.ts'
import {testCheck} from '../../harness.ts'

const one = 'SELECT id FROM items'
const two = 'SELECT id, name\n  FROM items'
const data = (...queries: string[]) =>
  Object.fromEntries(
    queries.map((query) => [`.sqlx/query-${createHash('sha256').update(query).digest('hex')}.json`, '{}\n']),
  )
const main = (code: string) => `mod items;\n\nasync fn all(pool: &sqlx::PgPool) {\n${code}\n}\n`
const project = (code: string, files: Record<string, string> = data(one, two), before = 'ENV SQLX_OFFLINE=true\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM rust:1.90 AS build\nWORKDIR /src\nCOPY . .\n${before}RUN cargo build --release\nFROM debian:trixie-slim\nCOPY --from=build /src/target/release/shop /usr/local/bin/shop\nCMD ["shop"]\n`,
    'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\n\n[dependencies]\nsqlx = "0.8"\n',
    'src/main.rs': main(code),
    'src/items.rs': `use sqlx::PgPool;\nasync fn first(pool: &PgPool) {\n    sqlx::query!("${one}").fetch_one(pool).await;\n}\n`,
    ...files,
  },
})
const says = (macro: string, severity = 'error', place = 'src/main.rs:4:5') =>
  `${severity} ${place} cargo build stops: .sqlx has no data of the query of this ${macro}!: there is no database to ask then`
const changed = '    sqlx::query!("SELECT name FROM items").fetch_all(pool).await;'

testCheck(check, {
  clean: {
    'as it was prepared': project(`    sqlx::query!("${one}").fetch_all(pool).await;`),
    'a raw string over lines': project(`    query_as!(Item, r#"${two}"#).fetch_all(pool).await;`),
    'a \\ at the end of a line': project(
      '    query_scalar!("SELECT id \\\n        FROM items").fetch_all(pool).await;',
    ),
    'texts that are joined': project('    sqlx::query!("SELECT id " + "FROM items").fetch_all(pool).await;'),
    'with what it is given': project(`    sqlx::query!("${one}", id, name as _).fetch_all(pool).await;`),
    'a query that no macro checks': project('    sqlx::query("SELECT name FROM items").fetch_all(pool).await;'),
    'a query in a file': project('    sqlx::query_file!("queries/all.sql").fetch_all(pool).await;', {
      ...data(one, two),
      'queries/all.sql': two,
    }),
    'a file that is not there, of which another check tells': project('    sqlx::query_file!("queries/all.sql");'),
    'a query in a comment': project(`    // ${changed}`),
    'no data at all, of which another check tells': project(changed, {}),
    'a database during the build': project(changed, data(one), 'ENV DATABASE_URL=postgres://db/shop\n'),
    'a .env that is in the image': project(changed, {...data(one), '.env': 'DATABASE_URL=postgres://db/shop\n'}, ''),
    'prepared in the image': project(changed, data(one), 'RUN cargo sqlx prepare\n'),
    'data of a member': project(
      `    sqlx::query!("${one}").fetch_all(pool).await;`,
      Object.fromEntries(
        Object.entries({...data(two)}).concat(Object.entries(data(one)).map(([path, text]) => [`core/${path}`, text])),
      ),
    ),
    'in the tests': project(
      `    sqlx::query!("${one}");\n}\n#[cfg(test)]\nmod tests {\n    fn all() {\n${changed}\n    }`,
    ),
    'in a module for a feature': project(
      `    sqlx::query!("${one}");\n}\n#[cfg(feature = "admin")]\nmod admin;\nfn end() {`,
      {...data(one), 'src/admin.rs': `use sqlx::PgPool;\nfn all() {\n${changed}\n}\n`},
    ),
    'in a package of the workspace that is not built': project(`    sqlx::query!("${one}");`, {
      ...data(one),
      'admin/Cargo.toml': '[package]\nname = "admin"\n\n[dependencies]\nsqlx = "0.8"\n',
      'admin/src/main.rs': `fn all() {\n${changed}\n}\n`,
    }),
    'in a file that no module names': project(`    sqlx::query!("${one}");`, {
      ...data(one),
      'src/old.rs': `use sqlx::PgPool;\nfn all() {\n${changed}\n}\n`,
    }),
  },
  flagged: {
    'a query that was changed': {...project(changed, data(one)), expect: [says('query')]},
    'a file that was changed': {
      ...project('    sqlx::query_file_as!(Item, "queries/all.sql").fetch_all(pool).await;', {
        ...data(one),
        'queries/all.sql': `${one}\n`,
      }),
      expect: [says('query_file_as')],
    },
    'by a blank': {
      ...project('    query_as!(Item, "SELECT id  FROM items").fetch_all(pool).await;', data(one)),
      expect: [says('query_as')],
    },
    'without a variable that says so': {...project(changed, data(one), ''), expect: [says('query')]},
    'with a .env that is none of the image’s': {
      ...project(changed, {...data(one), '.env': 'DATABASE_URL=postgres://db/shop\n', '.dockerignore': '.env\n'}, ''),
      expect: [says('query')],
    },
    'data of other queries alone: its names may be made another way': {
      ...project(changed, data('SELECT 1')),
      expect: [says('query', 'warning', 'src/items.rs:3:5').replace('!:', '!, nor of one more:')],
    },
    'in a module': {
      ...project(`    sqlx::query!("${two.replace('\n', '\\n')}");`, data(two)),
      expect: [says('query', 'error', 'src/items.rs:3:5')],
    },
  },
})
