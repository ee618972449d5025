/**
 * What Next.js refuses of Server Functions: a file with "use server" exports async functions alone, and such a function is
 * async and not of the browser (crates/next-custom-transforms/src/transforms/server_actions.rs and, for what is only known
 * when the file is loaded, action-validate.js; tried with 15.5 and 16.4).
 */
import type {ExportNamedDeclaration, Expression, Function as FunctionNode, Node} from '@babel/types'
import type {TextFile} from '../../files/text.ts'
import {moduleNames} from '../source/module-names.ts'
import {parsedModule} from '../source/parsed-module.ts'
import {nodesOf} from '../source/syntax-nodes.ts'

export interface ActionFault {
  /** `sync`: a function that is not async. `export`: what is exported is none. `inline`: one in a module of the browser. */
  kind: 'sync' | 'export' | 'inline'
  /** `save`, `limit`, `export *`. */
  what: string
  start: number
  length: number
  /** Only the loaded module tells: the build loads it where it makes pages. */
  isLoaded: boolean
}

/** Of a file that the compiler comes to, from the side of the browser or of the server. */
export function actionFaults(file: TextFile, isOfBrowser: boolean): ActionFault[] {
  const {tree} = parsedModule(file)
  if (!tree || !file.text.includes('use server')) return []
  const isWhole = tree.program.directives.some(({value}) => value.value === 'use server')
  const isClient = tree.program.directives.some(({value}) => value.value === 'use client')
  if (isWhole && !isClient) return new Exports(file).faults(tree.program.body)
  return inlineFaults(file, isOfBrowser)
}

/** `async function save() {'use server'; …}` in a component. */
function inlineFaults(file: TextFile, isOfBrowser: boolean): ActionFault[] {
  const kinds = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'] as const
  const actions = kinds.flatMap((kind) => nodesOf(file, kind)).filter(({node}) => isAction(node))
  return actions.flatMap(({node}): ActionFault[] => {
    if (!isOfBrowser && node.async) return []
    const name = 'id' in node ? node.id?.name : undefined
    const start = ('id' in node ? node.id?.start : undefined) ?? node.start ?? 0
    const shown = {what: name ?? 'a function', start, length: name?.length ?? 0, isLoaded: false}
    return [{kind: isOfBrowser ? 'inline' : 'sync', ...shown}]
  })
}

const isAction = ({body}: FunctionNode): boolean =>
  body.type === 'BlockStatement' && body.directives.some(({value}) => value.value === 'use server')

/** What a function or a value of an export is, as far as it can be told. */
type Meaning = Pick<ActionFault, 'kind' | 'isLoaded'> | undefined

const isSync: Meaning = {kind: 'sync', isLoaded: false}
const isNone: Meaning = {kind: 'export', isLoaded: false}
const isNoneLoaded: Meaning = {kind: 'export', isLoaded: true}

class Exports {
  readonly #file: TextFile
  #values: ReadonlyMap<string, Expression> = new Map()

  constructor(file: TextFile) {
    this.#file = file
  }

  faults(body: readonly Node[]): ActionFault[] {
    this.#values = constants(body)
    return body.flatMap((each) => {
      switch (each.type) {
        case 'ExportAllDeclaration':
          return each.exportKind === 'type' ? [] : fault(isNone, 'export *', each.start)
        case 'ExportDefaultDeclaration':
          return this.#byDefault(each.declaration)
        case 'ExportNamedDeclaration':
          return each.exportKind === 'type' ? [] : this.#named(each)
        default:
          return []
      }
    })
  }

  #byDefault(node: Node): ActionFault[] {
    const meaning =
      node.type === 'FunctionDeclaration'
        ? ofFunction(node)
        : node.type === 'ClassDeclaration'
          ? isNone
          : this.#of(node)
    // What a name of another statement holds is asked where that is exported by name.
    return node.type === 'Identifier' ? [] : fault(meaning, 'the default', node.start, 0)
  }

  #named({declaration, specifiers, source, start}: ExportNamedDeclaration): ActionFault[] {
    if (source) {
      const isValue = specifiers.every((each) => each.type === 'ExportSpecifier' && each.exportKind !== 'type')
      return specifiers.length > 0 && isValue ? fault(isNone, `what ${source.value} has`, start, 0) : []
    }
    if (declaration?.type === 'FunctionDeclaration' && declaration.id)
      return fault(ofFunction(declaration), declaration.id.name, declaration.id.start)
    if (declaration?.type === 'ClassDeclaration' && declaration.id && !declaration.declare)
      return fault(isNone, declaration.id.name, declaration.id.start)
    if (declaration?.type === 'VariableDeclaration' && !declaration.declare)
      return declaration.declarations.flatMap(({id, init}) =>
        id.type === 'Identifier' && init ? fault(ofExported(this.#of(init), init), id.name, id.start) : [],
      )
    return specifiers.flatMap((each) => {
      const value = each.type === 'ExportSpecifier' && this.#values.get(each.local.name)
      const meaning = value ? this.#of(value) : undefined
      // Of a function that is exported by its name another message is told, or none.
      return value && meaning?.kind === 'export' && each.type === 'ExportSpecifier' && each.exportKind !== 'type'
        ? fault(isNoneLoaded, each.local.name, each.local.start)
        : []
    })
  }

  #of(written: Node): Meaning {
    const node = bare(written)
    switch (node.type) {
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return ofFunction(node)
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'RegExpLiteral':
      case 'StringLiteral':
      case 'NumericLiteral':
      case 'BooleanLiteral':
      case 'TemplateLiteral':
        return isNoneLoaded
      case 'NewExpression':
        // One that a constructor hands out may be anything; those of the language are objects.
        return node.callee.type === 'Identifier' && /^(?:Map|Set|WeakMap|Date|URL|RegExp)$/.test(node.callee.name)
          ? isNoneLoaded
          : undefined
      case 'CallExpression':
        return this.#isSchema(node) ? isNoneLoaded : undefined
      default:
        return undefined
    }
  }

  /** `z.object({…}).strict()`: an object, whatever it is made of. */
  #isSchema(node: Node): boolean {
    const schemas = new Set(
      moduleNames(this.#file)
        ?.imports.filter(({specifier}) => specifier === 'zod')
        .flatMap(({takes}) => takes.flatMap(({local}) => local ?? [])),
    )
    let each: Node = node
    while (each.type === 'CallExpression' && each.callee.type === 'MemberExpression') {
      const {object, property} = each.callee
      if (
        property.type !== 'Identifier' ||
        !/^(?:object|string|number|enum|array|strict|extend|partial|omit|pick|min|max|optional|refine|trim|email)$/.test(
          property.name,
        )
      )
        return false
      if (object.type === 'Identifier') return schemas.has(object.name)
      each = object
    }
    return false
  }
}

const ofFunction = (node: FunctionNode): Meaning => (node.async ? undefined : isSync)

/** A literal behind `export const` is seen by the compiler, and what must be made only when the file is loaded. */
const ofExported = (meaning: Meaning, value: Expression): Meaning =>
  meaning && /^(?:String|Numeric|Boolean)Literal$/.test(bare(value).type) ? isNone : meaning

/** Without what TypeScript says of its type. */
function bare(node: Node): Node {
  const isTyped = node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression'
  return isTyped || node.type === 'TSNonNullExpression' ? bare(node.expression) : node
}

/** The values of `const` at the top of a file. */
const constants = (body: readonly Node[]): ReadonlyMap<string, Expression> =>
  new Map(
    body.flatMap((each) =>
      each.type === 'VariableDeclaration' && each.kind === 'const'
        ? each.declarations.flatMap(({id, init}) =>
            id.type === 'Identifier' && init ? [[id.name, init] as const] : [],
          )
        : [],
    ),
  )

const fault = (
  meaning: Meaning,
  what: string,
  start: number | null | undefined,
  length = what.length,
): ActionFault[] => (meaning ? [{...meaning, what, start: start ?? 0, length}] : [])
