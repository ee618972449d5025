import {dirname, join, relative, sep} from 'node:path'
import type {ProjectReader} from '../files/reader.ts'
import {repositoryTop} from './repository-prefix.ts'

/**
 * The repository of a folder, of which git is asked each question once. A folder below another one of the same repository
 * takes the answers from there: so a run over a hundred folders starts git no more often than a run over one.
 */
export class Repository {
  readonly #reader: ProjectReader
  readonly #above: Repository | undefined
  readonly #answers = new Map<string, Promise<unknown>>()
  #pathFromAbove: Promise<string | undefined> | undefined

  /** `above`: that of a folder further up, which need not be the same one. */
  constructor(reader: ProjectReader, above?: Repository) {
    this.#reader = reader
    this.#above = above
  }

  /** Whether there is one at all: git need not be started to say that there is none. */
  exists(): Promise<boolean> {
    return this.once(
      'exists',
      async () => (await repositoryTop(await this.#reader.real('.'), this.#reader)) !== undefined,
    )
  }

  /** What is found out in the folder that git is asked in; for each question, `ask` is called once. */
  async once<T>(question: string, ask: (folder: string) => Promise<T>): Promise<T> {
    if (this.#above && (await this.#isPart())) return this.#above.once(question, ask)
    let answer = this.#answers.get(question)
    if (!answer) {
      answer = ask(this.#reader.root)
      this.#answers.set(question, answer)
    }
    return answer as Promise<T>
  }

  /** From the folder that git is asked in to this one: `apps/shop/`; '' where it is the same. */
  async path(): Promise<string> {
    const path = await this.#fromAbove()
    return path ? `${path}/` : ''
  }

  async #isPart(): Promise<boolean> {
    return (await this.#fromAbove()) !== undefined
  }

  /** undefined where they are not in the same repository, as with a submodule. */
  #fromAbove(): Promise<string | undefined> {
    this.#pathFromAbove ??= (async () => {
      if (!this.#above) return undefined
      const [here, above] = await Promise.all([this.#reader.real('.'), this.#above.#reader.real('.')])
      for (let folder = here; folder !== above; folder = dirname(folder)) {
        const isTop = (await this.#reader.kindOf(join(folder, '.git'))) !== 'missing'
        if (isTop || folder === dirname(folder)) return undefined
      }
      return relative(above, here).split(sep).join('/')
    })()
    return this.#pathFromAbove
  }
}
