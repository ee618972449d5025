import type {BuildCommand} from '../image/build-commands.ts'
import type {Project} from '../image/programs/missing-tasks.ts'
import type {TextFile} from '../text.ts'

/** Of Rails itself and its usual gems, and words by which a gem of another name may have tasks. */
const ofOthers =
  /^(?:about|action\w*|active\w*|app|assets|cache|css|data|db|dev|doc|jobs?|javascript|log|middleware|mail\w*|notes|rails|restart|routes|secrets?|solid\w*|spec|stats|test|time|tmp|ts|ui|utils?|webpacker|yarn|zeitwerk|credentials|encrypted)$/

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
