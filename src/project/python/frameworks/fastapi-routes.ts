/** What FastAPI refuses of the routes of a module while it is imported (fastapi/routing.py, dependencies/utils.py). */
import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../../check.ts'
import type {TextFile} from '../../files/text.ts'
import {boundImports} from '../imports/bound-imports.ts'
import {children} from '../imports/module-constants.ts'
import {pythonTree} from '../source/tree.ts'
import type {ModuleFault} from './module-fault.ts'

/** What the rest of the project tells: whether an imported class has a table of SQLAlchemy, a function is a generator, a name is a module without routes. */
export interface Imported {
  isMapped(name: string): boolean
  yields(name: string): boolean
  /** The file that defines a name, and the name that it has there. */
  definition(name: string): {file: TextFile; name: string} | undefined
  /** The file of a module that has nothing called `routes`. */
  plainModule(name: string): string | undefined
}

const sessions = /^sqlalchemy\.(?:orm|ext\.asyncio)\.(?:\w+\.)?(?:Async)?Session$/

const verb = /^(?:get|post|put|patch|delete|head|options|api_route)$/

export function routeFaults(file: TextFile, imported: Imported): ModuleFault[] {
  if (!/\bfastapi\b/.test(file.text)) return []
  const bound = boundImports(file.text)
  const source = ({from, to}: SyntaxNode) => file.text.slice(from, to)
  const isOf = (name: string, wanted: RegExp) => wanted.test(bound.get(name) ?? '')
  const routers = new Set(
    [...file.text.matchAll(/^(\w{1,80})\s{0,9}(?::\s{0,9}\w{1,80}\s{0,9})?=\s{0,9}(?:FastAPI|APIRouter)\(/gm)].map(
      ([, name = '']) => name,
    ),
  )
  if (!['FastAPI', 'APIRouter'].some((each) => isOf(each, /^fastapi\.(?:\w+\.)?(?:FastAPI|APIRouter)$/))) return []
  return children(pythonTree(file.text).topNode).flatMap((node) => {
    if (node.name === 'DecoratedStatement') return routeOf(node)
    if (node.name === 'AssignStatement' || node.name === 'ExpressionStatement')
      return [...prefixFaults(node), ...includeFaults(node)]
    return []
  })

  function routeOf(node: SyntaxNode): ModuleFault[] {
    const definition = node.getChild('FunctionDefinition')
    const list = definition?.getChild('ParamList')
    const route = node.getChildren('Decorator').find((decorator) => {
      const [owner, method] = decorator.getChildren('VariableName').map(source)
      return routers.has(owner ?? '') && verb.test(method ?? '')
    })
    if (!definition || !list || !route) return []
    const name = source(definition.getChild('VariableName') ?? definition)
    return [...parameterFaults(name, list), ...dependencyFaults(name, list), ...responseFaults(name, route, definition)]
  }

  /** FastAPI asks for the arguments of a dependency as for those of the route. */
  function dependencyFaults(route: string, list: SyntaxNode): ModuleFault[] {
    const written = source(list).replace(/#[^\n]*/g, '')
    return [...written.matchAll(/\b(\w{1,100})\(\s{0,20}(\w{1,100})\s{0,20}[,)]/g)].flatMap(
      ([, call = '', name = '']) => {
        const found = isOf(call, /^fastapi\.(?:\w+\.)?(?:Depends|Security)$/) ? imported.definition(name) : undefined
        const session = found && bareSession(found.file, found.name)
        return session
          ? {
              message: `${found.name}, on which ${route} depends, takes ${session.name}: ${session.type} without Depends(…), and FastAPI makes a field of it`,
              error:
                'FastAPIError: Invalid args for response field! Hint: check that it is a valid Pydantic field type',
              cure: `Write ${session.name}: ${session.type} = Depends(…), with the function that makes the session.`,
              at: session.at,
            }
          : []
      },
    )
  }

  function parameterFaults(name: string, list: SyntaxNode): ModuleFault[] {
    const parts = children(list)
    return parts.flatMap((part, index) => {
      const type = parts[index + 1]
      if (part.name !== 'VariableName') return []
      const value = parts[index + (type?.name === 'TypeDef' ? 3 : 2)]
      const operator = parts[index + (type?.name === 'TypeDef' ? 2 : 1)]
      const written = operator?.name === 'AssignOp' && value ? source(value) : undefined
      const called = /^(\w+)\(\s{0,9}(\w+)\(\s{0,9}\)\s{0,9}\)$/.exec(written ?? '')
      if (called && isOf(called[1] as string, /^fastapi\.Depends$/) && imported.yields(called[2] as string))
        return {
          message: `${name} depends on ${called[2]}(), the call, and not on the function`,
          error: 'TypeError: a generator is not a callable object',
          cure: `Write Depends(${called[2]}).`,
          at: file.span(part.from, value?.to ?? part.to),
        }
      if (type?.name !== 'TypeDef' || (written !== undefined && written !== 'None')) return []
      const annotation = source(type)
        .slice(1)
        .trim()
        .replace(/\s{0,9}\|\s{0,9}None$|^Optional\[(\w+)\]$/, '$1')
      const isSession = /^\w+$/.test(annotation) && isOf(annotation, sessions)
      if (!isSession && !(/^\w+$/.test(annotation) && imported.isMapped(annotation))) return []
      return {
        message: `${name} takes ${source(part)}: ${annotation} without Depends(…), and FastAPI makes a field of it`,
        error: 'FastAPIError: Invalid args for response field! Hint: check that it is a valid Pydantic field type',
        cure: isSession
          ? `Write ${source(part)}: ${annotation} = Depends(…), with the function that makes the session.`
          : `Take a model of pydantic in the place of ${annotation}, which is a table.`,
        at: file.span(part.from, type.to),
      }
    })
  }

  function responseFaults(name: string, route: SyntaxNode, definition: SyntaxNode): ModuleFault[] {
    const text = source(route)
    const [, given] =
      /\bresponse_model\s{0,9}=\s{0,9}([\w.[\], |]{1,100}?)\s{0,9}(?=[,)]\s|,\s{0,9}\w+\s{0,9}=|\)\s{0,20}$)/.exec(
        text,
      ) ?? []
    const arrow = definition.getChild('TypeDef')
    const returned = arrow && source(arrow).startsWith('->') ? source(arrow).slice(2).trim() : undefined
    const type = /\bresponse_model\b/.test(text) ? given : /\bresponse_class\b/.test(text) ? undefined : returned
    const inner = /^(?:(?:Optional|List|list|Sequence|typing\.List)\[)?(\w+)\]?(?:\s{0,9}\|\s{0,9}None)?$/.exec(
      type ?? '',
    )?.[1]
    if (inner === undefined || !imported.isMapped(inner)) return []
    return [
      {
        message: `${name} answers with ${inner}, which is a table of SQLAlchemy and no model of pydantic`,
        error: 'FastAPIError: Invalid args for response field! Hint: check that it is a valid Pydantic field type',
        cure: 'Name a model of pydantic as its response_model, or write response_model=None.',
        at: file.span(route.from, route.from + text.trimEnd().length),
      },
    ]
  }

  /** `APIRouter(prefix="users")`, `app.include_router(router, prefix="/api/")`. */
  function prefixFaults(node: SyntaxNode): ModuleFault[] {
    const text = source(node)
    const isRouter = /^\w+\s{0,9}(?::\s{0,9}\w+\s{0,9})?=\s{0,9}APIRouter\(/.test(text)
    const isIncluded = routers.has(/^(\w+)\.include_router\(/.exec(text)?.[1] ?? '')
    const [, prefix] =
      (isRouter || isIncluded ? /\bprefix\s{0,9}=\s{0,9}["']([^"'\n{]{1,200})["']\s{0,9}[,)]/.exec(text) : undefined) ??
      []
    if (prefix === undefined || (prefix.startsWith('/') && !prefix.endsWith('/'))) return []
    const rule = prefix.startsWith('/')
      ? "must not end with '/', as the routes will start with '/'"
      : "must start with '/'"
    const right = `/${prefix.replace(/^\/+|\/+$/g, '')}`
    return [
      {
        message: `the prefix of the router is "${prefix}"`,
        error: `AssertionError: A path prefix ${rule}`,
        cure: right === '/' ? 'Leave the prefix out.' : `Write prefix="${right}".`,
        at: file.span(node.from, node.to),
      },
    ]
  }

  /** `app.include_router(users)` of a module. */
  function includeFaults(node: SyntaxNode): ModuleFault[] {
    const [, owner = '', name = ''] = /^(\w+)\.include_router\(\s{0,20}(\w+)\s{0,20}[,)]/.exec(source(node)) ?? []
    const module = routers.has(owner) ? imported.plainModule(name) : undefined
    return module === undefined
      ? []
      : [
          {
            message: `include_router is given ${name}, which is the module ${module}`,
            error: "AttributeError: the module has no attribute 'routes'",
            cure: `Write ${owner}.include_router(${name}.router).`,
            at: file.span(node.from, node.to),
          },
        ]
  }
}

/** The first argument of a function that is a session of SQLAlchemy by its type, and has no default. */
function bareSession(file: TextFile, name: string): {name: string; type: string; at: FileLocation} | undefined {
  const bound = boundImports(file.text)
  const source = ({from, to}: SyntaxNode) => file.text.slice(from, to)
  const definitions = children(pythonTree(file.text).topNode).filter(
    (node) => node.name === 'FunctionDefinition' && source(node.getChild('VariableName') ?? node) === name,
  )
  const [list, ...others] = definitions.map((node) => node.getChild('ParamList'))
  if (!list || others.length > 0) return undefined
  const parts = children(list)
  for (const [index, part] of parts.entries()) {
    const type = parts[index + 1]
    if (part.name !== 'VariableName' || type?.name !== 'TypeDef' || parts[index + 2]?.name === 'AssignOp') continue
    const annotation = source(type).slice(1).trim()
    if (/^\w+$/.test(annotation) && sessions.test(bound.get(annotation) ?? ''))
      return {name: source(part), type: annotation, at: file.span(part.from, type.to)}
  }
  return undefined
}
