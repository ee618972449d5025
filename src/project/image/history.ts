/** What variables were at one moment. */
export type Past = Pick<ReadonlyMap<string, string>, 'get' | 'has' | 'keys' | 'values'>

/** Values by name that are only added to, or changed: how they were earlier can still be asked, without a copy of all. */
export class History extends Map<string, string> {
  readonly #changes = new Map<string, {moment: number; value: string}[]>()
  #moment = 0

  constructor(values: Iterable<readonly [name: string, value: string]>) {
    super()
    for (const [name, value] of values) this.set(name, value)
  }

  override set(name: string, value: string): this {
    const change = {moment: ++this.#moment, value}
    const changes = this.#changes.get(name)
    if (changes) changes.push(change)
    else this.#changes.set(name, [change])
    return super.set(name, value)
  }

  /** As they are now, whatever is set later. */
  now(): Past {
    const [moment, size] = [this.#moment, this.size]
    const get = (name: string) => this.#changes.get(name)?.findLast((each) => each.moment <= moment)?.value
    const names = () => [...this.keys()].slice(0, size)
    return {
      get,
      has: (name) => get(name) !== undefined,
      keys: () => names().values(),
      values: () =>
        names()
          .map((name) => get(name) as string)
          .values(),
    }
  }
}
