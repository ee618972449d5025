import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../check.ts'

/** A value of the checked program, as far as it can be told without running it. `unknown` is what ends every guess. */
export type Value =
  /** `begins`: what a text begins with, of which the rest cannot be told. */
  | {kind: 'unknown'; begins?: string}
  /** `trace`: it is what an environment variable gives that is not set. */
  | {kind: 'none'; trace?: Trace | undefined}
  | {kind: 'bool'; value: boolean}
  | {kind: 'number'; value: number}
  | Text
  | {kind: 'list'; items: Value[]}
  | Dict
  | FunctionValue
  | ClassValue
  | Instance
  /** A module of the project, by its path. */
  | {kind: 'module'; path: string}
  /** Somebody else's module, class or function, by its full name: `os.environ`. */
  | Foreign
  /** A name that an import brings from a module of the project: looked up when it is used. */
  | {kind: 'import'; path: string; name: string}
  /** A method of a value: `url.replace`. */
  | {kind: 'method'; of: Value; name: string}
  /** What urlsplit, urlparse or make_url made of a URL. */
  | {kind: 'url'; form: 'split' | 'sqlalchemy'; url: Parts; trace: Trace | undefined}

export interface Foreign {
  kind: 'foreign'
  name: string
  /** Of an app of Flask. */
  config?: Dict
}

export interface Text {
  kind: 'string'
  value: string
  /** Where it comes from, when that is the environment. */
  trace?: Trace | undefined
}

/** How a text came about. */
export interface Trace {
  /** The variable it was read from. */
  variable: string
  /** That is not set, and this is what the code takes in its place. */
  fallback?: boolean
  /** Where it was read, then where it was handed on or changed; the last one made it what it is. */
  steps: FileLocation[]
}

export interface Dict {
  kind: 'dict'
  entries: Map<string, Value>
  /** There may be more entries. */
  open: boolean
}

export interface FunctionValue {
  kind: 'function'
  node: SyntaxNode
  path: string
  /** The names of the function around it. */
  outer: Map<string, Value> | undefined
  self: Value | undefined
  decorators: string[]
}

export interface ClassValue {
  kind: 'class'
  node: SyntaxNode
  path: string
  name: string
  bases: Value[]
  /** It has a metaclass, or a decorator that may change it. */
  odd: boolean
  members: Map<string, Value>
  /** What the annotated names of its body are, in order. */
  fields: Map<string, Field>
}

export interface Field {
  annotation: string
  fallback: SyntaxNode | undefined
  node: SyntaxNode
}

export interface Instance {
  kind: 'instance'
  of: ClassValue
  fields: Map<string, Value>
}

/** A URL in its parts; `query` keeps the order. */
export interface Parts {
  scheme: string
  user: string | undefined
  password: string | undefined
  host: string
  port: string | undefined
  path: string
  query: [string, string][]
}

export const unknown: Value = {kind: 'unknown'}
export const none: Value = {kind: 'none'}
export const bool = (value: boolean): Value => ({kind: 'bool', value})
export const number = (value: number): Value => ({kind: 'number', value})
export const text = (value: string, trace?: Trace): Text => ({kind: 'string', value, trace})
export const list = (items: Value[]): Value => ({kind: 'list', items})

/** Whether Python takes it for true; undefined where that cannot be told. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false
    case 'bool':
      return value.value
    case 'number':
      return value.value !== 0
    case 'string':
      return value.value !== ''
    case 'list':
      return value.items.length > 0
    case 'dict':
      return value.entries.size > 0 ? true : value.open ? undefined : false
    case 'unknown':
    case 'import':
    case 'foreign':
      return undefined
    default:
      return true
  }
}

/** A text of which only the beginning is known. */
export const beginning = (value: string): Value => (value ? {kind: 'unknown', begins: value} : unknown)

/** Whether two values are surely equal, or surely not. */
export function equal(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value
  if (a.kind === 'number' && b.kind === 'number') return a.value === b.value
  if (a.kind === 'bool' && b.kind === 'bool') return a.value === b.value
  const plain = (value: Value) => /^(none|bool|number|string)$/.test(value.kind)
  if (plain(a) && plain(b)) return a.kind === b.kind
  return undefined
}

/** What a name is where it is one of two values. */
export function merged(a: Value | undefined, b: Value | undefined): Value {
  if (a === b && a) return a
  if (!a || !b) return unknown
  return equal(a, b) === true ? a : unknown
}

/** The same text at a further place. */
export function handedOn(value: Value, at: FileLocation): Value {
  if (value.kind !== 'string' || !value.trace) return value
  const {steps} = value.trace
  const last = steps.at(-1)
  if (last?.file === at.file && last.line === at.line) return value
  return {...value, trace: {...value.trace, steps: [...steps, at]}}
}

/** A default, for a variable that is not set. */
export function inPlaceOf(variable: string, given: Value, at: FileLocation): Value {
  // Which file of SQLite it is does not matter.
  const isFile = given.kind === 'unknown' && given.begins?.startsWith('sqlite:')
  const value = isFile ? text(`${given.begins}…`) : given
  const plain = (value.kind === 'string' || value.kind === 'none') && !value.trace
  return plain ? {...value, trace: {variable, fallback: true, steps: [at]}} : value
}

export const traceOf = (value: Value): Trace | undefined =>
  value.kind === 'string' || value.kind === 'url' || value.kind === 'none' ? value.trace : undefined

/** `a://b:c@d:1/e?f=g` in its parts; undefined for what is none. */
export function readUrl(url: string): Parts | undefined {
  const match = /^([\w+.-]*):\/\/(?:([^/?#@]*)@)?([^/?#:]*)(?::(\d+))?([^?#]*)(?:\?([^#]*))?/.exec(url)
  if (!match) return undefined
  const [, scheme = '', credentials, host = '', port, path = '', query = ''] = match
  const [user, password] = credentials === undefined ? [] : credentials.split(/:(.*)/s)
  const pairs = query.split('&').filter(Boolean)
  return {
    scheme,
    user,
    password,
    host,
    port,
    path,
    query: pairs.map((pair) => [pair.split('=')[0] as string, pair.split(/=(.*)/s)[1] ?? '']),
  }
}

export function writeUrl({scheme, user, password, host, port, path, query}: Parts): string {
  const credentials = user === undefined ? '' : `${user}${password === undefined ? '' : `:${password}`}@`
  const pairs = query.map(([key, value]) => `${key}=${value}`).join('&')
  return `${scheme}://${credentials}${host}${port ? `:${port}` : ''}${path}${pairs && `?${pairs}`}`
}
