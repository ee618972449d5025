import {withoutHashLines} from '../code/comments.ts'
import type {TextFile} from '../files/text.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import type {Project} from '../image/programs/missing-tasks.ts'

/** Of Rails itself and its usual gems, and words by which a gem of another name may have tasks. */
const ofOthers =
  /^(?:about|action\w*|active\w*|app|assets|cache|css|data|db|dev|doc|jobs?|javascript|log|middleware|mail\w*|notes|rails|restart|routes|secrets?|solid\w*|spec|stats|test|time|tmp|ts|ui|utils?|webpacker|yarn|zeitwerk|credentials|encrypted)$/

/** Gems that have tasks of this namespace, or may load Active Record by themselves. */
const withDatabase =
  /mongo|sequel|neo4j|couch|record(?:-|_|$)|migrat|^(?:rom|solid_|good_job|que|delayed|ahoy|paper_trail|audited|acts_|friendly_id|ransack|rails_admin|activeadmin|avo|spree|refinery|alchemy)/

/**
 * `db:prepare` of a Rails that loads no Active Record, whose railtie brings these tasks (config/application.rb, as
 * `rails new --skip-active-record` writes it).
 */
export async function lostDatabaseTask(
  {words}: BuildCommand,
  {reader, tracked}: Project,
): Promise<{name: string; application: TextFile} | undefined> {
  const rest = words.slice(words[0] === 'bundle' && words[1] === 'exec' ? 2 : 0)
  const [program = '', name] = rest[0] === 'ruby' ? rest.slice(1) : rest
  if (!/^(?:\S*\/)?(?:rails|rake)$/.test(program) || !/^db:(?:prepare|migrate|setup|create|seed)$/.test(name ?? ''))
    return undefined
  const [application, lock] = await Promise.all(
    ['config/application.rb', 'Gemfile.lock'].map((path) => (tracked.has(path) ? reader.text(path) : undefined)),
  )
  const code = withoutHashLines(application?.text ?? '')
  // The railties that it wants stand there one by one.
  if (!application || !lock || !/^require ["']action_controller\/railtie["']/m.test(code)) return undefined
  if (/rails\/all|active_record/.test(code) || /^(?:GIT|PATH|PLUGIN SOURCE)$/m.test(lock.text)) return undefined
  const gems = [...lock.text.matchAll(/^ {4}(\S+) \(/gm)].map(([, gem = '']) => gem)
  if (gems.some((gem) => !/^(?:kaminari-)?activerecord$/.test(gem) && withDatabase.test(gem))) return undefined
  const sources = [...tracked.ending('.rake', '.rb'), ...tracked.named('Rakefile')]
  const files = await reader.texts(sources.filter((path) => path !== application.path))
  const isElsewhere = files.some(({text}) =>
    /^[^#\n]{0,200}(?:active_record\/railtie|namespace[ (]{1,3}[:"']db\b|task[ (]{1,3}["']db:)/m.test(text),
  )
  return isElsewhere ? undefined : {name: name as string, application}
}

/**
 * `fly:release` of `bin/rails fly:release`, where no file of the project names its namespace and no gem of the lock is
 * called like it.
 */
export async function lostRakeTask(
  {words}: BuildCommand,
  {reader, tracked}: Project,
): Promise<{name: string; lock: TextFile} | undefined> {
  const rest = words.slice(words[0] === 'bundle' && words[1] === 'exec' ? 2 : 0)
  const [program = '', name] = rest[0] === 'ruby' ? rest.slice(1) : rest
  const [, space = ''] = /^([a-z]\w{2,})(?::\w+)+$/.exec(name ?? '') ?? []
  if (!/^(?:\S*\/)?(?:rails|rake)$/.test(program) || !name || !space || ofOthers.test(space)) return undefined
  const locks = tracked.named('Gemfile.lock')
  const lock = locks.length === 1 ? await reader.text(locks[0] as string) : undefined
  if (!lock || /^(?:GIT|PATH|PLUGIN SOURCE)$/m.test(lock.text) || tracked.has('.gitmodules')) return undefined
  const plain = (each: string) => each.toLowerCase().replace(/[-_]/g, '')
  const gems = [...lock.text.matchAll(/^ {4}(\S+) \(/gm)].map(([, gem = '']) => plain(gem))
  if (gems.length === 0 || gems.some((gem) => gem.includes(plain(space)) || plain(space).includes(gem)))
    return undefined
  const sources = [...tracked.ending('.rake', '.rb'), ...tracked.named('Rakefile', 'rakefile')]
  const files = await reader.texts(sources.filter((path) => !/(?:^|\/)(?:spec|test|db|vendor)\//.test(path)))
  return files.some(({text}) => text.includes(space)) ? undefined : {name, lock}
}
