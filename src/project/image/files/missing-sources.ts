/** What COPY --from takes and a stage is not seen to have: whether the stage is likely to make it. */
import {posix} from 'node:path'
import type {BuildContext} from '../../context/build-context.ts'
import {allInstructions, rootImage, type Stage} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {type Files, isNear} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {plainName} from '../base/base-images.ts'
import type {Unknown} from '../build-stage.ts'
import {baseMayHave, mayBring} from '../may-hold.ts'
import {isInstall, partsOf, writesNamed} from '../shell/quiet-run.ts'
import type {CopySource} from './copy-files.ts'
import type {FileTree} from './file-tree.ts'
import {overlaps, withAbove} from './image-path.ts'
import {isByHand, isOutput, ownPlace} from './own-files.ts'

/** Where COPY takes files from. */
export interface SourceStage {
  files: CopySource
  unknown: readonly Unknown[]
  /** Of a stage: what it holds. */
  tree?: FileTree
  stage?: Stage
  pruned?: readonly string[]
}

/** What brings files of other names than it says; what Maven and Gradle make is below target/ and build/. */
const bringsSources =
  /\b(?:git|tar|unzip|curl|wget|patch|rsync|mv|npx|make|sed|python\S{0,100}|node|archetype\S{0,100})\b|(?<!\S)-\S{0,100}generate\b/

/**
 * Whether a folder of sources that a stage should have is not likely to be made in it: it is below src/main or src/test, which
 * Maven's and Gradle's layout keeps for what is written by hand, and that folder itself came from the context.
 */
export async function isNoSource(path: string, {files, unknown}: SourceStage): Promise<boolean> {
  const [, above = ''] = /^(.+\/src\/(?:main|test))\/[\w./-]+$/.exec(path) ?? []
  if (!above || files.entry(above)?.kind !== 'folder') return false
  return unknown.every(({by, text, path: place}) => {
    if (by === 'base') return true
    if (by === 'copy') return !overlaps(path, place)
    return text !== undefined && !/src\/(?:main|test)/.test(text) && !bringsSources.test(text)
  })
}

/**
 * Whether a stage is not likely to have a path because it has no such folder at its top: that is none of the system's or of
 * the base's, and neither a RUN nor a variable names it, with which a program could be told to make it.
 */
export function isNoTop(path: string, {tree, stage, unknown}: SourceStage): boolean {
  const [, top = ''] = path.split('/')
  if (!tree || !stage || tree.get(`/${top}`) || ofTools.has(top)) return false
  const names = new RegExp(`(?<![\\w./-])/${escapePattern(top)}(?![\\w.-])`)
  const settings = allInstructions(stage).filter(({keyword}) => keyword !== 'RUN' && keyword !== 'COPY')
  if (settings.some(({text}) => names.test(text))) return false
  return unknown.every(({by, path: place, text, folder}) => {
    if (by === 'base') return !baseMayHave(stage, `/${top}`)
    if (by === 'copy') return !overlaps(path, place)
    // At the top itself each program makes such folders.
    if (text === undefined || folder === undefined) return false
    if (folder === '/' && !isInstall(text)) return false
    // A configuration that is not read may name a folder beside the one that is built: `outDir: '../dist'`.
    if (folder.lastIndexOf('/') === 0 && ofScripts.test(text)) return false
    return !names.test(text) && !leaves.test(text.replace(ofFrameworks, ''))
  })
}

/** Where Go, Rust and Nix lay what they install, and homes. */
const ofTools: ReadonlySet<string> = new Set(['go', 'cargo', 'nix', 'home', 'srv', 'deps'])
const ofScripts = /\b(?:npm|pnpm|yarn|bun|npx|bunx|node|deno|vite|ng|turbo|nx)\b/
/** What may write at the top by itself: recipes, scripts and tasks, installers that are fetched, what another folder is told. */
const leaves =
  /<<|\.\.\/|(?<![\w./-])\/(?=[\s"';&{]|$)|\b(?:cd|pushd) ["']?(?:\/|\.\.)|\/["']?\$|\$\{?\w+\}?\/|\||(?<![\w./-])(?:make|cmake|ninja|meson|bazel|nix|just|task|mage|rake|invoke|nox|tox|fab|install|sh|bash|collectstatic|(?:go|cargo|dotnet|mix|uv|poetry|pdm|pipenv) (?:run|exec|xtask))(?![\w./-])|(?:^|[\s;&])\.\/|\.(?:sh|py)\b/
const ofFrameworks =
  /\.\/(?:bin\/(?:rails|rake|bundle)|gradlew|mvnw)\b|\b(?:apt-get|apt|apk|dnf|npm|pnpm|yarn|bun|pip3?|bundle|gem|composer|poetry|cargo|go|microdnf|yum) (?:-\S+ ){0,5}install\b/g

/** What compilers write beside the sources: types, and what is native. */
const compiled = /\.(?:d\.[cm]?ts|node|wasm|so|map)$/

/** Settings of the computer that deploys: no archive that is fetched has them. */
const ofComputer = /\/\.env(?:\.\w+)*$/
const unpacks = /^(?:sudo\s+)?(?:tar|unzip|wget|curl)\s(?!.*\.env)/
const withoutArchives = (each: Unknown): Unknown =>
  each.by !== 'run' || each.text === undefined
    ? each
    : {
        ...each,
        text: partsOf(each.text)
          .filter((part) => !unpacks.test(part))
          .join('\n'),
      }

/** Where no build writes a program without an ending. */
const scripted = /^(?:node|oven\/bun)(?:[:@]|$)/

const generators = /generat|codegen|\b(?:swag|protoc|sqlc|buf|templ|graphql\S*)\b/

/** Folders that builds write are called so, and what begins with a dot; `public` is for the files of the project. */
const isWritten = (name: string): boolean => name.startsWith('.') || (name !== 'public' && isOutput(name))

/**
 * Where a file or a folder that a stage should have would be in the context: it stands in a folder that came from there,
 * and no RUN names it or moves whole folders.
 */
export async function ownSource(
  path: string,
  {tree, stage, unknown}: SourceStage,
  context: BuildContext,
): Promise<string | undefined> {
  if (!tree || !stage || /[*?[]/.test(path) || compiled.test(path)) return undefined
  if (mayBring({stage, unknown: ofComputer.test(path) ? unknown.map(withoutArchives) : unknown}, path)) return undefined
  // `.venv` is a whole name, and no ending.
  const isFolder = !/[^/]\.\w+$|\/\.env$/.test(path)
  // Go alone lays nothing but its program, whatever a folder is called.
  const isNamedOnly = unknown.every(({by, text}) => by !== 'run' || writesNamed(text ?? ''))
  const isOfGo = isNamedOnly && /^golang(?::|$)/.test(plainName(rootImage(stage) ?? ''))
  const source = isOfGo ? placeInContext(tree, path, context) : undefined
  // `-o bin/` names the folder of programs that it does not name.
  const [top] = source?.split('/') ?? []
  if (top && !unknown.some(({text}) => text?.includes(top))) return source
  if (isFolder && isWritten(posix.basename(path))) return undefined
  const folder = tree.get(posix.dirname(path))
  const beside = folder?.kind === 'folder' ? [...folder.entries.values()] : []
  const sources = new Set(beside.flatMap((entry) => (entry.kind === 'file' ? entry.source : [])))
  for (const each of sources) if (!context.entry(`/${each}`)) return undefined
  const own = ownPlace(tree, path, sources) ?? placeOfHand(tree, path, unknown, context)
  // What .dockerignore keeps away was to come with the rest, unless it is generated.
  if (own !== undefined && context.leftOut(`/${own}`))
    return unknown.some(({text = ''}) => generators.test(text)) ? undefined : own
  if (isFolder && !scripted.test(plainName(rootImage(stage) ?? ''))) return undefined
  // Beside the manifests a build may lay its results: what they are called, the files there tell.
  const isSure = isFolder || own?.includes('/') || isByHand(own ?? '')
  return isSure || isNamedOnly ? own : undefined
}

/**
 * Where a script or a source would be in the context that no build has a reason to make: in the folder nearest to it, beside
 * what came there from the project, be it from several folders; undefined where one of those has it, or code is generated.
 */
function placeOfHand(
  tree: FileTree,
  path: string,
  unknown: readonly Unknown[],
  context: BuildContext,
): string | undefined {
  const mayBeGenerated = !/\.(?:sh|bash)$/.test(path) && unknown.some(({text = ''}) => generators.test(text))
  if (!isByHand(posix.basename(path)) || mayBeGenerated) return undefined
  const above = withAbove(posix.dirname(path)).find((each) => each !== '/' && tree.get(each)?.kind === 'folder')
  const folder = above === undefined ? undefined : tree.get(above)
  if (above === undefined || folder?.kind !== 'folder') return undefined
  const files = new Map<string, number>()
  for (const [name, entry] of folder.entries) {
    if (entry.kind === 'folder' || posix.basename(entry.source) !== name) continue
    const origin = posix.dirname(entry.source)
    files.set(origin, (files.get(origin) ?? 0) + 1)
  }
  const [most, ...others] = [...files]
    .sort(([, one], [, other]) => other - one)
    .map(([origin]) => posix.join(origin, path.slice(above.length + 1)))
  if (most === undefined || isOutput(most)) return undefined
  return [most, ...others].some((each) => context.entry(`/${each}`) || context.leftOut(`/${each}`)) ? undefined : most
}

/** Where a path whose folder is not there either would be in the context: below the folder that a `COPY . .` has filled. */
function placeInContext(tree: FileTree, path: string, context: BuildContext): string | undefined {
  if (tree.get(posix.dirname(path))) return undefined
  const above = withAbove(path).find((each) => tree.get(each))
  const folder = above === undefined ? undefined : tree.get(above)
  if (above === undefined || above === '/' || folder?.kind !== 'folder') return undefined
  const isLaidAsItIs = [...folder.entries].every(
    ([name, entry]) => entry.kind === 'folder' || (entry.source === name && context.entry(`/${name}`)),
  )
  const own = path.slice(above.length + 1)
  return isLaidAsItIs && !context.entry(`/${own}`) ? own : undefined
}

/** Whether a file of settings beside it, or at the root, names a folder: a tool may be told to write there. */
export async function isNamedBeside(path: string, context: BuildContext, reader: ProjectReader): Promise<boolean> {
  const named = new RegExp(`["'\`./]${escapePattern(posix.basename(path))}(?=["'\`/])`)
  for (const folder of new Set([posix.dirname(path), '.'])) {
    const names = context.names(posix.join('/', folder), (own) => own.list()).filter((name) => settings.test(name))
    const texts = await Promise.all(names.map((name) => reader.text(posix.join(folder, name))))
    if (texts.some((file) => file && named.test(file.text))) return true
  }
  return false
}

const settings =
  /^(?:package|tsconfig[\w.-]*|project|turbo|nx|angular|nest-cli|components)\.json$|[.-]?config\.\w+$|^\w+\.ya?ml$|\.toml$/

/** Whether settings anywhere name a folder at the top of the image, or one so called above their own. */
export async function isNamedTop(path: string, files: Files, reader: ProjectReader): Promise<boolean> {
  const [, top = ''] = path.split('/')
  const named = new RegExp(`(?:(?<![\\w./-])|\\.\\.)/${escapePattern(top)}(?![\\w.-])`)
  const near = files.ending(...endings).filter((each) => isNear(each) && isOfTool(posix.basename(each)))
  return (await reader.texts(near)).some(({text}) => named.test(text))
}

const endings =
  '.json .toml .yml .yaml .js .cjs .mjs .ts .mts .exs .xml .gradle .kts .csproj .fsproj .props .npmrc'.split(' ')

/** fly.toml and compose files say what an image is for, and not how it is built. */
const isOfTool = (name: string): boolean =>
  (settings.test(name) || /\.(?:exs|xml|gradle|kts|csproj|fsproj|props|npmrc)$/.test(name)) &&
  !/^fly\b|compose\b|lock\b/.test(name)
