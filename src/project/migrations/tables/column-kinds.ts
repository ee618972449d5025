/** The types of columns as far as Postgres tells them apart, and which defaults become of another by themselves. */
import {kindOfSql} from '../column-types.ts'
import {keyOf, name} from './sql-names.ts'

/** The enums of a database by the names that they have at the time. */
export class TypeNames {
  readonly #made = new Map<string, string>()
  #count = 0

  make(type: string): void {
    this.#made.set(type, `enum ${type} ${++this.#count}`)
  }

  rename(type: string, to: string): void {
    const made = this.#made.get(type)
    this.#made.delete(type)
    if (made !== undefined) this.#made.set(to, made)
  }

  drop(type: string): string | undefined {
    const made = this.#made.get(type)
    this.#made.delete(type)
    return made
  }

  /** The kind of a type as SQL writes it; undefined for one that is not known. */
  kindOf(written: string): string | undefined {
    const [, own] = new RegExp(`^${name}\\s*$`).exec(written.trim()) ?? []
    return (own === undefined ? undefined : this.#made.get(keyOf(own))) ?? kindOfSql(written)
  }

  /** The kind of what stands behind DEFAULT; undefined for what is not followed. */
  kindOfDefault(written: string, column: string | undefined): string | undefined {
    const text = written.trim()
    if (/^'(?:[^']|'')*'$/.test(text)) return column
    const [, cast] = /^\(?'(?:[^']|'')*'\)?\s*::\s*([^:]+)$/.exec(text) ?? []
    if (cast !== undefined) return this.kindOf(cast)
    if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) return 'number'
    return /^(?:true|false)$/i.test(text) ? 'boolean' : undefined
  }
}

/**
 * Whether Postgres turns a default of one kind into another without being told how: pg_cast has no cast in an assignment
 * between these kinds but into text, and none between two enums. USING is for the rows alone.
 */
export const takesDefault = (from: string | undefined, to: string | undefined): boolean =>
  from === undefined || to === undefined || from === to || to === 'text'

/** Whether columns of these kinds can be the two ends of a foreign key: no operator holds one against the other. */
export const canRefer = (from: string | undefined, to: string | undefined): boolean =>
  from === to || !clear.has(from ?? '') || !clear.has(to ?? '')

const clear = new Set(['number', 'text', 'uuid'])

/** A kind in words. */
export const inWords = (kind: string): string => (kind.startsWith('enum ') ? 'enum' : kind)
