import {defineCheck} from '../../src/check.ts'

/** A command that takes all tables or rows away without asking, where `unasked` says so, and what keeps them instead. */
interface Emptying {
  pattern: RegExp
  /** Without it the command asks, gets no answer and stops (Laravel's ConfirmableTrait, Prisma's non-interactive mode). */
  unasked?: RegExp
  instead: string
}

/** By the tools' own documentation of these commands. */
const emptying: readonly Emptying[] = [
  {
    pattern: /^prisma migrate reset\b/,
    unasked: / (?:--force|-f)\b/,
    instead: 'prisma migrate deploy',
  },
  {pattern: /^prisma db push\b.* --force-reset\b/, instead: 'prisma migrate deploy'},
  {
    pattern: /^php \S*artisan (?:migrate:(?:fresh|refresh|reset)|db:wipe)\b/,
    unasked: / --force\b/,
    instead: 'php artisan migrate --force',
  },
  {
    pattern: /^node ace(?:\.js)? (?:migration:(?:fresh|refresh|reset)|db:wipe)\b/,
    unasked: / --force\b/,
    instead: 'node ace migration:run --force',
  },
  {pattern: /^(?:python[\d.]* -m )?alembic (?:-\S+ \S+ )*downgrade base\b/, instead: 'alembic upgrade head'},
  {pattern: /^flask (?:-\S+ \S+ )*db downgrade base\b/, instead: 'flask db upgrade'},
  {
    pattern: /^(?:python[\d.]* )?\S*manage\.py (?:flush|reset_db)\b/,
    unasked: / --no-?input\b/,
    instead: 'manage.py migrate',
  },
  {pattern: /^knex migrate:rollback\b.* --all\b/, instead: 'knex migrate:latest'},
  {
    pattern: /^sequelize(?:-cli)? (?:db:drop|db:migrate:undo:all)\b/,
    instead: 'sequelize db:migrate',
  },
  {pattern: /^typeorm schema:drop\b/, instead: 'typeorm migration:run'},
  {
    pattern: /^php \S*console doctrine:(?:schema|database):drop\b/,
    unasked: / (?:--force|-f)\b/,
    instead: 'php bin/console doctrine:migrations:migrate -n',
  },
  {pattern: /^goose\b.* reset$/, instead: 'goose up'},
]

/** Rails and Rake: the tasks begin with db:drop. */
const railsReset =
  /^(?:bundle exec )?(?:\S{0,100}\/)?(?:rails|rake) (?:\S{1,100} ){0,10}?db:(?:drop|reset|migrate:reset)(?: |$)/

/** `npx prisma`, `pnpm exec prisma`, `./node_modules/.bin/prisma`, `uv run alembic`: what they run. */
const runners =
  /^(?:(?:npx|bunx|pnpx|pipx run|(?:pnpm|npm|yarn)(?: exec| dlx)?|(?:uv|poetry|pdm|pipenv) run)(?: --?\S+)* )/

export default defineCheck({
  id: 'migrations/emptied-database',
  title: 'nothing that starts empties the database',
  why: 'What the app has stored is gone after each deploy, or each time a machine starts.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['startedCommands'],
  uses: ['emptyingStarts'],
  *run({startedCommands: {started}, emptyingStarts = []}) {
    for (const {by, command} of started) {
      if (command.conditional) continue
      const text = command.words.map((word) => word ?? '?').join(' ')
      const plain = text.replace(runners, '').replace(/^\S*\/(?=[^\s/]+(?: |$))/, '')
      if (railsReset.test(plain)) {
        yield {
          message: `${by} runs ${text}, which takes all that is in the database away, or stops: Rails refuses that in production (ActiveRecord::ProtectedEnvironmentError) but for DISABLE_DATABASE_ENVIRONMENT_CHECK`,
          at: command.at,
          hint: 'Run what only adds: bin/rails db:prepare',
        }
        continue
      }
      const found = emptying.find(({pattern, unasked}) => pattern.test(plain) && (unasked?.test(plain) ?? true))
      if (!found) continue
      const when = by === 'release_command' ? 'each deploy begins' : 'each start of a machine begins'
      yield {
        message: `${by} runs ${text}, which takes all that is in the database away: ${when} with none of it`,
        at: command.at,
        hint: `Run what only adds: ${found.instead}`,
      }
    }
    for (const {says, at, instead} of emptyingStarts) {
      yield {
        message: `${says}, which takes all that is in the database away: each start of a machine begins with none of it`,
        at,
        hint: `Take what only adds: ${instead}`,
      }
    }
  },
})
