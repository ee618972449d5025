import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../../check.ts'
import {onceOf} from '../../../once.ts'
import type {TextFile} from '../../files/text.ts'
import {readValue} from '../../migrations/read-value.ts'
import type {Value} from '../../migrations/value.ts'
import {children} from '../imports/module-constants.ts'
import {pythonTree} from './tree.ts'

/** One assignment or annotation in the body of a class. */
export interface Attribute {
  name: string
  annotation: string | undefined
  value: Value | undefined
  /** The whole statement. */
  source: string
  at: FileLocation
}

/** A class at the top level of a file that has bases. */
export interface ClassBody {
  name: string
  /** As they are written: `Base`, `db.Model`, `SQLModel`. */
  bases: string[]
  keywords: ReadonlyMap<string, string>
  at: FileLocation
  attributes: Attribute[]
  text: string
  /** The statements of its body. */
  statements: SyntaxNode[]
}

/** Those of a file, in its order. Decorated ones are left out: a decorator may make something else of them. */
export const classBodies = onceOf((file: TextFile): ClassBody[] => {
  const source = ({from, to}: SyntaxNode) => file.text.slice(from, to)
  const names = new Map<string, Value>()
  return children(pythonTree(file.text).topNode).flatMap((node) => {
    const [name, list, body] = ['VariableName', 'ArgList', 'Body'].map((part) => node.getChild(part))
    if (node.name !== 'ClassDefinition' || !name || !list || !body) return []
    const statements = children(body)
    const attributes = statements.flatMap((each) => attributeOf(each))
    return [
      {
        name: source(name),
        ...argumentsOf(list),
        at: file.span(name.from, name.to),
        attributes,
        text: source(node),
        statements,
      },
    ]
  })

  function argumentsOf(list: SyntaxNode): Pick<ClassBody, 'bases' | 'keywords'> {
    const parts = children(list).filter(({name}) => !/^[(),]$|^Comment$/.test(name))
    const bases: string[] = []
    const keywords = new Map<string, string>()
    for (let index = 0; index < parts.length; index++) {
      const [part, next, value] = parts.slice(index, index + 3)
      if (part && next?.name === 'AssignOp' && value) {
        keywords.set(source(part), source(value))
        index += 2
      } else if (part) bases.push(source(part))
    }
    return {bases, keywords}
  }

  function attributeOf(node: SyntaxNode): Attribute[] {
    const [target, ...rest] = children(node)
    if (node.name !== 'AssignStatement' || target?.name !== 'VariableName') return []
    const type = rest[0]?.name === 'TypeDef' ? rest.shift() : undefined
    const [operator, value, ...more] = rest
    if (more.length > 0 || (operator && operator.name !== 'AssignOp')) return []
    const annotation =
      type &&
      source(type)
        .slice(1)
        .trim()
        .replace(/^["']|["']$/g, '')
    return [
      {
        name: source(target),
        annotation,
        value: value && readValue(file, value, names),
        source: source(node),
        at: file.span(target.from, target.to),
      },
    ]
  }
})
