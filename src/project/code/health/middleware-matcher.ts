/** The paths that the middleware of Next.js is for: `export const config = {matcher: …}`. */
import type {Node, Statement} from '@babel/types'

/** Whether it surely is for a path: without a matcher for each, and else where one of the forms that are known says so. */
export function mayMatch(body: readonly Statement[], path: string): boolean {
  const exported = body.filter((each) => each.type === 'ExportNamedDeclaration')
  // `export {config} from './matcher'`
  if (exported.some(({specifiers}) => specifiers.length > 0)) return false
  const config = exported
    .flatMap(({declaration}) => (declaration?.type === 'VariableDeclaration' ? declaration.declarations : []))
    .find(({id}) => id.type === 'Identifier' && id.name === 'config')
  if (!config) return true
  const {init} = config
  if (init?.type !== 'ObjectExpression') return false
  const matcher = init.properties.find((each) => 'key' in each && nameOf(each.key) === 'matcher')
  if (!matcher) return init.properties.every((each) => each.type === 'ObjectProperty')
  const value = matcher.type === 'ObjectProperty' ? matcher.value : undefined
  const patterns = value?.type === 'ArrayExpression' ? value.elements : [value]
  return patterns.some((each) => each?.type === 'StringLiteral' && matches(each.value, path))
}

const nameOf = (node: Node): string =>
  node.type === 'Identifier' ? node.name : node.type === 'StringLiteral' ? node.value : ''

/** `/admin`, `/admin/:path*`, `/((?!api|_next/static|.*\\.png$).*)`: of other patterns it is not told. */
function matches(pattern: string, path: string): boolean {
  if (pattern === path || pattern === '/:path*' || pattern === '/(.*)') return true
  const [, folder] = /^((?:\/[\w-]{1,100}){1,9})\/:\w{1,50}\*$/.exec(pattern) ?? []
  if (folder !== undefined) return path === folder || path.startsWith(`${folder}/`)
  // Few stars, and none within brackets: no text makes it slow.
  const [, not] = /^\/\(\(\?!([\w/.|\\$*-]{1,300})\)\.\*\)$/.exec(pattern) ?? []
  if (not === undefined || not.split('*').length > 9 || path.length > 100 || path === '/') return false
  return not.split('|').every((each) => !excludes(each, path.slice(1)))
}

/** Whether one of the alternatives after `?!` fits the beginning of a path. */
function excludes(alternative: string, path: string): boolean {
  try {
    return new RegExp(`^(?:${alternative})`).test(path)
  } catch {
    return true
  }
}
