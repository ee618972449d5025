/** The paths that a file gives to Express, and whether its version 5 can read them. */
import type {Node} from '@babel/types'
import type {TextFile} from '../../files/text.ts'
import {parsedModule} from './parsed-module.ts'
import {isNode, spanOf} from './syntax-nodes.ts'

export interface RouteCall {
  /** `app.get`. */
  call: string
  path: string
  start: number
  end: number
  fault: PathFault
  /** It is called as soon as the file is loaded: in no function, no branch and no `try`. */
  isAtOnce: boolean
}

/** `*` or `:` without a name; a character that stands for something else. */
export type PathFault = {kind: 'name' | 'character'; character: string}

const methods = /^(?:get|post|put|patch|delete|head|options|all|use|route)$/

/** The calls whose path Express 5 refuses. */
export function refusedRoutes(file: TextFile): RouteCall[] {
  const {tree} = parsedModule(file)
  if (!tree) return []
  const reading = new Reading()
  try {
    for (const each of tree.program.body) reading.visit(each, true)
  } catch (error) {
    // A sum of thousands of parts is deeper than the stack.
    if (error instanceof RangeError) return []
    throw error
  }
  return reading.calls.flatMap(({app, ...call}) => (reading.apps.has(app) && !reading.others.has(app) ? [call] : []))
}

/**
 * What path-to-regexp 8 throws for a path, undefined for one that it reads: names stand behind `*` and `:`, braces hold what
 * may be missing, and the other characters of patterns are kept for later (its lexer and its parser).
 */
export function pathFault(path: string): PathFault | undefined {
  const characters = [...path]
  let open = 0
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] as string
    if (character === '\\') index++
    else if (character === '*' || character === ':') {
      if (!/^[\p{ID_Start}$_"]/u.test(characters[index + 1] ?? '')) return {kind: 'name', character}
      // What a quoted name holds is no pattern.
      if (characters[index + 1] === '"') index = characters.indexOf('"', index + 2)
      if (index < 0) return undefined
    } else if (character === '{') open++
    else if (character === '}' && open > 0) open--
    else if (/[()[\]+?!}]/.test(character)) return {kind: 'character', character}
  }
  return undefined
}

/** What may not run, or not before it is called. */
const later =
  /^(?:If|Switch|Try|For|ForIn|ForOf|While|DoWhile)Statement$|^(?:Conditional|Logical)Expression$|Function|Method$|^Class/

class Reading {
  /** The names of Express itself and of its Router; those of apps and routers; those that are something else, too. */
  readonly #makers = new Set<string>()
  readonly #types = new Set<string>()
  readonly apps = new Set<string>()
  readonly others = new Set<string>()
  readonly calls: (RouteCall & {app: string})[] = []

  visit(node: Node, isAtOnce: boolean): void {
    if (node.type === 'ImportDeclaration' && node.source.value === 'express') this.#import(node)
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') this.#declare(node.id.name, node.init)
    if ('params' in node && Array.isArray(node.params)) for (const each of node.params) this.#parameter(each)
    if (node.type === 'CallExpression') this.#call(node, isAtOnce)
    const isNow = isAtOnce && !later.test(node.type)
    for (const value of Object.values(node)) {
      for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) this.visit(each, isNow)
    }
  }

  #import(node: Extract<Node, {type: 'ImportDeclaration'}>): void {
    for (const each of node.specifiers) {
      const name = each.type === 'ImportSpecifier' ? nameOf(each.imported) : 'default'
      if (name === 'default' || name === 'Router') this.#makers.add(each.local.name)
      this.#types.add(each.local.name)
    }
  }

  /** `const express = require('express')`, `const app = express()`, `const router = express.Router()`. */
  #declare(name: string, init: Node | null | undefined): void {
    const call = init?.type === 'CallExpression' ? init : undefined
    if (call && isNamed(call.callee, 'require') && isText(call.arguments[0], 'express')) {
      this.#makers.add(name)
      return
    }
    const {callee} = call ?? {}
    const maker = callee?.type === 'MemberExpression' && isNamed(callee.property, 'Router') ? callee.object : callee
    const isMade = maker?.type === 'Identifier' && this.#makers.has(maker.name)
    if (isMade) this.apps.add(name)
    else this.others.add(name)
  }

  /** `app: Express` is one; of another parameter nothing is known. */
  #parameter(parameter: Node): void {
    if (parameter.type !== 'Identifier') return
    const annotation = parameter.typeAnnotation
    const type = annotation?.type === 'TSTypeAnnotation' ? annotation.typeAnnotation : undefined
    const name = type?.type === 'TSTypeReference' ? type.typeName : undefined
    const [whole, own] = name?.type === 'TSQualifiedName' ? [name.left, name.right] : [name, name]
    const isApp =
      whole?.type === 'Identifier' &&
      this.#types.has(whole.name) &&
      own?.type === 'Identifier' &&
      /^(?:Express|Application|Router|IRouter)$/.test(own.name)
    if (isApp) this.apps.add(parameter.name)
    else this.others.add(parameter.name)
  }

  #call({callee, arguments: given}: Extract<Node, {type: 'CallExpression'}>, isAtOnce: boolean): void {
    if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier') return
    const app = callee.object.name
    const method = nameOf(callee.property)
    const [first] = given
    // `app.get('name')` asks for a setting.
    if (!methods.test(method) || !first || (given.length < 2 && method !== 'route')) return
    for (const each of first.type === 'ArrayExpression' ? first.elements : [first]) {
      const path = each && textOf(each)
      const fault = path === undefined || path === null ? undefined : pathFault(path)
      if (!each || typeof path !== 'string' || !fault) continue
      this.calls.push({app, call: `${app}.${method}`, path, ...spanOf(each), fault, isAtOnce})
    }
  }
}

const nameOf = (node: Node): string =>
  node.type === 'Identifier' ? node.name : node.type === 'StringLiteral' ? node.value : ''

const isNamed = (node: Node, name: string): boolean => node.type === 'Identifier' && node.name === name

const isText = (node: Node | undefined, text: string): boolean => node !== undefined && textOf(node) === text

function textOf(node: Node): string | undefined {
  if (node.type === 'StringLiteral') return node.value
  const [part] = node.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis : []
  return part?.value.cooked ?? undefined
}
