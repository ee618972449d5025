import type {SyntaxNode} from '@lezer/common'
import type {TextFile} from '../../files/text.ts'
import {pythonTree} from './tree.ts'

/** A function that slowapi limits, and that has no argument by the name that slowapi looks for. */
export interface LimitedRoute {
  name: string
  start: number
  end: number
}

const own = /^(\w{1,100})\s{0,20}(?::[^=\n]{1,100})?=\s{0,20}Limiter\(/gm
const imports = /^from[ \t]+[.\w]{0,200}?(\w+)[ \t]+import[ \t]+(?:\(([^)]{0,1000})\)|([^\n(]{1,500}))/gm

/** Which names of which modules are limiters of slowapi: `ratelimit.limiter`. Of two modules by one name each has it. */
export function limitersOf(files: readonly TextFile[], all: readonly string[]): Set<string> {
  const names = files.map(({path, text}) => ({module: moduleOf(path), own: ownLimiters(text)}))
  const isSure = (module: string, name: string) =>
    all.filter((path) => moduleOf(path) === module).length ===
    names.filter((each) => each.module === module && each.own.includes(name)).length
  return new Set(
    names.flatMap(({module, own}) => own.filter((name) => isSure(module, name)).map((name) => `${module}.${name}`)),
  )
}

const ownLimiters = (source: string): string[] =>
  /^from[ \t]+slowapi(?:\.extension)?[ \t]+import\b[^\n]{0,200}\bLimiter\b/m.test(source)
    ? [...source.matchAll(own)].map(([, name = '']) => name)
    : []

/** The last part of the name by which it is imported. */
const moduleOf = (path: string): string =>
  path
    .replace(/(?:\/__init__)?\.py$/, '')
    .split('/')
    .at(-1) ?? ''

/** Those at the top level of a module: slowapi looks at them when it is imported. */
export function limitedRoutes(source: string, limiters: ReadonlySet<string>): LimitedRoute[] {
  const names = new Set(ownLimiters(source))
  for (const [, module = '', several, one = ''] of source.matchAll(imports)) {
    for (const name of (several ?? one).split(',').map((each) => each.replace(/#.*/, '').trim())) {
      if (limiters.has(`${module}.${name}`)) names.add(name)
    }
  }
  if (names.size === 0) return []
  const text = ({from, to}: {from: number; to: number}) => source.slice(from, to)
  return pythonTree(source)
    .topNode.getChildren('DecoratedStatement')
    .flatMap((node) => limitedRoute(node) ?? [])

  function limitedRoute(node: SyntaxNode): LimitedRoute | undefined {
    const definition = node.getChild('FunctionDefinition')
    // What stands between may give the function other arguments.
    const last = node.getChildren('Decorator').at(-1)
    const [limiter, method] = last?.getChildren('VariableName').map(text) ?? []
    const list = definition?.getChild('ParamList')
    if (!definition || !last || !list || !names.has(limiter ?? '') || !/^(?:shared_)?limit$/.test(method ?? '')) return
    if (!last.getChild('ArgList') || /\b(?:request|websocket)\b/.test(text(list))) return
    return {
      name: text(definition.getChild('VariableName') ?? definition),
      start: last.from,
      end: last.from + text(last).trimEnd().length,
    }
  }
}
