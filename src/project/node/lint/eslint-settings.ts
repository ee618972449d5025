/** The settings of eslint in the folder of a command, where they are those of Next.js and nothing more. */
import {posix} from 'node:path'
import {blank, codeOf, type Span} from '../../code/code.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'
import {askedVersion} from '../output/next-build.ts'
import type {Project} from '../typescript/tsconfig.ts'

interface Name extends Span {
  text: string
}

export interface EslintSettings {
  file: TextFile
  /** Without comments. */
  text: string
  form: 'old' | 'flat'
  /** `next/core-web-vitals`, as far as they are taken. */
  names: Name[]
}

const oldNames = ['.eslintrc.json', '.eslintrc']
const flatNames = ['eslint.config.mjs', 'eslint.config.js']
/** Those that are not read here; one beside the others may come first, and one below has a folder of its own. */
const otherNames = [
  ...['.eslintrc.js', '.eslintrc.cjs', '.eslintrc.yml', '.eslintrc.yaml', '.eslintignore'],
  ...['eslint.config.cjs', 'eslint.config.ts', 'eslint.config.mts', 'eslint.config.cts'],
]

/**
 * Undefined where something may change what the settings of Next.js say, or keep eslint from starting: a build says so
 * and goes on.
 */
export async function eslintSettings(
  command: BuildCommand,
  manifest: TextFile,
  {reader, paths}: Project,
): Promise<EslintSettings | undefined> {
  const places = [...flatNames, ...oldNames].map((name) =>
    unchangedAt(command, posix.join(command.folder, name), paths),
  )
  const [file] = await reader.texts(places.filter((place) => place !== undefined))
  const isIgnoring = parseLoosely(manifest.text)?.eslintIgnore !== undefined
  if (!file || isIgnoring) return undefined
  const form = oldNames.includes(posix.basename(file.path)) ? 'old' : 'flat'
  const text = codeOf(file)?.text ?? file.text.replace(/^\s{0,200}\/\/.*$/gm, blank)
  if (!(form === 'old' ? isPlainJson(text) : isPlainModule(file, text, manifest))) return undefined
  // The old form goes on to the folders above, which may say what is not linted.
  const isAll = form === 'flat' || /"root"\s{0,9}:\s{0,9}true\b/.test(text)
  const folder = posix.dirname(file.path)
  const speaks = (path: string) => isWithin(folder, path) || (!isAll && isWithin(posix.dirname(path), folder))
  if (paths.named(...flatNames, ...oldNames, ...otherNames).some((path) => path !== file.path && speaks(path)))
    return undefined
  const names = extended(text)
  const modules = [...text.matchAll(/\bfrom\s{0,20}["']([^"'\n]{1,200})["']/g)].map(([, name = '']) => name)
  const needed = [...names.map((name) => partPackages(name.text, form)), ...modules.map((name) => known.get(name))]
  if (!needed.every((packages) => packages?.every((name) => askedVersion(manifest, name) !== undefined)))
    return undefined
  return {file, text, form, names: names.filter((name) => nextParts.has(name.text))}
}

const isWithin = (folder: string, path: string): boolean => !posix.relative(folder, path).startsWith('..')

/** What settings take: `"extends": ["next", "prettier"]`, `compat.extends("next", "prettier")`. */
function extended(text: string): Name[] {
  const lists = text.matchAll(
    /(?<=\bextends["']?\s{0,9})(?::\s{0,9}(?:\[[^\]]{0,2000}\]|["'][^"'\n]{1,200}["'])|\([^()]{0,2000}\))/g,
  )
  return [...lists].flatMap(({0: list, index: from}) =>
    quoted(list).map(({0: name, index}) => ({text: name, start: from + index, end: from + index + name.length})),
  )
}

const quoted = (text: string): RegExpExecArray[] => [...text.matchAll(/(?<=["'])[^"',\s[\](){}]{1,200}(?=["'])/g)]

/** Those that have rules of their own. */
const nextParts = new Set(['next', 'next/core-web-vitals', 'next/typescript'])

/** The packages of a part that leaves the rules of Next.js as they are; undefined for another one. */
function partPackages(name: string, form: EslintSettings['form']): string[] | undefined {
  if (/^next(?:\/[\w-]+)?$/.test(name)) return []
  if (name === 'prettier') return ['eslint-config-prettier']
  if (form === 'flat') return undefined
  if (name === 'eslint:recommended') return []
  if (name === 'plugin:@typescript-eslint/recommended') return ['@typescript-eslint/eslint-plugin']
  if (name === 'plugin:prettier/recommended') return ['prettier', 'eslint-config-prettier', 'eslint-plugin-prettier']
  return undefined
}

/** What flat settings may import, and its packages. */
const known = new Map<string, string[]>([
  ...['path', 'node:path', 'url', 'node:url'].map((name): [string, string[]] => [name, []]),
  ...['@eslint/eslintrc', '@eslint/js'].map((name): [string, string[]] => [name, [name]]),
  ['eslint-config-prettier', ['eslint-config-prettier']],
  ['eslint-config-prettier/flat', ['eslint-config-prettier']],
])

/** What speaks of no files, and needs no package. */
const plainKeys = ['$schema', 'root', 'extends', 'rules', 'env', 'globals', 'parserOptions', 'settings']

/** Whether settings of the old form are read, and none of them are for some files only. */
function isPlainJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return isTable(value) && Object.keys(value).every((key) => plainKeys.includes(key))
  } catch {
    return false
  }
}

/** The same of flat ones, which are a program: nothing that is chosen or worked out. */
function isPlainModule(file: TextFile, text: string, manifest: TextFile): boolean {
  // Older versions of node read a .js as its package says.
  const isModule = file.path.endsWith('.mjs') || parseLoosely(manifest.text)?.type === 'module'
  // The parser, which is read with them, needs TypeScript.
  if (!isModule || askedVersion(manifest, 'typescript') === undefined) return false
  if (/\b(?:overrides|ignorePatterns|plugins|parser)\b|\brequire\(|\bfiles\s{0,20}:/.test(text)) return false
  if (/=>|\?|\b(?:if|for|process)\b/.test(text)) return false
  const ignored = text.matchAll(/\bignores\s{0,20}:\s{0,20}\[([^\]]{0,2000})\]/g)
  const outside = /^(?:\*\*\/)?(?:node_modules|\.next|out|build|dist|coverage|public|prisma|next-env\.d\.ts)\b/
  return [...ignored].every(([, list = '']) => quoted(list).every(([pattern]) => outside.test(pattern)))
}
