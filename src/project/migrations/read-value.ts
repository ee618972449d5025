import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'
import {children, stringValue} from '../python/imports/module-constants.ts'
import type {CallValue, Names, Value} from './value.ts'

export function readValue(file: TextFile, node: SyntaxNode, names: Names): Value {
  return read(node)

  function read(node: SyntaxNode): Value {
    const at = file.span(node.from, node.to)
    const text = file.text.slice(node.from, node.to)
    switch (node.name) {
      case 'String':
      case 'ContinuedString': {
        const parts = node.name === 'String' ? [text] : children(node).map(({from, to}) => file.text.slice(from, to))
        const values = parts.map(stringValue)
        return values.every((each) => each.kind === 'string')
          ? {kind: 'text', text: values.map(({value}) => value).join(''), at}
          : {kind: 'unknown', at}
      }
      case 'Boolean':
        return {kind: 'constant', value: text === 'True', at}
      case 'None':
        return {kind: 'constant', value: null, at}
      case 'Number':
        return {kind: 'constant', value: Number(text), at}
      case 'VariableName':
        return names.get(text) ?? {kind: 'name', name: text, at}
      case 'MemberExpression':
        return /^[\w.]+$/.test(text) ? {kind: 'name', name: text, at} : {kind: 'unknown', at}
      case 'ParenthesizedExpression': {
        const inner = children(node)[1]
        return inner ? read(inner) : {kind: 'unknown', at}
      }
      case 'TupleExpression':
      case 'ArrayExpression':
      case 'SetExpression':
        return {kind: 'list', items: parts(node).map(read), at}
      case 'DictionaryExpression':
        return dict(node, at)
      case 'CallExpression':
        return call(node, at)
      default:
        return {kind: 'unknown', at}
    }
  }

  function dict(node: SyntaxNode, at: FileLocation): Value {
    const entries = new Map<string, Value>()
    const inside = children(node).filter(({name}) => !/^[{},]$|^Comment$/.test(name))
    for (let index = 0; index < inside.length; index += 3) {
      const [key, colon, value] = inside.slice(index, index + 3)
      const name = key?.name === 'String' ? read(key) : undefined
      if (name?.kind !== 'text' || colon?.name !== ':' || !value) return {kind: 'unknown', at}
      entries.set(name.text, read(value))
    }
    return {kind: 'dict', entries, at}
  }

  function call(node: SyntaxNode, at: FileLocation): Value {
    const [callee, list] = children(node)
    if (!callee || list?.name !== 'ArgList') return {kind: 'unknown', at}
    const name = file.text.slice(callee.from, callee.to)
    const {args, keywords} = readArguments(file, list, names)
    const owner = callee.name === 'MemberExpression' ? children(callee)[0] : undefined
    const receiver = owner && read(owner)
    return {kind: 'call', name, method: name.split('.').at(-1) as string, receiver, args, keywords, at}
  }
}

/** Those of a call or of a decorator: `list` is what stands in its brackets. */
export function readArguments(file: TextFile, list: SyntaxNode, names: Names): Pick<CallValue, 'args' | 'keywords'> {
  const args: Value[] = []
  const keywords = new Map<string, Value>()
  const inside = children(list).filter(({name}) => !/^[(),]$|^Comment$/.test(name))
  for (let index = 0; index < inside.length; index++) {
    const item = inside[index] as SyntaxNode
    const value = inside[index + 2]
    if (inside[index + 1]?.name === 'AssignOp' && value) {
      keywords.set(file.text.slice(item.from, item.to), readValue(file, value, names))
      index += 2
    } else if (item.name === '*' || item.name === '**') {
      // What is spread out may bring any argument.
      args.push({kind: 'unknown', at: file.span(list.from, list.to)})
      index += 1
    } else args.push(readValue(file, item, names))
  }
  return {args, keywords}
}

const parts = (node: SyntaxNode): SyntaxNode[] =>
  children(node).filter(({name}) => !/^[()[\]{},]$/.test(name) && name !== 'Comment')
