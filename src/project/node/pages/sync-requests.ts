/**
 * What is taken of a request at once, and Next.js has as a Promise since 15 (the versions 15.5 and 16.4 were tried;
 * nextjs.org/docs/app/guides/upgrading/version-15). The types of a build refuse it, but for pages that Turbopack builds.
 */
import {posix} from 'node:path'
import type {Function as FunctionNode, Node, TSType, TSTypeElement} from '@babel/types'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {askedVersion, nextMaySet, readsNextTypes} from '../output/next-build.ts'
import {moduleNames} from '../source/module-names.ts'
import {parsedModule} from '../source/parsed-module.ts'
import {scopesOf} from '../source/scopes.ts'
import {nodesOf} from '../source/syntax-nodes.ts'

export interface SyncRequest {
  /** `type`: a parameter says that it is none. `call`: what a function hands out is used as if it were none. */
  kind: 'type' | 'call'
  /** `params`, `searchParams`; `cookies`, `headers`, `draftMode`. */
  what: string
  at: FileLocation
  /** `15` */
  version: string
  /** `runtime`: no types tell, and what is read of it is undefined. */
  when: 'build' | 'runtime'
  by: string
  command: FileLocation
}

const versions = /^[~^]?(1[56])\.\d{1,4}\.\d{1,4}$/
const entry = /^(?:src\/)?app\/(?!_)(?!.{0,300}\/_)(?:.{1,300}\/)?(page|layout|route)\.tsx?$/

export async function loadSyncRequests({reader}: Inputs, facts: FactStore): Promise<Fact<SyncRequest[]>> {
  const [programs, files] = await Promise.all([facts.need('tscPrograms'), facts.value('files')])
  const found: SyncRequest[] = []
  for (const {name, command, configs, sources} of programs) {
    if (name !== 'next build') continue
    const origin = posix.dirname(configs[0]?.path ?? '')
    const manifest = await reader.text(posix.join(origin, 'package.json'))
    const [, version] = versions.exec(askedVersion(manifest, 'next') ?? '') ?? []
    if (version === undefined) continue
    const isTurbopack = command.words.some((word) => /^--turbo/.test(word ?? ''))
    const readsTypes = readsNextTypes(configs)
    const mayBeOthers = await nextMaySet(/pageExtensions/, command, {reader, paths: files ?? noFiles})
    for (const file of await reader.texts(sources)) {
      if (/@ts-(?:nocheck|ignore|expect-error)/.test(file.text)) continue
      const [, kind] = mayBeOthers ? [] : (entry.exec(posix.relative(origin, file.path)) ?? [])
      const when = version === '15' || kind !== 'page' ? 'build' : 'runtime'
      // What 15 has as a Promise may still be read at once, and its types are those of webpack.
      const isRefused = readsTypes && !(version === '15' && isTurbopack)
      const typed = kind === undefined || (when === 'build' && !isRefused) ? [] : typedParameters(file, kind)
      const told = typed.filter(({what}) => when === 'build' || !isAwaited(what, file.text))
      const shared = {version, by: command.by ?? name, command: command.at}
      for (const {start, length, ...fault} of told)
        found.push({...fault, ...shared, when, at: file.span(start, start + length)})
      for (const {start, length, ...fault} of usedCalls(file))
        found.push({...fault, ...shared, when: 'build', at: file.span(start, start + length)})
    }
  }
  return known(found)
}

type Found = Pick<SyncRequest, 'kind' | 'what'> & {start: number; length: number}

/** Whatever its type says, it may be waited for: `await params`, `use(props.params)`; of what is only handed on nothing is known. */
const isAwaited = (what: string, text: string): boolean =>
  new RegExp(`\\b(?:await|use)\\b[\\s(]{0,20}(?:\\w{1,100}\\.)?${what}\\b`).test(text) ||
  !new RegExp(`\\b${what}\\.(?!then\\b)\\w|\\}\\s{0,20}=\\s{0,20}(?:\\w{1,100}\\.)?${what}\\s{0,20}[;\\n]`).test(text)

/** The parameters of what a page, a layout or a route handler exports. */
function typedParameters(file: TextFile, kind: string): Found[] {
  if (!/\b(?:params|searchParams)\b/.test(file.text)) return []
  const {tree} = parsedModule(file)
  const declared = new Declared(tree?.program.body ?? [])
  const names = kind === 'route' ? methods : ['default', 'generateMetadata', 'generateViewport']
  const props = kind === 'page' ? ['params', 'searchParams'] : ['params']
  const found = new Map<number, Found>()
  for (const name of names) {
    const type = declared.parameterType(name, kind === 'route' ? 1 : 0)
    for (const what of type ? props : []) {
      const member = declared.member(type, what)
      const isSync = member && declared.isPlain(member.type)
      if (isSync) found.set(member.start, {kind: 'type', what, start: member.start, length: what.length})
    }
  }
  return [...found.values()]
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** The functions and types that a file declares at its top. */
class Declared {
  readonly #functions = new Map<string, FunctionNode>()
  readonly #types = new Map<string, TSType | readonly TSTypeElement[]>()

  constructor(body: readonly Node[]) {
    let standard: string | undefined
    for (const each of body) {
      if (each.type === 'ExportDefaultDeclaration') {
        if (each.declaration.type === 'Identifier') standard = each.declaration.name
        else this.#add('default', each.declaration)
      }
      const node = each.type === 'ExportNamedDeclaration' ? each.declaration : each
      if (node) this.#read(node)
    }
    const named = standard === undefined ? undefined : this.#functions.get(standard)
    if (named) this.#functions.set('default', named)
  }

  #read(node: Node): void {
    if (node.type === 'FunctionDeclaration' && node.id) this.#add(node.id.name, node)
    else if (node.type === 'VariableDeclaration')
      for (const {id, init} of node.declarations) {
        // What is typed itself may take its parameters from there.
        if (id.type === 'Identifier' && !id.typeAnnotation && init) this.#add(id.name, init)
      }
    else if (node.type === 'TSTypeAliasDeclaration' && !node.typeParameters)
      this.#types.set(node.id.name, node.typeAnnotation)
    else if (node.type === 'TSInterfaceDeclaration' && !node.typeParameters)
      this.#types.set(node.id.name, this.#types.has(node.id.name) ? [] : node.body.body)
  }

  #add(name: string, node: Node): void {
    if (
      node.type === 'FunctionDeclaration' ||
      node.type === 'FunctionExpression' ||
      node.type === 'ArrowFunctionExpression'
    )
      this.#functions.set(name, node)
  }

  parameterType(name: string, index: number): TSType | undefined {
    const parameter = this.#functions.get(name)?.params[index]
    if (parameter?.type !== 'ObjectPattern' && parameter?.type !== 'Identifier') return undefined
    const annotation = parameter.typeAnnotation
    return annotation?.type === 'TSTypeAnnotation' ? annotation.typeAnnotation : undefined
  }

  /** What a type says of a property, where it says it itself. */
  member(type: TSType | undefined, name: string): {type: TSType; start: number} | undefined {
    const members = type && this.#members(type)
    for (const each of members ?? []) {
      if (each.type !== 'TSPropertySignature' || each.key.type !== 'Identifier' || each.key.name !== name) continue
      const annotation = each.typeAnnotation?.typeAnnotation
      return annotation && {type: annotation, start: each.start ?? 0}
    }
    return undefined
  }

  /** Whether it is surely no Promise: an object that is written down, or a Record. */
  isPlain(type: TSType): boolean {
    if (type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && !this.#types.has(type.typeName.name))
      return type.typeName.name === 'Record'
    const members = this.#members(type)
    return members !== undefined && !members.some((each) => 'key' in each && nameOf(each.key) === 'then')
  }

  #members(type: TSType, depth = 0): readonly TSTypeElement[] | undefined {
    if (type.type === 'TSTypeLiteral') return type.members
    if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier' || depth > 5) return undefined
    const meant = type.typeParameters ? undefined : this.#types.get(type.typeName.name)
    return meant === undefined || isMembers(meant) ? meant : this.#members(meant, depth + 1)
  }
}

const isMembers = (meant: TSType | readonly TSTypeElement[]): meant is readonly TSTypeElement[] => Array.isArray(meant)
const nameOf = (node: Node): string => (node.type === 'Identifier' ? node.name : '')

/** `cookies().get('session')`; `const list = headers()`, and `list.get(…)` behind it. */
function usedCalls(file: TextFile): Found[] {
  const functions = new Map<string, string>()
  for (const each of file.text.includes('next/headers') ? (moduleNames(file)?.imports ?? []) : []) {
    if (each.specifier !== 'next/headers') continue
    for (const {name, local} of each.takes)
      if (local !== undefined && /^(?:cookies|headers|draftMode)$/.test(name)) functions.set(local, name)
  }
  if (functions.size === 0) return []
  const bindings = scopesOf(file)?.bindings ?? []
  const isOne = (name: string) => bindings.filter((each) => each.name === name).length === 1
  const of = (node: Node | null | undefined): string | undefined =>
    node?.type === 'CallExpression' && node.callee.type === 'Identifier' && isOne(node.callee.name)
      ? functions.get(node.callee.name)
      : undefined
  const held = new Map<string, string>()
  for (const {node} of nodesOf(file, 'VariableDeclarator')) {
    const what = of(node.init)
    if (what !== undefined && node.id.type === 'Identifier' && !node.id.typeAnnotation && isOne(node.id.name))
      held.set(node.id.name, what)
  }
  const found = new Map<string, Found>()
  for (const {node} of nodesOf(file, 'MemberExpression')) {
    const {object, property, computed} = node
    if (computed || /^(?:then|catch|finally)$/.test(nameOf(property))) continue
    const what = object.type === 'Identifier' ? held.get(object.name) : of(object)
    const start = node.start ?? 0
    if (what !== undefined && !found.has(what))
      found.set(what, {kind: 'call', what, start, length: (node.end ?? start) - start})
  }
  return [...found.values()]
}
