/** The files of the project that node loads as soon as a script starts: as they are, or as a compiler has made them. */

import {posix} from 'node:path'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Build} from '../../image/build.ts'
import {scriptsOf} from '../scripts/scripts-of.ts'
import {bundledEntry} from './bundled-entry.ts'
import {type ImportSpecifier, importSpecifiers, isData} from './import-specifiers.ts'
import {isKept} from './is-kept.ts'
import {pathAliases} from './path-aliases.ts'
import {scriptImports} from './script-imports.ts'

export interface LoadedSource {
  file: TextFile
  /** What it surely imports. */
  imports: ImportSpecifier[]
  /** tsup writes every package into its output that is not declared in `dependencies`. */
  isBundled: boolean
  /** esbuild made one file of all, and `require` or `import` of what is in it is for its options to say. */
  isOneFile: boolean
}

/** What a started file is made from, and how. */
interface Origin {
  entry: string | undefined
  isBundled?: boolean
  isOneFile?: boolean
  isOneModule?: boolean
}

/** More files than a program brings along. */
const mostFiles = 800

/** Compilers that leave imports of packages as they are. */
const compilers = /\b(?:tsc|swc|nest build|tsup)\b/
/** What writes packages into its output, or writes something else. */
const bundlers =
  /\b(?:vite|webpack|rollup|esbuild|ncc|parcel|next|nuxt|remix|react-router|astro|rslib|rspack|unbuild|tsdown|pkg(?!-)|nx|bundle|bun build|ng build|svelte)\b/

/** What is no package: the files of the project behind an alias. */
const ownAliases = /\bnoExternal\s{0,9}:\s{0,9}\[\s{0,9}\/\^[@~]\\\/(?:\.\*)?\$?\/\s{0,9},?\s{0,9}\]/g

const endings = ['', '.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.jsx', '/index.ts', '/index.tsx', '/index.js']

/** By the image and the script: several checks ask for the same. */
const known = new WeakMap<Build, Map<string, Promise<LoadedSource[]>>>()

export function loadedSources(
  script: string,
  home: {folder: string; origin: string},
  build: Build,
  project: {reader: ProjectReader; paths: Files},
): Promise<LoadedSource[]> {
  const ofImage = known.get(build) ?? new Map<string, Promise<LoadedSource[]>>()
  known.set(build, ofImage)
  const key = [script, home.folder, home.origin].join('\n')
  const found = ofImage.get(key) ?? readSources(script, home, build, project)
  ofImage.set(key, found)
  return found
}

async function readSources(
  script: string,
  {folder, origin}: {folder: string; origin: string},
  build: Build,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<LoadedSource[]> {
  const own = build.final.files.ownSource(script, paths)
  const from: Origin | undefined = own === undefined ? await compiledFrom() : {entry: own}
  const {entry, isBundled = false, isOneFile = false, isOneModule = false} = from ?? {}
  const found: LoadedSource[] = []
  let aliases: ReturnType<typeof pathAliases> | undefined
  const seen = new Set<string>()
  const next = entry === undefined ? [] : [entry]
  for (let path = next.shift(); path !== undefined && seen.size < mostFiles; path = next.shift()) {
    const file = seen.has(path) ? undefined : await reader.text(path)
    seen.add(path)
    if (!file || !/\.[cm]?[jt]sx?$/.test(path)) continue
    const imports = /\.[cm]?tsx?$/.test(path) ? await keptOf(file) : scriptImports(file.text)
    found.push({file, imports, isBundled, isOneFile})
    const later = isOneModule ? importSpecifiers(file.text).filter(({isDynamic}) => isDynamic) : []
    for (const each of [...imports, ...later]) {
      const {text} = each
      if (isData(file.text, each)) continue
      const target = /^\.{1,2}(?:\/|$)/.test(text)
        ? resolve(posix.join(posix.dirname(path), text))
        : await aliased(text, path)
      if (target !== undefined) next.push(target)
    }
  }
  return found

  async function keptOf(file: TextFile): Promise<ImportSpecifier[]> {
    const kept: ImportSpecifier[] = []
    for (const each of importSpecifiers(file.text).filter(({isDynamic}) => !isDynamic)) {
      const target = each.text.startsWith('.') ? resolve(posix.join(posix.dirname(file.path), each.text)) : undefined
      if (await isKept(file, each, target === undefined ? undefined : await reader.text(target))) kept.push(each)
    }
    return kept
  }

  /** `@/lib/orders`, which what compiles the program leads to a file of it, by `paths` of tsconfig.json. */
  async function aliased(specifier: string, from: string): Promise<string | undefined> {
    if (!/^(?:[@~#]|\$\w{0,40})\//.test(specifier) || !/\.[cm]?tsx?$/.test(from)) return undefined
    aliases ??= pathAliases({reader, paths})
    const {own} = (await aliases)(specifier, from)
    return own.map(resolve).find((each) => each !== undefined)
  }

  function resolve(path: string): string | undefined {
    const plain = path.replace(/\.([cm]?)jsx?$/, '.$1ts')
    return [plain, ...endings.map((each) => path.replace(/\/$/, '') + each)].find((each) => paths.has(each))
  }

  /** `dist/server.js` of src/server.ts, where nothing but a compiler makes it. */
  async function compiledFrom(): Promise<Origin | undefined> {
    const inside = posix.relative(folder, script)
    const [, rest] = /^(?:dist|build|out|lib|\.?output)\/(.+)\.[cm]?js$/.exec(inside) ?? []
    const manifest = parseLoosely((await reader.text(posix.join(origin, 'package.json')))?.text ?? '') ?? {}
    const scripts = scriptsOf(manifest)
    const runs = build.stages.flatMap(({stage}) =>
      stage.instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
    )
    // What only looks for errors writes nothing.
    const written = [scripts.prebuild, scripts.build, scripts.postbuild, scripts.compile].map((text) =>
      (text ?? '').replace(/\btsc\b[^&|;]{0,300}--noEmit\b/g, ''),
    )
    const nest = await reader.text(posix.join(origin, 'nest-cli.json'))
    // What is said to have no side effects may be left out with its imports.
    const bundled = 'sideEffects' in manifest ? undefined : bundledEntry(written, inside)
    if (bundled && !runs.some((text) => text.includes('esbuild'))) {
      const {isOneModule} = bundled
      const path = posix.join(origin, bundled.entry)
      return {entry: paths.has(path) ? path : undefined, isOneFile: true, isOneModule}
    }
    if (rest === undefined || !compilers.test([...written, ...runs].join('\n'))) return undefined
    if ([...written, ...runs].some((text) => bundlers.test(text)) || nest?.text.includes('webpack')) return undefined
    const tsup = written.some((text) => /\btsup\b/.test(text))
    const settings = await Promise.all(
      ['ts', 'js', 'mts', 'mjs', 'cjs'].map((ending) => reader.text(posix.join(origin, `tsup.config.${ending}`))),
    )
    const all = [...written, ...settings.map((each) => each?.text ?? ''), JSON.stringify(manifest.tsup ?? '')]
    if (tsup && all.some((text) => /no-?external/i.test(text.replace(ownAliases, '')))) return undefined
    const leavesAll = settings.some((each) => /\bskipNodeModulesBundle\s{0,9}:\s{0,9}true\b/.test(each?.text ?? ''))
    const names = ['ts', 'mts', 'tsx'].flatMap((ending) => [`src/${rest}.${ending}`, `${rest}.${ending}`])
    return {
      entry: names.map((name) => posix.join(origin, name)).find((each) => paths.has(each)),
      isBundled: tsup && !leavesAll,
    }
  }
}
