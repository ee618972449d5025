/** What `nest build` compiles, and with what: nest-cli.json, as @nestjs/cli reads it (docs.nestjs.com/cli/monorepo). */
import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import {anyFolders, anyName, anyText, exactly, matcherOf} from '../../files/glob.ts'
import type {TextFile} from '../../files/text.ts'
import type {Project} from './tsconfig.ts'

/** What `nest build` compiles with tsc, its usual compiler. */
export interface NestProject {
  settings: TextFile | undefined
  /** The tsconfig.json that it hands to tsc. */
  config: string
  /** The folder of the sources, from which the places of the assets are told. */
  sourceRoot: string
  /** What is copied beside the code: undefined where it cannot be told. */
  assets: readonly NestAsset[] | undefined
}

export interface NestAsset {
  /** A pattern, as the project has its paths. */
  include: string
  /** The folder that it goes to, where that is not outDir. */
  outDir: string | undefined
}

/** By the words behind `nest build`; undefined for webpack and swc, and where the command or the file says what is not known here. */
export async function nestProject(
  words: readonly (string | undefined)[],
  origin: string,
  {reader, paths}: Project,
): Promise<NestProject | undefined> {
  const [app, ...more] = words.filter((word) => word !== '--tsc')
  if (more.length > 0 || (words.length > 0 && app === undefined) || app?.startsWith('-')) return undefined
  if (paths.has(posix.join(origin, '.nest-cli.json'))) return undefined
  const settings = await reader.text(posix.join(origin, 'nest-cli.json'))
  const all = settings ? parseLoosely(settings.text) : {}
  const own = app === undefined ? undefined : tableIn(tableIn(all, 'projects'), app)
  if (!all || (app !== undefined && !own)) return undefined
  const option = (name: string): unknown =>
    tableIn(own, 'compilerOptions')?.[name] ?? tableIn(all, 'compilerOptions')?.[name]
  const builder = option('builder')
  const type = isTable(builder) ? builder.type : builder
  if ((option('webpack') && !words.includes('--tsc')) || (type !== undefined && type !== 'tsc')) return undefined
  const named = option('tsConfigPath') ?? (isTable(builder) ? tableIn(builder, 'options')?.configPath : undefined)
  const usual = paths.has(posix.join(origin, 'tsconfig.build.json')) ? 'tsconfig.build.json' : 'tsconfig.json'
  const sourceRoot = own?.sourceRoot ?? all.sourceRoot ?? 'src'
  const place = (value: unknown) => posix.join(origin, String(value))
  return {
    settings,
    config: place(named ?? usual),
    sourceRoot: place(sourceRoot),
    assets: assetsOf(option('assets') ?? [], place(sourceRoot), origin),
  }
}

function assetsOf(value: unknown, sourceRoot: string, origin: string): NestAsset[] | undefined {
  if (!Array.isArray(value)) return undefined
  const found: NestAsset[] = []
  for (const each of value) {
    const include = isTable(each) ? each.include : each
    const outDir = isTable(each) ? each.outDir : undefined
    if (typeof include !== 'string' || (isTable(each) && each.exclude !== undefined)) return undefined
    if (outDir !== undefined && typeof outDir !== 'string') return undefined
    found.push({
      include: posix.join(sourceRoot, include),
      outDir: outDir === undefined ? undefined : posix.join(origin, outDir),
    })
  }
  return found
}

const tableIn = (table: Record<string, unknown> | undefined, key: string): Record<string, unknown> | undefined => {
  const value = table?.[key]
  return isTable(value) ? value : undefined
}

/** Which files a pattern of an asset takes: of a folder all. One in braces may take any. */
export function assetMatcher(include: string): (path: string) => boolean {
  if (/[[\](){}!?+@]/.test(include)) return () => true
  const pieces = include
    .split(/(\*\*\/|\*\*$|\*)/)
    .flatMap((part) =>
      part === '**/' ? anyFolders : part === '**' ? [anyText] : part === '*' ? [anyName] : exactly(part),
    )
  return matcherOf(pieces, !include.endsWith('*'))
}
