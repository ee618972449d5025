import type {Node} from '@babel/types'
import type {TextFile} from '../../text.ts'
import {isTyped, parsedModule} from './parsed-module.ts'

/** What a module says of names and of other modules, types left out. */
export interface ModuleNames {
  /** Names that its code reads or calls, with the offset of the first place. */
  used: ReadonlyMap<string, number>
  /** Of these, the names that it comes to as soon as it is loaded: in no function, class or branch. */
  usedAtOnce: ReadonlyMap<string, number>
  /** Names that it declares, in whatever block. */
  declared: ReadonlySet<string>
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
  if (!tree) return undefined
  const reading = new Reading()
  reading.isOpen = tree.program.sourceType === 'script' || /\bmodule\.exports\b|(?<![\w.])exports\.\w/.test(file.text)
  try {
    for (const each of tree.program.body) reading.visit(each)
  } catch (error) {
    // A sum of thousands of parts is deeper than the stack.
    if (error instanceof RangeError) return undefined
    throw error
  }
  return reading
}

/** The parts of a node that are types. */
const ofTypes = new Set([
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'returnType',
  'superTypeParameters',
  'implements',
  'predicate',
])
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

/** What may not run, or not before it is called. */
const later =
  /^(?:If|Switch|Try|For|ForIn|ForOf|While|DoWhile)Statement$|^(?:Conditional|Logical)Expression$|^Class|^Optional|^JSX/

class Reading implements ModuleNames {
  readonly used = new Map<string, number>()
  readonly usedAtOnce = new Map<string, number>()
  readonly declared = new Set<string>()
  readonly exported = new Set<string>()
  readonly handedOn: string[] = []
  readonly repeated: {name: string; start: number}[] = []
  isOpen = false
  readonly imports: ModuleImport[] = []
  #functions = 0
  #branches = 0

  visit(node: Node): void {
    if (node.type.startsWith('TS') && !withValues.has(node.type)) {
      this.#ambient(node)
      return
    }
    switch (node.type) {
      case 'Identifier':
      case 'JSXIdentifier':
        this.#use(node.name, node.start ?? 0)
        return
      case 'UnaryExpression':
        // `typeof name` may be asked of any name.
        if (node.operator !== 'typeof' || node.argument.type !== 'Identifier') this.visit(node.argument)
        return
      case 'ImportDeclaration':
        this.#import(node)
        return
      case 'ExportAllDeclaration':
        this.handedOn.push(node.source.value)
        if (node.exportKind !== 'type') this.#add(node.source, false, [])
        return
      case 'TSExportAssignment':
        this.isOpen = true
        break
      case 'ExportDefaultDeclaration':
        this.exported.add('default')
        break
      case 'ExportNamedDeclaration':
        this.#export(node)
        if (node.source) return
        break
      case 'ExportSpecifier':
        this.visit(node.local)
        return
      case 'VariableDeclarator':
        this.#declare(node.id)
        if (node.init) this.visit(node.init)
        return
      case 'AssignmentExpression':
        // Without strict mode that makes a name of all modules.
        if (node.left.type === 'Identifier') this.declared.add(node.left.name)
        break
      case 'CatchClause':
        if (node.param) this.#declare(node.param)
        this.visit(node.body)
        return
      case 'LabeledStatement':
        this.visit(node.body)
        return
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'MetaProperty':
      case 'JSXNamespacedName':
      case 'JSXClosingElement':
      case 'JSXClosingFragment':
        return
      case 'ObjectExpression':
        this.#keys(node.properties)
        break
      case 'ClassBody':
        this.#keys(node.body)
        break
      case 'JSXOpeningElement':
        this.#keys(node.attributes)
        // `<div>` is no name of the program, and `<motion.div>` is.
        if (node.name.type !== 'JSXIdentifier' || /^[A-Z_$]/.test(node.name.name)) this.visit(node.name)
        for (const each of node.attributes) this.visit(each)
        return
      case 'JSXAttribute':
        if (node.value) this.visit(node.value)
        return
      case 'JSXMemberExpression':
        this.visit(node.object)
        return
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        this.visit(node.object)
        if (node.computed) this.visit(node.property)
        return
      case 'CallExpression':
        this.#call(node)
        break
      case 'ImportExpression':
        this.#add(node.source, true, [])
        break
    }
    this.#within(node)
  }

  /** A node whose own name and parameters are declared, and whose keys are none. */
  #within(node: Node): void {
    const isFunction = 'params' in node && 'body' in node
    const isLater = later.test(node.type)
    if (isLater) this.#branches++
    if ('id' in node && isNode(node.id)) this.declared.add(nameOf(node.id))
    if (isFunction) {
      this.#functions++
      for (const each of node.params as Node[]) this.#declare(each)
    }
    const isKeyed = 'key' in node && !('computed' in node && node.computed)
    for (const [name, value] of Object.entries(node)) {
      if (name === 'id' || name === 'params' || (name === 'key' && isKeyed) || ofTypes.has(name)) continue
      if (Array.isArray(value)) for (const each of value) isNode(each) && this.visit(each)
      else if (isNode(value)) this.visit(value)
    }
    if (isFunction) this.#functions--
    if (isLater) this.#branches--
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

  #use(name: string, start: number): void {
    if (!this.used.has(name)) this.used.set(name, start)
    if (this.#functions + this.#branches === 0 && !this.usedAtOnce.has(name)) this.usedAtOnce.set(name, start)
  }

  /** The names of a pattern; what stands for a part that is missing is read. */
  #declare(node: Node, into: Set<string> = this.declared): void {
    switch (node.type) {
      case 'Identifier':
        into.add(node.name)
        return
      case 'TSParameterProperty':
        this.#declare(node.parameter, into)
        return
      case 'RestElement':
        this.#declare(node.argument, into)
        return
      case 'AssignmentPattern':
        this.#declare(node.left, into)
        this.visit(node.right)
        return
      case 'ArrayPattern':
        for (const each of node.elements) if (each) this.#declare(each, into)
        return
      case 'ObjectPattern':
        for (const each of node.properties) {
          if (each.type === 'RestElement') this.#declare(each, into)
          else {
            if (each.computed) this.visit(each.key)
            this.#declare(each.value, into)
          }
        }
        return
      default:
        this.visit(node)
    }
  }

  #export({declaration, specifiers, source, exportKind}: Extract<Node, {type: 'ExportNamedDeclaration'}>): void {
    for (const {exported} of specifiers) this.exported.add(nameOf(exported))
    if (declaration?.type === 'VariableDeclaration')
      for (const {id} of declaration.declarations) this.#declare(id, this.exported)
    else if (declaration && 'id' in declaration && isNode(declaration.id)) this.exported.add(nameOf(declaration.id))
    if (!source) return
    const takes = specifiers.map((each) => ({
      name: each.type === 'ExportSpecifier' ? nameOf(each.local) : '*',
      local: undefined,
      start: each.start ?? 0,
      isType: exportKind === 'type' || (each.type === 'ExportSpecifier' && each.exportKind === 'type'),
    }))
    if (exportKind !== 'type') this.#add(source, false, takes)
  }

  #import({specifiers, source, importKind}: Extract<Node, {type: 'ImportDeclaration'}>): void {
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
    for (const {local} of takes) this.declared.add(local)
    this.#add(source, false, takes)
  }

  #call({callee, arguments: [first]}: Extract<Node, {type: 'CallExpression'}>): void {
    if (!first) return
    if (callee.type === 'Import') this.#add(first, true, [])
    else if (callee.type === 'Identifier' && callee.name === 'require') this.#add(first, this.#functions > 0, [])
  }

  #add(source: Node, isLate: boolean, takes: readonly TakenName[]): void {
    if (source.type !== 'StringLiteral') return
    this.imports.push({specifier: source.value, start: source.start ?? 0, isLate, takes})
  }

  /** What TypeScript is told to be there: `declare const stripe`, an import by `=`, a function without its body. */
  #ambient(node: Node): void {
    if (!('id' in node) || !isNode(node.id)) return
    this.declared.add(nameOf(node.id))
    if (node.type === 'TSImportEqualsDeclaration' && node.isExport) this.exported.add(nameOf(node.id))
  }
}

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

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
