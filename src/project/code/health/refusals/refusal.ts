import type {FileLocation} from '../../../../check.ts'
import type {Files} from '../../../files/files.ts'
import type {ProjectReader} from '../../../files/reader.ts'
import type {TextFile} from '../../../files/text.ts'

/** What makes an app refuse a plain request that names the machine by its address: that of a health check. */
export interface Refusal {
  by: 'Rails' | 'Django' | 'Phoenix' | 'Starlette' | 'Express'
  /** `redirect`: to https. `host`: the name is none of those that it allows. */
  kind: 'redirect' | 'host'
  /** A header that says https is believed. */
  believesHeader: boolean
  /** The paths that it answers all the same: their texts, as they are written. */
  exempt: string
  at: FileLocation
}

/** What is asked of each framework's code. */
export interface AppCode {
  paths: Files
  reader: ProjectReader
  /** The text of a file, where there is one. */
  read: (path: string) => Promise<TextFile | undefined>
  /** The image gets it, or there is none that is known. */
  isCopied: (path: string) => boolean
  /** What fly.toml or the image sets a variable to; undefined where it is not known, or set nowhere. */
  given: (name: string) => string | undefined
  /** The environment for which the release of a mix project is built: `prod`. */
  mixEnvironment: () => Promise<string>
}

/** The text of a match, without the blanks before it. */
export const placeOf = (file: TextFile, match: RegExpExecArray): FileLocation =>
  file.span(match.index + match[0].length - match[0].trimStart().length, match.index + match[0].length)
