/**
 * Where Prisma looks for the address of the database: version 7 in prisma.config.ts alone (tried with 7.2), those before 6.16
 * in the schema alone. A project of an older version meets 7 where npx finds no prisma in the image, and fetches the newest.
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Dockerfile} from '../../dockerfile/dockerfile.ts'
import {allInstructions, flagOf} from '../../dockerfile/parse.ts'
import {type Files, noFiles, scripts} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Build} from '../../image/build.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {Place, type Project} from '../installs/install-place.ts'
import {nodeModulesOf} from '../installs/node-modules.ts'
import {lockedVersion} from '../locks/locked-version.ts'
import {readManifest} from '../workspace/workspace.ts'

export interface PrismaAddress {
  /**
   * `schema`: it stands in the schema, which is refused. `config`: the folder of the command has no configuration.
   * `fetched`: it stands in the schema, and npx fetches Prisma 7 for a project of an older version. `missing`: the schema
   * does not say it, and the version looks nowhere else.
   */
  kind: 'schema' | 'config' | 'fetched' | 'missing'
  /** `npx prisma generate`, and what runs it; undefined for the build. */
  command: string
  by: string | undefined
  commandAt: FileLocation
  at: FileLocation
  schema: string
  version: string
  /** Of `config`: the folder of the image, and the configuration of the project. */
  folder: string
  config: string | undefined
  /** Of `fetched`: why npx finds none, and whether that is sure. */
  lacks?: {at: FileLocation; likely: boolean}
}

/** Where Prisma looks for its settings, from the folder that it runs in. */
export const prismaConfigs = ['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'].flatMap((ending) => [
  `prisma.config.${ending}`,
  `.config/prisma.${ending}`,
])

/** `npx prisma migrate deploy`, `node_modules/.bin/prisma …`, `node node_modules/prisma/build/index.js …`. */
const prisma =
  /^(?:(?:npx|bunx|pnpx|yarn|pnpm|bun|npm|node)\s+(?:exec\s+|dlx\s+|x\s+|run\s+|--\s+|--yes\s+|-y\s+)*)?(?:\S*\/)?(?:prisma(?:\/build\/index\.js)?)\s+(generate|migrate\s+\w+|db\s+\w+)\b(.*)$/
/** Those that connect. */
const connects = /^(?:migrate\s+(?:deploy|status|resolve)|db\s+push)$/

export async function loadPrismaAddresses(inputs: Inputs, facts: FactStore): Promise<Fact<PrismaAddress[]>> {
  const [[build, {commands}, dockerfile], files] = await Promise.all([
    facts.needAll('build', 'buildCommands', 'dockerfile'),
    facts.value('files'),
  ])
  const {final, stages} = build
  const {reader} = inputs
  const paths = files ?? noFiles
  // A generated client has a copy beside it.
  const [own, another] = paths.named('schema.prisma').filter((path) => !/(?:^|\/)generated\//.test(path))
  const schema = another === undefined ? await reader.text(own) : undefined
  const source = schema && datasourceOf(schema)
  const version = source && (await versionOf(reader, paths))
  const major = Number.parseInt(version || '0', 10)
  if (!schema || !source || !version || major > 7) return known([])
  const texts = stages.flatMap(({stage}) =>
    stage.instructions.filter(({keyword}) => keyword === 'RUN').map(({text}) => text),
  )
  // Another version may be installed beside it, and the schema be another one by then.
  if (
    texts.some((text) =>
      /\bprisma@(?!\^?7\b|~?7\b)|\b(?:sed|perl|awk|mv|cp|envsubst|cat|echo)\b[^&|;\n]{0,300}schema\.prisma/.test(text),
    )
  )
    return known([])
  const {started} = await startedCommands(facts)
  const folder = final.config.workingDir || '/'
  const runs = [
    ...commands.map((each) => ({
      ...each,
      starts: undefined,
      certain: !each.conditional && each.decisive,
    })),
    ...started.map(({by, command, certain}) => ({...command, starts: by, certain})),
  ].flatMap(({words, at, starts, certain}) => {
    const text = words.map((word) => word ?? '?').join(' ')
    const [, verb, rest = ''] = prisma.exec(text) ?? []
    return verb && certain ? [{text, verb: verb.replace(/\s+/, ' '), rest, at, by: starts}] : []
  })
  const goesElsewhere = (by: string | undefined) =>
    started.some((each) => each.by === by && /^(?:cd|pushd)$/.test(each.command.words[0] ?? ''))
  const common = {schema: schema.path, version, folder, config: paths.named(...prismaConfigs)[0]}
  if (major < 7 && !source.url) {
    const [first] = runs
    if (!first || !looksInSchema(version)) return known([])
    const {text: command, by, at: commandAt} = first
    return known([{...common, kind: 'missing', command, by, commandAt, at: source.at}])
  }
  if (major < 7) {
    const fetched = runs.find(
      ({by, text}) => by !== undefined && /^npx (?:--yes |-y )?prisma /.test(text) && !goesElsewhere(by),
    )
    // By a script of package.json, too.
    if (commands.some(({words}) => installsPrisma.test(words.map((word) => word ?? '?').join(' ')))) return known([])
    const lacks = fetched && (await lacksPrisma(build, {dockerfile, reader, paths}))
    if (!fetched || !source.url || !lacks) return known([])
    const {text, by, at} = fetched
    return known([{...common, kind: 'fetched', command: text, by, commandAt: at, at: source.url, lacks}])
  }
  const [first] = runs
  if (source.url) {
    if (!first) return known([])
    return known([{...common, kind: 'schema', command: first.text, by: first.by, commandAt: first.at, at: source.url}])
  }
  const lacks = prismaConfigs.every((name) => {
    const path = posix.join(folder, name)
    return final.files.get(path) === undefined && !mayBring(final, path)
  })
  const found = runs.find(
    ({by, verb, rest, text}) =>
      by !== undefined &&
      connects.test(verb) &&
      !/--config|\?/.test(rest) &&
      // Another folder, or what hands the address over in another way.
      !/\s(?:--filter|-F|-C|--cwd|--dir|--prefix|-w|--workspace)\b|--url/.test(text) &&
      !goesElsewhere(by),
  )
  if (!found || !lacks || !final.config.workingDir) return known([])
  return known([{...common, kind: 'config', command: found.text, by: found.by, commandAt: found.at, at: found.at}])
}

const installsPrisma = /^(?:npm|pnpm|yarn|bun)\s(?:.{0,200}\s)?(?:i|install|add)\s(?:.{0,500}\s)?prisma(?:[@\s]|$)/

/** What the server of Next.js needs beside `.next/standalone`, and what its packages of Prisma may be copied from. */
const withoutPrisma =
  /(?:^|\/)(?:standalone|static|public|(?<!node_modules\/)prisma|scripts|certs|\.prisma|@prisma(?:\/client)?|package(?:-lock)?\.json|next\.config\.\w+|prisma\.config\.\w+|schema\.prisma|[\w.-]+\.sh)\/?$/

/**
 * Whether npx finds no prisma from the folder of the image on: it is for development, and the install of the image leaves
 * that out; or there are only the packages that Next.js has traced.
 */
async function lacksPrisma(
  build: Build,
  {dockerfile, reader, paths}: Project & {dockerfile: Dockerfile},
): Promise<PrismaAddress['lacks']> {
  const {stage, config, files} = build.final
  const folder = config.workingDir || '/'
  const all = allInstructions(stage)
  const runs = all.filter(({keyword}) => keyword === 'RUN')
  if (runs.some(({text}) => /\bprisma@|(?:-g|--global|npm link)\b/.test(text))) return undefined
  const manifest = files.get(posix.join(folder, 'package.json'))
  const origin = manifest?.kind === 'file' ? posix.dirname(manifest.source).replace(/^\.$/, '') : undefined
  const place = origin === undefined ? undefined : await Place.read({folder, origin}, build, {reader, paths})
  const states = withAbove(folder).map((each) => nodeModulesOf(stage, each, {dockerfile, build}))
  const absence = place?.absence('prisma', states, false)
  // Of pnpm and Yarn, packages of production may bring it as what they want beside them.
  if (absence?.kind === 'development' && absence.manager === 'npm') return {at: absence.modules, likely: false}
  const copies = all.filter((each) => flagOf(each, 'from') !== undefined)
  const standalone = copies.find((each) => copyOf(each)?.sources.some((path) => /\/standalone\/?$/.test(path)))
  const isAll = copies.every((each) => copyOf(each)?.sources.every((path) => withoutPrisma.test(path)))
  const installs = runs.some(({text}) => /\b(?:npm|pnpm|yarn|bun|corepack|cp|mv|tar)\b/.test(text))
  const settings = await reader.texts(paths.named(...scripts('next.config')))
  if (!standalone || !isAll || installs || settings.some(({text}) => /outputFileTracingIncludes/.test(text)))
    return undefined
  return {at: standalone.at, likely: true}
}

/** Before prisma.config.ts could say the address; of version 6 the minor one must be known. */
function looksInSchema(version: string): boolean {
  const [major = 0, minor = Number.POSITIVE_INFINITY] = version.split('.').map(Number)
  return major < 6 || (major === 6 && minor < 16)
}

/** The datasource block, and where it says the address. */
function datasourceOf(schema: TextFile): {at: FileLocation; url: FileLocation | undefined} | undefined {
  const block = /^datasource\s+\w+\s*\{[^}]*\}/m.exec(schema.text)
  if (!block) return undefined
  const url = /^([ \t]*)((?:url|directUrl)\s*=[^\n]*)/m.exec(block[0])
  const start = url ? block.index + url.index + (url[1] ?? '').length : 0
  const at = schema.span(block.index, block.index + block[0].length)
  return {at, url: url ? schema.span(start, start + (url[2] ?? '').length) : undefined}
}

/** As the lock file has it, else as all manifests that name it ask for it. */
async function versionOf(reader: ProjectReader, paths: Files): Promise<string | undefined> {
  const bun = (await reader.text('bun.lock'))?.text ?? ''
  const inBun = new Set([...bun.matchAll(/\["prisma@(\d[\w.-]*)"/g)].map(([, version]) => version))
  const locked = (await lockedVersion(reader))('prisma') ?? (inBun.size === 1 ? [...inBun][0] : undefined)
  if (inBun.size > 1) return undefined
  const folders = paths.named('package.json').map((path) => posix.dirname(path).replace(/^\.$/, ''))
  const manifests = await Promise.all(folders.map((each) => readManifest(reader, each)))
  const ranges = manifests.flatMap((each) => each?.dependencies.prisma ?? each?.devDependencies.prisma ?? [])
  const majors = new Set(ranges.map((range) => /^[\^~=]?\s*v?(\d+)/.exec(range)?.[1]))
  // Each folder may have a lock of its own.
  if (locked)
    return [...majors].every((each) => each === undefined || each === /^\d+/.exec(locked)?.[0]) ? locked : undefined
  return majors.size === 1 ? [...majors][0] : undefined
}
