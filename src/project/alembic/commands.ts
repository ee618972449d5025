import type {FileLocation} from '../../check.ts'
import type {Processes, StartedCommand} from '../processes/processes.ts'

/** A call of alembic, or of Flask-Migrate, that the deploy makes. */
export interface AlembicCommand extends StartedCommand {
  tool: 'alembic' | 'flask'
  /** `-c` and `-n` before the sub-command; `--directory` of Flask-Migrate. */
  config: string | undefined
  section: string | undefined
  directory: string | undefined
  /** `upgrade`, `stamp`, `revision` … */
  action: string
  /** What follows it. */
  words: string[]
  /** The revision that `upgrade` or `stamp` is to reach; undefined where it is not known, or left out. */
  target: string | undefined
}

/** What of the deploy is seen to run `alembic upgrade` or `flask db upgrade`. */
export interface Upgrade {
  /** `release_command`, `CMD` …, and where it stands. */
  by: string
  at: FileLocation
  command: string
  /** `head`, `heads`, a revision; undefined when it cannot be told. */
  target: string | undefined
  /** Whatever is new is run: it stops at no revision, prints no SQL (--sql) in its place, and nothing is stamped as done. */
  runsAll: boolean
  /** It runs, and its failure ends what started it. */
  certain: boolean
  /** Another command of the deploy may make or join revisions before. */
  afterEdits: boolean
  failsAt: 'release' | 'boot'
}

const actions =
  /^(?:branches|check|current|downgrade|edit|ensure_version|heads|history|init|list_templates|merge|migrate|revision|show|stamp|upgrade)$/

/** The calls of alembic that can be read, in the order of what starts them. */
export function alembicCommands({commands}: Processes): AlembicCommand[] {
  return commands.flatMap((started) => {
    const command = readCommand(started)
    return command ? [command] : []
  })
}

function readCommand(started: StartedCommand): AlembicCommand | undefined {
  const all = started.text.split(' ')
  if (/^(?:echo|printf|cat|grep|:)$/.test(all[0] ?? '')) return undefined
  // A manage.py of Flask has the commands of Flask: `python manage.py db upgrade`.
  const program = all.findIndex(
    (word, index) =>
      /(?:^|\/)(?:alembic|flask)$/.test(word) || (/(?:^|\/)manage\.py$/.test(word) && all[index + 1] === 'db'),
  )
  if (program < 0) return undefined
  const tool = all[program]?.endsWith('alembic') ? 'alembic' : 'flask'
  let words = all.slice(program + 1)
  if (tool === 'flask') {
    const db = words.indexOf('db')
    if (db < 0) return undefined
    words = words.slice(db + 1)
  }
  const options = new Map<string, string>()
  let index = 0
  for (; index < words.length; index++) {
    const word = words[index] as string
    const [, name, value] = /^(-[cnx]|--config|--name)(?:=(.*))?$/.exec(word) ?? []
    if (name) options.set(name.replace(/^--(.).*/, '-$1'), value ?? (words[++index] as string))
    else if (!word.startsWith('-')) break
  }
  const action = words[index]
  if (!action || !actions.test(action)) return undefined
  const rest = words.slice(index + 1)
  const directory = rest.findIndex((word) => word === '-d' || word === '--directory')
  const plain = rest.filter((word, at) => !/^-[a-z-]/.test(word) && !(directory >= 0 && at === directory + 1))
  return {
    ...started,
    tool,
    config: options.get('-c'),
    section: options.get('-n'),
    directory: directory < 0 ? undefined : rest[directory + 1],
    action,
    words: rest,
    target: plain[0] === '?' ? undefined : (plain[0] ?? (tool === 'flask' ? 'head' : undefined)),
  }
}

/** Commands that make or join revisions. */
export const edits = /\b(alembic|(?:flask|manage\.py)\s+db)\b.{0,300}\b(merge|revision|init|edit|migrate)\b/

/** The upgrade: a command that certainly runs first; else a line of a script or a program that mentions one. */
export function findUpgrade(commands: readonly AlembicCommand[], processes: Processes): Upgrade | undefined {
  const upgrades = commands.filter(({action}) => action === 'upgrade')
  const command = upgrades.find(({certain}) => certain) ?? upgrades[0]
  const found =
    command ?? processes.find(/\b(alembic|(?:flask|manage\.py)\s+db)\b.{0,300}\bupgrade\b|command\.upgrade\(/)
  if (!found) return undefined
  const {by, at, text, certain} = found
  const target = command ? command.target : mentioned(text)
  const isStamped = commands.some(({action}) => action === 'stamp')
  return {
    by,
    at,
    command: text,
    target,
    runsAll: /^heads?$/.test(target ?? '') && !/\s--sql\b/.test(text) && !isStamped,
    certain,
    afterEdits: processes.find(edits) !== undefined,
    failsAt: by === 'release_command' ? 'release' : 'boot',
  }
}

function mentioned(text: string): string | undefined {
  if (/command\.upgrade\(/.test(text)) return /command\.upgrade\([^)]{0,500}["'](\w+)["']/.exec(text)?.[1]
  return /\bupgrade\s+([\w@+-]+)/.exec(text)?.[1] ?? (/\bflask\b/.test(text) ? 'head' : undefined)
}
