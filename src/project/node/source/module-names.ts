import type {ImportAttribute, Node} from '@babel/types'
import type {TextFile} from '../../files/text.ts'
import {isTyped, parsedModule} from './parsed-module.ts'
import {patternNames} from './patterns.ts'
import {scopesOf} from './scopes.ts'
import {eachPart, isNode} from './syntax-nodes.ts'

/** What a module says of other modules, and these may ask of it. */
export interface ModuleNames {
  /** Of what it imports, the names that its code reads: more than a type. */
  used: ReadonlySet<string>
  /** Keys of an object, methods of a class and attributes of an element that stand there twice: tsc refuses them. */
  repeated: readonly {name: string; start: number}[]
  /** What others may import of it, types too; `default`. */
  exported: ReadonlySet<string>
  /** What it hands on whole: the specifiers of `export * from`. */
  handedOn: readonly string[]
  /** It may export more than it says: CommonJS. */
  isOpen: boolean
  imports: ModuleImport[]
}

export interface ModuleImport {
  /** `./orders.js`, `express`. */
  specifier: string
  start: number
  /** `import('./a.js')`, or `require` in a function: it may never run. */
  isLate: boolean
  /** It is in a branch, in a `try`, or caught: `import('./a.js').catch(…)`. A bundler leaves what cannot run aside. */
  isGuarded: boolean
  /** What it takes; empty where all of the module is loaded or handed on. */
  takes: readonly TakenName[]
}

export interface TakenName {
  /** As the other module exports it: `default`; `*` for all of them. */
  name: string
  /** What it is called here; undefined where it is exported again. */
  local: string | undefined
  start: number
  isType: boolean
}

/** Whether an import is there when the code runs: of TypeScript only what is used as a value is left. */
export function isLoaded({path}: TextFile, {used}: ModuleNames, {takes}: ModuleImport): boolean {
  const isKept = ({local, isType}: TakenName) => !isType && (local === undefined || !isTyped(path) || used.has(local))
  return takes.length === 0 || takes.some(isKept)
}

/** What an import takes and the code uses as more than a type. */
export const usedValues = ({used}: ModuleNames, {takes}: ModuleImport): TakenName[] =>
  takes.filter(({local, isType}) => local !== undefined && !isType && used.has(local))

/** undefined for a file that is no module that can be read. */
export const moduleNames = (file: TextFile): ModuleNames | undefined => file.once(moduleNames, () => namesOf(file))

function namesOf(file: TextFile): ModuleNames | undefined {
  const {tree} = parsedModule(file)
  const bindings = scopesOf(file)?.bindings
  if (!tree || !bindings) return undefined
  const reading = new Reading()
  reading.isOpen = tree.program.sourceType === 'script' || /\bmodule\.exports\b|(?<![\w.])exports\.\w/.test(file.text)
  for (const each of tree.program.body) reading.visit(each)
  for (const {name, kind, isValue} of bindings) if (kind === 'import' && isValue) reading.used.add(name)
  return reading
}

/** Nodes of TypeScript that hold values, and run. */
const withValues = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSExportAssignment',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSParameterProperty',
])

/** What runs in one case alone. */
const branch = /^(?:If|Switch|Try)Statement$|^(?:Conditional|Logical)Expression$/

class Reading implements ModuleNames {
  readonly used = new Set<string>()
  readonly exported = new Set<string>()
  readonly handedOn: string[] = []
  readonly repeated: {name: string; start: number}[] = []
  isOpen = false
  readonly imports: ModuleImport[] = []
  #functions = 0
  #guards = 0

  visit(node: Node): void {
    switch (node.type) {
      case 'ImportDeclaration':
        this.#import(node)
        return
      case 'ExportAllDeclaration':
        if (isData(node.attributes)) return
        this.handedOn.push(node.source.value)
        if (node.exportKind !== 'type') this.#add(node.source, false, [])
        return
      case 'TSImportEqualsDeclaration':
        if (node.isExport) this.exported.add(node.id.name)
        return
      case 'TSExportAssignment':
        this.isOpen = true
        break
      case 'ExportDefaultDeclaration':
        this.exported.add('default')
        break
      case 'ExportNamedDeclaration':
        this.#export(node)
        break
      case 'ObjectExpression':
        this.#keys(node.properties)
        break
      case 'ClassBody':
        this.#keys(node.body)
        break
      case 'JSXOpeningElement':
        this.#keys(node.attributes)
        break
      case 'CallExpression':
        this.#call(node)
        break
      case 'ImportExpression':
        this.#add(node.source, true, [])
        break
    }
    if (!node.type.startsWith('TS') || withValues.has(node.type)) this.#within(node)
  }

  #within(node: Node): void {
    const isFunction = 'params' in node && 'body' in node
    const isBranch = branch.test(node.type) || isCaught(node)
    if (isBranch) this.#guards++
    if (isFunction) this.#functions++
    eachPart(node, (part) => this.visit(part))
    if (isFunction) this.#functions--
    if (isBranch) this.#guards--
  }

  #keys(nodes: readonly Node[]): void {
    const seen = new Set<string>()
    for (const each of nodes) {
      const key = keyOf(each)
      if (key === undefined) continue
      if (seen.has(key.kind)) this.repeated.push(key)
      seen.add(key.kind)
    }
  }

  #export({
    declaration,
    specifiers,
    source,
    exportKind,
    attributes,
  }: Extract<Node, {type: 'ExportNamedDeclaration'}>): void {
    for (const {exported} of specifiers) this.exported.add(nameOf(exported))
    if (declaration?.type === 'VariableDeclaration')
      for (const name of declaration.declarations.flatMap(({id}) => patternNames(id))) this.exported.add(name)
    else if (declaration && 'id' in declaration && isNode(declaration.id)) this.exported.add(nameOf(declaration.id))
    if (!source || isData(attributes)) return
    const takes = specifiers.map((each) => ({
      name: each.type === 'ExportSpecifier' ? nameOf(each.local) : '*',
      local: undefined,
      start: each.start ?? 0,
      isType: exportKind === 'type' || (each.type === 'ExportSpecifier' && each.exportKind === 'type'),
    }))
    if (exportKind !== 'type') this.#add(source, false, takes)
  }

  #import({specifiers, source, importKind, attributes}: Extract<Node, {type: 'ImportDeclaration'}>): void {
    if (isData(attributes)) return
    const takes = specifiers.map((each) => ({
      name:
        each.type === 'ImportSpecifier'
          ? nameOf(each.imported)
          : each.type === 'ImportDefaultSpecifier'
            ? 'default'
            : '*',
      local: each.local.name,
      start: each.start ?? 0,
      isType: importKind === 'type' || (each.type === 'ImportSpecifier' && each.importKind === 'type'),
    }))
    this.#add(source, false, takes)
  }

  #call({callee, arguments: [first]}: Extract<Node, {type: 'CallExpression'}>): void {
    if (!first) return
    if (callee.type === 'Import') this.#add(first, true, [])
    else if (callee.type === 'Identifier' && callee.name === 'require') this.#add(first, this.#functions > 0, [])
  }

  #add(source: Node, isLate: boolean, takes: readonly TakenName[]): void {
    if (source.type !== 'StringLiteral') return
    const isGuarded = this.#guards > 0
    this.imports.push({specifier: source.value, start: source.start ?? 0, isLate, isGuarded, takes})
  }
}

/**
 * `import path from './client.js' with {type: 'file'}`: what that gives is made of the file, which does not run as a module
 * (bun.sh/docs/bundler/loaders, nodejs.org/api/esm.html#import-attributes).
 */
const isData = (attributes: readonly ImportAttribute[] | null | undefined): boolean =>
  attributes?.some(({key}) => nameOf(key) === 'type') ?? false

/** `import('./a.js').catch(…)` */
const isCaught = (node: Node): boolean =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  /^(?:catch|then)$/.test(nameOf(node.callee.property))

/** The name of a property, a method with a body or an attribute, where no other of its kind may be called so. */
function keyOf(node: Node): {name: string; kind: string; start: number} | undefined {
  if (node.type === 'JSXAttribute')
    return node.name.type === 'JSXIdentifier'
      ? {name: node.name.name, kind: node.name.name, start: node.start ?? 0}
      : undefined
  const isMethod = (node.type === 'ObjectMethod' || node.type === 'ClassMethod') && node.kind === 'method'
  if ((!isMethod && node.type !== 'ObjectProperty') || node.computed) return undefined
  const name = nameOf(node.key)
  const kind = `${node.type} ${'static' in node && node.static ? 'static ' : ''}${name}`
  return name === '' || name === '__proto__' ? undefined : {name, kind, start: node.key.start ?? 0}
}

/** Of an identifier or a text: `import {'a-b' as b}`. */
const nameOf = (node: Node): string =>
  node.type === 'Identifier' || node.type === 'JSXIdentifier'
    ? node.name
    : node.type === 'StringLiteral'
      ? node.value
      : ''
