import type {TextFile} from '../../../files/text.ts'
import type {Moment} from '../../moment.ts'

/** A path that a file of the project names, relative to its folder. */
export interface Named {
  /** `lib/*.gemspec`: each file of that ending in the folder. */
  path: string
  /** Where it is named, as offsets in the text. */
  start: number
  end: number
  /** It surely stops what reads it; else that is likely. */
  sure: boolean
  /** It is read relative to where the command runs, and not to the file. */
  fromCwd?: boolean
  /** What the file does with it; else it names it. */
  verb?: string
  /** What becomes of the command, if it does not stop. */
  without?: string
  /** It is told where the project does not have it, either. */
  nowhere?: boolean
  /** The command that reads the named file no further than is read here: else it is read as the one that names it. */
  as?: string
}

/** What a command reads and which files it names there. */
export interface Naming {
  /** On the program without its folder, and its arguments. */
  runs: RegExp
  /** Arguments with which it does without. */
  without?: RegExp
  /** The files that it begins with; `above`: in this folder or the nearest one above. `beside`: the names in the folder. */
  begins: (text: string, beside: () => readonly string[]) => readonly string[]
  above?: boolean
  /** `text` is the command. */
  names(file: TextFile, text: string, moment: Moment): Iterable<Named>
  /** The files that it names are read in the same way. */
  follows?: boolean
}

/** The first group of each match, as a path; what `to` makes of it is looked for. */
export function* matches(
  text: string,
  pattern: RegExp,
  {to = (path: string) => path, sure = true}: {to?: (path: string) => string; sure?: boolean} = {},
): Generator<Named> {
  for (const match of text.matchAll(pattern)) {
    const path = match[1]
    if (path === undefined || /[*?{$]|^https?:|^~/.test(path)) continue
    const start = match.index + match[0].lastIndexOf(path)
    yield {path: to(path), start, end: start + path.length, sure}
  }
}
