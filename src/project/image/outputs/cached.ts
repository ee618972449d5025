/** What a RUN writes below the mount of a cache is in no layer, whatever writes it (docs.docker.com, "RUN --mount=type=cache"). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {lineage, mountsOf, mountTarget} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isBelow, overlaps} from '../files/image-path.ts'
import {baseMayHave} from '../may-hold.ts'
import {isQuiet} from '../shell/quiet-run.ts'
import type {Taken} from './taken.ts'

/** The RUN whose cache has what is taken, where no other one makes it; `sure`: no other one can. */
export function cachedBy({source, path, moved}: Taken): {at: FileLocation; sure: boolean} | undefined {
  if (moved || path === '/' || source.files.get(path)) return undefined
  const runs = lineage(source.stage).flatMap(({instructions}) => instructions.filter(({keyword}) => keyword === 'RUN'))
  let found: {at: FileLocation; target: string} | undefined
  const others: {text: string; folder: string}[] = []
  for (const {by, path: place, at, text = '', folder = '/'} of source.unknown) {
    if (by === 'copy' && isBelow(path, place)) return undefined
    if (by === 'base' && baseMayHave(source.stage, path)) return undefined
    if (by !== 'run') continue
    const instruction = runs.find((each) => each.at === at)
    const target = instruction && targetOver(path, mountsOf(instruction), folder)
    if (target === undefined) others.push({text, folder})
    else found ??= {at, target}
  }
  if (!found) return undefined
  const {target} = found
  const names = new RegExp(
    `/${escapePattern(posix.basename(target))}(?![\\w.-])|(?<![\\w.-])${escapePattern(posix.basename(target))}/`,
  )
  let sure = true
  for (const {text, folder} of others) {
    if (names.test(text)) return undefined
    // From another folder, and without its name, nothing comes there.
    const isNear = overlaps(folder, posix.dirname(target)) && folder !== '/'
    if ((isNear || text.includes(posix.dirname(target))) && !isQuiet(text)) sure = false
  }
  return {at: found.at, sure}
}

/** Where a cache is mounted above a path. */
function targetOver(
  path: string,
  mounts: readonly ReadonlyMap<string, string>[],
  workingDir: string,
): string | undefined {
  return mounts
    .filter((mount) => mount.get('type') === 'cache')
    .map((mount) => posix.resolve(workingDir, mountTarget(mount) ?? '/'))
    .find((target) => target !== '/' && path !== target && !target.includes('$') && isBelow(path, target))
}
