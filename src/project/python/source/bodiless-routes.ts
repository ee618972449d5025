import type {SyntaxNode} from '@lezer/common'
import {children} from '../imports/module-constants.ts'
import {pythonTree} from './tree.ts'

/** A route of FastAPI whose status has no body, and that declares one. */
export interface BodilessRoute {
  name: string
  status: string
  /** `response_model=Order`, `-> dict`. */
  declares: string
  /**
   * By what FastAPI takes it for a body: `model` in all versions since 0.43; a `result` since 0.89, when what a function
   * returns became its response model; the word `None` from 0.89 to 0.116, where annotations are texts (fixed by #9425).
   */
  by: 'model' | 'result' | 'none'
  start: number
  end: number
}

const method = /^(?:get|put|post|delete|options|head|patch|trace|api_route)$/
/** fastapi/utils.py, is_body_allowed_for_status_code. */
const statuses = /^(?:(?:\w+\.){0,3}HTTP_)?(204|205|304)(?:_[A-Z_]+)?$/
const named = new Map([
  ['NO_CONTENT', '204'],
  ['RESET_CONTENT', '205'],
  ['NOT_MODIFIED', '304'],
])
/** What surely is data: a class may be a response, which FastAPI takes as it is. */
const data = /^(?:dict|list|tuple|set|str|int|float|bool|bytes|(?:t\.|typing\.)?(?:Dict|List|Tuple|Set))(?:\[|$)/

/** The routes of a module's own apps and routers, at its top level: FastAPI looks at them when the module is imported. */
export function bodilessRoutes(source: string): BodilessRoute[] {
  if (!/\b(?:204|205|304)\b|_(?:204|205|304)_|\b(?:NO_CONTENT|RESET_CONTENT|NOT_MODIFIED)\b/.test(source)) return []
  if (!/^(?:from|import)[ \t]+fastapi\b/m.test(source)) return []
  const areTexts = /^from[ \t]+__future__[ \t]+import[ \t][^\n]{0,200}\bannotations\b/m.test(source)
  const text = ({from, to}: {from: number; to: number}) => source.slice(from, to)
  const isRouter = (name: string) =>
    new RegExp(`^${name}\\s{0,20}(?::[^=\\n]{1,100})?=\\s{0,20}(?:fastapi\\.)?(?:FastAPI|APIRouter)\\(`, 'm').test(
      source,
    )
  return pythonTree(source)
    .topNode.getChildren('DecoratedStatement')
    .flatMap((node) => {
      const definition = node.getChild('FunctionDefinition')
      return definition ? node.getChildren('Decorator').flatMap((each) => routeOf(each, definition) ?? []) : []
    })

  function routeOf(decorator: SyntaxNode, definition: SyntaxNode): BodilessRoute | undefined {
    const [router, verb] = decorator.getChildren('VariableName').map(text)
    const list = decorator.getChild('ArgList')
    if (!router || !verb || !list || !method.test(verb) || !isRouter(router)) return undefined
    const given = keywords(list)
    const written = given.get('status_code')
    const status = written && statusOf(text(written))
    if (!status || text(list).includes('**')) return undefined
    const name = text(definition.getChild('VariableName') ?? definition)
    const model = given.get('response_model')
    const result = definition.getChild('TypeDef')
    if (model) {
      const isNone = /^(?:None|Default\b.*|\w{0,50}Unset\w{0,50})$/s.test(text(model))
      const declares = `response_model=${text(model)}`
      return isNone ? undefined : {name, status, declares, by: 'model', start: model.from, end: model.to}
    }
    const declares = result && text(result).replace(/^->\s*/, '')
    const by = declares === 'None' && areTexts ? 'none' : data.test(declares ?? '') ? 'result' : undefined
    if (!result || !by) return undefined
    return {name, status, declares: `-> ${declares}`, by, start: result.from, end: result.to}
  }

  function keywords(list: SyntaxNode): Map<string, SyntaxNode> {
    const parts = children(list)
    const found = new Map<string, SyntaxNode>()
    for (const [index, each] of parts.entries()) {
      const [operator, value] = parts.slice(index + 1)
      if (each.name === 'VariableName' && operator?.name === 'AssignOp' && value) found.set(text(each), value)
    }
    return found
  }
}

const statusOf = (text: string): string | undefined =>
  statuses.exec(text)?.[1] ?? named.get(/^(?:\w+\.){0,2}HTTPStatus\.([A-Z_]+)$/.exec(text)?.[1] ?? '')
