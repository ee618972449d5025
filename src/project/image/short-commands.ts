/** Commands after which nothing is left that runs: they do something, and end. */
import {posix} from 'node:path'
import type {ProjectReader} from '../files/reader.ts'
import type {StartedCommand} from '../processes/processes.ts'

/** Programs that end by themselves, whatever their arguments are. */
const plain =
  /^(?:echo|printf|cat|chmod|chown|chgrp|mkdir|cp|mv|rm|ln|touch|crontab|sed|date|ls|test|\[|true|id|whoami|export|set|cd|umask|sleep \d+|envsubst|update-ca-certificates)(?:\s|$)/
/** Tasks of a release, which a database is made ready with. */
const tasks =
  /^(?:(?:uv|poetry|pipenv) run )?(?:(?:python[\d.]* -m )?(?:alembic (?:upgrade|stamp|current)|flask (?:--app \S+ )?db upgrade)|python[\d.]* (?:\S*\/)?manage\.py (?:migrate|collectstatic|check|loaddata|compilemessages|createcachetable)|php (?:\S*\/)?artisan (?:migrate|(?:config|route|view|event|cache):\w+|optimize\S*|storage:link|db:seed))(?:\s|$)|^(?:npx |bunx |pnpm exec |yarn )?(?:(?:\S*\/)?prisma (?:migrate deploy|db push|db seed|generate)|drizzle-kit (?:migrate|push)|knex migrate:latest|sequelize(?:-cli)? db:migrate|typeorm migration:run)(?:\s|$)|^(?:bundle exec )?(?:bin\/)?(?:rails|rake) db:(?:migrate|prepare|create|seed|setup)(?:\s|$)/
/** What in a script may start something that is not among the commands that were read. */
const startsMore =
  /\bexec\b|\$\{?[@*]|\beval\b|^[ \t]*\.\s|\bsource\b|\bwait\b|\btail\b|\binfinity\b|\bwhile\b|\buntil\b|\bfor\b|&[ \t]*$/m

const document = /<<-?[ \t]*(['"]?)(\w{1,50})\1[\s\S]*?\n[ \t]*\2[ \t]*(?=\n|$)/g

/** The last command of these, where each of them ends by itself; undefined where one may stay. */
export async function lastOfShort(
  started: readonly StartedCommand[],
  reader: ProjectReader,
): Promise<StartedCommand | undefined> {
  const [first] = started
  if (!first) return undefined
  const scripts = new Set(started.map(({at}) => at.file).filter((file) => file !== first.at.file))
  const isScript = ({text}: StartedCommand) =>
    text.split(' ').some((word) => [...scripts].some((file) => posix.basename(file) === posix.basename(word)))
  const open = started.filter(({text, supervised}) => {
    const bare = text.replace(/^exec /, '').replace(/^\/\S*\/(?=[\w[])/, '')
    return supervised || !(plain.test(bare) || tasks.test(bare))
  })
  // A script that was followed is what it starts.
  if (open.some((each) => each.supervised || !isScript(each)) || open.length === started.length) return undefined
  for (const file of scripts) {
    if (/\.(?:json|toml|ya?ml|conf|ini)$/.test(file)) return undefined
    const text = (await reader.text(file))?.text ?? 'exec'
    // What is written into a file does not run here.
    if (startsMore.test(text.replace(document, '<<'))) return undefined
  }
  return started.at(-1)
}
