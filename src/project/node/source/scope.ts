/** A name that a module declares or imports, in one of its scopes. */
export interface Binding {
  name: string
  /** Where it stands; of several declarations the first. */
  start: number
  /** `apart`: nobody asks whether it is used: the name of an expression, of a parameter of a type, of `declare`. */
  kind: 'import' | 'local' | 'parameter' | 'apart'
  meaning: Meaning
  /** It is taken out of an object or a list: `const {name} = order`; or each one of a loop. */
  isPart: boolean
  isExported: boolean
  /** Read by code, or named by a type. */
  isRead: boolean
  /** Read by code: an import that types alone name is gone when the program runs. */
  isValue: boolean
  /** Set after its declaration. */
  isSet: boolean
}

/** A class, an enum and what is imported are both; `export {name}` asks for either. */
export type Meaning = 'value' | 'type' | 'any'

/** A name that code or a type uses. */
export interface Reference {
  name: string
  start: number
  meaning: Meaning
  /** It is come to as soon as the module is loaded: it stands in no function, class or branch. */
  isAtOnce: boolean
}

export class Scope {
  readonly names = new Map<string, Binding>()
  readonly parent: Scope | undefined
  /** The nearest one of a function or the module, where `var` is declared. */
  readonly outermost: Scope

  constructor(parent?: Scope, isFunction = true) {
    this.parent = parent
    this.outermost = isFunction || !parent ? this : parent.outermost
  }
}

export interface Use extends Reference {
  scope: Scope
  access: 'read' | 'set' | 'both'
  /** A type names it: `typeof order`, `Shop.Order`. */
  isOfType: boolean
  /** `typeof order` may be asked of any name. */
  mayBeMissing: boolean
  /** The functions, classes and types that it stands in: what only itself uses is used by nobody. */
  within: readonly Binding[]
}
