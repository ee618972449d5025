/** Imports of the project's own modules by a name that these do not export. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {onceOf} from '../../../once.ts'
import {parseLoosely} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {isGenerated} from '../typescript/tsc-programs.ts'
import {moduleNames} from './module-names.ts'
import {type ModulePath, modulePaths} from './module-paths.ts'
import {isTyped} from './parsed-module.ts'
import type {SourceReader} from './source-readers.ts'

export interface MissingExport extends Pick<SourceReader, 'by' | 'command' | 'when'> {
  /** `total`; `default`. */
  name: string
  /** As it is called here: `Total` of `import Total from './total'`. */
  local: string
  at: FileLocation
  /** The module that does not export it, and what it exports. */
  module: string
  exported: string[]
}

/** webpack warns, and goes on. */
const warns = /^(?:next|vue-cli-service) /
/** Modules to which others may add. */
const augments = /\bdeclare\s{1,20}module\s{1,20}["']([^"'*\n]{1,300})["']/g

export async function loadMissingExports({reader}: Inputs, facts: FactStore): Promise<Fact<MissingExport[]>> {
  const [readers, files] = await Promise.all([facts.need('sourceReaders'), facts.value('files')])
  if (readers.length === 0) return known([])
  const resolve = await modulePaths({reader, paths: files ?? noFiles})
  const ambient = await reader.texts((files ?? noFiles).ending('.d.ts', '.d.mts', '.d.cts'))
  const found = new Map<string, MissingExport>()
  for (const each of readers) {
    const {kind, tool, sources, by, command, when} = each
    if ((kind === 'bundler' && warns.test(tool)) || each.leadsElsewhere) continue
    // esbuild makes a property of each name for CommonJS, which may be undefined.
    if (/^tsx\b/.test(tool) && !(await isOfModules(each.origin ?? ''))) continue
    const modules = new Map(sources.map((file) => [file.path, file]))
    const added = new Set([...ambient, ...sources].flatMap(addedBy))
    const exportedBy = onceOf((module: TextFile) => exportsOf(module, {modules, resolve}, new Set()))
    for (const file of sources) {
      const names = moduleNames(file)
      for (const {specifier, takes, isLate} of names?.imports ?? []) {
        const target = isLate ? undefined : resolve(file.path, specifier)
        const module = target === undefined || isGenerated.test(target) ? undefined : modules.get(target)
        const exported = module && exportedBy(module)
        if (!module || !exported || added.has(module.path) || (kind === 'tsc' && file.text.includes('@ts-'))) continue
        for (const {name, local, start, isType} of takes) {
          // A bundler asks for what is handed on only where somebody takes it.
          const isUsed =
            local === undefined
              ? kind === 'program'
              : kind === 'program' && !isTyped(file.path)
                ? true
                : names?.used.has(local)
          if (name === '*' || exported.has(name) || !(kind === 'tsc' || (!isType && isUsed))) continue
          const at = file.span(start, start + (local ?? name).length)
          const key = `${at.file}:${at.line}:${at.column}`
          const fault = {name, local: local ?? name, at, module: module.path, exported: [...exported]}
          if (!found.has(key)) found.set(key, {...fault, by, command, when})
        }
      }
    }
  }
  return known([...found.values()])

  function addedBy({path, text}: TextFile): string[] {
    return [...text.matchAll(augments)].flatMap(([, name = '']) => resolve(path, name) ?? [])
  }

  async function isOfModules(folder: string): Promise<boolean> {
    const manifest = await reader.text(posix.join(folder, 'package.json'))
    return parseLoosely(manifest?.text ?? '')?.type === 'module'
  }
}

/** All that a module exports; undefined where a part of that is not seen. */
function exportsOf(
  file: TextFile,
  around: {modules: ReadonlyMap<string, TextFile>; resolve: ModulePath},
  seen: Set<string>,
): ReadonlySet<string> | undefined {
  const names = moduleNames(file)
  if (!names || names.isOpen) return undefined
  seen.add(file.path)
  const all = new Set(names.exported)
  for (const specifier of names.handedOn) {
    const target = around.resolve(file.path, specifier)
    if (target !== undefined && seen.has(target)) continue
    const module = target === undefined ? undefined : around.modules.get(target)
    const more = module && exportsOf(module, around, seen)
    if (!more) return undefined
    for (const name of more) if (name !== 'default') all.add(name)
  }
  return all
}
