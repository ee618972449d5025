import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Build} from '../../image/build.ts'
import {scriptsOf} from '../scripts/scripts-of.ts'
import {type NestProject, nestProject} from './nest-cli.ts'
import {tscProjects} from './tsc-projects.ts'
import {compilerOption, tsconfigs} from './tsconfig.ts'

/** Where `npm run build`, or a RUN by itself, lays the project's code, when that is tsc alone, or `nest build` with tsc. */
export interface TscOutput {
  /** What runs tsc: `tsc`, or `nest build`, which also copies assets. */
  tool: 'tsc' | 'nest build'
  nest: NestProject | undefined
  config: TextFile
  /** It and what it extends, the nearest first. */
  chain: readonly TextFile[]
  /** What all of them say. */
  options: Record<string, unknown>
  /** outDir and rootDir, relative to the context; rootDir is what the sources have in common where it is not set. */
  folder: string
  root: string | undefined
  /** outDir. */
  at: FileLocation
  manifest: Record<string, unknown>
  /** Its package.json. */
  manifestPath: string
  /** The build lays copies of other files beside what tsc writes. */
  copies: boolean
  /** It changes the imports that tsc has written: `tsc-alias`, and `nest build` those of `paths`. */
  changes: boolean
}

/** Whatever else writes JavaScript. */
const bundlers =
  /\b(vite|webpack|rollup|esbuild|tsup|ncc|swc|babel|parcel|nest|next|nuxt|turbo|nx|tsc-alias|rslib|unbuild|tsdown|bun|remix|react-router|astro|cp|copyfiles|mv|rsync)\b/

/** tsc, with at most a configuration of its own, and behind what empties the folder. */
const alone = /^(?:(?:rimraf|rm -rf) [\w./-]+ && )?tsc(?: (?:-p|--project|-b|--build) ([\w./-]+)| (?:-b|--build))?$/

/** Options with which it writes the same files: what is checked and said, and what is written beside them. */
const sameFiles =
  / --(?:noCheck|skipLibCheck|pretty|noEmitOnError|incremental|declaration|sourceMap|listEmittedFiles|diagnostics|extendedDiagnostics|force|verbose)(?: (?:true|false))?(?=\s|$)/g

/** With tsc, unless nest-cli.json says otherwise, and behind what empties the folder. */
const nestAlone = /^(?:(?:rimraf|rm -rf) [\w./-]+ && )?nest build(?: ([\w-]+))?$/

/** What a build runs beside tsc and what writes no program of a new name: it generates, checks, removes and copies. */
const besides =
  /^(?:npx |pnpm (?:exec )?|yarn |bunx )?(?:rimraf|del-cli|rm|mkdir|mkdirp|chmod|echo|prisma (?:generate|format)|eslint|prettier|biome|tsc-alias|tsc --noEmit|(?:shx )?(?:cp|rm|mkdir|chmod)|copyfiles|cpx2?|cpy|ncp)(?: |$)/
const copying = /\b(?:cp|copyfiles|cpx2?|cpy|ncp)\b/

/** The commands of a script, with those of the scripts that it runs; undefined where one is not seen. */
function commandsOf(script: string, scripts: Readonly<Record<string, string>>, depth = 0): string[] | undefined {
  if (/[;|$`"'<>()]|(?<!&)&(?!&)/.test(script) || depth > 3) return undefined
  const found: string[] = []
  for (const part of script.split('&&').map((each) => each.trim())) {
    const name = /^(?:npm|pnpm|yarn) (?:run )?([\w:.-]+)$/.exec(part)?.[1]
    const other = name === undefined ? undefined : scripts[name]
    if (other !== undefined && (scripts[`pre${name}`] ?? scripts[`post${name}`]) !== undefined) return undefined
    const inner = other === undefined ? [part] : commandsOf(other, scripts, depth + 1)
    if (!inner) return undefined
    found.push(...inner)
  }
  return found
}

const runner = /^(?:npx|pnpm(?: exec)?|yarn) (?=(?:tsc|nest build)\b)/

/** The one call of tsc in a script that runs besides nothing but what writes no programs, and whether it copies. */
function tscAmong(
  script: string,
  scripts: Readonly<Record<string, string>>,
): {tsc: string; copies: boolean; changes: boolean} | undefined {
  const commands = commandsOf(script, scripts) ?? []
  const [tsc, ...more] = commands.filter((each) => !besides.test(each))
  if (tsc === undefined || more.length > 0) return undefined
  return {
    tsc: tsc.replace(runner, ''),
    copies: commands.some((each) => copying.test(each)),
    changes: commands.some((each) => /\btsc-alias\b/.test(each)),
  }
}

/** The folder of the nearest package.json above a path of the working directory, which lies there as in the repository. */
export function memberOf(path: string, {final}: Build): string {
  for (let folder = posix.dirname(path); folder !== '.' && folder !== '/'; folder = posix.dirname(folder)) {
    const manifest = posix.join(folder, 'package.json')
    const entry = final.files.get(posix.join(final.config.workingDir, manifest))
    if (entry?.kind === 'file' && entry.source === manifest) return folder
  }
  return ''
}

/**
 * Of the package.json in a folder of the repository. With the files of the project, configurations that are extended are
 * read as well, and the build may run what writes no programs beside tsc.
 */
export async function tscOutput(
  build: Build,
  reader: ProjectReader,
  member = '',
  paths?: Files,
): Promise<TscOutput | undefined> {
  const found = await tscProject(build, reader, member, paths)
  if (!found) return undefined
  const [output, root] = ['outDir', 'rootDir'].map((name) => placeOf(compilerOption(found.chain, name)))
  if (!output || found.options.noEmit === true) return undefined
  return {...found, folder: output.path, root: root?.path, at: optionIn(output.from, 'outDir')}
}

/** Where a configuration says something. */
export function optionIn(file: TextFile, name: string): FileLocation {
  return file.lineSpan(file.position(Math.max(file.text.indexOf(`"${name}"`), 0)).line)
}

/** What tsc alone builds, wherever it writes, with all that its configuration extends. */
export async function tscProject(
  {stages}: Build,
  reader: ProjectReader,
  member = '',
  paths?: Files,
): Promise<Omit<TscOutput, 'folder' | 'root' | 'at'> | undefined> {
  const manifestPath = posix.join(member, 'package.json')
  const manifest = parseLoosely((await reader.text(manifestPath))?.text ?? '') ?? {}
  const scripts = scriptsOf(manifest)
  const runs = stages.flatMap(({stage}) =>
    stage.instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
  )
  const builds = runs.some((text) => /\b(npm|pnpm|yarn)\b[^&|;\n]{0,500}\sbuild\b/.test(text))
  const parts = runs.map((text) => text.split(/&&|[;\n]/).map((part) => part.trim().replace(runner, '')))
  const compiles = parts.flat().filter((text) => /^(?:tsc|nest build\b)/.test(text))
  // `RUN cd server && npx tsc`.
  const of = parts.find((each) => compiles[0] !== undefined && each.includes(compiles[0])) ?? []
  const moves = of.slice(0, of.indexOf(compiles[0] ?? '')).filter((part) => /^cd\b/.test(part))
  const [, beside] = (!builds && moves.length === 1 && /^cd ([\w-][\w./-]*)$/.exec(moves[0] ?? '')) || []
  const isOfRoot = member !== '' && !builds && (await buildsMember())
  const [written, another] = builds ? [scripts.build?.trim()] : member === '' || isOfRoot ? compiles : []
  const among = paths && builds && written !== undefined ? tscAmong(written, scripts) : undefined
  const command = among ? among.tsc : written
  const [plain, project = 'tsconfig.json'] =
    (another === undefined && alone.exec((command ?? '').replace(sameFiles, ''))) || []
  const [isNest, app] = (paths && another === undefined && nestAlone.exec(command ?? '')) || []
  const others = [...(builds ? [scripts.prebuild, scripts.postbuild] : []), ...runs.map(withoutCopies)].some(
    (text) =>
      text !== undefined &&
      bundlers.test(text.replace(builds ? /\b(npm|pnpm|yarn) \S+/g : /\b(npm|pnpm|yarn) \S+|\bnest build\b/g, '')),
  )
  if ((plain === undefined && !isNest) || others) return undefined
  const nest = isNest && paths ? await nestProject(app === undefined ? [] : [app], member, {reader, paths}) : undefined
  if (isNest && !nest) return undefined
  const config = await reader.text(
    nest?.config ??
      posix.join(beside ?? member, project.endsWith('.json') ? project : posix.join(project, 'tsconfig.json')),
  )
  if (!config) return undefined
  const chain = paths ? await tsconfigs(config.path, {reader, paths}) : [config]
  return {
    tool: nest ? 'nest build' : 'tsc',
    nest,
    config,
    chain,
    options: Object.assign({}, ...chain.map(optionsOf).reverse()),
    manifest,
    manifestPath,
    copies: among?.copies === true,
    changes: among?.changes === true || nest !== undefined,
  }

  /** `RUN npx tsc -b`, which builds all that the tsconfig.json of the root refers to. */
  async function buildsMember(): Promise<boolean> {
    const [only, more] = compiles
    const isPlain = only !== undefined && more === undefined && /^tsc (?:-b|--build)$/.test(only)
    if (!isPlain || !runs.some((text) => text.trim().replace(runner, '') === only)) return false
    return (
      paths !== undefined &&
      (await tscProjects('', true, {reader, paths})).includes(posix.join(member, 'tsconfig.json'))
    )
  }
}

/** A RUN without what it copies elsewhere than into a folder of programs: a client of Prisma, an example of settings. */
const withoutCopies = (text: string): string =>
  text.replace(/\b(?:cp|mv)\s[^&|;\n]*/g, (copy) =>
    /\b(?:dist|build|out|output|lib|server)\b|js\b|\$(?!\()|\.$|\.\s/.test(copy) ? copy : '',
  )

const optionsOf = ({text}: TextFile): Record<string, unknown> => {
  const options = parseLoosely(text)?.compilerOptions
  return isTable(options) ? options : {}
}

/** A folder that an option names, which is relative to the file that says it. */
export function placeOf(
  option: {value: unknown; from: TextFile} | undefined,
): {path: string; from: TextFile} | undefined {
  if (typeof option?.value !== 'string' || option.value.includes('${')) return undefined
  const {value, from} = option
  return {path: posix.join(posix.dirname(from.path), value).replace(/\/$/, ''), from}
}
