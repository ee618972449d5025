import type {Node} from '@babel/types'
import type {TextFile} from '../../text.ts'
import {parsedModule} from './parsed-module.ts'

/** What a module says of names and of other modules, types left out. */
export interface ModuleNames {
  /** Names that its code reads or calls, with the offset of the first place. */
  used: ReadonlyMap<string, number>
  /** Of these, the names that it comes to as soon as it is loaded: in no function, class or branch. */
  usedAtOnce: ReadonlyMap<string, number>
  /** Names that it declares, in whatever block. */
  declared: ReadonlySet<string>
  /** Of these, the functions, classes and values that it exports by a declaration. */
  exported: ReadonlySet<string>
  imports: ModuleImport[]
}

export interface ModuleImport {
  /** `./orders.js`, `express`. */
  specifier: string
  start: number
  /** `import('./a.js')`, or `require` in a function: it may never run. */
  isLate: boolean
  /** The names that it brings; empty where it is run for what it does. */
  names: readonly string[]
}

/** undefined for a file that is no module that can be read. */
export const moduleNames = (file: TextFile): ModuleNames | undefined => file.once(moduleNames, () => namesOf(file))

function namesOf(file: TextFile): ModuleNames | undefined {
  const {tree} = parsedModule(file)
  if (!tree) return undefined
  const reading = new Reading()
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
      case 'ExportNamedDeclaration':
        if (node.source) {
          if (node.exportKind !== 'type') this.#add(node.source, false, [])
          return
        }
        if ('declaration' in node && node.declaration) this.#export(node.declaration)
        break
      case 'ExportSpecifier':
        this.visit(node.local)
        return
      case 'VariableDeclarator':
        this.#declare(node.id)
        if (node.init) this.visit(node.init)
        return
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
      case 'JSXOpeningElement':
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
    if ('id' in node && node.id && typeof node.id === 'object' && 'name' in node.id)
      this.declared.add(String(node.id.name))
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

  #use(name: string, start: number): void {
    if (!this.used.has(name)) this.used.set(name, start)
    if (this.#functions + this.#branches === 0 && !this.usedAtOnce.has(name)) this.usedAtOnce.set(name, start)
  }

  /** The names of a pattern; what stands for a part that is missing is read. */
  #declare(node: Node): void {
    switch (node.type) {
      case 'Identifier':
        this.declared.add(node.name)
        return
      case 'TSParameterProperty':
        this.#declare(node.parameter)
        return
      case 'RestElement':
        this.#declare(node.argument)
        return
      case 'AssignmentPattern':
        this.#declare(node.left)
        this.visit(node.right)
        return
      case 'ArrayPattern':
        for (const each of node.elements) if (each) this.#declare(each)
        return
      case 'ObjectPattern':
        for (const each of node.properties) {
          if (each.type === 'RestElement') this.#declare(each)
          else {
            if (each.computed) this.visit(each.key)
            this.#declare(each.value)
          }
        }
        return
      default:
        this.visit(node)
    }
  }

  #export(node: Node): void {
    const ids =
      node.type === 'VariableDeclaration' ? node.declarations.map(({id}) => id) : 'id' in node ? [node.id] : []
    if (node.type.startsWith('TS') && node.type !== 'TSEnumDeclaration') return
    for (const id of ids) if (isNode(id) && id.type === 'Identifier') this.exported.add(id.name)
  }

  #import(node: Extract<Node, {type: 'ImportDeclaration'}>): void {
    const names = node.specifiers.map(({local}) => local.name)
    for (const each of names) this.declared.add(each)
    const values = node.specifiers.filter((each) => each.type !== 'ImportSpecifier' || each.importKind !== 'type')
    if (node.importKind === 'type' || (names.length > 0 && values.length === 0)) return
    this.#add(
      node.source,
      false,
      values.map(({local}) => local.name),
    )
  }

  #call({callee, arguments: [first]}: Extract<Node, {type: 'CallExpression'}>): void {
    if (!first) return
    if (callee.type === 'Import') this.#add(first, true, [])
    else if (callee.type === 'Identifier' && callee.name === 'require') this.#add(first, this.#functions > 0, [])
  }

  #add(source: Node, isLate: boolean, names: readonly string[]): void {
    if (source.type !== 'StringLiteral') return
    this.imports.push({specifier: source.value, start: source.start ?? 0, isLate, names})
  }

  /** What TypeScript is told to be there: `declare const stripe`, an import by `=`, a function without its body. */
  #ambient(node: Node): void {
    if ('id' in node && node.id && typeof node.id === 'object' && 'name' in node.id)
      this.declared.add(String(node.id.name))
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
