/** Imports of an ES module that tsc refuses where it looks for files as Node does: `"module": "nodenext"`. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {refusedJson, scriptImports} from '../imports/script-imports.ts'
import {isLookedUp, silencesTsc} from './checked-imports.ts'
import {compilerOption} from './tsconfig.ts'

export interface ImportFault {
  /** `ending`: the path lacks that of the file (TS2834, TS2835). `json`: no attribute says what it is (TS1543). */
  kind: 'ending' | 'json'
  specifier: string
  /** Of `ending`: the path as it must be. */
  place: string
  at: FileLocation
}

/** As the modules of Node are: the names since TypeScript 4.7 (typescriptlang.org/docs/handbook/modules/reference). */
const ofNode = /^node(?:16|18|20|next)$/
/** These ask for an attribute, too. */
const asksForAttributes = /^node(?:18|20|next)$/

const endings = [
  ['.ts', '.js'],
  ['.tsx', '.js'],
  ['/index.ts', '/index.js'],
  ['/index.tsx', '/index.js'],
] as const

/** The option that has it so, and what of the sources is refused. */
export async function importFaults(
  configs: readonly TextFile[],
  sources: readonly string[],
  {reader, paths, asksAttributes}: {reader: ProjectReader; paths: Files; asksAttributes: boolean},
): Promise<{option: 'module' | 'moduleResolution'; from: TextFile; value: string; faults: ImportFault[]} | undefined> {
  const [module, resolution] = ['module', 'moduleResolution'].map((name) => compilerOption(configs, name))
  const by = resolution ?? module
  const value = String(by?.value).toLowerCase()
  if (!by || !ofNode.test(value) || compilerOption(configs, 'rootDirs')) return undefined
  const attributes = asksAttributes && asksForAttributes.test(String(module?.value).toLowerCase())
  const faults: ImportFault[] = []
  for (const file of await reader.texts(sources.filter((path) => /(?<!\.d)\.m?tsx?$/.test(path)))) {
    if (silencesTsc(file.text) || !(await isEsModule(file.path))) continue
    for (const {text, start, end} of importSpecifiers(file.text)) {
      const place = isImport(file.text, start, end) ? lacking(posix.dirname(file.path), text) : undefined
      if (place) faults.push({kind: 'ending', specifier: text, place, at: file.span(start, end)})
    }
    for (const each of attributes ? scriptImports(file.text) : []) {
      if (!/^\.{1,2}\//.test(each.text) || refusedJson(file.text, each, 20) === undefined) continue
      faults.push({kind: 'json', specifier: each.text, place: each.text, at: file.span(each.start, each.end)})
    }
  }
  return {option: resolution ? 'moduleResolution' : 'module', from: by.from, value: String(by.value), faults}

  /** The path with what it lacks of the name of a file; undefined where it leads to one, or to none of the project's. */
  function lacking(folder: string, text: string): string | undefined {
    if (!/^\.{1,2}(?:\/|$)/.test(text)) return undefined
    const path = posix.join(folder, text)
    if (paths.has(path) || paths.has(path.replace(/\.([cm]?)jsx?$/, '.$1ts'))) return undefined
    const [, ending] = endings.find(([source]) => paths.has(path + source)) ?? []
    return ending && `${text.replace(/\/$/, '')}${ending}`
  }

  /** By its ending, or by the nearest package.json. */
  async function isEsModule(path: string): Promise<boolean> {
    if (path.endsWith('.mts')) return true
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const manifest = posix.join(folder, 'package.json')
      if (paths.has(manifest)) return parseLoosely((await reader.text(manifest))?.text ?? '')?.type === 'module'
      if (folder === '.') return false
    }
  }
}

/** What is required is looked for as CommonJS does, and another mode may be asked for. */
const isImport = (text: string, start: number, end: number): boolean =>
  isLookedUp(text, start) && !/^["']\s{0,20},?\s{0,20}(?:with|assert|\{)/.test(text.slice(end, end + 60))
