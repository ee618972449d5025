import {allInstructions, defineCheck, quote} from '../../src/check.ts'

/** Commands that change a database, or ask it, by their own documentation. */
const migrations: readonly RegExp[] = [
  /^alembic upgrade\b/,
  /^flask db upgrade\b/,
  /\bmanage\.py (migrate|createsuperuser|loaddata)\b/,
  // Also where a script that is called so runs it, in a package.json that is not seen.
  /^((npm|pnpm|yarn|bun) (run )?)?prisma (migrate (deploy|dev|reset)|db (push|seed))\b/,
  // It asks the database for the types of the queries in prisma/sql (TypedSQL).
  /^((npm|pnpm|yarn|bun) (run )?)?prisma generate\b.*\s--sql\b/,
  /^drizzle-kit (migrate|push)\b/,
  /^(knex|knex-migrate) migrate:(latest|up)\b/,
  /^sequelize(-cli)? db:(migrate|seed)/,
  /^(typeorm|typeorm-ts-node-\w+) migration:run\b/,
  /^node-pg-migrate up\b/,
  /^(\S*\/)?(rails|rake) db:(create|migrate|prepare|setup|seed|schema:load)\b/,
  /^php (\S*\/)?artisan (migrate|db:seed)\b/,
  /^php (\S*\/)?(spark|yii) migrate\b/,
  /^php (\S*\/)?leaf db:(migrate|seed)$/,
  /^(php )?(\S*\/)?console doctrine:(migrations:migrate|schema:(create|update)|database:create|fixtures:load)\b/,
  /^(php )?(\S*\/)?phinx (migrate|seed:run)\b/,
  /^mix ecto\.(create|migrate|setup|reset)\b/,
  /^\S+ eval [A-Z][\w.]*\.migrate\b/,
  /^(\S*\/)?hanami db (create|migrate|prepare|seed|setup)\b/,
  /^lucky db\.(create|migrate|setup)\b/,
  /^dotnet ef database update\b/,
  /^(node )?ace migration:(run|fresh|refresh)\b/,
  /^(mikro-orm migration:up|payload migrate|medusa db:(migrate|setup)|directus database (install|migrate:latest))\b/,
  /^(aerich upgrade|piccolo migrations forwards)\b/,
  /^(sea-orm-cli|sea) migrate (up|fresh|refresh)\b/,
  /^atlas (migrate|schema) apply\b/,
  /^(diesel migration|sqlx migrate|sqlx database) (run|create|setup)\b/,
  /^(goose|dbmate|flyway|migrate) .*\b(up|migrate)\b/,
]

/** A database that is a file needs no network. */
const fileDatabase = /sqlite|libsql|\bfile:|turso/i

/** The value of a variable that names one. */
const databaseFile = /^(file:|sqlite)|^\/.*\.(db|sqlite3?)$/

/** A variable that may name a database. */
const isAddress = /DATABASE|DB_|POSTGRES|PG|MYSQL|MONGO|DIRECT_URL/

const declared = (stage: Parameters<typeof allInstructions>[0]): string[] =>
  allInstructions(stage).flatMap(({keyword, words}) =>
    keyword === 'ARG' ? words.map((word) => word.replace(/=.*$/s, '')) : [],
  )

export default defineCheck({
  id: 'dockerfile/build-database',
  title: 'the build does not change a database',
  why: 'The build has no secrets and no way into the private network: a migration in it finds no database, or another one.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['buildCommands', 'files'],
  uses: ['flyConfig', 'deployCommands'],
  *run({buildCommands, files, flyConfig, deployCommands}) {
    const isHanded = (name: string): boolean =>
      isAddress.test(name) &&
      (flyConfig?.config.build?.args?.[name] !== undefined ||
        deployCommands?.commands.some(({buildArgs}) => buildArgs?.has(name)) === true)
    const volumes = (flyConfig?.config.mounts ?? []).flatMap(({destination}) => destination ?? [])
    const told = new Set<string>()
    for (const {words, conditional, at, by, written, moment} of buildCommands.commands) {
      const rest = words[0] === 'bundle' && words[1] === 'exec' ? words.slice(2) : words
      const text = rest.map((word) => word ?? '…').join(' ')
      if (
        conditional ||
        told.has(text) ||
        // What is written into a script runs where that does.
        /^(?:echo|printf)\s/.test(text) ||
        /\s--(?:dump-sql|help)\b/.test(text) ||
        !migrations.some((pattern) => pattern.test(text))
      )
        continue
      const said = [moment.instruction.text, ...moment.variables.values()].join('\n')
      const onVolume = [...moment.variables.values()].find((value) =>
        volumes.some((folder) => databaseFile.test(value) && value.includes(`${folder}/`)),
      )
      if (onVolume) {
        told.add(text)
        yield {
          message: `${text} changes ${quote(onVolume)}, which is on a volume: the build has none, and the machine lays its own over what is made here`,
          at,
          hint: `Run it when the machine starts, before the server: sh -c "${text} && exec …"`,
        }
        continue
      }
      if (files.under('.').some((path) => fileDatabase.test(path))) continue
      // A database of the build's own, or one that it is given on purpose.
      if (fileDatabase.test(said) || /type=secret|localhost|127\.0\.0\.1|pg_ctl|service \w+ start/.test(said)) continue
      if (moment.instruction.flags.some(([, value]) => value.includes('type=secret'))) continue
      if (declared(moment.stage).some(isHanded)) continue
      told.add(text)
      const release = flyConfig?.config.deploy?.release_command
      yield {
        message: `${text}${by ? `, which ${by} runs,` : ''} needs a database, and the build has neither secrets nor the private network`,
        at,
        related: by ? [written] : [],
        hint: release
          ? 'Take it out of the Dockerfile: release_command of fly.toml runs before each deploy, with secrets and network.'
          : `Run it before each deploy instead, in fly.toml: [deploy] release_command = "${text}"`,
      }
    }
  },
})
