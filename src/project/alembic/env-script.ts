import type {TextFile} from '../files/text.ts'
import {isAtLeast, type PackageVersion} from '../python/packages/package-version.ts'
import {type LogicalLine, pythonLines} from '../python/source/logical-lines.ts'
import {interpolationFaults, loggingFaults} from './env-config.ts'
import type {Fault} from './fault.ts'
import type {ConfigOptions} from './options.ts'

/** What env.py does wrong: every upgrade runs it, and it has to run the migrations. */
export function envFaults(file: TextFile, options: ConfigOptions, sqlalchemy: PackageVersion): Fault[] {
  const {lines, fault, unread} = pythonLines(file.text)
  if (unread) return []
  if (fault) {
    return [
      {
        topic: 'syntax',
        message: `${fault.message}: alembic upgrade stops with ${fault.kind}`,
        at: file.span(fault.start, fault.end),
        hint: fault.cure,
        ends: 'upgrade',
        proven: true,
      },
    ]
  }
  const never = neverRuns(file, lines)
  return [
    ...loggingFaults(file, lines, options),
    ...interpolationFaults(file, lines, options),
    ...(never ? [never] : rolledBack(file, lines, sqlalchemy)),
  ]
}

/** Names of functions, and the lines of each; '' for those that run when env.py is loaded. */
function functions(lines: readonly LogicalLine[]): {
  bodies: Map<string, LogicalLine[]>
  guarded: LogicalLine | undefined
} {
  const bodies = new Map<string, LogicalLine[]>([['', []]])
  let guarded: LogicalLine | undefined
  let current = ''
  let inGuard = false
  for (const line of lines) {
    if (line.indent === 0) {
      const name = /^(?:async\s+)?(?:def|class)\s+(\w+)/.exec(line.code)?.[1]
      // alembic loads the file as a module called env_py.
      inGuard = /^if\s+__name__\s*==/.test(line.code)
      if (inGuard) guarded ??= line
      current = name ?? ''
      if (name !== undefined) bodies.set(name, bodies.get(name) ?? [])
    }
    if (!inGuard) bodies.get(current)?.push(line)
  }
  return {bodies, guarded}
}

/** Follows the names from what runs at once to context.run_migrations(). */
function neverRuns(file: TextFile, lines: readonly LogicalLine[]): Fault | undefined {
  const {bodies, guarded} = functions(lines)
  const reached = new Set<string>()
  const open = ['']
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    for (const {code} of bodies.get(name) ?? []) {
      // The line that defines a function does not call it.
      const called = code.replace(/^(?:async\s+)?(?:def|class)\s+\w+/, '')
      if (/\brun_migrations\b/.test(called)) return undefined
      for (const [word] of called.matchAll(/[A-Za-z_]\w*/g)) if (bodies.has(word)) open.push(word)
    }
  }
  const common = {topic: 'env-script', ends: 'silent'} as const
  // Another module may do it; a star import, a call of something imported.
  const imports = lines.some(({code}) =>
    /^\s*(?:from|import)\s+(?!alembic\b|sqlalchemy\b|logging\b|os\b|sys\b)/.test(code),
  )
  const proven = !imports && !/\bexec\s*\(|\bglobals\s*\(|\bgetattr\s*\(/.test(file.text)
  if (guarded) {
    return {
      ...common,
      message:
        'the migrations run only under if __name__ == "__main__", which is never true here: upgrade exits 0 and does nothing',
      at: file.span(guarded.start, guarded.end),
      hint: 'Take the condition away: alembic loads env.py as a module.',
      proven: true,
    }
  }
  const caller = lines.find(({code}) => /\brun_migrations\b/.test(code))
  const holder = [...bodies].find(([name, body]) => name && body.includes(caller as LogicalLine))?.[0]
  if (caller && holder) {
    return {
      ...common,
      message: `nothing calls ${holder}(), which would run the migrations: upgrade exits 0 and does nothing`,
      at: file.span(caller.start, caller.end),
      hint: `Call it at the end of env.py: if context.is_offline_mode(): …, else: ${holder}()`,
      proven,
    }
  }
  if (lines.some(({code}) => /\b(?:runpy|execfile)\b|^from\s+\S+\s+import\s+\*/.test(code))) return undefined
  // What an imported function does is not read.
  if (!proven) return undefined
  return {
    ...common,
    message: 'env.py never calls context.run_migrations(): upgrade exits 0 and does nothing',
    at: file.whole,
    hint: 'Call it in a transaction: with context.begin_transaction(): context.run_migrations()',
    proven: true,
  }
}

/** With SQLAlchemy 2, what no one commits is rolled back. */
function rolledBack(file: TextFile, lines: readonly LogicalLine[], sqlalchemy: PackageVersion): Fault[] {
  if (isAtLeast(sqlalchemy, '2') === false) return []
  const code = (pattern: RegExp) => lines.some((line) => pattern.test(line.code))
  if (code(/\bcommit\s*\(|\.begin\s*\(|AUTOCOMMIT|isolation_level/) || /AUTOCOMMIT/.test(file.text)) return []
  const common = {topic: 'env-script', ends: 'silent', proven: false} as const
  const configure = lines.find(
    (line) => /\bcontext\.configure\s*\(/.test(line.code) && /\bconnection\s*=/.test(line.code),
  )
  const connection = /\bconnection\s*=\s*(\w+)/.exec(configure?.code ?? '')?.[1]
  if (!configure || !connection) return []
  if (!code(/\bbegin_transaction\s*\(/)) {
    const run = lines.findLast((line) => /\brun_migrations\s*\(/.test(line.code))
    return [
      {
        ...common,
        message:
          'context.run_migrations() stands in no transaction: with SQLAlchemy 2 nothing is committed, and upgrade exits 0',
        at: run ? file.span(run.start, run.end) : file.whole,
        hint: 'Write: with context.begin_transaction(): context.run_migrations()',
      },
    ]
  }
  // Where the connection comes into alembic's hands: here, or in the function that run_sync calls.
  const {bodies} = functions(lines)
  for (const body of bodies.values()) {
    const handed = body.find((line) => line === configure || /\b\w+\.run_sync\s*\(/.test(line.code))
    const name = handed === configure ? connection : /\b(\w+)\.run_sync\b/.exec(handed?.code ?? '')?.[1]
    const executes = new RegExp(`\\b${name}\\.(?:execute|exec_driver_sql|scalar)\\s*\\(`)
    const statement = handed && body.find(({start, code: text}) => start < handed.start && executes.test(text))
    if (!statement) continue
    const before = handed === configure ? 'context.configure()' : 'run_sync()'
    return [
      {
        ...common,
        message: `${name} executes a statement before ${before}: with SQLAlchemy 2 that opens a transaction which nobody commits, so upgrade exits 0 and all is rolled back`,
        at: file.span(statement.start, statement.end),
        related: [file.span(handed.start, handed.end)],
        hint: `Commit it: ${handed === configure ? '' : 'await '}${name}.commit() in the line below it, or connect with engine.begin().`,
      },
    ]
  }
  return []
}
