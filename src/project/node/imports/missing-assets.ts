/**
 * Style sheets, pictures and fonts that a bundler is told to take and that are not there: it stops (tried with Next.js 15.5 and
 * 16.4, and Vite 7).
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {withoutBlockComments} from '../../code/comments.ts'
import {type Files, noFiles} from '../../files/files.ts'
import {otherCase} from '../../files/other-case.ts'
import type {TextFile} from '../../files/text.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Inputs} from '../../inputs.ts'
import {isLoaded, moduleNames} from '../source/module-names.ts'
import type {SourceReader} from '../source/source-readers.ts'
import {nodesOf} from '../source/syntax-nodes.ts'
import type {Project} from '../typescript/tsconfig.ts'
import {importSpecifiers} from './import-specifiers.ts'
import {laidElsewhere} from './laid-elsewhere.ts'
import {scriptsIn} from './page-scripts.ts'
import {pathAliases} from './path-aliases.ts'
import {resolvedImport} from './resolved-import.ts'
import {isAsset, isBehindLink, isGenerated} from './unseen-files.ts'

export interface MissingAsset extends Pick<SourceReader, 'by' | 'command'> {
  /** `./globals.css`, as it is written. */
  specifier: string
  /** The path that it means. */
  name: string
  at: FileLocation
  /** The file that is called so but for upper and lower case. */
  otherCase: string | undefined
}

/** What a file names, from its own folder: the offset of the first letter. */
interface Named {
  specifier: string
  start: number
}

/** Bundlers that stop at the first such file. */
const strict = /^(?:next build|vite build|react-scripts build|astro build|remix vite:build|react-router build)$/

export async function loadMissingAssets({reader}: Inputs, facts: FactStore): Promise<Fact<MissingAsset[]>> {
  const [readers, image, files] = await Promise.all([
    facts.need('sourceReaders'),
    facts.value('image'),
    facts.value('files'),
  ])
  const project = {reader, paths: files ?? noFiles}
  const meant = await meaning(project)
  const found = new Map<string, MissingAsset>()
  for (const {kind, tool, sources, pages = [], by, command, leadsElsewhere, mayBeWritten} of readers) {
    if (kind !== 'bundler' || !strict.test(tool) || leadsElsewhere || mayBeWritten) continue
    const isNext = tool === 'next build'
    const sheets = new Set<string>()
    const ask = (file: TextFile, named: readonly Named[], hasAliases: boolean) => {
      for (const {specifier, start} of named) {
        const name = meant(file.path, specifier, hasAliases)
        if (name === undefined) continue
        if (name.endsWith('.css') && project.paths.has(name)) sheets.add(name)
        if (!isLost(name, project.paths) || found.has(name)) continue
        const at = file.span(start, start + specifier.length)
        found.set(name, {specifier, name, at, by, command, otherCase: otherCase(name, project.paths)})
      }
    }
    for (const file of sources) ask(file, [...importsOf(file), ...(isNext ? fontsOf(file) : [])], isNext)
    for (const file of pages) ask(file, importsOfPage(file), false)
    if (await takesOthers(project)) continue
    // Those that a sheet brings are met behind it.
    for (const path of sheets) {
      const sheet = await reader.text(path)
      if (sheet) ask(sheet, namesOfSheet(sheet.text, isNext), false)
    }
  }
  if (found.size === 0) return known([])
  const isLaid = await laidElsewhere(image, reader, project.paths)
  const ignored = await ignoredPaths(reader.root, [...found.keys()])
  // A step before the deploy may write it.
  const workflows = await reader.texts(project.paths.under('.github/workflows'))
  const isMade = (name: string) => workflows.some(({text}) => text.includes(posix.basename(name)))
  return known([...found.values()].filter(({name}) => !ignored.has(name) && !isLaid(name) && !isMade(name)))
}

const isLost = (name: string, paths: Files): boolean =>
  isAsset(name) &&
  !isGenerated(name) &&
  !name.startsWith('..') &&
  !/(?:^|\/)node_modules\//.test(name) &&
  // `./cart.css` is cart.css.ts of vanilla-extract.
  resolvedImport(name, paths) === undefined &&
  !isBehindLink(name, paths)

/** The path that a specifier means from a file; Next.js takes the aliases of tsconfig.json. */
async function meaning(
  project: Project,
): Promise<(from: string, specifier: string, hasAliases: boolean) => string | undefined> {
  const aliases = await pathAliases(project)
  return (from, specifier, hasAliases) => {
    const path = specifier.replace(/[?#].*$/s, '')
    if (/^\.{1,2}\//.test(path)) return posix.join(posix.dirname(from), path)
    const {own, others} = hasAliases ? aliases(path, from) : {own: [], others: []}
    return own.length === 1 && others.length === 0 ? own[0] : undefined
  }
}

function importsOf(file: TextFile): Named[] {
  const names = moduleNames(file)
  if (!names) return []
  return names.imports
    .filter((each) => !each.isGuarded && isLoaded(file, names, each))
    .map(({specifier, start}) => ({specifier, start: start + 1}))
}

/** Of a page what it surely uses: for its effects, or by a name that stands once more. */
function importsOfPage({path, text}: TextFile): Named[] {
  const script = scriptsIn(path, text)
  return importSpecifiers(script).flatMap(({text: specifier, start, isDynamic}) => {
    const [, name] = /\bimport\s{1,9}(?:(\w{1,100})\s{1,9}from\s{0,9})?$/.exec(script.slice(0, start - 1)) ?? ['', '']
    const others = text.slice(0, start) + text.slice(start + specifier.length)
    const isUsed = name === undefined || (name !== '' && others.split(new RegExp(`\\b${name}\\b`)).length > 2)
    return !isDynamic && isUsed ? [{specifier, start}] : []
  })
}

/** `localFont({src: './fonts/Inter.woff2'})` of next/font/local, which takes literals alone. */
function fontsOf(file: TextFile): Named[] {
  const local = moduleNames(file)
    ?.imports.find(({specifier}) => specifier === 'next/font/local')
    ?.takes.find(({name}) => name === 'default')?.local
  if (local === undefined) return []
  return nodesOf(file, 'CallExpression').flatMap(
    ({
      node: {
        callee,
        arguments: [options],
      },
    }) =>
      callee.type === 'Identifier' && callee.name === local && options?.type === 'ObjectExpression'
        ? pathsOf(file, options.start ?? 0, options.end ?? 0)
        : [],
  )
}

/** The strings behind `src:` and `path:`. */
const pathsOf = (file: TextFile, from: number, to: number): Named[] =>
  nodesOf(file, 'ObjectProperty').flatMap(({node: {key, value, start}}) =>
    (start ?? 0) > from &&
    (start ?? 0) < to &&
    key.type === 'Identifier' &&
    /^(?:src|path)$/.test(key.name) &&
    value.type === 'StringLiteral'
      ? [{specifier: value.value, start: (value.start ?? 0) + 1}]
      : [],
  )

/** What a style sheet brings; a url() that Vite does not find it leaves as it is. */
function namesOfSheet(source: string, hasUrls: boolean): Named[] {
  const text = withoutBlockComments(source)
  const imports = /@import\s{1,9}(?:url\(\s{0,9})?["']?(\.{1,2}\/[^"')\s;]{1,200})/g
  const urls = /(?<!@import\s{1,9})\burl\(\s{0,9}["']?(\.{1,2}\/[^"')\s]{1,200})/g
  return [imports, ...(hasUrls ? [urls] : [])].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({0: all, 1: specifier = '', index}) => ({
      specifier,
      start: index + all.lastIndexOf(specifier),
    })),
  )
}

/** Whether a plug-in of PostCSS may take other files than those beside. */
async function takesOthers({reader, paths}: Project): Promise<boolean> {
  const settings = await reader.texts(paths.beginning('postcss.config.', '.postcssrc'))
  return settings.some(({text}) => /postcss-(?:import|url|partial|mixins|easy)|resolve\s{0,9}[(:]/.test(text))
}
