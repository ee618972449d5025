import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Build} from '../../image/build.ts'
import type {ProjectReader} from '../../reader.ts'
import type {TextFile} from '../../text.ts'
import {scriptsOf} from '../scripts/scripts-of.ts'

/** Where `npm run build`, or a RUN by itself, lays the project's code, when that is tsc alone. */
export interface TscOutput {
  config: TextFile
  options: Record<string, unknown>
  /** outDir and rootDir, relative to the context; rootDir is what the sources have in common where it is not set. */
  folder: string
  root: string | undefined
  /** outDir. */
  at: FileLocation
  manifest: Record<string, unknown>
  /** Its package.json. */
  manifestPath: string
}

/** Whatever else writes JavaScript. */
const bundlers =
  /\b(vite|webpack|rollup|esbuild|tsup|ncc|swc|babel|parcel|nest|next|nuxt|turbo|nx|tsc-alias|rslib|unbuild|tsdown|bun|remix|react-router|astro|cp|copyfiles|mv|rsync)\b/

/** tsc, with at most a configuration of its own, and behind what empties the folder. */
const alone = /^(?:(?:rimraf|rm -rf) [\w./-]+ && )?tsc(?: (?:-p|--project|-b|--build) ([\w./-]+)| (?:-b|--build))?$/

/** The folder of the nearest package.json above a path of the working directory, which lies there as in the repository. */
export function memberOf(path: string, {final}: Build): string {
  for (let folder = posix.dirname(path); folder !== '.' && folder !== '/'; folder = posix.dirname(folder)) {
    const manifest = posix.join(folder, 'package.json')
    const entry = final.files.get(posix.join(final.config.workingDir, manifest))
    if (entry?.kind === 'file' && entry.source === manifest) return folder
  }
  return ''
}

/** Of the package.json in a folder of the repository. */
export async function tscOutput({stages}: Build, reader: ProjectReader, member = ''): Promise<TscOutput | undefined> {
  const manifestPath = posix.join(member, 'package.json')
  const manifest = parseLoosely((await reader.text(manifestPath))?.text ?? '') ?? {}
  const scripts = scriptsOf(manifest)
  const runs = stages.flatMap(({stage}) =>
    stage.instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
  )
  const builds = runs.some((text) => /\b(npm|pnpm|yarn)\b[^&|;\n]{0,500}\sbuild\b/.test(text))
  const compiles = runs
    .flatMap((text) => text.split(/&&|[;\n]/))
    .map((text) => text.trim().replace(/^(?:npx|pnpm(?: exec)?|yarn) (?=tsc\b)/, ''))
    .filter((text) => text.startsWith('tsc'))
  const [command, another] = builds ? [scripts.build?.trim()] : member === '' ? compiles : []
  const [plain, project = 'tsconfig.json'] = (another === undefined && alone.exec(command ?? '')) || []
  const others = [...(builds ? [scripts.prebuild, scripts.postbuild] : []), ...runs].some(
    (text) => text !== undefined && bundlers.test(text.replace(/\b(npm|pnpm|yarn) \S+/g, '')),
  )
  if (plain === undefined || others) return undefined
  const config = await reader.text(
    posix.join(member, project.endsWith('.json') ? project : posix.join(project, 'tsconfig.json')),
  )
  const options = parseLoosely(config?.text ?? '')?.compilerOptions
  if (!config || !isTable(options) || typeof options.outDir !== 'string' || options.noEmit === true) return undefined
  const base = posix.dirname(config.path)
  const place = config.text.indexOf('"outDir"')
  return {
    config,
    options,
    manifest,
    manifestPath,
    folder: posix.join(base, options.outDir).replace(/\/$/, ''),
    root: typeof options.rootDir === 'string' ? posix.join(base, options.rootDir).replace(/\/$/, '') : undefined,
    at: config.lineSpan(config.position(Math.max(place, 0)).line),
  }
}
