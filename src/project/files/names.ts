/**
 * The names of the files in a folder, as one text: as strings of their own, those of a large project would be carried
 * along by each garbage collection, and few are ever asked for.
 */
export class Names {
  /** How many there are. */
  readonly size: number
  /** Those that the names have, each once. */
  readonly endings: readonly string[]
  /** What the names begin with, each once. */
  readonly #initials: string
  /** `/Dockerfile/main.py/`: no name has a slash in it. */
  readonly #text: string
  #set: ReadonlySet<string> | undefined

  constructor(names: readonly string[]) {
    const endings = new Set<string>()
    let [ending, initials, initial] = ['', '', '']
    for (const name of names) {
      // Files of one kind, and names that begin alike, mostly follow each other.
      if (ending === '' || !name.endsWith(ending)) {
        ending = endingOf(name)
        endings.add(ending)
      }
      if (name[0] !== initial) {
        initial = name[0] as string
        if (!initials.includes(initial)) initials += initial
      }
    }
    this.size = names.length
    this.endings = [...endings]
    this.#initials = initials
    this.#text = `/${names.join('/')}/`
  }

  list(): string[] {
    return this.size === 0 ? [] : this.#text.slice(1, -1).split('/')
  }

  has(name: string): boolean {
    if (this.size < 500) return this.#text.includes(`/${name}/`)
    this.#set ??= new Set(this.list())
    return this.#set.has(name)
  }

  named(...names: readonly string[]): string[] {
    return names.filter((name) => this.has(name))
  }

  beginning(...starts: readonly string[]): string[] {
    return starts
      .filter((start) => this.#initials.includes(start[0] as string))
      .flatMap((start) => this.#around(`/${start}`))
  }

  /** From a dot on: `.py`, `.config.js`; '' is that of `Dockerfile`. */
  ending(...endings: readonly string[]): string[] {
    return endings
      .filter((ending) => this.endings.includes(endingOf(ending)))
      .flatMap((ending) =>
        ending === '' ? this.list().filter((name) => !name.includes('.')) : this.#around(`${ending}/`),
      )
  }

  /** The names that hold this part of the text, which begins with their first slash or ends with their last. */
  #around(part: string): string[] {
    const found: string[] = []
    for (let at = this.#text.indexOf(part); at >= 0; at = this.#text.indexOf(part, at + 1)) {
      found.push(this.#text.slice(this.#text.lastIndexOf('/', at) + 1, this.#text.indexOf('/', at + 1)))
    }
    return found
  }
}

/** `.ts` of `a.spec.ts`, `.env` of `.env`; '' of `Dockerfile`. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot)
}
