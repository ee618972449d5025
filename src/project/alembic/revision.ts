import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'
import type {Constant, ModuleConstant} from '../python/imports/module-constants.ts'
import {isAtLeast, type PackageVersion} from '../python/packages/package-version.ts'
import {pythonLines} from '../python/source/logical-lines.ts'
import type {Fault} from './fault.ts'
import {identifierConstants} from './identifiers.ts'
import {importFault, indirect, upgradeFunction} from './revision-code.ts'

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

/** What alembic makes of a file of a versions folder, which it runs (script/base.py, Script._from_filename). */
export function readRevision(file: TextFile, version: PackageVersion): RevisionFile {
  const {lines, fault, unread} = pythonLines(file.text)
  const names = identifierConstants(file.text, unread ? undefined : lines)
  const stranger = !fault && !unread && !names.has('revision') && !legacyId(file) && !indirect.test(file.text)
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
    fault:
      syntax ?? importFault(file, lines) ?? other ?? (revision && !unread ? upgradeFunction(file, lines) : undefined),
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
  /^\s*(?:#.*\n\s*)*[rbuRBU]?(?:"""|'''|"|')\s*([^\n"']*)/.exec(source.slice(0, 400))?.[1]?.trim() ?? ''
