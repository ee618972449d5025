import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {type ImportSpecifier, importSpecifiers} from '../imports/import-specifiers.ts'
import {isKept} from '../imports/is-kept.ts'
import type {ScriptFault} from '../imports/own-imports.ts'
import {commonJsIn} from '../imports/script-imports.ts'
import type {TscOutput} from './tsc-output.ts'
import {compilerOption} from './tsconfig.ts'

/** Packages by which node understands the paths of tsconfig.json, or finds files without their endings. */
const resolvers =
  /^(?:module-alias|tsconfig-paths|tsc-alias|tspath|ts-patch|typescript-transform-paths|extensionless|esm-module-alias)$/
const mostFiles = 400

/**
 * What node does not find of the imports of a program that tsc alone wrote: tsc changes no path, neither one of
 * tsconfig.json nor one without an ending, which node wants of ES modules (typescriptlang.org/docs/handbook/modules/reference).
 */
export async function compiledImports(
  script: string,
  {config, chain, options, folder, root, manifest, manifestPath, changes}: TscOutput,
  reader: ProjectReader,
  tracked: Files,
): Promise<ScriptFault[]> {
  const declared = [manifest.dependencies, manifest.devDependencies].flatMap((each) =>
    isTable(each) ? Object.keys(each) : [],
  )
  if (!script.startsWith(`${folder}/`) || changes || declared.some((name) => resolvers.test(name)) || options.plugins)
    return []
  const inside = script.slice(folder.length + 1).replace(/\.([cm]?)js$/, '.$1ts')
  const entry = (root === undefined ? [inside, `src/${inside}`] : [posix.join(root, inside)]).find((each) =>
    tracked.has(each),
  )
  const module = typeof options.module === 'string' ? options.module.toLowerCase() : ''
  if (entry === undefined) return []
  const isModule = manifest.type === 'module'
  if (module === 'commonjs' && isModule && entry.endsWith('.ts')) {
    const file = await reader.text(entry)
    const [first] = file ? importSpecifiers(file.text) : []
    const from = compilerOption(chain, 'module')?.from
    const at = from?.text.search(/"module"\s*:/) ?? -1
    if (!first || !from || at < 0) return []
    return [
      {
        kind: 'output',
        specifier: 'exports',
        at: from.span(at, at + 8),
        file: entry,
        place: script,
        because: {file: manifestPath},
      },
    ]
  }
  if (/^es(?:2015|6|20\d\d|next)$/.test(module) && manifest.type === 'commonjs' && entry.endsWith('.ts')) {
    const file = await reader.text(entry)
    const first = file && (await firstKept(file))
    if (!file || !first) return []
    const at = file.span(first.start, first.end)
    return [{kind: 'import', specifier: first.text, at, file: entry, place: script, because: {file: manifestPath}}]
  }
  // Of node16 and nodenext tsc itself asks for the endings.
  const strict = /^es(?:2015|6|2020|2022|next)$/.test(module)
  // tsc leaves what CommonJS alone has as it stands, and so do the types of Node.
  const isEsModule = isModule && (strict || /^node(?:16|18|20|next)$/.test(module))
  const aliases = Object.keys(isTable(options.paths) ? options.paths : {}).filter((each) => !each.startsWith('#'))
  const found: ScriptFault[] = []
  const next = [entry]
  const seen = new Set<string>()
  for (let path = next.shift(); path !== undefined && seen.size < mostFiles; path = next.shift()) {
    const file = seen.has(path) ? undefined : await reader.text(path)
    seen.add(path)
    if (!file) continue
    const foreignName = isEsModule && /\.m?tsx?$/.test(path) ? commonJsIn(file) : undefined
    if (foreignName) {
      const {kind, name, start} = foreignName
      const at = file.span(start, start + name.length)
      found.push({kind, specifier: name, at, file: path, place: script, because: {file: manifestPath}})
    }
    for (const each of importSpecifiers(file.text)) {
      if (/\bimport\s*\(\s*.$/.test(file.text.slice(0, each.start)) || !(await isKeptHere(file, each))) continue
      const at = file.span(each.start, each.end)
      const {text} = each
      if (/^\.{1,2}\//.test(text)) {
        const target = sourceOf(posix.join(posix.dirname(path), text))
        if (target !== undefined) next.push(target.path)
        if (strict && target && target.ending !== undefined)
          found.push({
            kind: 'ending',
            specifier: text,
            at,
            file: target.path,
            place: target.ending,
            because: config.whole,
          })
        continue
      }
      const alias = aliases.find((name) => (name.endsWith('*') ? text.startsWith(name.slice(0, -1)) : text === name))
      if (alias === undefined || alias === '*' || declared.some((name) => text === name || text.startsWith(`${name}/`)))
        continue
      const place = config.text.indexOf(JSON.stringify(alias))
      const because = place < 0 ? config.whole : config.span(place, place + alias.length + 2)
      found.push({kind: 'alias', specifier: text, at, file: config.path, place: alias, because})
    }
  }
  return found

  async function firstKept(file: TextFile): Promise<ImportSpecifier | undefined> {
    for (const each of importSpecifiers(file.text)) if (await isKeptHere(file, each)) return each
    return undefined
  }

  async function isKeptHere(file: TextFile, each: ImportSpecifier): Promise<boolean> {
    const target = /^\.{1,2}\//.test(each.text) ? sourceOf(posix.join(posix.dirname(file.path), each.text)) : undefined
    return isKept(file, each, target && (await reader.text(target.path)))
  }

  /** The source that a path means, and what the path lacks of the name that node wants. */
  function sourceOf(path: string): {path: string; ending: string | undefined} | undefined {
    const plain = path.replace(/\.([cm]?)js$/, '.$1ts')
    if (tracked.has(plain)) return {path: plain, ending: undefined}
    for (const [source, ending] of [
      ['.ts', '.js'],
      ['.tsx', '.js'],
      ['/index.ts', '/index.js'],
      ['/index.tsx', '/index.js'],
    ] as const) {
      if (tracked.has(path + source)) return {path: path + source, ending}
    }
    return undefined
  }
}
