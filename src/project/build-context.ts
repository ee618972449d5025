import {posix} from 'node:path'
import type {FileLocation} from '../check.ts'
import {type Fact, type FactStore, known} from '../facts.ts'
import {ignoreRules} from './dockerignore.ts'
import type {Inputs} from './inputs.ts'
import type {ProjectReader} from './reader.ts'
import type {TextFile} from './text.ts'

/** What BuildKit can COPY: the working directory without what `.dockerignore` leaves out. Nothing of it is read. */
export interface BuildContext {
  /** `<Dockerfile>.dockerignore` beside the Dockerfile, else `.dockerignore`: never both. */
  ignoreFile: TextFile | undefined
  /** A pattern in it that Docker cannot read. */
  badPattern: string | undefined
  /** Paths begin with `/`, which is the working directory. */
  entry(path: string): Promise<ContextEntry | undefined>
  /** The names in a folder, in the order of their bytes. */
  names(path: string): Promise<string[]>
  /** Whether it is there and left out. */
  leftOut(path: string): Promise<boolean>
  /** The last line of the ignore file that leaves out what is there. */
  ruleFor(path: string): Promise<FileLocation | undefined>
}

export type ContextEntry = {kind: 'file' | 'folder'} | {kind: 'link'; target: string}

export async function loadBuildContext({reader}: Inputs, facts: FactStore): Promise<Fact<BuildContext>> {
  const dockerfile = await facts.get('dockerfile')
  if (dockerfile.state !== 'ok') return dockerfile
  const {absolute} = dockerfile.value.file
  const ignoreFile = (await reader.text(`${absolute}.dockerignore`)) ?? (await reader.text('.dockerignore'))
  const ignore = ignoreRules(ignoreFile?.text ?? '')
  const disk = new Folder(reader)
  const find = async (path: string): Promise<ContextEntry | undefined> => {
    const entry = await disk.entry(path)
    if (!entry || path === '/') return entry
    if (!ignore.ignores(path.slice(1))) return entry
    // A folder that is left out is there all the same when a later pattern takes something in it back.
    return entry.kind === 'folder' && ignore.reopens && (await namesIn(path)).length > 0 ? entry : undefined
  }
  const namesIn = async (path: string): Promise<string[]> => {
    const names: string[] = []
    for (const name of await disk.names(path)) if (await find(posix.join(path, name))) names.push(name)
    return names
  }
  return known({
    ignoreFile,
    badPattern: ignore.badPattern,
    entry: find,
    names: namesIn,
    leftOut: async (path) => (await disk.entry(path)) !== undefined && (await find(path)) === undefined,
    async ruleFor(path) {
      if ((await disk.entry(path)) === undefined || (await find(path)) !== undefined) return undefined
      for (let number = ignoreFile?.lineCount ?? 0; ignoreFile && number > 0; number--) {
        const rule = ignoreFile.line(number)
        if (/^\s*[!#]|^\s*$/.test(rule) || !ignoreRules(rule).ignores(path.slice(1))) continue
        return ignoreFile.lineSpan(number)
      }
      return undefined
    },
  })
}

/** The disk, each folder listed once and only when it is asked for. */
class Folder {
  readonly #reader: ProjectReader
  readonly #listed = new Map<string, Promise<Map<string, ContextEntry['kind']>>>()

  constructor(reader: ProjectReader) {
    this.#reader = reader
  }

  async entry(path: string): Promise<ContextEntry | undefined> {
    if (path === '/') return {kind: 'folder'}
    const kind = (await this.#list(posix.dirname(path))).get(posix.basename(path))
    if (kind !== 'link') return kind && {kind}
    try {
      return {kind, target: await this.#reader.fileSystem.link(this.#reader.absolute(path.slice(1)))}
    } catch {
      return undefined
    }
  }

  async names(path: string): Promise<string[]> {
    return [...(await this.#list(path)).keys()]
  }

  #list(path: string): Promise<Map<string, ContextEntry['kind']>> {
    let listed = this.#listed.get(path)
    if (!listed) {
      listed = this.#read(path)
      this.#listed.set(path, listed)
    }
    return listed
  }

  async #read(path: string): Promise<Map<string, ContextEntry['kind']>> {
    try {
      const entries = await this.#reader.fileSystem.entries(this.#reader.absolute(path.slice(1)))
      const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1))
      return new Map(sorted.map(({name, kind}) => [name, kind === 'other' ? 'file' : kind]))
    } catch {
      return new Map()
    }
  }
}
