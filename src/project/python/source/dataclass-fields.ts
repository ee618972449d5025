/** Fields that `@dataclass` refuses as it makes the class (Lib/dataclasses.py, _get_field and _init_fn). */
import type {SyntaxNode} from '@lezer/common'
import type {TextFile} from '../../files/text.ts'
import type {ModuleFault} from '../frameworks/module-fault.ts'
import {boundImports} from '../imports/bound-imports.ts'
import {children} from '../imports/module-constants.ts'
import {isWhole, pythonTree} from './tree.ts'

interface Field {
  name: SyntaxNode
  type: string
  value: SyntaxNode | undefined
}

/** Those of classes at the top level, which are made as the module is imported. */
export function dataclassFaults(file: TextFile): ModuleFault[] {
  if (!/\bdataclasses\b/.test(file.text)) return []
  const tree = pythonTree(file.text)
  if (!isWhole(tree)) return []
  const text = ({from, to}: SyntaxNode) => file.text.slice(from, to)
  const bound = boundImports(file.text)
  return tree.topNode.getChildren('DecoratedStatement').flatMap((node) => {
    const decorators = node.getChildren('Decorator').map((each) => text(each).slice(1).trim())
    const [only, another] = decorators
    const definition = node.getChild('ClassDefinition')
    const body = definition?.getChild('Body')
    const [, called = '', given = ''] = /^([\w.]+)\s*(?:\(([\s\S]*)\))?$/.exec(only ?? '') ?? []
    if (!definition || !body || another !== undefined || !isDataclass(called)) return []
    const fields = fieldsOf(body)
    const hasBases = (definition.getChild('ArgList')?.getChildren('VariableName').length ?? 0) > 0
    const [mutable] = fields.flatMap(mutableFault)
    // A base may have the field already, which keeps its place.
    const order =
      hasBases || /\bkw_only\b|\binit\s*=\s*False/.test(given) ? undefined : orderFault(fields, namesIn(body))
    return [mutable ?? order].filter((each) => each !== undefined)
  })

  function isDataclass(name: string): boolean {
    const [first = '', ...rest] = name.split('.')
    return [bound.get(first), ...rest].join('.') === 'dataclasses.dataclass'
  }

  function fieldsOf(body: SyntaxNode): Field[] {
    return children(body).flatMap((node) => {
      const [name, type, , value] = children(node)
      const isField = node.name === 'AssignStatement' && name?.name === 'VariableName' && type?.name === 'TypeDef'
      return isField ? [{name, type: text(type).slice(1).trim(), value: value ?? undefined}] : []
    })
  }

  /** Lists, dicts and sets; of the calls those that make one. */
  function mutableFault({name, type, value}: Field): ModuleFault[] {
    if (!value || /\bClassVar\b/.test(type)) return []
    const kind = kinds[value.name] ?? /^(list|dict|set)\(\s*\)$/.exec(text(value))?.[1]
    if (kind === undefined) return []
    return [
      {
        message: `${text(name)} has ${text(value).length > 40 ? `a ${kind}` : text(value)} as its default, which all instances would share`,
        error: `ValueError: mutable default <class '${kind}'> for field ${text(name)} is not allowed`,
        cure: `Write ${text(name)}: ${type} = field(default_factory=${kind}).`,
        at: file.span(name.from, name.to),
      },
    ]
  }

  /** Every name that the body sets, as often as it does. */
  function namesIn(body: SyntaxNode): string[] {
    return children(body).flatMap((node) => {
      const inner = node.name === 'DecoratedStatement' ? node.lastChild : node
      const isNamed = /^(?:AssignStatement|FunctionDefinition|ClassDefinition)$/.test(inner?.name ?? '')
      const name = isNamed ? inner?.getChild('VariableName') : undefined
      return name ? [text(name)] : []
    })
  }

  function orderFault(fields: readonly Field[], names: readonly string[]): ModuleFault | undefined {
    // What stands behind `_: KW_ONLY` has its name at every call.
    if (
      fields.some(({type, value}) => /\bKW_ONLY\b/.test(type) || (value && /\b(?:kw_only|init)\s*=/.test(text(value))))
    )
      return undefined
    let before: Field | undefined
    for (const field of fields.filter(({type}) => !/\bClassVar\b/.test(type))) {
      const {name, value} = field
      // One that the body sets again has that as its default, and the place of the first.
      if (names.indexOf(text(name)) !== names.lastIndexOf(text(name))) return undefined
      const isEmpty =
        !value || (/^(?:\w+\.)?field\(/.test(text(value)) && !/\bdefault(?:_factory)?\s*=/.test(text(value)))
      if (isEmpty && before)
        return {
          message: `${text(name)} has no default and stands behind ${text(before.name)}, which has one`,
          error: `TypeError: non-default argument '${text(name)}' follows default argument`,
          cure: `Move ${text(name)} before it, or give it a default.`,
          at: file.span(name.from, name.to),
        }
      if (!isEmpty) before = field
    }
    return undefined
  }
}

/** How the tree calls what is written with brackets. */
const kinds: Readonly<Record<string, string>> = {
  ArrayExpression: 'list',
  DictionaryExpression: 'dict',
  SetExpression: 'set',
  ArrayComprehensionExpression: 'list',
  DictionaryComprehensionExpression: 'dict',
  SetComprehensionExpression: 'set',
}
