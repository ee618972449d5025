import {isBuiltin} from 'node:module'
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {onlyOthersImage} from '../../deploys/others-image.ts'
import {type Files, noFiles} from '../../files/files.ts'
import {foldersAbove} from '../../files/folders-above.ts'
import {otherCase} from '../../files/other-case.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {IgnoringRule} from '../../git/git.ts'
import type {Inputs} from '../../inputs.ts'
import type {SourceReader} from '../source/source-readers.ts'
import {idleMembers} from '../workspace/idle-members.ts'
import {configuredRoutes, isRoutesFile} from './configured-routes.ts'
import {withoutApps, withoutPrototypes, withoutUnlocked} from './doubtful-imports.ts'
import {firstFiles} from './first-files.ts'
import {frameworkAliases} from './framework-aliases.ts'
import {withoutGenerated} from './ignored-sources.ts'
import {type ImportSpecifier, importSpecifiers, packageName} from './import-specifiers.ts'
import {knownPackages} from './known-packages.ts'
import {laidBeside} from './laid-beside.ts'
import {laidElsewhere} from './laid-elsewhere.ts'
import {scriptsIn} from './page-scripts.ts'
import {pathAliases} from './path-aliases.ts'
import {reachedFiles} from './reached-files.ts'
import {resolvedImport, sourceAlias} from './resolved-import.ts'
import {isOfMix, lacksJavaScript, shippedSources} from './shipped-sources.ts'
import {isAsset, isBehindLink, isGenerated, isOfComposer} from './unseen-files.ts'

/** An import that leads nowhere. */
export interface MissingImport {
  /** `file`: a path beside; `package`: neither declared in a package.json nor in a lock file. */
  kind: 'file' | 'package'
  specifier: string
  /** Of a file: the path that it means, without an ending. Of a package: its name. */
  name: string
  at: FileLocation
  /** Of a file: what surely reads the import and stops; undefined where that is not certain. */
  stops?: Pick<SourceReader, 'by' | 'command' | 'when'> | undefined
  /** Of a file: the one that is called so but for upper and lower case. */
  otherCase?: string | undefined
  /** Of a package: there is no lock file, which would tell whether another package brings it. */
  isUnlocked?: boolean
  /** Of a package: when the file is read that imports it, where that is known. */
  when?: SourceReader['when'] | undefined
  /** Of a file: what git ignores it by, which was meant for what is built. */
  ignoredBy?: IgnoringRule
}

/** Names that Docusaurus makes up for the site and for what it brings itself (docusaurus.io, "Docusaurus Client API"). */
const ofDocusaurus = /^@(?:site|theme|theme-original|theme-init|generated|docusaurus)\//

/** Deno finds packages by the settings of its own that are nearest, and by a package.json beside them. */
const isOfDeno = (path: string, paths: Files): boolean => {
  const settings = (folder: string, names: readonly string[]) =>
    names.some((each) => paths.has(posix.join(folder, each)))
  const own = foldersAbove(path).find((folder) => settings(folder, ['package.json', 'deno.json', 'deno.jsonc']))
  return own !== undefined && !settings(own, ['package.json'])
}

/** More than that is no project but a collection of them. */
const mostFiles = 5_000

export async function loadMissingImports({reader}: Inputs, facts: FactStore): Promise<Fact<MissingImport[]>> {
  const [files, image, flyConfig] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('flyConfig'),
  ])
  const paths = files ?? noFiles
  const reason = lacksJavaScript(paths, image) ?? (await onlyOthersImage(reader, facts))
  if (reason) return absent(reason)
  const ofMix = isOfMix(paths)
  const sources = shippedSources(paths, image, flyConfig?.file ?? '')
  if (sources.length > mostFiles) return absent('the project has too many files to follow their imports')
  const imports = await readImports(sources, reader)
  const targets = new Set<string>()
  const links = new Map<string, string[]>()
  const lost: (MissingImport & {from: string; isAlias?: boolean})[] = []
  const aliasPaths = await pathAliases({reader, paths})
  const ofFramework = await frameworkAliases({reader, paths})
  const leads = (from: string, to: string) => {
    const own = links.get(from)
    if (own) own.push(to)
    else links.set(from, [to])
  }
  const packages = await knownPackages(reader, paths)
  // `import('./server/index.js')` of a file that is itself built into the folder beside.
  const isBuiltFolder = (path: string) => path.includes('/') && !paths.hasFolderNamed(path.split('/').at(-2) as string)
  for (const {path, specifier, at} of imports) {
    const {text} = specifier
    if (/^\.{1,2}(\/|$)/.test(text)) {
      const wanted = posix.join(posix.dirname(path), text.replace(/[?#].*$/s, ''))
      const found = resolvedImport(wanted, paths)
      if (found) {
        targets.add(found)
        leads(path, found)
      }
      // A file above the project, or one that a tool makes up.
      else if (
        !wanted.startsWith('..') &&
        !isMadeUp(wanted) &&
        !isBehindLink(wanted, paths) &&
        !isOfComposer(wanted, paths) &&
        !(specifier.isDynamic && isBuiltFolder(wanted)) &&
        !(ofMix && /(?:^|\/)(?:deps|node_modules|_build|priv)\//.test(wanted))
      ) {
        lost.push({kind: 'file', specifier: text, name: wanted, at, from: path})
      }
      continue
    }
    const ofSource = sourceAlias(path, text, paths)
    if (ofSource) targets.add(ofSource)
    if (ofMix) continue
    const {own: ofSettings, others} = aliasPaths(text, path)
    const own = [...ofSettings, ...[ofFramework(text, path) ?? []].flat()]
    const meant = [...own, ...others].map((each) => resolvedImport(each, paths)).find((each) => each !== undefined)
    if (meant) leads(path, meant)
    else if (
      own[0] &&
      !ofSource &&
      !own[0].startsWith('..') &&
      !isMadeUp(own[0]) &&
      !isBehindLink(own[0], paths) &&
      !specifier.isDynamic
    )
      lost.push({kind: 'file', specifier: text, name: own[0], at, from: path, isAlias: true})
    if (meant || own.length > 0) continue
    const name = packageOf(text)
    // `components/button` and `@components/button` may be an alias of a bundler for a folder.
    const [first = ''] = text.split('/', 1)
    const isAlias =
      paths.hasFolderNamed(first.replace(/^@/, '')) ||
      (packages.has('@docusaurus/core') && ofDocusaurus.test(text)) ||
      // `starpod.config` for starpod.config.ts of a folder above: `baseUrl` of tsconfig.json.
      (text === first && foldersAbove(path).some((folder) => resolvedImport(posix.join(folder, text), paths)))
    if (name && !isAlias && !specifier.isOptional && !packages.has(name) && !isOfDeno(path, paths))
      lost.push({kind: 'package', specifier: text, name, at, from: path, isUnlocked: !packages.isLocked})
  }
  const begins = await firstFiles(sources, {reader, paths})
  // Bundlers see what is reached alone, and an alias means nothing but to them.
  const reached = lost.some(({isAlias}) => isAlias) ? await reachedFiles(sources, links, {reader, paths}) : undefined
  const isIdle = lost.length > 0 ? await idleMembers(facts, reader) : undefined
  const used = lost.filter(
    ({from, isAlias}) => (isAlias ? reached?.has(from) : targets.has(from) || begins(from)) && !isIdle?.(from),
  )
  const buildsApps = image?.stages.some(({commands}) =>
    commands.some(({words}) => words.some((word) => /\b(?:expo|eas|react-native)\b/.test(word ?? ''))),
  )
  const served = buildsApps ? used : await withoutApps(used, paths, reader)
  const told = await withoutGenerated(withoutUnlocked(withoutPrototypes(served, paths)), {reader, paths})
  if (told.length === 0) return known(told)
  const isLaid = await laidElsewhere(image, reader, paths)
  const relative = told.flatMap(({kind, specifier, at}) =>
    kind === 'file' && specifier.startsWith('.') ? at.file : [],
  )
  const isBeside = laidBeside(relative.length > 0 ? await facts.value('build') : undefined, new Set(relative))
  const {stoppedReaders} = await import('./stopped-readers.ts')
  const {stops, when} = await stoppedReaders(facts, {reader, paths})
  return known(
    told
      .filter(({kind, name, specifier, at}) => kind !== 'file' || !(isLaid(name) || isBeside(at.file, specifier)))
      .map((each) => ({
        ...each,
        ...(each.kind === 'file'
          ? {stops: each.ignoredBy ? undefined : stops(each), otherCase: otherCase(each.name, paths)}
          : {when: when(each.at.file)}),
      })),
  )
}

async function readImports(
  sources: readonly string[],
  reader: ProjectReader,
): Promise<{path: string; specifier: ImportSpecifier; at: FileLocation}[]> {
  const texts = await Promise.all(sources.map((path) => reader.text(path)))
  return texts.flatMap((file, index) =>
    file
      ? specifiersOf(file).map((specifier) => ({
          path: sources[index] as string,
          specifier,
          at: file.span(specifier.start, specifier.end),
        }))
      : [],
  )
}

/** What a file imports; of routes.ts also the files that it names. */
function specifiersOf({path, text}: TextFile): ImportSpecifier[] {
  const named = isRoutesFile(path) ? configuredRoutes(text) : []
  return [...importSpecifiers(scriptsIn(path, text)), ...named.map((each) => ({...each, text: relative(each.text)}))]
}

const relative = (path: string): string => (/^\.{0,2}\//.test(path) ? path : `./${path}`)

/** Files that exist only while a framework builds, and those that no script needs to be there. */
const isMadeUp = (path: string): boolean => isGenerated(path) || isAsset(path)

/** `@acme/ui/button` is of the package `@acme/ui`; undefined for what is no package. */
function packageOf(specifier: string): string | undefined {
  if (isBuiltin(specifier) || !/^(@[a-z0-9][\w.-]*\/[a-z0-9][\w.-]*|[a-z0-9][\w.-]*)(\/|$)/.test(specifier))
    return undefined
  const [first = ''] = specifier.split('/', 1)
  // Made by the tool that builds.
  if (
    /^(astro|bun|deno|server-only|client-only|vite|next|virtual|phoenix-colocated|electron|k6|vscode|src|app|lib|components|utils|pages|server|public|config|types|styles|assets|hooks|store|test)$/.test(
      first,
    )
  )
    return undefined
  return packageName(specifier)
}
