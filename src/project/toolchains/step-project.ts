import {posix} from 'node:path'
import {mountsOf, mountTarget, type Stage} from '../dockerfile/parse.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import {isBelow} from '../image/files/image-path.ts'
import {mayHold} from '../image/may-hold.ts'
import type {Moment} from '../image/moment.ts'
import type {Command} from '../image/shell/command.ts'

/** A file of the project as a step of the build sees it. */
export interface StepFile {
  /** Its path in the image. */
  path: string
  text: TextFile
}

/** What a command of a RUN has before it: the files of the project that were copied or are mounted, and its folder. */
export class StepProject {
  readonly step: Moment
  readonly folder: string
  /** The command's words; one that cannot be known is empty. */
  readonly words: readonly string[]
  readonly #reader: ProjectReader
  readonly #stage: Stage
  readonly #mounts: {target: string; source: string}[]

  constructor(
    step: Moment,
    {command: {words}, folder}: {command: Pick<Command, 'words'>; folder: string},
    reader: ProjectReader,
  ) {
    this.#stage = step.stage
    this.step = step
    this.folder = folder
    this.words = words.map((word) => word ?? '')
    this.#reader = reader
    this.#mounts = mountsOf(step.instruction)
      .filter((mount) => (mount.get('type') ?? 'bind') === 'bind' && !mount.has('from'))
      .map((mount) => ({
        target: posix.resolve(step.workingDir, mountTarget(mount) ?? '.'),
        source: posix.resolve('/', mount.get('source') ?? mount.get('src') ?? '.').slice(1),
      }))
  }

  /** The file at a path in the image, relative ones from the command's folder; undefined where it is not the project's. */
  async read(path: string): Promise<StepFile | undefined> {
    const wanted = posix.resolve(this.folder, path)
    const source = this.#sourceOf(wanted)
    const text = source === undefined ? undefined : await this.#reader.text(source)
    return text && {path: wanted, text}
  }

  /** The nearest of this name in the command's folder or above it, where the tools look. */
  async find(name: string, folder = this.folder): Promise<StepFile | undefined> {
    return (
      (await this.read(posix.join(folder, name))) ??
      (folder === '/' ? undefined : this.find(name, posix.dirname(folder)))
    )
  }

  /** Whether a step before may have made a file that no COPY brings. */
  mayHave(path: string): boolean {
    return mayHold({stage: this.#stage, unknown: this.step.unknown}, path)
  }

  /** The names in a folder of the image, as far as they are the project's. */
  async names(folder: string): Promise<string[]> {
    const wanted = posix.resolve(this.folder, folder)
    const entry = this.step.files.get(wanted)
    const copied = entry?.kind === 'folder' ? [...entry.entries.keys()] : []
    const mount = this.#mounts.find(({target}) => isBelow(wanted, target))
    const mounted = mount
      ? await this.#reader.list(posix.join(mount.source, posix.relative(mount.target, wanted)) || '.')
      : []
    return [...copied, ...mounted.map((name) => name.replace(/\/$/, ''))]
  }

  #sourceOf(path: string): string | undefined {
    const mount = this.#mounts.find(({target}) => isBelow(path, target))
    if (mount) return posix.join(mount.source, posix.relative(mount.target, path))
    const entry = this.step.files.get(path)
    return entry?.kind === 'file' ? entry.source : undefined
  }
}
