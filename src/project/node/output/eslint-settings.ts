/** The settings of eslint in the folder of a command, where they are those of Next.js and nothing more. */
import {posix} from 'node:path'
import {blank, codeOf, type Span} from '../../code/code.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'
import type {TextFile} from '../../text.ts'
import type {Project} from './tsconfig.ts'

export interface EslintSettings {
  file: TextFile
  /** Without comments. */
  text: string
  form: 'old' | 'flat'
  /** `next/core-web-vitals`, as far as they are taken. */
  names: (Span & {text: string})[]
}

const oldNames = ['.eslintrc.json', '.eslintrc']
const flatNames = ['eslint.config.mjs', 'eslint.config.js']
/** Those that are not read here; one beside the others may come first, and one below has a folder of its own. */
const otherNames = [
  ...['.eslintrc.js', '.eslintrc.cjs', '.eslintrc.yml', '.eslintrc.yaml', '.eslintignore'],
  ...['eslint.config.cjs', 'eslint.config.ts', 'eslint.config.mts', 'eslint.config.cts'],
]

/** Undefined where something may change what the settings of Next.js say. */
export async function eslintSettings(
  command: BuildCommand,
  {reader, paths}: Project,
): Promise<EslintSettings | undefined> {
  const places = [...flatNames, ...oldNames].map((name) =>
    unchangedAt(command, posix.join(command.folder, name), paths),
  )
  const [file] = await reader.texts(places.filter((place) => place !== undefined))
  if (!file) return undefined
  const folder = posix.dirname(file.path)
  const isBelow = (path: string) => path !== file.path && !posix.relative(folder, path).startsWith('..')
  if (paths.named(...flatNames, ...oldNames, ...otherNames).some(isBelow)) return undefined
  const text = codeOf(file)?.text ?? file.text.replace(/^\s{0,200}\/\/.*$/gm, blank)
  if (!isPlain(text)) return undefined
  const names = [...text.matchAll(/(?<=["'])next(?:\/(?:core-web-vitals|typescript))?(?=["'])/g)].map(
    ({0: name, index}) => ({text: name, start: index, end: index + name.length}),
  )
  return {file, text, form: oldNames.includes(posix.basename(file.path)) ? 'old' : 'flat', names}
}

/** Parts whose rules leave those of Next.js as they are. */
const knownParts =
  /^(?:next(?:\/[\w-]+)?|prettier|eslint:recommended|plugin:(?:prettier|@typescript-eslint)\/recommended)$/
const knownModules = /^(?:(?:node:)?(?:path|url)|@eslint\/(?:eslintrc|js)|eslint-config-prettier(?:\/flat)?)$/

/** Whether settings are those of Next.js alone: nothing for some files only, and no part from elsewhere. */
function isPlain(text: string): boolean {
  if (/\boverrides\b|ignorePatterns/.test(text)) return false
  // What is chosen or worked out may be something else.
  if (/=>|\?|\b(?:if|for|process)\b|\bfiles\s{0,20}:/.test(text)) return false
  const modules = text.matchAll(/\bfrom\s{0,20}["']([^"'\n]{1,200})["']|\brequire\(\s{0,20}["']([^"'\n]{1,200})["']/g)
  const lists = text.matchAll(/\bextends["']?\s{0,9}[:(]\s{0,9}(?:\[([^\]]{0,2000})\]|([^)\]},]{0,200}))/g)
  const ignored = text.matchAll(/\bignores\s{0,20}:\s{0,20}\[([^\]]{0,2000})\]/g)
  const outside = /^(?:\*\*\/)?(?:node_modules|\.next|out|build|dist|coverage|public|prisma|next-env\.d\.ts)\b/
  return (
    [...modules].every(([, from, required]) => knownModules.test(from ?? required ?? '')) &&
    [...lists].every(([, list, one = '']) => quoted(list ?? one).every((part) => knownParts.test(part))) &&
    [...ignored].every(([, list = '']) => quoted(list).every((pattern) => outside.test(pattern)))
  )
}

const quoted = (text: string): string[] =>
  [...text.matchAll(/["']([^"'\n]{1,200})["']/g)].map(([, inner = '']) => inner)
