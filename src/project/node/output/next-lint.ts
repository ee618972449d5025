/** What the lint of `next build` refuses: of Next.js 15, which asks for it in its own template (tried with 15.5). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {codeOf} from '../../code/code.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import {noFiles} from '../../files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import type {TextFile} from '../../text.ts'

/** A file with `any`, which `next/typescript` makes an error. */
export interface LintFault {
  at: FileLocation
  /** How often. */
  count: number
  /** Where eslint is told to. */
  ruleAt: FileLocation
  command: string
  commandAt: FileLocation
  by: string | undefined
}

/** What is linted where nothing else is said (next/dist/lib/constants, ESLINT_DEFAULT_DIRS). */
const folders = ['app', 'pages', 'components', 'lib', 'src']
const eslintConfigs = ['eslint.config.mjs', 'eslint.config.js', 'eslint.config.ts', '.eslintrc.json', '.eslintrc']
const nextConfigs = ['next.config.ts', 'next.config.mjs', 'next.config.js']

export async function loadLintFaults({reader}: Inputs, facts: FactStore): Promise<Fact<LintFault[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const paths = files ?? noFiles
  const found: LintFault[] = []
  for (const command of commands) {
    const words = [programOf(command), ...command.words.slice(1)]
    if (words.some((word) => word === undefined) || command.conditional || !command.decisive) continue
    if (!/^next build(?: --turbo(?:pack)?)?$/.test(words.join(' '))) continue
    const manifest = parseLoosely((await textAt(command, 'package.json'))?.text ?? '')
    if (!manifest || !lints(manifest)) continue
    const rule = await ruleOf(command)
    if (!rule) continue
    for (const path of paths.ending('.ts', '.tsx')) {
      const place = placeOf(path, rule.file.path, command)
      if (!folders.some((folder) => place?.startsWith(`${posix.join(command.folder, folder)}/`))) continue
      if (place === undefined || unchangedAt(command, place, paths) !== path) continue
      const file = await reader.text(path)
      const places = file ? anyIn(file) : []
      const [first] = places
      if (!file || first === undefined) continue
      const at = file.span(first, first + 3)
      found.push({
        at,
        count: places.length,
        ruleAt: rule.at,
        command: 'next build',
        commandAt: command.at,
        by: command.by,
      })
    }
  }
  return known(found)

  async function textAt(command: BuildCommand, name: string): Promise<TextFile | undefined> {
    const source = unchangedAt(command, posix.join(command.folder, name), paths)
    return source === undefined ? undefined : reader.text(source)
  }

  /** Where eslint is told to take the rules of `next/typescript`, and nothing is seen to change them. */
  async function ruleOf(command: BuildCommand): Promise<{file: TextFile; at: FileLocation} | undefined> {
    const configs = await Promise.all(eslintConfigs.map((name) => textAt(command, name)))
    const others = await Promise.all(nextConfigs.map((name) => textAt(command, name)))
    const [file] = configs.filter((each) => each !== undefined)
    const place = file?.text.indexOf('next/typescript') ?? -1
    if (!file || place < 0 || !isTemplate(file.text)) return undefined
    if (others.some((each) => each && /eslint|ignoreDuringBuilds|\.\.\./.test(each.text))) return undefined
    if (paths.named('.eslintignore').length > 0) return undefined
    return {file, at: file.span(place, place + 'next/typescript'.length)}
  }
}

/** The place of a file of the project in the image, by the file of settings that lies in the folder of the command. */
function placeOf(path: string, settings: string, {folder}: BuildCommand): string | undefined {
  const below = posix.relative(posix.dirname(settings), path)
  return below.startsWith('..') ? undefined : posix.join(folder, below)
}

/** Whether the package takes Next.js 15, and has eslint, without which there is no lint. */
function lints(manifest: Record<string, unknown>): boolean {
  const tables = [manifest.dependencies, manifest.devDependencies].filter(isTable)
  const has = (name: string) => tables.some((table) => typeof table[name] === 'string')
  return tables.some(({next}) => /^[~^]?15\.\d/.test(String(next))) && has('eslint') && has('eslint-config-next')
}

/** Whether a configuration of eslint is that of the template: no rule of its own for `any`, and no part from elsewhere. */
function isTemplate(text: string): boolean {
  if (/no-explicit-any|\boverrides\b|ignorePatterns/.test(text)) return false
  const parts = [
    ...text.matchAll(/\bfrom\s{0,20}["']([^"'\n]{1,200})["']|\brequire\(\s{0,20}["']([^"'\n]{1,200})["']/g),
  ]
  const known = /^(?:(?:node:)?(?:path|url)|@eslint\/(?:eslintrc|js)|eslint-config-prettier(?:\/flat)?)$/
  const [, ignores = ''] = /\bignores\s{0,20}:\s{0,20}\[([^\]]{0,2000})\]/.exec(text) ?? []
  const patterns = [...ignores.matchAll(/["']([^"'\n]{1,200})["']/g)].map(([, pattern = '']) => pattern)
  const outside = /^(?:\*\*\/)?(?:node_modules|\.next|out|build|dist|coverage|public|prisma|next-env\.d\.ts)\b/
  return (
    parts.every(([, from, required]) => known.test(from ?? required ?? '')) &&
    patterns.every((each) => outside.test(each))
  )
}

/** Where the type `any` stands: before what no text of a page has behind that word. */
function anyIn(file: TextFile): number[] {
  if (/\.d\.ts$|\beslint-disable/.test(`${file.path}\n${file.text}`)) return []
  const bare = codeOf(file)?.bare ?? ''
  return [...bare.matchAll(/(?::[ \t]{0,10}|\bas[ \t]{1,10}|<)any(?=\[\]|\)|>|[ \t]{0,10}=(?!>)|;)/g)].map(
    ({0: whole, index}) => index + whole.length - 3,
  )
}
