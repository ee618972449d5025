import type {FileLocation} from '../../check.ts'
import {type Constant, moduleConstants} from '../python/module-constants.ts'
import type {TextFile} from '../text.ts'

/** One revision file, its identifiers read without running it. */
export interface Revision {
  id: string
  /** Empty for a base. */
  down: string[]
  /** The `revision = …` line. */
  at: FileLocation
}

/** Which names alembic loads from a versions folder (alembic/script/base.py, _only_source_rev_file). */
export const isRevisionFile = (name: string): boolean => /^(?!\.#|__init__).*\.py$/.test(name)

/**
 * The revision of a file; undefined where its identifiers cannot be told without running it.
 * A file with neither `revision` nor a hexadecimal name is no revision, which alembic refuses.
 */
export function readRevision(file: TextFile): Revision | undefined {
  const names = moduleConstants(head(file.text))
  const revision = names.get('revision')
  const down = names.get('down_revision')
  const legacy = /^([a-f0-9]+)\.py$/.exec(file.path.split('/').at(-1) ?? '')?.[1]
  const id = revision ? text(revision.value) : legacy
  const parents = down && identifiers(down.value)
  if (id === undefined || parents === undefined) return undefined
  const at = revision ? file.span(revision.start, revision.end) : file.whole
  return {id, down: parents, at}
}

/**
 * What stands before the first function, when nothing behind it can name the revision again: parsing the bodies of
 * thousands of migrations would cost more than all else.
 */
function head(source: string): string {
  const end = source.search(/^(?:async )?def /m)
  return end < 0 || /\brevision\b\s*[:=,+]/.test(source.slice(end)) ? source : source.slice(0, end)
}

const text = (value: Constant): string | undefined => (value.kind === 'string' ? value.value : undefined)

/** None, a string, or a tuple, list or set of strings (alembic.util.to_tuple). */
function identifiers(value: Constant): string[] | undefined {
  if (value.kind === 'none') return []
  if (value.kind === 'string') return [value.value]
  if (value.kind !== 'tuple') return undefined
  const items = value.items.map(text)
  return items.includes(undefined) ? undefined : (items as string[])
}

/**
 * The heads as `alembic upgrade head` counts them: revisions that no down_revision names.
 * A duplicated id leaves its first file a head for ever, so each further file counts (script/revision.py, _revision_map).
 */
export function headsOf(revisions: readonly Revision[]): Revision[] {
  const parents = new Set(revisions.flatMap((revision) => revision.down))
  const seen = new Set<string>()
  const shadowed = [...revisions]
    .reverse()
    .filter((revision) => seen.has(revision.id) || !seen.add(revision.id))
    .reverse()
  const heads = revisions.filter((revision) => !parents.has(revision.id))
  return [...new Set([...heads, ...shadowed])]
}

/** Revisions that stand in a circle, or behind one (`Cycle is detected in revisions`). Every parent must exist. */
export function circleIn(revisions: readonly Revision[]): Revision[] {
  const children = new Map<string, Revision[]>()
  const open = new Map<Revision, number>()
  for (const revision of revisions) {
    const parents = new Set(revision.down)
    open.set(revision, parents.size)
    for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), revision])
  }
  // From the bases upwards: a revision is reached once all its parents are.
  const reached = new Set<string>()
  const next = revisions.filter(({down}) => down.length === 0)
  for (let revision = next.pop(); revision; revision = next.pop()) {
    if (reached.has(revision.id)) continue
    reached.add(revision.id)
    for (const child of children.get(revision.id) ?? []) {
      const left = (open.get(child) ?? 0) - 1
      open.set(child, left)
      if (left === 0) next.push(child)
    }
  }
  return revisions.filter(({id}) => !reached.has(id))
}
