/** Names that nothing in their file brings: tsc ends at them, and a program that comes to them as it loads its modules. */
import {isBuiltin} from 'node:module'
import {posix} from 'node:path'
import globals from 'globals'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {readManifest} from '../workspace/workspace.ts'
import libraryTypes from './library-types.json' with {type: 'json'}
import {moduleNames} from './module-names.ts'
import {scopesOf, type UnresolvedName} from './scopes.ts'
import type {SourceReader} from './source-readers.ts'

export interface UndefinedName extends Pick<SourceReader, 'by' | 'command' | 'when'> {
  name: string
  at: FileLocation
  elsewhere: Elsewhere
}

/** Who has the name: another file, by an import from there or as its own; package.json, as that of a package; Node itself. */
interface Elsewhere {
  file: string | undefined
  from: string | undefined
  /** In this file another block declares it. */
  inner?: FileLocation
}

/** What brings names that no file declares. */
const bringers = /^(?:nuxt|nuxt3|unplugin-auto-import|unimport|@vueuse\/nuxt|wxt|@analogjs\/platform)$/
/** `@types/google.maps` has a `google` for all files. */
const hasTypesOf = (name: string, global: string): boolean =>
  name.startsWith('@types/') && name.slice(7).toLowerCase().split(/[\W_]/).includes(global.toLowerCase())
/** A file that is told not to look, or whose names come from one beside it. */
const isApart = /@ts-|\bnamespace\b|<reference\b/

/** Those that run neither on a machine nor in a browser of today. */
const farRuntimes =
  /^(?:applescript|atomtest|couch|embertest|greasemonkey|mongo|nashorn|phantomjs|prototypejs|protractor|rhino|wsh|yui)$/
/** The names of every runtime, of browsers, of tools for tests and of TypeScript's libraries. */
const runtimes = new Set([
  ...Object.entries(globals).flatMap(([runtime, names]) => (farRuntimes.test(runtime) ? [] : Object.keys(names))),
  ...libraryTypes,
  'arguments',
])

export async function loadUndefinedNames(inputs: Inputs, facts: FactStore): Promise<Fact<UndefinedName[]>> {
  const [compiled, started] = await Promise.all([ofTsc(inputs, facts), ofStarts(inputs, facts)])
  const found = new Map<string, UndefinedName>()
  for (const each of [...compiled, ...started]) {
    const key = `${each.at.file} ${each.name}`
    if (!found.has(key)) found.set(key, each)
  }
  return known([...found.values()])
}

/** What tsc compiles, wherever the name stands. */
async function ofTsc({reader}: Inputs, facts: FactStore): Promise<UndefinedName[]> {
  const [readers, files] = await Promise.all([facts.need('sourceReaders'), facts.value('files')])
  const paths = files ?? noFiles
  const compilers = readers.filter(({kind}) => kind === 'tsc')
  if (compilers.length === 0) return []
  const manifests = await reader.texts(paths.named('package.json'))
  const packages = manifests.flatMap(({text}) => [...text.matchAll(/"([\w@/.-]+)"\s*:/g)].map(([, name = '']) => name))
  if (packages.some((name) => bringers.test(name))) return []
  const ambient = await reader.texts(paths.ending('.d.ts', '.d.mts', '.d.cts'))
  const settings = await reader.texts(paths.beginning('tsconfig'))
  const hasGlobals = settings.some(({text}) => text.includes('allowUmdGlobalAccess'))
  const found: UndefinedName[] = []
  for (const {sources, by, command, when} of compilers) {
    const texts = sources.filter(({path}) => !isAmbient.test(path))
    const declared = declaredFor([...ambient, ...texts])
    const [values, types] = [namesOf(texts, false), namesOf(texts, true)]
    // What is no module shares its names with all others that are none.
    const modules = texts.filter((file) => moduleNames(file)?.isOpen === false)
    for (const {name, at, meaning, own} of modules.flatMap((file) => unknownIn(file, declared))) {
      // `NodeJS.Timeout`, `Express.Request`: the packages of types have namespaces for all.
      const other = meaning === 'any' ? undefined : (own ?? (meaning === 'type' ? types : values).get(name))
      const isOfPackage = other?.from !== undefined && !/^[.@~#$]{1,2}\//.test(other.from)
      if (other && !(hasGlobals && isOfPackage) && !packages.some((each) => hasTypesOf(each, name)))
        found.push({name, at, elsewhere: other, by, command, when})
    }
  }
  return found
}

/** What a program comes to while it loads its modules. */
async function ofStarts({reader}: Inputs, facts: FactStore): Promise<UndefinedName[]> {
  const found: UndefinedName[] = []
  for (const {kind, sources, origin, by, command, when} of await facts.need('sourceReaders')) {
    if (kind !== 'program' || origin === undefined) continue
    const elsewhere = namesOf(sources, false)
    const manifest = await readManifest(reader, origin)
    const packages = Object.keys(manifest?.dependencies ?? {})
    // A file may hand a name to all others.
    const given = sources.map(({text}) => text).join('\n')
    const unknown = sources.flatMap((file) => unknownIn(file, new Set()))
    for (const {name, at, own} of unknown.filter(({meaning, isAtOnce}) => meaning === 'value' && isAtOnce)) {
      const ofPackage = packages.includes(name) ? {file: posix.join(origin, 'package.json'), from: name} : undefined
      const ofNode = isBuiltin(name) ? {file: undefined, from: `node:${name}`} : undefined
      const other = own ?? elsewhere.get(name) ?? ofPackage ?? ofNode
      if (other && !handsOver(given, name)) found.push({name, at, elsewhere: other, by, command, when})
    }
  }
  return found
}

/** `globalThis.name = …`, the whole object (`Object.assign(globalThis, …)`), a package that does so, or a `with`. */
const handsOver = (text: string, name: string): boolean =>
  /\bglobalThis\b(?!\??\.)|\bglobal(?:\[|\s{1,20}as\b|\s{0,20}[,;)])|["'][^"'\n]{1,100}\/globals?["']/.test(text) ||
  new RegExp(`\\bglobal(?:This)?(?:\\.|\\[["'])${escapePattern(name)}\\b|\\bwith\\s{0,20}\\(`).test(text)

const isAmbient = /\.d\.[cm]?ts$/

/** A name that a file uses and that neither it nor a runtime has. */
interface Unknown extends Pick<UnresolvedName, 'name' | 'meaning' | 'isAtOnce'> {
  at: FileLocation
  /** In another block of the file. */
  own: Elsewhere | undefined
}

/** Each name once. */
function unknownIn(file: TextFile, declared: ReadonlySet<string>): Unknown[] {
  const found = new Map<string, Unknown>()
  for (const {name, start, meaning, isAtOnce, inner} of isApart.test(file.text) ? [] : unresolvedIn(file)) {
    const key = `${meaning} ${name} ${isAtOnce}`
    if (found.has(key) || runtimes.has(name) || declared.has(name)) continue
    const placeOf = (place: number) => file.span(place, place + name.length)
    const own = inner === undefined ? undefined : {file: file.path, from: undefined, inner: placeOf(inner)}
    found.set(key, {name, meaning, isAtOnce, at: placeOf(start), own})
  }
  return [...found.values()]
}

const unresolvedIn = (file: TextFile): readonly UnresolvedName[] => scopesOf(file)?.unresolved ?? []

/** What is said to be there for all files. */
function declaredFor(files: readonly TextFile[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const file of files) {
    const {path, text} = file
    const isOpen = moduleNames(file)?.isOpen
    if (isAmbient.test(path)) for (const [name] of text.matchAll(/[\w$]+/g)) found.add(name)
    else if (isOpen || /\bdeclare\b|\bglobal\b/.test(text))
      for (const {name, kind} of scopesOf(file)?.bindings ?? []) if (isOpen || kind === 'apart') found.add(name)
  }
  return found
}

/** The names that files import or declare, with the first file that does; those of types, too, or not. */
function namesOf(files: readonly TextFile[], withTypes: boolean): ReadonlyMap<string, Elsewhere> {
  const found = new Map<string, Elsewhere>()
  const modules = files.map((file) => ({file: file.path, names: moduleNames(file)}))
  for (const {file, names} of modules)
    for (const {specifier, takes} of names?.imports ?? [])
      for (const {local, isType} of takes)
        if (local !== undefined && (withTypes || !isType) && !found.has(local))
          found.set(local, {file, from: specifier})
  for (const {file, names} of modules)
    for (const name of names?.exported ?? []) if (!found.has(name)) found.set(name, {file, from: undefined})
  return found
}
