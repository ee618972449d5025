import type {TextFile} from '../files/text.ts'
import type {LogicalLine} from '../python/source/logical-lines.ts'
import type {Fault} from './fault.ts'

/** What brings names into a module that its text does not show. */
export const indirect = /\bimport\s*(?:\(\s*)?\*|\bglobals\s*\(|\bexec\s*\(|\bsetattr\s*\(|\blocals\s*\(|\bvars\s*\(/

/** What ends the import of a module, or does something that only a migration should. */
export function importFault(file: TextFile, lines: readonly LogicalLine[]): Fault | undefined {
  for (const {code, start, end, indent} of lines) {
    // Only what surely runs: in no function, branch or `try`.
    if (indent > 0) continue
    const common = {topic: 'revisions', proven: true} as const
    const exit = /^(?:raise\s+SystemExit|(?:sys\.|os\._)?(?:exit|quit)\s*(?=\())\s*(\(\s*(?:0\s*)?\)$|$)?/.exec(code)
    if (exit) {
      const isQuiet = exit[1] !== undefined
      const then = isQuiet ? 'alembic exits 0 and does nothing' : 'every alembic command ends there'
      const message = `this line ends Python as soon as alembic loads the file: ${then}`
      const hint = 'Take it away: every alembic command loads every revision.'
      return {...common, message, at: file.span(start, end), hint, ends: isQuiet ? 'silent' : 'load'}
    }
    if (/^from\s+\./.test(code)) {
      const message =
        'alembic loads each revision by itself, in no package: this import fails, and with it every command'
      const hint = 'Import it by its full name, or write it into the revision.'
      return {...common, message, at: file.span(start, end), hint, ends: 'load'}
    }
  }
  return undefined
}

/** What `upgrade()` is: no proof, for it is found only when the revision is reached, and the database may be beyond it. */
export function upgradeFunction(file: TextFile, lines: readonly LogicalLine[]): Fault | undefined {
  const defined = lines.findLast(({code, indent}) => indent === 0 && /^(?:async\s+)?def\s+upgrade\b/.test(code))
  if (defined) {
    if (!defined.code.startsWith('async')) return outside()
    return {
      topic: 'upgrade-function',
      message: 'async def upgrade() is never awaited: alembic marks the revision as done and does nothing',
      at: file.span(defined.start, defined.end),
      hint: 'Write def upgrade(): the operations of alembic are synchronous, also with an async engine.',
      ends: 'silent',
      proven: false,
    }
  }
  if (indirect.test(file.text) || lines.some(({code}) => /\bupgrade\b/.test(code))) return outside()
  return {
    topic: 'upgrade-function',
    message: 'there is no upgrade(): alembic upgrade stops when it comes to this revision',
    at: file.whole,
    hint: 'Define it; where nothing is to be done: def upgrade(): pass',
    ends: 'upgrade',
    proven: false,
  }

  /** `op.…` at the top of the module. */
  function outside(): Fault | undefined {
    const call = lines.find(({code, indent}) => indent === 0 && /^op\.\w+\s*\(/.test(code))
    return (
      call && {
        topic: 'upgrade-function',
        message: `${/^op\.\w+/.exec(call.code)?.[0]}() stands outside upgrade(): each upgrade runs it again, and other commands fail at it`,
        at: file.span(call.start, call.end),
        hint: 'Move it into upgrade().',
        ends: 'silent',
        proven: false,
      }
    )
  }
}
