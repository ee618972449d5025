import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import check from '../../../checks/migrations/files.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {testCheck} from '../../harness.ts'
import {drizzle, goMod, journal, journalFile, numbered, prisma} from './sql-project.ts'

const two = {'0000_a': 'SELECT 1;', '0001_b': 'SELECT 1;'}
const dated = (a: number, b: number) => drizzle(two, {files: {[journalFile]: journal(['0000_a', a], ['0001_b', b])}})
const lacksOne = drizzle({'0000_a': undefined, '0001_b': 'SELECT 1;'})

const pom =
  '<project>\n<groupId>org.springframework.boot</groupId>\n<artifactId>flyway-core</artifactId>\n<groupId>org.postgresql</groupId>\n</project>\n'
/** A project of Spring Boot with migrations of Flyway. */
const flyway = (names: readonly string[], files: Record<string, string> = {}, folder = 'migration') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM eclipse-temurin:21-jdk AS build\nWORKDIR /app\nCOPY . .\nRUN ./mvnw package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /app/target/shop.jar /app.jar\nENTRYPOINT ["java", "-jar", "/app.jar"]\n',
    'pom.xml': pom,
    ...Object.fromEntries(names.map((name) => [`src/main/resources/db/${folder}/${name}`, 'SELECT 1;\n'])),
    ...files,
  },
})
/** A project of Rust with migrations of sqlx. */
const cargo = (sql: Record<string, string>, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'Cargo.toml': '[package]\nname = "shop"\n\n[dependencies]\nsqlx = {version = "0.8", features = ["postgres"]}\n',
    ...Object.fromEntries(Object.entries(sql).map(([name, text]) => [`db/migrations/${name}`, text])),
    ...files,
  },
})
const resources = 'src/main/resources/db/migration'

testCheck(check, {
  clean: {
    'Flyway: versions, with repeated ones': flyway([
      'V1__a.sql',
      'V1_1__b.sql',
      'V1.10__c.sql',
      'V2__d.sql',
      'R__views.sql',
    ]),
    'Flyway: numbers that differ behind a point': flyway(['V1.1__a.sql', 'V1.10__b.sql', 'V11__c.sql']),
    'Flyway: other files beside them': flyway([
      'V1__a.sql',
      'U1__a.sql',
      'seed.sql',
      'afterMigrate.sql',
      'views_v2.sql',
    ]),
    'Flyway: a new one behind all others': {
      ...flyway(['V1__a.sql', 'V2__b.sql']),
      base: [`${resources}/V1__a.sql`],
    },
    'Flyway: of two modules': flyway(['V1__a.sql'], {[`stock/${resources}/V1__a.sql`]: 'SELECT 1;\n'}),
    'each entry has its file': drizzle(two),
    'other files beside them': drizzle(two, {files: {'drizzle/seed.sql': '', 'drizzle/0001_b.down.txt': ''}}),
    'an archive of old ones in a folder below': drizzle(two, {files: {'drizzle/archive/0002_old.sql': 'SELECT 1;'}}),
    'an archive with a journal of its own': drizzle(two, {
      files: {'drizzle/archive/meta/_journal.json': journal(['0000_x', 1]), 'drizzle/archive/0001_old.sql': ''},
    }),
    'drizzle: most files are in no journal, as a program of the project runs them': drizzle(two, {
      files: Object.fromEntries(['0002_c', '0003_d', '0004_e'].map((name) => [`drizzle/${name}.sql`, 'SELECT 1;'])),
    }),
    'an old one that is not in the journal': {
      ...drizzle(two, {files: {'drizzle/0001_a_try.sql': ''}}),
      base: ['drizzle/0001_a_try.sql'],
    },
    'old ones that were dated the wrong way round, and are applied': {
      ...dated(2, 1),
      base: ['drizzle/0000_a.sql', 'drizzle/0001_b.sql'],
    },
    'the schema is of the same database': prisma({}),
    'goose: numbers with gaps': numbered(
      {'00001_a.sql': '-- +goose Up\nSELECT 1;\n', '00007_b.sql': '-- +goose Up\nSELECT 1;\n'},
      goMod('github.com/jackc/pgx/v5'),
    ),
    'migrate: a file for each direction': numbered(
      {'1_a.up.sql': 'SELECT 1;', '1_a.down.sql': 'SELECT 1;'},
      goMod('github.com/lib/pq', 'github.com/golang-migrate/migrate/v4'),
    ),
    'migrate: a file that says no direction': numbered(
      {'1_a.up.sql': 'SELECT 1;', '1_b.sql': 'SELECT 1;'},
      goMod('github.com/lib/pq', 'github.com/golang-migrate/migrate/v4'),
    ),
    'by its other name': prisma({}, {provider: 'postgres'}),
    'sqlx: nothing shows that it runs them': cargo({'001_a.sql': 'SELECT 1;', '001_b.sql': 'SELECT 1;'}),
  },
  flagged: {
    'Flyway: one version twice': {
      ...flyway(['V1__a.sql', 'V2__b.sql', 'V2_0__c.sql']),
      expect: [
        `error ${resources}/V2__b.sql V2_0__c.sql and V2__b.sql have one version, 2: Flyway stops before it runs anything`,
      ],
    },
    'Flyway: one _ for two': {
      ...flyway(['V1__a.sql', 'V2_b.sql']),
      expect: [
        `warning ${resources}/V2_b.sql Flyway does not take V2_b.sql for a migration: two _ must stand behind the version`,
      ],
    },
    'Flyway: a small v': {
      ...flyway(['V1__a.sql', 'v2__b.sql']),
      expect: [
        `warning ${resources}/v2__b.sql Flyway does not take v2__b.sql for a migration: its name must begin with V`,
      ],
    },
    'Flyway: a folder in which it does not look': {
      ...flyway(['V1__a.sql'], {}, 'migrations'),
      expect: [
        `warning src/main/resources/db/migrations/V1__a.sql Flyway looks in db/migration of the resources, and the migrations are in src/main/resources/db/migrations: it runs none of them`,
      ],
    },
    'Flyway: a new one before what is applied': {
      ...flyway(['V1__a.sql', 'V1_5__b.sql', 'V2__c.sql']),
      base: [`${resources}/V1__a.sql`, `${resources}/V2__c.sql`],
      expect: [
        `warning ${resources}/V1_5__b.sql V1_5__b.sql is new, and older by its version than V2__c.sql, which the main branch has: Flyway stops where that is applied already`,
      ],
    },
    'drizzle: a file is missing': {
      ...lacksOne,
      expect: [
        `error ${journalFile}:2:23 the journal has 0000_a, and drizzle/0000_a.sql is missing: drizzle reads the file of every entry, and stops`,
      ],
    },
    'a program that may run the migrator: a warning': {
      ...drizzle({'0000_a': undefined}, {release: 'node dist/migrate.js'}),
      expect: [
        `warning ${journalFile}:2:23 the journal has 0000_a, and drizzle/0000_a.sql is missing: drizzle reads the file of every entry, and stops`,
      ],
    },
    'another app has migrations too: a warning': {
      files: {
        ...lacksOne.files,
        'other/drizzle/meta/_journal.json': journal(['0000_x', 1]),
        'other/drizzle/0000_x.sql': '',
      },
      expect: [
        `warning ${journalFile}:2:23 the journal has 0000_a, and drizzle/0000_a.sql is missing: drizzle reads the file of every entry, and stops`,
      ],
    },
    'drizzle: a merge left the journal in pieces': {
      ...drizzle(two, {files: {[journalFile]: `{"entries": [\n<<<<<<< HEAD\n]}\n`}}),
      expect: [
        `error ${journalFile}:2:1 the journal of drizzle's migrations cannot be read, and each run stops at it: this is no JSON: a string needs double quotes`,
      ],
    },
    'drizzle: dated before one that may be applied': {
      ...dated(2, 1),
      expect: [
        `warning ${journalFile}:3:23 0001_b is dated before 0000_a: where that one is applied, drizzle passes this one over and says nothing`,
      ],
    },
    'drizzle: one of two is not in the journal': {
      ...drizzle(two, {files: {'drizzle/0001_c.sql': 'SELECT 1;'}}),
      expect: ['warning drizzle/0001_c.sql 0001_c.sql is not in the journal, and drizzle never runs it'],
    },
    'Prisma: the schema is of another database, and a step may change it: a warning': {
      files: {
        ...prisma({}, {provider: 'sqlite'}).files,
        Dockerfile: "FROM node:22\nCOPY . .\nRUN sed -i 's/sqlite/postgresql/' prisma/schema.prisma && npm ci\n",
      },
      expect: [
        'warning prisma/migrations/migration_lock.toml:2:1 the migrations are for postgresql, and the schema says sqlite: prisma migrate stops with P3019',
      ],
    },
    'goose: one number twice': {
      ...numbered(
        {'7_b.sql': '-- +goose Up\nSELECT 1;\n', '00007_c.sql': '-- +goose Up\nSELECT 1;\n'},
        goMod('github.com/jackc/pgx/v5'),
      ),
      expect: [
        'warning db/migrations/7_b.sql 00007_c.sql and 7_b.sql have one version, 7: goose stops: duplicate version',
      ],
    },
    'migrate: one number twice, and the release command runs them': {
      ...numbered(
        {'1_a.up.sql': '', '1_b.up.sql': ''},
        goMod('github.com/lib/pq', 'github.com/golang-migrate/migrate/v4'),
        'migrate -path db/migrations -database $DATABASE_URL up',
      ),
      expect: [
        'error db/migrations/1_b.up.sql 1_a.up.sql and 1_b.up.sql have one version, 1: migrate stops: duplicate migration file',
      ],
    },
    'migrate: one number twice, and a workflow runs them': {
      files: {
        ...numbered({'1_a.up.sql': '', '1_b.up.sql': ''}, goMod('github.com/lib/pq')).files,
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          go install github.com/golang-migrate/migrate/v4/cmd/migrate@latest\n          migrate -path db/migrations -database "$URL" up\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy\n',
      },
      expect: [
        'warning db/migrations/1_b.up.sql 1_a.up.sql and 1_b.up.sql have one version, 1: migrate stops: duplicate migration file',
      ],
    },
    'sqlx: one version twice': {
      ...cargo(
        {'001_a.sql': 'SELECT 1;', '003_b.sql': 'SELECT 1;', '003_c.sql': 'SELECT 1;'},
        {'src/main.rs': 'sqlx::migrate!("./db/migrations").run(&pool).await?;\n'},
      ),
      expect: [
        'warning db/migrations/003_c.sql 003_b.sql and 003_c.sql have one version, 3: sqlx stops at the second, as it has applied this version with other contents',
      ],
    },
    'sqlx, of another database': {
      ...cargo(
        {'001_a.sql': 'SELECT 1;', '003_b.sql': 'SELECT 1;', '003_c.sql': 'SELECT 1;'},
        {
          'Cargo.toml': '[package]\nname = "shop"\n\n[dependencies]\nsqlx = {version = "0.8", features = ["sqlite"]}\n',
          'src/main.rs': 'sqlx::migrate!("./db/migrations").run(&pool).await?;\n',
        },
      ),
      expect: [
        'warning db/migrations/003_c.sql 003_b.sql and 003_c.sql have one version, 3: sqlx stops at the second, as it has applied this version with other contents',
      ],
    },
    'dbmate: a file without its mark': {
      ...numbered(
        {'1_a.sql': '-- migrate:up\nSELECT 1;', '2_b.sql': '-- migrate:up\nSELECT 1;', '3_c.sql': 'SELECT 1;'},
        goMod('github.com/lib/pq'),
        'dbmate up',
      ),
      expect: [
        'warning db/migrations/3_c.sql:1:1 3_c.sql has no line -- migrate:up, as the others have: dbmate stops at it',
      ],
    },
    'Prisma: a folder has lost its file': {
      files: {...prisma({'1_a': 'SELECT 1;'}).files, 'prisma/migrations/2_b/down.sql': 'SELECT 1;'},
      expect: [
        'warning prisma/migrations/2_b/down.sql prisma/migrations/2_b has no migration.sql: prisma migrate stops with P3015',
      ],
    },
    'Prisma: the schema is of another database': {
      ...prisma({}, {provider: 'sqlite'}),
      expect: [
        'error prisma/migrations/migration_lock.toml:2:1 the migrations are for postgresql, and the schema says sqlite: prisma migrate stops with P3019',
      ],
    },
  },
  skipped: {
    'Flyway: names that a setting changes': {
      ...flyway(['v1_a.sql'], {
        'src/main/resources/application.properties': 'spring.flyway.sql-migration-prefix=v\n',
      }),
      reason: 'the project has no alembic.ini',
    },
    'Flyway: another place': {
      ...flyway(
        ['V1__a.sql'],
        {'src/main/resources/application.yml': 'spring:\n  flyway:\n    locations: classpath:db/migrations\n'},
        'migrations',
      ),
      reason: 'the project has no alembic.ini',
    },
    'Flyway: an older one, out of order': {
      ...{
        ...flyway(['V1__a.sql', 'V2__b.sql'], {
          'src/main/resources/application.properties': 'spring.flyway.out-of-order=true\n',
        }),
        base: [`${resources}/V2__b.sql`],
      },
      reason: 'the project has no alembic.ini',
    },
    'a part of the repository that has nothing to do with the database': {
      options: {config: 'deploy/redis/fly.toml'},
      files: {
        ...lacksOne.files,
        'deploy/redis/fly.toml': 'app = "shop-redis"\n[build]\ndockerfile = "Dockerfile"\n',
        'deploy/redis/Dockerfile': 'FROM redis:8\nCOPY deploy/redis/redis.conf /etc/redis.conf\n',
        'deploy/redis/redis.conf': '',
      },
      reason: 'the project has no alembic.ini',
    },
  },
})

it.each([
  [
    {'.gitignore': 'node_modules\n*.sql\n'},
    [
      '{"file":".gitignore","line":2} no migration.sql is below prisma/migrations, and git would leave it out, by *.sql: the image has no migrations, and release_command makes no tables',
    ],
  ],
  [{'.gitignore': '*.sql\n!prisma/**/*.sql\n'}, []],
  [{'.gitignore': '*.sqlite\n'}, []],
  // What was taken in nevertheless.
  [{'.gitignore': '*.sql\n', 'prisma/migrations/1_a/migration.sql': 'SELECT 1;'}, []],
])("tells of Prisma's migrations that git leaves out: %s", async (more, expected) => {
  const root = temporary({...prisma({}).files, ...more})
  execFileSync('git', ['-C', root, 'init', '-q'])
  execFileSync('git', ['-C', root, 'add', '-f', '.'])
  const report = await preflight({root, offline: true, only: ['migrations/files'], env: {}})
  expect(
    report.checks.flatMap(({findings}) =>
      findings.map(({location, message}) => `${JSON.stringify(location)} ${message}`),
    ),
  ).toEqual(expected)
})
