/** The ids of one deploy in a page: several deploys in one page have prefixes. */
export class Ids {
  readonly #prefix: string

  constructor(prefix = '') {
    this.#prefix = prefix
  }

  of(name: string): string {
    return this.#prefix + name
  }

  /** What labels a section: its heading, among several deploys behind the title of its own. */
  labels(name: string): string {
    return this.#prefix ? `${this.of('title')} ${this.of(name)}` : name
  }
}
