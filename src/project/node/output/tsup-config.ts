/** What tsup writes by its tsup.config.ts, where that is written out (tried with tsup 8.5). */
import {posix} from 'node:path'
import type {Expression, Node, ObjectExpression} from '@babel/types'
import type {TextFile} from '../../files/text.ts'
import {parsedModule} from '../source/parsed-module.ts'

/** Options that leave the names and the places of the files as they are. */
const plain =
  /^(?:clean|sourcemap|dts|minify\w*|splitting|target|platform|shims|treeshake|external|noExternal|bundle|tsconfig|silent|skipNodeModulesBundle|keepNames|define|env|banner|footer|name|loader|inject|cjsInterop|watch|metafile|replaceNodeEnv|removeNodeProtocol)$/

/** The files, from where tsup runs; undefined where the configuration does not plainly say them. */
export function tsupFiles(file: TextFile, isModule: boolean): string[] | undefined {
  const options = optionsOf(file)
  if (!options) return undefined
  const values = new Map<string, Expression>()
  for (const each of options.properties) {
    if (each.type !== 'ObjectProperty' || each.computed || each.key.type !== 'Identifier') return undefined
    if (/^(?:entry|entryPoints|format|outDir)$/.test(each.key.name)) values.set(each.key.name, each.value as Expression)
    else if (!plain.test(each.key.name)) return undefined
  }
  const entries = entriesOf(values.get('entry') ?? values.get('entryPoints'))
  const formats = values.has('format') ? textsOf(values.get('format')) : ['cjs']
  const [folder, another] = values.has('outDir') ? (textsOf(values.get('outDir')) ?? []) : ['dist']
  if (!entries || !formats || folder === undefined || another !== undefined) return undefined
  if (formats.some((each) => !/^(?:cjs|esm)$/.test(each))) return undefined
  // Of a module the CommonJS has the ending of its own, of others the ESM.
  const endings = formats.map((each) => (each === 'esm' ? (isModule ? 'js' : 'mjs') : isModule ? 'cjs' : 'js'))
  return entries.flatMap((entry) => endings.map((ending) => posix.join(folder, `${entry}.${ending}`)))
}

/** `export default {…}`, or the same handed to `defineConfig`. */
function optionsOf(file: TextFile): ObjectExpression | undefined {
  const {tree} = parsedModule(file)
  const found = tree?.program.body.find((each) => each.type === 'ExportDefaultDeclaration')
  const value = found?.type === 'ExportDefaultDeclaration' ? found.declaration : undefined
  const [given] =
    value?.type === 'CallExpression' && value.callee.type === 'Identifier' && value.callee.name === 'defineConfig'
      ? value.arguments
      : [value]
  return given?.type === 'ObjectExpression' ? given : undefined
}

/** A text, or a list of texts. */
function textsOf(value: Node | undefined): string[] | undefined {
  const list = value?.type === 'ArrayExpression' ? value.elements : [value]
  const texts = list.map((each) => (each?.type === 'StringLiteral' ? each.value : undefined))
  return texts.length > 0 && texts.every((each) => each !== undefined) ? (texts as string[]) : undefined
}

/**
 * The names of what is built, without their endings: those that an object gives, else those of the sources below the folder
 * that they have in common.
 */
function entriesOf(value: Expression | undefined): string[] | undefined {
  if (value?.type === 'ObjectExpression') {
    const names = value.properties.map((each) =>
      each.type !== 'ObjectProperty' || each.computed
        ? undefined
        : each.key.type === 'Identifier'
          ? each.key.name
          : each.key.type === 'StringLiteral'
            ? each.key.value
            : undefined,
    )
    return names.length > 0 && names.every((each) => each !== undefined) ? (names as string[]) : undefined
  }
  const paths = textsOf(value)?.map((each) => posix.normalize(each))
  if (!paths?.every((each) => /^[\w@][\w@./-]*\.[cm]?[jt]sx?$/.test(each))) return undefined
  const folders = paths.map((each) =>
    posix
      .dirname(each)
      .split('/')
      .filter((part) => part !== '.'),
  )
  const [first = [], ...rest] = folders
  const differs = first.findIndex((part, index) => rest.some((each) => each[index] !== part))
  const common = first.slice(0, differs < 0 ? first.length : differs).join('/')
  return paths.map((each) => posix.relative(common, each).replace(/\.[cm]?[jt]sx?$/, ''))
}
