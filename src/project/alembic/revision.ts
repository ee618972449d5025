import type {FileLocation} from '../../check.ts'
import {type LogicalLine, pythonLines} from '../python/logical-lines.ts'
import type {Constant, ModuleConstant} from '../python/module-constants.ts'
import {isAtLeast, type PackageVersion} from '../python/package-version.ts'
import type {TextFile} from '../text.ts'
import type {Fault} from './fault.ts'
import {identifierConstants} from './identifiers.ts'

/** One revision file, its identifiers read without running it. */
export interface Revision {
  id: string
  /** Ids; empty for a base. */
  down: string[]
  /** Ids or labels. */
  dependsOn: string[]
  labels: string[]
  /** The first line of the docstring. */
  title: string
  /** The `revision = …` line. */
  at: FileLocation
}

export interface RevisionFile {
  /** undefined where the identifiers cannot be told without running the file, and where it is no revision. */
  revision: Revision | undefined
  /** The first one that alembic meets. */
  fault: Fault | undefined
  /** It is a revision, or may be one, and which one cannot be told. */
  undetermined: boolean
}

/** What brings names into a module that its text does not show. */
const indirect = /\bimport\s*\(?\s*\*|\bglobals\s*\(|\bexec\s*\(|\bsetattr\s*\(|\blocals\s*\(|\bvars\s*\(/

/** What alembic makes of a file of a versions folder, which it runs (script/base.py, Script._from_filename). */
export function readRevision(file: TextFile, version: PackageVersion): RevisionFile {
  const {lines, fault} = pythonLines(file.text)
  const module = moduleLines(lines)
  const names = identifierConstants(file.text, lines)
  const stranger = !fault && !names.has('revision') && !legacyId(file) && !indirect.test(file.text)
  const found = stranger ? strange(file) : identify(file, names, version)
  const syntax: Fault | undefined = fault && {
    topic: 'syntax',
    message: `${fault.message}: every alembic command stops with ${fault.kind}`,
    at: file.span(fault.start, fault.end),
    hint: fault.cure,
    ends: 'load',
    proven: true,
  }
  const revision = found && 'id' in found ? found : undefined
  const other = found && 'topic' in found ? found : undefined
  return {
    revision,
    fault: syntax ?? runs(file, module) ?? other ?? (revision && upgradeFunction(file, lines)),
    undetermined: !revision && !stranger,
  }
}

/** A file without `revision` has its name for an id, where that is a hexadecimal number. */
const legacyId = (file: TextFile): string | undefined =>
  /^([a-f0-9]+)\.py$/.exec(file.path.split('/').at(-1) ?? '')?.[1]

const strange = (file: TextFile): Fault => ({
  topic: 'revisions',
  message: `${file.path.split('/').at(-1)} has no revision: alembic loads every .py file of the folder, and stops at one that is none`,
  at: file.whole,
  hint: 'Move it out of the folder, or name it so that alembic leaves it alone: __init__.py, or another ending than .py',
  ends: 'load',
  proven: true,
})

/** The lines that run when the module is imported, surely: in no function, branch or `try`. */
const moduleLines = (lines: readonly LogicalLine[]): LogicalLine[] => lines.filter(({indent}) => indent === 0)

/** What ends the import of a module, or does something that only a migration should. */
function runs(file: TextFile, lines: readonly LogicalLine[]): Fault | undefined {
  for (const {code, start, end} of lines) {
    const at = file.span(start, end)
    const common = {topic: 'revisions', at, proven: true} as const
    const exit = /^(?:raise\s+SystemExit|(?:sys\.|os\._)?(?:exit|quit)\s*(?=\())\s*(\(\s*0?\s*\)$|$)?/.exec(code)
    if (exit) {
      const isQuiet = exit[1] !== undefined
      const then = isQuiet ? 'alembic exits 0 and does nothing' : 'every alembic command ends there'
      const message = `this line ends Python as soon as alembic loads the file: ${then}`
      const hint = 'Take it away: every alembic command loads every revision.'
      return {...common, message, hint, ends: isQuiet ? 'silent' : 'load'}
    }
    if (/^from\s+\./.test(code)) {
      const message =
        'alembic loads each revision by itself, in no package: this import fails, and with it every command'
      return {...common, message, hint: 'Import it by its full name, or write it into the revision.', ends: 'load'}
    }
  }
  return undefined
}

function identify(
  file: TextFile,
  names: ReadonlyMap<string, ModuleConstant>,
  version: PackageVersion,
): Revision | Fault | undefined {
  const revision = names.get('revision')
  const down = names.get('down_revision')
  const wrong = (message: string, hint: string, at: FileLocation, ends: Fault['ends'] = 'load'): Fault => ({
    topic: 'revisions',
    message,
    hint,
    at,
    ends,
    proven: true,
  })
  const legacy = legacyId(file)
  if (!revision && legacy === undefined) return undefined
  const at = revision ? file.span(revision.start, revision.end) : file.whole
  if (revision && revision.value.kind !== 'string') {
    const {kind} = revision.value
    if (kind === 'unknown' || kind === 'none') return undefined
    const what = kind === 'tuple' ? 'a tuple' : kind === 'number' ? 'a number' : 'bytes'
    const cure = kind === 'tuple' ? 'Take the comma behind it away.' : 'Write it in quotes.'
    return wrong(`revision is ${what}: it must be a text`, cure, at, kind === 'tuple' ? 'upgrade' : 'load')
  }
  const id = revision?.value.kind === 'string' ? revision.value.value : (legacy as string)
  if (!down) {
    if (indirect.test(file.text)) return undefined
    return wrong(
      `${id} has no down_revision: alembic stops at it`,
      'Name its parent: down_revision = "…", or None.',
      at,
    )
  }
  const parents = identifiers(down.value)
  if (!parents) {
    if (!/number|bytes/.test(kindsOf(down.value)) && !/^tuple.*none/.test(kindsOf(down.value))) return undefined
    const place = file.span(down.start, down.end)
    return wrong(
      `the down_revision of ${id} is no text, list or tuple of texts`,
      'Write ids in quotes, or None.',
      place,
    )
  }
  // Before some version between 1.8 and 1.19 an empty text was a base.
  if (parents.includes('') && (version.exact === undefined || isAtLeast(version, '1.9'))) return undefined
  const dependsOn = optional('depends_on')
  const labels = optional('branch_labels')
  if (!dependsOn || !labels) return undefined
  const illegal = [...id].filter((each) => '@-+'.includes(each) || (each === ':' && isAtLeast(version, '1.17.1')))
  if (illegal.length > 0) {
    return wrong(
      `the revision id ${id} has ${illegal[0]}, which alembic does not allow`,
      'Write letters, digits and _ only, and in the down_revision of what follows it too.',
      at,
    )
  }
  return {id, down: parents.filter(Boolean), dependsOn, labels, title: titleOf(file.text), at}

  function optional(key: string): string[] | undefined {
    const constant = names.get(key)
    return constant ? identifiers(constant.value) : []
  }
}

/** What `upgrade()` is: found only when the revision is reached. */
function upgradeFunction(file: TextFile, lines: readonly LogicalLine[]): Fault | undefined {
  const name = 'upgrade'
  const defined = lines.findLast(({code, indent}) => indent === 0 && /^(?:async\s+)?def\s+upgrade\b/.test(code))
  if (defined) {
    if (!defined.code.startsWith('async')) return outside()
    return {
      topic: 'upgrade-function',
      message: 'async def upgrade() is never awaited: alembic marks the revision as done and does nothing',
      at: file.span(defined.start, defined.end),
      hint: 'Write def upgrade(): the operations of alembic are synchronous, also with an async engine.',
      ends: 'silent',
      proven: true,
    }
  }
  if (indirect.test(file.text) || lines.some(({code}) => new RegExp(`\\b${name}\\b`).test(code))) return outside()
  return {
    topic: 'upgrade-function',
    message: 'there is no upgrade(): alembic upgrade stops when it comes to this revision',
    at: file.whole,
    hint: 'Define it; where nothing is to be done: def upgrade(): pass',
    ends: 'upgrade',
    proven: true,
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

/** None, a string, or a tuple, list or set of strings (alembic.util.to_tuple). */
function identifiers(value: Constant): string[] | undefined {
  if (value.kind === 'none') return []
  if (value.kind === 'string') return [value.value]
  if (value.kind !== 'tuple') return undefined
  const items = value.items.map((item) => (item.kind === 'string' ? item.value : undefined))
  return items.includes(undefined) ? undefined : (items as string[])
}

const kindsOf = (value: Constant): string =>
  value.kind === 'tuple' ? `tuple ${value.items.map(kindsOf).join(' ')}` : value.kind

const titleOf = (source: string): string =>
  /^\s*(?:[#].*\n)*\s*[rbuRBU]?(?:"""|'''|"|')\s*([^\n"']*)/.exec(source.slice(0, 400))?.[1]?.trim() ?? ''
