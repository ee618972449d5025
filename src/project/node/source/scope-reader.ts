import type {Node} from '@babel/types'
import {patternNames, patternParts} from './patterns.ts'
import {type Binding, type Meaning, Scope, type Use} from './scope.ts'
import {eachPart, isNode} from './syntax-nodes.ts'

type Of<Type extends Node['type']> = Extract<Node, {type: Type}>
type Declared = Partial<Pick<Binding, 'kind' | 'meaning' | 'isPart'>>
type FunctionNode = Of<
  | 'FunctionDeclaration'
  | 'FunctionExpression'
  | 'ArrowFunctionExpression'
  | 'ObjectMethod'
  | 'ClassMethod'
  | 'ClassPrivateMethod'
>

/** What may not run, or not before it is called. */
const later =
  /^(?:If|Switch|Try|For|ForIn|ForOf|While|DoWhile)Statement$|^(?:Conditional|Logical)Expression$|^Class|^Optional|^JSX/
/** What has names of its own. */
const withScope = /^(?:BlockStatement|ForStatement|SwitchStatement|StaticBlock|TSMappedType|TSModuleBlock)$/
/** Types with parameters, whose names are for who reads them. */
const signature =
  /^TS(?:(?:Function|Constructor)Type|(?:Method|Index)Signature|(?:Call|Construct)SignatureDeclaration)$/
/** Names of members, labels and elements, which are none of the program's. */
const nameless = new Set([
  'JSXClosingElement',
  'JSXNamespacedName',
  'BreakStatement',
  'ContinueStatement',
  'MetaProperty',
  'ExportAllDeclaration',
  'TSNamespaceExportDeclaration',
])
const memberKeys = new Set(['key', 'label'])

/** Collects what a module declares and uses; each kind of node that has names of its own has a method called like it. */
export class ScopeReader {
  readonly bindings: Binding[] = []
  readonly uses: Use[] = []
  /** A `with` or an `eval`, which may use any name. */
  usesAny = false
  readonly #isScript: boolean
  readonly #module = new Scope()
  #scope = this.#module
  #condition = this.#module
  #within: readonly Binding[] = []
  #functions = 0
  #branches = 0
  /** In a namespace, or in what is declared for others. */
  #namespaces = 0

  /** @param isScript without import and export: strict mode may be off */
  constructor(isScript: boolean) {
    this.#isScript = isScript
  }

  visit(node: Node | null | undefined): void {
    if (!node || nameless.has(node.type)) return
    const own = this[node.type as keyof this] as ((node: Node) => void) | undefined
    if (own) own.call(this, node)
    else if (signature.test(node.type)) this.#signature(node as Of<'TSMethodSignature'>)
    else if (withScope.test(node.type)) this.#inScope(() => this.#children(node))
    else this.#children(node)
  }

  // What declares names

  ImportDeclaration({specifiers}: Of<'ImportDeclaration'>): void {
    for (const {local} of specifiers) this.#declare(local, {kind: 'import', meaning: 'any'})
  }

  TSImportEqualsDeclaration({id, moduleReference, isExport}: Of<'TSImportEqualsDeclaration'>): void {
    this.#declare(id, {kind: 'import', meaning: 'any'}).isExported ||= isExport ?? false
    if (moduleReference.type !== 'TSExternalModuleReference') this.#entity(moduleReference, 'any')
  }

  VariableDeclaration(node: Of<'VariableDeclaration'>): void {
    this.#variables(node)
  }

  FunctionDeclaration(node: Of<'FunctionDeclaration'>): void {
    this.#function(node, node.id ? this.#named(node.id, 'value') : undefined)
  }

  FunctionExpression(node: Of<'FunctionExpression'>): void {
    this.#inScope(() => {
      if (node.id) this.#declare(node.id, {kind: 'apart', meaning: 'value'})
      this.#function(node)
    })
  }

  ArrowFunctionExpression(node: Of<'ArrowFunctionExpression'>): void {
    this.#function(node)
  }

  ObjectMethod(node: Of<'ObjectMethod'>): void {
    this.#method(node)
  }

  ClassMethod(node: Of<'ClassMethod'>): void {
    this.#method(node)
  }

  ClassPrivateMethod(node: Of<'ClassPrivateMethod'>): void {
    this.#function(node)
  }

  ClassDeclaration(node: Of<'ClassDeclaration'>): void {
    this.#class(node, node.id ? this.#named(node.id, 'any', node.declare) : undefined)
  }

  ClassExpression(node: Of<'ClassExpression'>): void {
    this.#inScope(() => {
      if (node.id) this.#declare(node.id, {kind: 'apart', meaning: 'any'})
      this.#class(node)
    })
  }

  TSDeclareFunction(node: Of<'TSDeclareFunction'>): void {
    if (node.id) this.#named(node.id, 'value', node.declare)
    this.#bodiless(node)
  }

  TSDeclareMethod(node: Of<'TSDeclareMethod'>): void {
    this.#bodiless(node)
  }

  TSTypeAliasDeclaration(node: Of<'TSTypeAliasDeclaration'>): void {
    const own = this.#named(node.id, 'type', node.declare)
    this.#inside(own, () => {
      this.visit(node.typeParameters)
      this.visit(node.typeAnnotation)
    })
  }

  TSInterfaceDeclaration(node: Of<'TSInterfaceDeclaration'>): void {
    const own = this.#named(node.id, 'type', node.declare)
    this.#inside(own, () => this.#all([node.typeParameters, ...(node.extends ?? []), node.body]))
  }

  TSEnumDeclaration(node: Of<'TSEnumDeclaration'>): void {
    const own = this.#named(node.id, 'any', node.declare)
    this.#inside(own, () => {
      // One member may name those before it.
      for (const {id} of node.members) if (id.type === 'Identifier') this.#declare(id, {kind: 'apart'})
      this.#all(node.members.map(({initializer}) => initializer))
    })
  }

  TSModuleDeclaration({id, body}: Of<'TSModuleDeclaration'>): void {
    if (id.type === 'Identifier') this.#declare(id, {kind: 'apart', meaning: 'any'})
    this.#namespaces++
    this.visit(body)
    this.#namespaces--
  }

  TSTypeParameter({name, start, constraint, default: otherwise}: Of<'TSTypeParameter'>): void {
    this.#declareName(name, start ?? 0, {kind: 'apart', meaning: 'type'})
    this.#all([constraint, otherwise])
  }

  /** What `infer` names is there for all of the condition. */
  TSConditionalType(node: Of<'TSConditionalType'>): void {
    const outer = this.#condition
    this.#inScope(() => {
      this.#condition = this.#scope
      this.#children(node)
    })
    this.#condition = outer
  }

  TSInferType({typeParameter: {name, start, constraint}}: Of<'TSInferType'>): void {
    this.#declareName(name, start ?? 0, {kind: 'apart', meaning: 'type'}, this.#condition)
    this.visit(constraint)
  }

  CatchClause({param, body}: Of<'CatchClause'>): void {
    this.#inScope(() => {
      if (param) this.#pattern(param, {kind: 'apart'})
      this.#children(body)
    })
  }

  ForInStatement(node: Of<'ForInStatement'>): void {
    this.#loop(node)
  }

  ForOfStatement(node: Of<'ForOfStatement'>): void {
    this.#loop(node)
  }

  // What exports them

  ExportNamedDeclaration({declaration, specifiers, source}: Of<'ExportNamedDeclaration'>): void {
    if (source) return
    for (const each of specifiers) if (each.type === 'ExportSpecifier') this.#use(each.local, 'any')
    if (declaration) this.#exporting(declaration)
  }

  ExportDefaultDeclaration({declaration}: Of<'ExportDefaultDeclaration'>): void {
    if (declaration.type === 'Identifier') this.#use(declaration, 'any')
    else this.#exporting(declaration)
  }

  TSExportAssignment({expression}: Of<'TSExportAssignment'>): void {
    if (expression.type === 'Identifier') this.#use(expression, 'any')
    else this.visit(expression)
  }

  // What uses them

  Identifier(node: Of<'Identifier'>): void {
    this.#use(node, 'value')
  }

  JSXIdentifier(node: Of<'JSXIdentifier'>): void {
    this.#use(node, 'value')
  }

  JSXOpeningElement({name, attributes, typeParameters}: Of<'JSXOpeningElement'>): void {
    // `<div>` is no name of the program, and `<motion.div>` is.
    if (name.type !== 'JSXIdentifier' || /^[A-Z_$]/.test(name.name)) this.visit(name)
    this.#all([...attributes, typeParameters])
  }

  JSXAttribute({value}: Of<'JSXAttribute'>): void {
    this.visit(value)
  }

  JSXMemberExpression({object}: Of<'JSXMemberExpression'>): void {
    this.visit(object)
  }

  MemberExpression({object, property, computed}: Of<'MemberExpression'>): void {
    this.#all([object, computed ? property : undefined])
  }

  OptionalMemberExpression({object, property, computed}: Of<'OptionalMemberExpression'>): void {
    this.visit(object)
    this.#branches++
    if (computed) this.visit(property)
    this.#branches--
  }

  WithStatement(node: Of<'WithStatement'>): void {
    this.usesAny = true
    this.#children(node)
  }

  CallExpression(node: Of<'CallExpression'>): void {
    if (node.callee.type === 'Identifier' && node.callee.name === 'eval') this.usesAny = true
    this.#children(node)
  }

  UnaryExpression({operator, argument}: Of<'UnaryExpression'>): void {
    // `typeof name` may be asked of any name.
    if (operator === 'typeof' && argument.type === 'Identifier') this.#use(argument, 'value', {mayBeMissing: true})
    else this.visit(argument)
  }

  AssignmentExpression({operator, left, right}: Of<'AssignmentExpression'>): void {
    this.#set(left, operator === '=' ? 'set' : 'both')
    this.visit(right)
  }

  UpdateExpression({argument}: Of<'UpdateExpression'>): void {
    this.#set(argument, 'both')
  }

  TSTypeReference({typeName, typeParameters}: Of<'TSTypeReference'>): void {
    // `as const` is no type.
    if (typeName.type !== 'Identifier' || typeName.name !== 'const') this.#entity(typeName, 'type')
    this.visit(typeParameters)
  }

  TSExpressionWithTypeArguments({expression, typeParameters}: Of<'TSExpressionWithTypeArguments'>): void {
    this.#entity(expression, 'type')
    this.visit(typeParameters)
  }

  TSTypeQuery({exprName, typeParameters}: Of<'TSTypeQuery'>): void {
    if (exprName.type !== 'TSImportType') this.#entity(exprName, 'value')
    this.visit(typeParameters)
  }

  TSImportType({typeParameters}: Of<'TSImportType'>): void {
    this.visit(typeParameters)
  }

  TSTypePredicate({parameterName, typeAnnotation}: Of<'TSTypePredicate'>): void {
    if (parameterName.type === 'Identifier') this.#use(parameterName, 'value', {mayBeMissing: true})
    this.visit(typeAnnotation)
  }

  TSNamedTupleMember({elementType}: Of<'TSNamedTupleMember'>): void {
    this.visit(elementType)
  }

  // How parts are read

  #all(nodes: readonly (Node | null | undefined)[]): void {
    for (const each of nodes) this.visit(each)
  }

  #children(node: Node): void {
    const isLater = later.test(node.type)
    if (isLater) this.#branches++
    const isKeyed = !('computed' in node && node.computed)
    eachPart(node, (part, name) => {
      if (!isKeyed || !memberKeys.has(name)) this.visit(part)
    })
    if (isLater) this.#branches--
  }

  #signature(node: Of<'TSMethodSignature'>): void {
    if (node.computed) this.visit(node.key)
    this.#inScope(() => {
      this.visit(node.typeParameters)
      for (const each of node.parameters) this.#pattern(each, {kind: 'apart'})
      this.visit(node.typeAnnotation)
    })
  }

  /** One of several forms, or an abstract method. */
  #bodiless({params, typeParameters, returnType}: Of<'TSDeclareFunction' | 'TSDeclareMethod'>): void {
    this.#inScope(() => {
      this.visit(typeParameters)
      for (const each of params) this.#pattern(each, {kind: 'apart'})
      this.visit(returnType)
    })
  }

  #method(node: Of<'ObjectMethod' | 'ClassMethod'>): void {
    this.#all([node.computed ? node.key : undefined, ...(node.decorators ?? [])])
    this.#function(node)
  }

  #function({typeParameters, params, returnType, body}: FunctionNode, own?: Binding): void {
    this.#inside(
      own,
      () => {
        this.#functions++
        this.visit(typeParameters)
        for (const each of params) this.#pattern(each, {kind: 'parameter'})
        this.visit(returnType)
        // Its block has no names beside those of the parameters.
        if (body.type === 'BlockStatement') this.#children(body)
        else this.visit(body)
        this.#functions--
      },
      true,
    )
  }

  #class(node: Of<'ClassDeclaration' | 'ClassExpression'>, own?: Binding): void {
    this.#all(node.decorators ?? [])
    this.#inside(own, () => {
      this.#branches++
      this.#all([node.typeParameters, node.superClass, node.superTypeParameters, ...(node.implements ?? []), node.body])
      this.#branches--
    })
  }

  #variables({kind, declarations, declare}: Of<'VariableDeclaration'>, isPart = false): void {
    const scope = kind === 'var' ? this.#scope.outermost : this.#scope
    // What is `using` something is closed at the end.
    const isApart = declare || kind.endsWith('using')
    for (const {id, init} of declarations) {
      this.#pattern(id, {kind: isApart ? 'apart' : 'local', isPart}, scope)
      this.visit(init)
    }
  }

  #loop({left, right, body}: Of<'ForInStatement' | 'ForOfStatement'>): void {
    this.#inScope(() => {
      this.visit(right)
      this.#branches++
      if (left.type === 'VariableDeclaration') this.#variables(left, true)
      else this.#set(left, 'set')
      this.visit(body)
      this.#branches--
    })
  }

  #pattern(pattern: Node, as: Declared, scope = this.#scope): void {
    for (const {node, isName, isTaken, isFree} of patternParts(pattern)) {
      if (!isName) this.visit(node)
      else if (node.type === 'Identifier')
        this.#declare(node, {...as, ...(isTaken && {isPart: true}), ...(isFree && {kind: 'apart'})}, scope)
    }
  }

  #set(pattern: Node, access: Use['access']): void {
    for (const {node, isName} of patternParts(pattern)) {
      if (isName) this.#use(node, 'value', {access})
      else this.visit(node)
    }
  }

  /** `Order`, `Express.Request`: the first name of it is looked up. */
  #entity(node: Node, meaning: Meaning): void {
    if (node.type === 'TSQualifiedName') this.#entity(node.left, 'any')
    else if (node.type === 'MemberExpression') this.#entity(node.object, 'any')
    else this.#use(node, meaning, {isOfType: true})
  }

  #exporting(declaration: Node): void {
    this.visit(declaration)
    const names =
      declaration.type === 'VariableDeclaration'
        ? declaration.declarations.flatMap(({id}) => patternNames(id))
        : 'id' in declaration && isNode(declaration.id) && declaration.id.type === 'Identifier'
          ? [declaration.id.name]
          : []
    for (const name of names) {
      const binding = this.#module.names.get(name)
      if (binding) binding.isExported = true
    }
  }

  #inScope(read: () => void, isFunction = false): void {
    const outer = this.#scope
    this.#scope = new Scope(outer, isFunction)
    read()
    this.#scope = outer
  }

  /** In the scope of a function, a class or a type. */
  #inside(own: Binding | undefined, read: () => void, isFunction = false): void {
    const outer = this.#within
    if (own) this.#within = [...outer, own]
    this.#inScope(read, isFunction)
    this.#within = outer
  }

  /** A function, a class or a type. Without strict mode a function of a block is one of all. */
  #named(id: Of<'Identifier'>, meaning: Meaning, declare?: boolean | null): Binding {
    const own = this.#declare(id, {meaning, ...(declare && {kind: 'apart'})})
    if (this.#isScript) this.#scope.outermost.names.set(id.name, own)
    return own
  }

  #declare({name, start}: Of<'Identifier'>, as: Declared, scope = this.#scope): Binding {
    return this.#declareName(name, start ?? 0, as, scope)
  }

  #declareName(name: string, start: number, as: Declared, scope = this.#scope): Binding {
    const {meaning = 'value', isPart = false} = as
    const kind = this.#namespaces > 0 ? 'apart' : (as.kind ?? 'local')
    const known = scope.names.get(name)
    if (known) {
      // A type and a value of one name are used with one another.
      if (known.meaning !== meaning) known.meaning = 'any'
      if (known.kind !== kind) known.kind = 'apart'
      return known
    }
    const flags = {isExported: false, isRead: false, isValue: false, isSet: false}
    const binding = {name, start, kind, meaning, isPart, ...flags}
    scope.names.set(name, binding)
    this.bindings.push(binding)
    return binding
  }

  #use(node: Node, meaning: Meaning, as: Partial<Pick<Use, 'access' | 'isOfType' | 'mayBeMissing'>> = {}): void {
    // `typeof this` names nothing.
    if (!('name' in node) || typeof node.name !== 'string' || node.name === 'this') return
    const isAtOnce = this.#functions + this.#branches === 0
    const how = {access: 'read' as const, isOfType: false, mayBeMissing: false, ...as}
    const where = {scope: this.#scope, within: this.#within}
    this.uses.push({name: node.name, start: node.start ?? 0, meaning, isAtOnce, ...how, ...where})
  }
}
