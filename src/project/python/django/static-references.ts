import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {withoutBlockComments} from '../../code/comments.ts'
import type {Tracked} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {holds, momentOf} from '../../image/moment.ts'
import {leavesPython} from '../../image/shell/quiet-run.ts'

/** What a static file names beside it, and that no folder of static files has. */
export interface BrokenReference {
  /** As it is written. */
  written: string
  at: FileLocation
  /** Where it would have to be, from the top of the static files. */
  target: string
}

interface Statics {
  /** Folders of the image that hold the static files of the project. */
  folders: readonly string[]
  /** STATIC_URL. */
  prefix: string
  /** Whether the maps of sources are looked up as well: since Django 4.1 of scripts and of styles. */
  maps(): Promise<boolean>
}

/** `url(…)` and `@import` outside of comments (HashedFilesMixin.patterns of django/contrib/staticfiles/storage.py). */
const styles =
  /url\(\s{0,20}(?:"([^"\n]{1,500})"|'([^'\n]{1,500})'|([^'")\s]{1,500}))\s{0,20}\)|@import\s{1,20}["']([^"'\n]{1,500})["']/g
const styleMap = /^\/\*#[ \t]sourceMappingURL=([^\n*]{1,500}?)[ \t]*\*\//gm
const scriptMap = /^\/\/# sourceMappingURL=([^\n]{1,500})$/gm

/** The most files, and the longest one, that are read. */
const mostFiles = 300
const longest = 2_000_000

/** The first reference for which ManifestStaticFilesStorage raises: "The file … could not be found with …". */
export async function brokenReferences(
  command: BuildCommand,
  {folders, prefix, maps}: Statics,
  {reader, tracked}: {reader: ProjectReader; tracked: Tracked},
): Promise<BrokenReference | undefined> {
  const moment = momentOf(command)
  // What builds styles and scripts writes them where it likes.
  if (moment.unknown.some(({by, text = ''}) => by === 'run' && !leavesPython(text))) return undefined
  let looked = 0
  for (const root of folders) {
    const folder = command.moment.files.get(root)
    if (folder?.kind !== 'folder') continue
    for (const [path, entry] of command.moment.files.filesOf(folder, undefined, root)) {
      if (!/\.(?:css|m?js)$/.test(path) || entry.kind !== 'file' || !tracked.has(entry.source)) continue
      if (++looked > mostFiles) return undefined
      const file = await reader.text(entry.source)
      if (!file || file.text.length > longest) continue
      for (const {written, at, isMap} of referencesOf(file, path)) {
        const target = targetOf(written, posix.relative(root, path), prefix)
        if (target === undefined || isOfOthers(target)) continue
        if (folders.some((folder) => holds(moment, posix.join(folder, target)) !== 'no')) continue
        if (!isMap || (await maps())) return {written, at, target}
      }
    }
  }
  return undefined
}

function referencesOf(file: TextFile, path: string): {written: string; at: FileLocation; isMap: boolean}[] {
  const found = (text: string, pattern: RegExp, isMap: boolean) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const written = match.slice(1).find((group) => group !== undefined)
      return written === undefined ? [] : [{written, at: file.span(match.index, match.index + match[0].length), isMap}]
    })
  if (!path.endsWith('.css')) return found(file.text, scriptMap, true)
  return [...found(withoutBlockComments(file.text), styles, false), ...found(file.text, styleMap, true)]
}

/** Undefined for what is left as it is: an address, data, a path outside of the static files, a part of the page. */
function targetOf(written: string, from: string, prefix: string): string | undefined {
  if (/^[a-z]+:/i.test(written) || written.startsWith('//')) return undefined
  const path = written.replace(/[?#][\s\S]*/, '').trim()
  if (!path || /[{}$<>*]/.test(path)) return undefined
  let name = path
  try {
    name = decodeURIComponent(path)
  } catch {
    return undefined
  }
  if (!name.startsWith('/')) return below(posix.join(posix.dirname(from), name))
  return prefix.startsWith('/') && name.startsWith(prefix) ? below(name.slice(prefix.length)) : undefined
}

const below = (path: string): string | undefined => (path.startsWith('..') || path.endsWith('/') ? undefined : path)

/** Folders that Django's own apps and well known ones fill. */
export const isOfOthers = (target: string): boolean =>
  /^(?:admin|gis|rest_framework|debug_toolbar|django_\w+|drf\w*|wagtail\w*|grappelli|jet|unfold|ckeditor\w*|tinymce|summernote|cms|filer|select2|leaflet|allauth|account)\//.test(
    target,
  )
