/** What started code asks of Node.js that came with a later version than the image has. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {codeOf} from '../../code/code.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {nodeOfBase} from '../../toolchains/other-node.ts'
import {atLeast, everyOf, isBelow} from '../../toolchains/ranges.ts'
import {moduleNames} from './module-names.ts'
import {lockText, mayAsk, packagesIn} from './newer-packages.ts'
import {scopesOf} from './scopes.ts'
import type {SourceReader} from './source-readers.ts'

export interface NewerName extends Pick<SourceReader, 'by' | 'command' | 'when'> {
  /** `Promise.withResolvers`, `node:sqlite`, `styleText of node:util`. */
  name: string
  since: string
  /** `18`, of `node:18-slim`. */
  has: string
  image: string
  at: FileLocation
  /** The program comes to it as it loads its modules; else in a function, or where the module says what it exports. */
  isAtOnce: boolean
  /** What Node.js says there. */
  error: string
  /** The package that asks for it, not the code: `cheerio 1.2.0, which loads undici 7.16.0`. */
  through?: string
  package?: string
}

/**
 * By the page of each in Node's documentation ("Added in"; the older line where it came to two), and by V8's version for
 * what is the language's own.
 */
const globals: ReadonlyMap<string, string> = new Map(
  Object.entries({
    fetch: '18.0',
    FormData: '18.0',
    Headers: '18.0',
    Request: '18.0',
    Response: '18.0',
    structuredClone: '17.0',
    CustomEvent: '19.0',
    crypto: '19.0',
    File: '20.0',
    WebSocket: '22.0',
  }),
)

const members: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'AbortSignal.any': '18.17',
    'Array.fromAsync': '22.0',
    'Map.groupBy': '21.0',
    'Object.groupBy': '21.0',
    'Promise.try': '23.0',
    'Promise.withResolvers': '22.0',
    'RegExp.escape': '24.0',
    'URL.canParse': '18.17',
    'URL.parse': '22.1',
    'process.getBuiltinModule': '20.16',
    'process.loadEnvFile': '20.12',
  }),
)

const modules: ReadonlyMap<string, string> = new Map([['node:sqlite', '22.5']])

const exported: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'fs/promises glob': '22.0',
    'fs glob': '22.0',
    'fs globSync': '22.0',
    'module enableCompileCache': '22.1',
    'module registerHooks': '22.15',
    'module stripTypeScriptTypes': '22.13',
    'crypto hash': '20.12',
    'os availableParallelism': '18.14',
    'util parseArgs': '16.17',
    'util parseEnv': '20.12',
    'util styleText': '20.12',
  }),
)

/** What may lay such a name where it is missing. */
const polyfills = /polyfill|core-js|ponyfill|^(?:undici|cross-fetch|isomorphic-\w+|whatwg-fetch|es-shims|airbnb)/

interface Use {
  name: string
  since: string
  at: FileLocation
  isAtOnce: boolean
  error: string
  through?: string
  package?: string
}

export async function loadNewerNames({reader}: Inputs, facts: FactStore): Promise<Fact<NewerName[]>> {
  const [readers, {final}, files] = await Promise.all([
    facts.need('sourceReaders'),
    facts.need('build'),
    facts.value('files'),
  ])
  const image = rootImage(final.stage) ?? ''
  const has = await nodeOfBase(final.stage, files ?? noFiles, reader)
  if (has === undefined) return known([])
  const isMissing = (since: string) => isBelow(everyOf(has), atLeast(since))
  const found: NewerName[] = []
  for (const {kind, tool, sources, by, command, when, origin} of readers) {
    if (kind !== 'program' || when === 'build' || tool === 'bun') continue
    const imports = sources.flatMap((file) => moduleNames(file)?.imports ?? [])
    const told = new Set<string>()
    const isLaid = imports.some(({specifier}) => polyfills.test(specifier))
    const ofCode = isLaid ? [] : sources.flatMap((file) => usesIn(file, isMissing, tool))
    const ofPackages = imports.some(({specifier}) => mayAsk.has(specifier))
      ? packageUses(sources, await lockText(origin ?? '', (path) => reader.text(path)), isMissing)
      : []
    // What is told of first ends the program first.
    const uses = [...ofPackages, ...ofCode]
    for (const use of uses.toSorted((one, other) => Number(other.isAtOnce) - Number(one.isAtOnce))) {
      if (told.has(use.name) || isLookedFor(use.name, sources)) continue
      told.add(use.name)
      found.push({...use, by, command, when, has, image})
    }
  }
  return known(found)
}

const packageUses = (sources: readonly TextFile[], lock: string, isMissing: (since: string) => boolean): Use[] =>
  sources.flatMap((file) =>
    packagesIn(file, lock, isMissing).map(({start, end, ...each}) => ({
      ...each,
      isAtOnce: true,
      at: file.span(start, end),
    })),
  )

/** Whether a file asks if the name is there, or makes it: all that is not a call of it, or `new`. */
function isLookedFor(name: string, sources: readonly TextFile[]): boolean {
  const [own = '', member] = name.split('.')
  if (member === undefined ? !globals.has(name) : own === 'import') return false
  const asks =
    member === undefined
      ? new RegExp(`\\btypeof\\s+${own}\\b|\\bglobal(?:This)?\\b[^\\n]{0,40}\\b${own}\\b|["']${own}["']\\s+in\\b`)
      : new RegExp(`\\b${own}\\??\\.${member}\\b(?!\\s{0,9}\\()|["']${member}["']|\\b${own}\\?\\.${member}`)
  return sources.some(({text}) => asks.test(text))
}

const usesIn = (file: TextFile, isMissing: (since: string) => boolean, tool: string): Use[] =>
  // tsx may make an import a variable of CommonJS, which is empty there.
  [...namesIn(file), ...importsIn(file, tool === 'node'), ...metaIn(file)].filter(({since}) => isMissing(since))

function namesIn(file: TextFile): Use[] {
  return (scopesOf(file)?.unresolved ?? []).flatMap(({name, start, meaning, isAtOnce}) => {
    if (meaning !== 'value') return []
    const ofAll = globals.get(name)
    const end = start + name.length
    if (ofAll !== undefined)
      return [{name, since: ofAll, isAtOnce, at: file.span(start, end), error: `${name} is not defined`}]
    const [whole, member] = /^\s{0,9}\.\s{0,9}(\w{1,30})(?=\s{0,9}\()/.exec(file.text.slice(end, end + 60)) ?? []
    const since = members.get(`${name}.${member}`)
    if (whole === undefined || since === undefined) return []
    const full = `${name}.${member}`
    return [{name: full, since, isAtOnce, at: file.span(start, end + whole.length), error: `${full} is not a function`}]
  })
}

function importsIn(file: TextFile, isLinked: boolean): Use[] {
  return (moduleNames(file)?.imports ?? []).flatMap(({specifier, start, isLate, isGuarded, takes}): Use[] => {
    const since = modules.get(specifier)
    if (isGuarded) return []
    if (since !== undefined)
      return [
        {
          name: specifier,
          since,
          isAtOnce: !isLate,
          at: file.span(start, start + specifier.length + 2),
          error: `No such built-in module: ${specifier}`,
        },
      ]
    return takes.flatMap(({name, start: taken, isType}) => {
      const own = exported.get(`${specifier.replace(/^node:/, '')} ${name}`)
      if (own === undefined || isType) return []
      const error = `The requested module '${specifier}' does not provide an export named '${name}'`
      return [
        {
          name: `${name} of ${specifier}`,
          since: own,
          isAtOnce: isLinked,
          at: file.span(taken, taken + name.length),
          error,
        },
      ]
    })
  })
}

/** What import.meta lacks is undefined, also where the program then makes a path of it. */
function metaIn(file: TextFile): Use[] {
  const found = /\bimport\.meta\.(?:dirname|filename)\b(?!\s{0,9}(?:\?\?|\|\|))/.exec(codeOf(file)?.bare ?? '')
  if (!found) return []
  const [name] = found
  const at = file.span(found.index, found.index + name.length)
  return [{name, since: '20.11', isAtOnce: false, at, error: `${name} is undefined`}]
}
