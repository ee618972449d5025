/** What Flask refuses of the routes of a module while it is imported, or when the application takes them (flask/sansio/app.py, scaffold.py). */
import type {SyntaxNode} from '@lezer/common'
import type {TextFile} from '../../files/text.ts'
import {children} from '../imports/module-constants.ts'
import {pythonTree} from '../source/tree.ts'
import type {ModuleFault} from './module-fault.ts'

/** Decorators that Flask 2.3 took out. */
const gone = /^(?:before_first_request|before_app_first_request)$/
const verb = /^(?:route|get|post|put|patch|delete)$/

/** `isSecond`: Flask 2.3 or later is installed. */
export function flaskFaults(file: TextFile, isSecond: boolean): ModuleFault[] {
  if (!/\bflask\b/.test(file.text)) return []
  const source = ({from, to}: SyntaxNode) => file.text.slice(from, to)
  const owners = new Map(
    [
      ...file.text.matchAll(/^(\w{1,80})\s{0,9}(?::\s{0,9}\w{1,80}\s{0,9})?=\s{0,9}(?:flask\.)?(Flask|Blueprint)\(/gm),
    ].map(([, name = '', kind = '']) => [name, kind]),
  )
  const routes = new Map<string, SyntaxNode>()
  const found: ModuleFault[] = []
  for (const node of children(pythonTree(file.text).topNode)) {
    const definition = node.name === 'DecoratedStatement' ? node.getChild('FunctionDefinition') : null
    if (!definition) continue
    const name = source(definition.getChild('VariableName') ?? definition)
    for (const decorator of node.getChildren('Decorator')) {
      const [owner = '', method = ''] = decorator.getChildren('VariableName').map(source)
      if (!owners.has(owner)) continue
      const at = file.span(decorator.from, decorator.from + source(decorator).trimEnd().length)
      if (gone.test(method) && isSecond)
        found.push({
          message: `${owner}.${method} is gone since Flask 2.3`,
          error: `AttributeError: '${owners.get(owner)}' object has no attribute '${method}'`,
          cure: 'Do it where the app is made: with app.app_context(): …',
          at,
        })
      if (!verb.test(method) || /\bendpoint\s{0,9}=/.test(source(decorator))) continue
      const key = `${owner}.${name}`
      const before = routes.get(key)
      // Two routes of one function are no two functions.
      if (before && before.from !== node.from)
        found.push({
          message: `${name} is a route of ${owner} in line ${file.position(before.from).line} already`,
          error: `AssertionError: View function mapping is overwriting an existing endpoint function: ${name}`,
          cure: 'Give one of the two functions another name.',
          at,
        })
      routes.set(key, node)
    }
  }
  return found
}
