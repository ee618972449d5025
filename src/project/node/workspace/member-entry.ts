import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'

/** The files that a member of a workspace is imported as, by its package.json. */
export interface MemberEntry {
  manifest: TextFile
  name: string
  /** In the repository; each of several conditions has its own. */
  targets: string[]
  /** What `main` and `types` say beside `exports`: TypeScript goes by them where it resolves as node once did. */
  legacy: string[]
  /** Where the first is named, in `exports` or `main`. */
  at: ReturnType<TextFile['span']>
  scripts: Record<string, unknown>
}

/** undefined where the package.json does not say it, or not by plain names. `subpath`: `./button`, of `exports` alone. */
export async function memberEntry(
  reader: ProjectReader,
  folder: string,
  subpath = '.',
): Promise<MemberEntry | undefined> {
  const manifest = await reader.text(posix.join(folder, 'package.json'))
  const document = manifest && parseJson(manifest)
  if (!manifest || !document || !('value' in document)) return undefined
  const {name, exports, main, module, types, typings, browser, scripts, typesVersions} = document.value
  // They lie elsewhere.
  if (typesVersions !== undefined) return undefined
  if (subpath !== '.' && !(isTable(exports) && Object.hasOwn(exports, subpath))) return undefined
  const dot = isTable(exports) && Object.hasOwn(exports, subpath) ? exports[subpath] : exports
  // Of an object without a dot the keys are conditions.
  const isConditions = isTable(dot) && Object.keys(dot).some((key) => key.startsWith('.'))
  const written = (exports === undefined ? [main, module, types, typings, browser] : isConditions ? [] : [dot]).flatMap(
    strings,
  )
  if (typeof name !== 'string' || written.length === 0 || written.some((each) => each.includes('*'))) return undefined
  return {
    manifest,
    name,
    targets: written.map((each) => posix.join(folder, each)),
    legacy: [main, types, typings].flatMap(strings).map((each) => posix.join(folder, each)),
    at: document.at(exports === undefined ? [main === undefined ? 'module' : 'main'] : ['exports']),
    scripts: isTable(scripts) ? scripts : {},
  }
}

const strings = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : isTable(value) ? Object.values(value).flatMap(strings) : []
