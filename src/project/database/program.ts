import {posix} from 'node:path'
import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../check.ts'
import type {Files} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import {moduleFile} from '../python/imports/modules.ts'
import {execute} from './execute.ts'
import {type ClassValue, type Dict, type Trace, text, unknown, type Value} from './value.ts'

/** What a connection is told of TLS: nothing, something, or that it must be; `unknown` where that cannot be told. */
export type Tls = 'no' | 'yes' | 'required' | 'unknown'

/** A call that connects to a database, or makes what will. */
export interface Sink {
  /** The name under which it was called: `create_async_engine`. */
  callee: string
  /** What it connects to. */
  url: Value
  /** Whether it is told how to do TLS, beside the URL. */
  ssl: Tls
  /** `check_same_thread`: the keys of connect_args. */
  options?: readonly string[]
  at: FileLocation
}

/** Code that refuses the URL: a `raise` that is reached with it. */
export interface Refusal {
  trace: Trace
  at: FileLocation
}

/** What a run needs of the project. */
export interface Sources {
  /** The Python files, by path. */
  files: ReadonlyMap<string, TextFile>
  /** Every Python path of the project; those that are not in `files` are asked for by `wanted`. */
  paths: Files
  parse(file: TextFile): SyntaxNode
  /** What an environment variable is on Fly; undefined where that cannot be told. */
  variable(name: string): string | 'unset' | undefined
}

export interface Scope {
  path: string
  names: Map<string, Value>
  /** The names of the functions around it, the nearest first. */
  outer: readonly Map<string, Value>[]
  globals: Set<string>
  /** What `return` may have handed out in a branch that may not be taken. */
  returned: Value[]
}

/**
 * One run of the project with one set of variables: modules are executed when something of theirs is used, functions when
 * they are called. What cannot be told is `unknown`, and nothing is concluded from it.
 */
export class Program {
  readonly sources: Sources
  readonly sinks: Sink[] = []
  readonly refusals: Refusal[] = []
  /** Where alembic's configuration is given a URL with a % that configparser would interpolate. */
  readonly percents: FileLocation[] = []
  /** The apps of Flask that Flask-SQLAlchemy is given. */
  readonly flask: {config: Dict; at: FileLocation}[] = []
  /** The variables to which a scheme of django-environ gives a type. */
  readonly schemed = new Set<string>()
  /** Where a function surely raises. */
  readonly raised: FileLocation[] = []
  /** The statements with which modules surely end, by path. */
  readonly ended = new Map<string, SyntaxNode>()
  /** The variables that were asked for and are not set, by the file that asks. */
  readonly missed = new Map<string, Map<string, FileLocation>>()
  /** Files that were needed and are not read yet. */
  readonly wanted = new Set<string>()
  /** Instances of classes with fields: each class is made once with no arguments. */
  readonly made = new Map<ClassValue, Value>()
  /** `sqlalchemy.url` of alembic's configuration: what alembic.ini says, until env.py sets it. */
  alembicUrl: Value
  readonly #modules = new Map<string, Map<string, Value>>()
  #steps = 0
  depth = 0
  /** More than 0 within a branch that may not be taken. */
  uncertain = 0

  constructor(sources: Sources, alembicUrl: Value = unknown) {
    this.sources = sources
    this.alembicUrl = alembicUrl
  }

  /** Whether the run has become too long to follow. */
  get exhausted(): boolean {
    return ++this.#steps > 60_000 || this.depth > 24
  }

  /** The names of a module, once it has been executed; those of one that is being executed, as far as it got. */
  module(path: string): Map<string, Value> {
    const before = this.#modules.get(path)
    if (before) return before
    const names = new Map<string, Value>()
    this.#modules.set(path, names)
    const file = this.sources.files.get(path)
    if (!file) {
      if (this.sources.paths.has(path)) this.wanted.add(path)
      return names
    }
    const scope: Scope = {path, names, outer: [], globals: new Set(), returned: []}
    const uncertain = this.uncertain
    this.uncertain = 0
    this.depth++
    const completion = execute(this, scope, this.sources.parse(file))
    if (completion?.kind === 'raise') this.ended.set(path, completion.at)
    this.depth--
    this.uncertain = uncertain
    return names
  }

  textOf(path: string, node: SyntaxNode): string {
    return this.sources.files.get(path)?.text.slice(node.from, node.to) ?? ''
  }

  place(path: string, node: {from: number; to: number}): FileLocation {
    return this.sources.files.get(path)?.span(node.from, node.to) ?? {file: path}
  }

  /** `os.environ[name]`, read at a place: a text, `unknown`, or undefined where it is not set. */
  environment(name: string, at: FileLocation): Value | undefined {
    const value = this.sources.variable(name)
    if (value === undefined) return unknown
    if (value === 'unset') {
      const names = this.missed.get(at.file) ?? new Map<string, FileLocation>()
      if (!names.has(name)) this.missed.set(at.file, names.set(name, at))
      return undefined
    }
    return text(value, {variable: name, steps: [at]})
  }

  /** What an import binds: the file of the project's module that a name means there, else somebody else's. */
  imported(from: string, module: string, dots: number): Value {
    const path = moduleFile(this.sources.paths, from, module, dots)
    if (path) return {kind: 'module', path}
    return dots > 0 ? unknown : {kind: 'foreign', name: module}
  }

  /** A name of a module: its own, or a module below it. */
  member(path: string, name: string): Value {
    const own = this.module(path).get(name)
    if (own) return this.resolve(own)
    const below = path.endsWith('/__init__.py') ? posix.dirname(path) : undefined
    const found = [`${below}/${name}/__init__.py`, `${below}/${name}.py`].find((each) => this.sources.paths.has(each))
    return below !== undefined && found ? {kind: 'module', path: found} : unknown
  }

  /** What an imported name is; every other value is itself. */
  resolve(value: Value): Value {
    if (value.kind !== 'import') return value
    if (this.exhausted) return unknown
    this.depth++
    const found = this.member(value.path, value.name)
    this.depth--
    return found
  }
}
