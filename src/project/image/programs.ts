import {posix} from 'node:path'
import {lineage, rootImage} from '../dockerfile/parse.ts'
import {escapePattern} from '../escape-pattern.ts'
import {alone, type BasePrograms, basePrograms, bringers, lookedFor, oftenBroughtAlong} from './base-programs.ts'
import type {Build} from './build.ts'
import {runsFetched} from './fetched-scripts.ts'
import type {Image} from './image.ts'
import {isBelow} from './image-path.ts'
import type {Answer} from './os-packages.ts'

/** Tools that install others by lists of their own, and scripts and makefiles of which it is not known what they do. */
const manyThings = /\b(asdf|mise|nix\S*|brew|conda|mamba|ansible\S*|make|rsync)\b|(^|[\s;&|])([^\s;&|]*\/)?[\w-]+\.sh\b/

/** Whether the text of a RUN may bring any program. */
export const mayInstallAnything = (text: string): boolean => manyThings.test(text) || runsFetched.test(text)

/** What lays files in a folder of PATH without naming them. */
const fillsFolder =
  /\b(cp|mv|ln|tar|unzip|install|curl|wget)\b[^;&\n]{0,500}\s\/(usr|usr\/local|opt|bin)?(\/s?bin)?\/?(\s|$)/

/** Programs that Python's package managers install. */
const fromPip = new Set([
  'uv',
  'uvx',
  'poetry',
  'pipenv',
  'pdm',
  'honcho',
  'supervisord',
  'supervisorctl',
  'pip',
  'pip3',
])

/** The programs on PATH of the final image. */
export class Programs {
  readonly base: BasePrograms | undefined
  readonly #build: Build
  readonly #image: Image
  readonly #folders: string[]
  readonly #runs: string[]

  constructor(build: Build, image: Image) {
    this.#build = build
    this.#image = image
    const root = rootImage(build.final.stage)
    this.base = root === undefined ? undefined : basePrograms(root)
    this.#folders = (build.final.config.env.get('PATH') ?? '').split(':').filter((each) => each.startsWith('/'))
    this.#runs = lineage(build.final.stage).flatMap(({instructions}) =>
      instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
    )
  }

  /** Whether a program can be started by its name: `no` only where nothing that is seen can have brought it. */
  has(name: string): Answer {
    const {final} = this.#build
    if (this.#folders.some((folder) => final.files.get(posix.join(folder, name)))) return 'yes'
    if (!this.base || !lookedFor.has(name)) return 'unknown'
    if (this.base.has.has(name)) return 'yes'
    if (this.#folders.some((folder) => this.#isFilled(folder))) return 'unknown'
    const names = new RegExp(`${bringers.get(name)?.source ?? '$^'}|${escapePattern(name)}`)
    if (this.#runs.some((text) => names.test(text) || mayInstallAnything(text) || fillsFolder.test(text)))
      return 'unknown'
    if (fromPip.has(name) && this.#image.final.installs.some(({location}) => this.#isOnPath(location))) return 'unknown'
    const {packages} = this.#image.final
    if (this.base.distribution === 'none') return 'no'
    // A package that is not known may need it, and one that a variable names may be it.
    const others = oftenBroughtAlong.has(name) ? new RegExp(`${names.source}|^(?!${alone.source.slice(1)})`) : names
    return packages.lack(others) ? 'no' : 'unknown'
  }

  /** Whether the programs of an environment are found; one that is copied here is seen as a folder of PATH. */
  #isOnPath(environment: string | undefined): boolean {
    return environment === undefined || this.#folders.includes(posix.join(environment, 'bin'))
  }

  /** Whether a folder of PATH got files that are not seen: by a COPY, or because it is none of the system's. */
  #isFilled(folder: string): boolean {
    const {unknown} = this.#build.final
    const ofSystem = /^\/(usr\/)?(local\/)?s?bin\/?$/.test(folder)
    return (
      unknown.some(({by, path}) => by === 'copy' && (isBelow(folder, path) || isBelow(path, folder))) ||
      (!ofSystem && this.#runs.length > 0)
    )
  }
}
