/** What `//go:embed` takes into a program while it is compiled: "pattern dist: no matching files found". */
import {posix} from 'node:path'
import type {Files} from '../../../files/files.ts'
import {anyName, exactly, matcherOf} from '../../../files/glob.ts'
import type {TextFile} from '../../../files/text.ts'
import type {BuildCommand} from '../../build-commands.ts'
import {holds, lacks, momentOf} from '../../moment.ts'

interface MissingEmbed {
  /** In the project, and in the image. */
  path: string
  place: string
  start: number
  end: number
  /** The project does not have it, either: what a build of pages makes is seldom committed. */
  nowhere: boolean
}

/** What a source embeds and the stage does not have. `folder` is where the source is in the image. */
export function* missingEmbeds(
  file: TextFile,
  folder: string,
  command: BuildCommand,
  project: Files,
): Generator<MissingEmbed> {
  const origin = posix.dirname(file.path)
  for (const {pattern, start, end} of embedsOf(file)) {
    const isThere = (path: string) => project.has(path) || project.hasFolder(path)
    const found = filesOf(pattern, origin, project)
    // One file is enough for a pattern.
    const [path] = found.every((each) => lacks(command, posix.join(folder, posix.relative(origin, each)))) ? found : []
    if (path !== undefined)
      yield {path, place: posix.join(folder, posix.relative(origin, path)), start, end, nowhere: false}
    if (found.length > 0) continue
    const base = fixedPart(pattern)
    const place = posix.join(folder, base)
    const isAbsent = base !== '' && !isThere(posix.join(origin, base)) && !project.has('.gitmodules')
    if (isAbsent && holds(momentOf(command), place) === 'no')
      yield {path: posix.join(origin, base), place, start, end, nowhere: true}
  }
}

/** What a pattern comes to in the project: itself, or the files of a folder that it fits. */
function filesOf(pattern: string, origin: string, project: Files): string[] {
  const whole = posix.join(origin, pattern)
  if (!pattern.includes('*')) return project.has(whole) || project.hasFolder(whole) ? [whole] : []
  const folder = posix.dirname(pattern)
  const fits = matcherOf(
    posix
      .basename(pattern)
      .split('*')
      .flatMap((part, index) => [...(index > 0 ? [anyName] : []), ...exactly(part)]),
  )
  return project.in(posix.join(origin, folder)).filter((path) => fits(posix.basename(path)))
}

/** Of a pattern, only stars in its last part are read. */
function* embedsOf({text}: TextFile): Generator<{pattern: string; start: number; end: number}> {
  if (!text.includes('go:embed')) return
  for (const match of text.matchAll(/^\/\/go:embed[ \t]+(.+)$/gm)) {
    for (const word of (match[1] as string).trim().split(/\s+/)) {
      const pattern = word.replace(/^all:/, '').replace(/\/\*$/, '')
      if (!pattern || /[?[\\"`]/.test(pattern) || pattern.slice(0, pattern.lastIndexOf('/') + 1).includes('*')) continue
      yield {pattern, start: match.index, end: match.index + match[0].length}
    }
  }
}

/** The folders of a pattern before its first star; the whole of a path without one. */
function fixedPart(pattern: string): string {
  const parts = pattern.split('/')
  const first = parts.findIndex((part) => part.includes('*'))
  return first < 0 ? pattern : parts.slice(0, first).join('/')
}
