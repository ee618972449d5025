/** Guards of NestJS by which a route answers 401 to whoever brings no token (docs.nestjs.com/recipes/passport). */
import type {ClassDeclaration, Decorator, Node} from '@babel/types'
import type {FileLocation} from '../../../check.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {TextFile} from '../../files/text.ts'
import {nodesOf} from '../../node/source/syntax-nodes.ts'

interface NestGuard {
  guard: string
  at: FileLocation
  cure: string
}

/** A class that hands each request to passport: without a token it is refused. */
interface TokenGuard {
  name: string
  /** It lets routes pass that are marked by a decorator of the project. */
  hasMarks: boolean
}

/** What a route can have that marks nothing for a guard: decorators of Nest's own packages. */
const plain =
  /^(?:Controller|Get|Head|All|HealthCheck|HttpCode|Header|Redirect|Version|UseGuards|UseInterceptors|UseFilters|UsePipes|SkipThrottle|Throttle|CacheTTL|CacheKey|Api\w+|Injectable)$/
/** A guard that asks which path, or where it runs, is not known here. */
const looksAtMore = /\b(?:request|req|url|path|method|process|config\w*|env)\b/i

export function nestGuard(files: readonly TextFile[], route: FileLocation): NestGuard | undefined {
  const guards = files.flatMap(tokenGuardsIn)
  const file = files.find(({path}) => path === route.file)
  const start = file?.startOf(route)
  const placed = file ? nodesOf(file, 'ClassDeclaration') : []
  const owner = placed.find(
    ({node}) => start !== undefined && (node.start ?? 0) <= start && start < (node.end ?? 0),
  )?.node
  const method = owner?.body.body.find(
    (each) => 'decorators' in each && each.decorators?.some((one) => one.start === start),
  )
  if (!file || !owner || !method || !('decorators' in method)) return undefined
  const decorators = [...(owner.decorators ?? []), ...(method.decorators ?? [])]
  const isMarked = decorators.some((each) => !plain.test(nameOf(each)))
  const own = guardNamed(decorators, guards)
  const other = own ? undefined : globalGuard(files, guards)
  const found = own?.guard ?? other?.guard
  if (!found || (found.hasMarks && isMarked)) return undefined
  if (own)
    return {
      guard: `@UseGuards(${found.name})`,
      at: file.span(own.node.start ?? 0, own.node.end ?? 0),
      cure: `Take the guard from the route of the check, or give the check a controller of its own.`,
    }
  return {
    guard: `${found.name}, which guards all routes,`,
    at: other?.at ?? {file: file.path},
    cure: found.hasMarks
      ? `Mark the route of the check with the decorator by which ${found.name} lets others pass, such as @Public().`
      : `Let ${found.name} pass the route of the check: by a decorator such as @Public() that it asks for (Reflector), or use it with @UseGuards at the controllers that need it.`,
  }
}

const nameOf = ({expression}: Decorator): string => {
  const callee = expression.type === 'CallExpression' ? expression.callee : expression
  return callee.type === 'Identifier' ? callee.name : ''
}

function guardNamed(
  decorators: readonly Decorator[],
  guards: readonly TokenGuard[],
): {guard: TokenGuard; node: Decorator} | undefined {
  for (const node of decorators) {
    const {expression} = node
    if (nameOf(node) !== 'UseGuards' || expression.type !== 'CallExpression') continue
    for (const each of expression.arguments) {
      const guard = each.type === 'Identifier' ? guards.find(({name}) => name === each.name) : undefined
      if (guard) return {guard, node}
      if (asksToken(each)) return {guard: {name: 'AuthGuard', hasMarks: false}, node}
    }
  }
  return undefined
}

/** `{provide: APP_GUARD, useClass: JwtAuthGuard}`, `app.useGlobalGuards(new JwtAuthGuard(reflector))`. */
function globalGuard(
  files: readonly TextFile[],
  guards: readonly TokenGuard[],
): {guard: TokenGuard; at: FileLocation} | undefined {
  for (const guard of guards) {
    const name = escapePattern(guard.name)
    const pattern = new RegExp(
      `\\bprovide:\\s{0,20}APP_GUARD,\\s{0,50}use(?:Class|Existing):\\s{0,20}${name}\\b|\\.useGlobalGuards\\(\\s{0,50}new\\s{1,9}${name}\\b`,
    )
    for (const file of files) {
      const match = pattern.exec(withoutLineComments(file.text))
      if (match) return {guard, at: file.span(match.index, match.index + match[0].length)}
    }
  }
  return undefined
}

const withoutLineComments = (text: string): string =>
  text.replace(/^[ \t]{0,40}\/\/[^\n]*/gm, (line) => ' '.repeat(line.length))

/** `class JwtAuthGuard extends AuthGuard('jwt')`: as passport does it, or but for marked routes. */
function tokenGuardsIn(file: TextFile): TokenGuard[] {
  if (!/@nestjs\/passport/.test(file.text)) return []
  return nodesOf(file, 'ClassDeclaration').flatMap(({node}): TokenGuard[] => {
    const {id, superClass, body} = node
    if (!id || !superClass || !asksToken(superClass)) return []
    const names = methodsOf(node)
    if (names.length === 0) return [{name: id.name, hasMarks: false}]
    const text = file.text.slice(body.start ?? 0, body.end ?? 0)
    const asksMarks =
      names.length === 1 &&
      names[0] === 'canActivate' &&
      /\breflector\b/.test(text) &&
      /\bsuper\.canActivate\(/.test(text) &&
      !looksAtMore.test(text)
    return asksMarks ? [{name: id.name, hasMarks: true}] : []
  })
}

const methodsOf = ({body}: ClassDeclaration): string[] =>
  body.body.flatMap((each) =>
    each.type === 'ClassMethod' && each.kind === 'method' && each.key.type === 'Identifier' ? each.key.name : [],
  )

/** `AuthGuard('jwt')` */
const asksToken = (node: Node): boolean =>
  node.type === 'CallExpression' &&
  node.callee.type === 'Identifier' &&
  node.callee.name === 'AuthGuard' &&
  isStrategy(node.arguments[0])

/** One that is named, and not that which lets everybody pass. */
const isStrategy = (node: {type: string; value?: unknown} | undefined): boolean =>
  node?.type === 'StringLiteral' &&
  typeof node.value === 'string' &&
  !/anonym|optional|local|google|github|oauth/i.test(node.value)
