import {posix} from 'node:path'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Build} from '../../image/build.ts'
import type {Unknown} from '../../image/build-stage.ts'
import type {Entry} from '../../image/files/file-tree.ts'
import {overlaps} from '../../image/files/image-path.ts'
import {mayHold} from '../../image/may-hold.ts'
import {leavesPython, mayWritePython} from '../../image/shell/quiet-run.ts'

/** A module in the image. */
export interface Place {
  path: string
  entry: Entry
}

/** The modules of the image, as Python looks for them. */
export class ImageModules {
  readonly #build: Build
  readonly #reader: ProjectReader
  readonly #paths: Files

  constructor(build: Build, reader: ProjectReader, paths: Files) {
    this.#build = build
    this.#reader = reader
    this.#paths = paths
  }

  /** Where Python finds a module; `missing` only where no folder of its path can have it. */
  find(parts: readonly string[], roots: readonly string[], main: boolean): Place | 'missing' | 'unknown' {
    const [top = ''] = parts
    let namespace = false
    for (const root of roots) {
      const first = posix.join(root, top)
      const regular = this.has(`${first}.py`, `${first}/__init__.py`)
      if (regular === 'maybe') return 'unknown'
      const folder = this.#build.final.files.get(first)?.kind === 'folder'
      if (regular === 'no' && !folder) {
        if (this.has(first) === 'maybe' && this.has(`${posix.join(root, ...parts)}.py`) !== 'no') return 'unknown'
        continue
      }
      const full = posix.join(root, ...parts)
      const forms = main ? [`${full}.py`, `${full}/__main__.py`] : [`${full}/__init__.py`, `${full}.py`]
      for (const path of forms) {
        const entry = this.#build.final.files.get(path)
        if (entry) return {path, entry}
        if (this.has(path) === 'maybe') return 'unknown'
      }
      const asFolder = this.#build.final.files.get(full)
      // A package without __init__.py, or a compiled module.
      if (!main && asFolder?.kind === 'folder') return {path: full, entry: asFolder}
      const around = this.#build.final.files.get(posix.dirname(full))
      const last = parts.at(-1)
      if (around?.kind === 'folder' && [...around.entries.keys()].some((each) => each.startsWith(`${last}.`)))
        return 'unknown'
      if (regular === 'yes') return 'missing'
      // Folders of one name on several paths are one package.
      namespace = true
    }
    return namespace && main && parts.length === 1 ? 'unknown' : 'missing'
  }

  has(...paths: string[]): 'yes' | 'maybe' | 'no' {
    const answers = paths.map((path) => this.#one(path))
    return answers.includes('yes') ? 'yes' : answers.includes('maybe') ? 'maybe' : 'no'
  }

  /** What a stage with installs hands on is known all the same: they lay their modules among those of packages. */
  #one(path: string): 'yes' | 'maybe' | 'no' {
    const answer = this.#build.has(path)
    if (answer !== 'maybe' || /\/(?:site-packages|\.?venv)\//.test(`${path}/`)) return answer
    const {stage, unknown} = this.#build.final
    const mayBring = (each: Unknown) =>
      !(each.by === 'copy' && each.text !== undefined && leavesPython(each.text)) &&
      mayHold({stage, unknown: [each]}, path)
    return unknown.some(mayBring) || this.#mayGenerate(path) ? 'maybe' : 'no'
  }

  /** `python -m grpc_tools.protoc --python_out=app/gen`: what is named is the folder of modules, or one of them. */
  #mayGenerate(path: string): boolean {
    const [, name = ''] = /([^/]+?)(?:\/__init__)?(?:\.\w+)?$/.exec(path) ?? []
    const named = new RegExp(`(?<!\\w)${escapePattern(name)}(?!\\w)`)
    return this.#build.final.unknown.some(
      ({text}) => text !== undefined && mayWritePython(text.replace(/\\\r?\n/g, ' ')) && named.test(text),
    )
  }

  /** Whether no RUN of any stage can have changed a file of the image, as far as what it makes reaches the image there. */
  isUntouched(file: string): boolean {
    return this.#build.final.unknown.every(
      ({by, path, text}) => by === 'base' || !overlaps(path, file) || (text !== undefined && leavesPython(text)),
    )
  }

  /** Whether a RUN may write a module without naming it: in the image, or in a stage whose files are copied. */
  get mayWrite(): boolean {
    return this.#build.stages.some(({unknown}) =>
      unknown.some(({text}) => text !== undefined && mayWritePython(text.replace(/\\\r?\n/g, ' '))),
    )
  }

  /** The text of a file that the image has as the context has it: no RUN that makes more than it names speaks of it. */
  async source(entry: Entry | undefined): Promise<string | undefined> {
    if (entry?.kind !== 'file' || !this.#paths.has(entry.source)) return undefined
    const name = posix.basename(entry.source)
    const changed = this.#build.stages.some(({unknown}) =>
      unknown.some(({by, text = ''}) => by === 'run' && text.includes(name)),
    )
    return changed ? undefined : (await this.#reader.text(entry.source))?.text
  }
}

/** What a script does to find modules elsewhere. */
export const addsToPath = /\bsys\.path\b|\baddsitedir\b|\brunpy\b/
