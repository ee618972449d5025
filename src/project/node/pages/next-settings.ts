/** Settings of next.config that Next.js 16 has no more (the versions 16.0.0 and 16.4.6 were tried). */
import type {Expression, Node, ObjectExpression, ObjectProperty} from '@babel/types'
import type {TextFile} from '../../files/text.ts'
import {moduleNames} from '../source/module-names.ts'
import {nodesOf} from '../source/syntax-nodes.ts'

export interface OldSetting {
  /** `ppr`: the build stops at it by itself. `untyped`: its type has no such name, which the build asks of TypeScript. */
  kind: 'ppr' | 'untyped'
  /** `eslint`, `experimental.turbo`. */
  what: string
  start: number
  length: number
}

const gone = /^(?:eslint|swcMinify|amp|serverRuntimeConfig|publicRuntimeConfig|optimizeFonts)$/
const goneOfTrials = /^(?:turbo|dynamicIO|instrumentationHook|appDir|after|outputFileTracingRoot|reactCompiler)$/

export function oldSettings(file: TextFile, isChecked: boolean): OldSetting[] {
  const typed = isChecked && !file.text.includes('@ts-') ? typedSettings(file) : []
  const untyped = typed.flatMap((settings) => [
    ...named(settings, gone).map((each) => told('untyped', '', each)),
    ...trialsOf(settings, goneOfTrials).map((each) => told('untyped', 'experimental.', each)),
  ])
  const trials = nodesOf(file, 'ObjectExpression').flatMap(({node}) => trialsOf(node, /^ppr$/))
  return [...trials.filter(({value}) => isSet(value)).map((each) => told('ppr', 'experimental.', each)), ...untyped]
}

type Named = ObjectProperty & {key: {name: string}}

const told = (kind: OldSetting['kind'], prefix: string, {key}: Named): OldSetting => ({
  kind,
  what: `${prefix}${key.name}`,
  start: key.start ?? 0,
  length: key.name.length,
})

/** `true`, `'incremental'`. */
const isSet = (node: Node): boolean => (node.type === 'BooleanLiteral' ? node.value : node.type === 'StringLiteral')

/** The properties of these names; with a spread among them TypeScript does not ask for the others. */
function named({properties}: ObjectExpression, names: RegExp): Named[] {
  return properties.filter(
    (each): each is Named =>
      each.type === 'ObjectProperty' && each.key.type === 'Identifier' && names.test(each.key.name),
  )
}

const trialsOf = (settings: ObjectExpression, names: RegExp): Named[] =>
  named(settings, /^experimental$/).flatMap(({value}) => (isWhole(value) ? named(value, names) : []))

const isWhole = (node: Node | null | undefined): node is ObjectExpression =>
  node?.type === 'ObjectExpression' && node.properties.every(({type}) => type !== 'SpreadElement')

/** `const config: NextConfig = {…}`, `{…} satisfies NextConfig`: TypeScript asks each name of what is written there. */
function typedSettings(file: TextFile): ObjectExpression[] {
  const types = new Set(
    moduleNames(file)
      ?.imports.filter(({specifier}) => specifier === 'next')
      .flatMap(({takes}) => takes.filter(({name}) => name === 'NextConfig').flatMap(({local}) => local ?? [])),
  )
  const isOf = (type: Node | null | undefined): boolean =>
    type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && types.has(type.typeName.name)
  const declared = nodesOf(file, 'VariableDeclarator').flatMap(
    ({node: {id, init}}): (Expression | null | undefined)[] =>
      id.type === 'Identifier' &&
      id.typeAnnotation?.type === 'TSTypeAnnotation' &&
      isOf(id.typeAnnotation.typeAnnotation)
        ? [init]
        : [],
  )
  const satisfied = nodesOf(file, 'TSSatisfiesExpression').flatMap(({node}) =>
    isOf(node.typeAnnotation) ? [node.expression] : [],
  )
  return [...declared, ...satisfied].filter(isWhole)
}
