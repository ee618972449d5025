/**
 * The folder whose files tsc lays in outDir where rootDir is not set: the one that all sources have in common, those that
 * they import and JSON included (typescriptlang.org/tsconfig/#rootDir).
 */
import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {TextFile} from '../../files/text.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {resolvedImport} from '../imports/resolved-import.ts'
import type {TscProgram} from './tsc-programs.ts'
import {compilerOption, type Project} from './tsconfig.ts'

export interface CommonRoot {
  /** What is not seen of the sources makes it a higher folder, never a lower one. */
  folder: string
  /** All that is compiled. */
  sources: readonly string[]
  /** Of those that others import: the file that does so. */
  importedBy: ReadonlyMap<string, string>
}

const compiled = /(?<!\.d)\.[cm]?tsx?$/
const mostFiles = 3_000

export async function commonRoot(program: TscProgram, project: Project): Promise<CommonRoot | undefined> {
  const {reader, paths} = project
  const aliases = aliasesOf(program.configs)
  const takesJson = compilerOption(program.configs, 'resolveJsonModule')?.value === true
  const sources = new Set(program.sources.filter((path) => compiled.test(path)))
  const importedBy = new Map<string, string>()
  for (const path of sources) {
    if (sources.size > mostFiles) return undefined
    const file = await reader.text(path)
    for (const {text, isDynamic} of file ? importSpecifiers(file.text) : []) {
      const target = targetOf(path, text)
      const isWritten =
        target !== undefined && (compiled.test(target) || (/\.json$/.test(text) && takesJson && !isDynamic))
      if (!isWritten || sources.has(target)) continue
      sources.add(target)
      importedBy.set(target, path)
    }
  }
  const all = [...sources]
  const [first] = all
  if (first === undefined) return undefined
  let folder = posix.dirname(first)
  for (const path of all) while (folder !== '.' && !path.startsWith(`${folder}/`)) folder = posix.dirname(folder)
  return {folder: folder === '.' ? '' : folder, sources: all, importedBy}

  function targetOf(from: string, text: string): string | undefined {
    const places = /^\.{1,2}(?:\/|$)/.test(text)
      ? [posix.join(posix.dirname(from), text)]
      : aliases.flatMap(({pattern, targets}) => {
          const [, star = ''] = pattern.exec(text) ?? []
          return pattern.test(text) ? targets.map((each) => each.replace('*', () => star)) : []
        })
    const found = places.map((place) => (place.startsWith('..') ? undefined : resolvedImport(place, paths)))
    const target = found.find((each) => each !== undefined)
    return target !== undefined && /(?:^|\/)node_modules\/|package\.json$/.test(target) && !text.endsWith('.json')
      ? undefined
      : target
  }
}

/** `paths`, with what each may mean in the project. */
function aliasesOf(configs: readonly TextFile[]): {pattern: RegExp; targets: string[]}[] {
  const written = compilerOption(configs, 'paths')
  if (!written || !isTable(written.value)) return []
  const base = compilerOption(configs, 'baseUrl')
  const home =
    typeof base?.value === 'string'
      ? posix.join(posix.dirname(base.from.path), base.value)
      : posix.dirname(written.from.path)
  return Object.entries(written.value).map(([name, targets]) => ({
    pattern: new RegExp(`^${name.split('*').map(escapePattern).join('(.{1,300})')}$`),
    targets: Array.isArray(targets) ? targets.map((each) => posix.join(home, String(each))) : [],
  }))
}
