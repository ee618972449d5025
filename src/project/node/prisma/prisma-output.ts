import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {madeBefore} from '../../deploys/made-before.ts'
import {lineage} from '../../dockerfile/parse.ts'
import {parseLoosely} from '../../documents/json.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, javascript} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {isKept} from '../imports/is-kept.ts'
import {scriptsOf} from '../scripts/scripts-of.ts'
import {plainScript} from '../scripts/started-script.ts'
import {tscOutput} from '../typescript/tsc-output.ts'
import {misplacedClient} from './misplaced-client.ts'
import {generates, mayGenerate} from './prisma-client.ts'
import {clientGenerators} from './prisma-schema.ts'

/** A client of Prisma in a folder of the project that is not where the code looks for it. */
export interface LostOutput {
  /** `nowhere`: nothing generates it. `compiled`: tsc leaves it behind. `stage`: another stage has it. */
  kind: 'nowhere' | 'compiled' | 'stage'
  /** Relative to the context, as the schema says; of one in node_modules where the stage has it. */
  folder: string
  /** Where the image would have it. */
  place: string
  /** The import. */
  at: FileLocation
  /** `output` of the schema. */
  output: FileLocation
}

interface Client {
  folder: string
  isTypeScript: boolean
  at: FileLocation
}

/** Not a part of the app. */
const beside = /(?:^|\/)(?:seeds?|scripts?|tests?|prisma|e2e|bin)\/|[._-](?:test|spec|seed|config)\.|seed\.\w+$/
const most = 3_000
const installs =
  /\b(?:npm|pnpm|bun)\s+(?:ci|clean-install|i|install|add|rebuild)\b|\byarn(?:\s+install|\s*(?:$|[&;|]|--))/m

export async function loadPrismaOutput(inputs: Inputs, facts: FactStore): Promise<Fact<LostOutput[]>> {
  const {reader} = inputs
  const [[build, image, tracked, context], commands, processes] = await Promise.all([
    facts.needAll('build', 'image', 'files', 'buildContext'),
    facts.value('buildCommands'),
    facts.value('processes'),
  ])
  const client = await clientOf(reader, tracked)
  const {final, stages} = build
  const {workingDir} = final.config
  const misplaced = await misplacedClient({
    build,
    commands: commands?.commands ?? [],
    started: (processes?.commands ?? []).map(({text}) => text),
    reader,
    tracked,
  })
  if (misplaced) return known([{kind: 'stage', ...misplaced}])
  if (!client || !workingDir || tracked.hasFolder(client.folder) || tracked.has('.gitmodules')) return known([])
  const sources = tracked.ending(...javascript).filter((path) => !isApart(path) && !beside.test(path))
  if (sources.length > most) return known([])
  const imports = await importsOf(
    client.folder,
    sources.filter((path) => image.copies(path)),
    reader,
  )
  const [first] = imports
  if (!first) return known([])

  const runs = stages.flatMap(({stage}) =>
    stage.instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
  )
  const followed = (commands?.commands ?? []).map(({words}) => words.map((word) => word ?? '').join(' '))
  const started = (processes?.commands ?? []).map(({text}) => text)
  const all = [...runs, ...followed, ...started]
  if (!all.some((each) => generates.test(each))) {
    const isLeftOut = context.leftOut(`/${client.folder}/index.js`)
    if ([...runs, ...followed].some((each) => mayGenerate.test(each)) || generatesAtInstall()) return known([])
    if (!isLeftOut && (await madeBefore(client.folder, inputs, facts))) return known([])
    if (await scriptsGenerate(all)) return known([])
    return known([{kind: 'nowhere', folder: client.folder, place: '', at: first.at, output: client.at}])
  }

  const found = await notBesideCode()
  return known(found ? [found] : [])

  /** Where it finds a schema, @prisma/client generates when it is installed. */
  function generatesAtInstall(): boolean {
    return stages.some(({moments}) =>
      moments.some(
        ({instruction, files, unknown}) =>
          installs.test(instruction.text) &&
          (unknown.some(({by}) => by === 'copy') ||
            [...files.files((names) => names.ending('.prisma'))].some(([path]) => path.endsWith('.prisma'))),
      ),
    )
  }

  /** A script of a package.json generates it, and an install or one of the commands runs that. */
  async function scriptsGenerate(texts: readonly string[]): Promise<boolean> {
    const manifests = await reader.texts(tracked.named('package.json'))
    const names = manifests.flatMap(({text}) => {
      const scripts = Object.entries(scriptsOf(parseLoosely(text)))
      return scripts.flatMap(([name, script]) => (generates.test(script) ? name : []))
    })
    return names.some((name) => /^(?:pre|post)|install/.test(name) || texts.some((text) => text.includes(name)))
  }

  async function notBesideCode(): Promise<LostOutput | undefined> {
    if (!client) return undefined
    const instructions = stages.flatMap(({stage}) => lineage(stage).flatMap((each) => each.instructions))
    const name = posix.basename(client.folder)
    const names = client.folder.split('/').slice(-2)
    // Whatever names its folder may bring it.
    const isNamed = (text: string) => text.includes(name) || names.some((each) => each !== 'src' && text.includes(each))
    if (instructions.some((each) => copyOf(each)?.sources.some(isNamed))) return undefined
    const scripts = (await startedCommands(facts)).started
      .filter(({certain}) => certain)
      .flatMap((each) => plainScript(each) ?? [])
    const output = await tscOutput(build, reader)
    for (const {path, specifier, at} of imports) {
      if (!specifier.startsWith('.')) continue
      const compiled = output && compiledFolder(output, path)
      if (compiled !== undefined && scripts.some((each) => isBelow(posix.normalize(each), output?.folder ?? ''))) {
        const run = posix.join(compiled, specifier)
        const inside = isBelow(run, output?.folder ?? '')
        if (inside && (client.isTypeScript || !(await leavesJavaScript()))) return undefined
        const place = posix.resolve(workingDir, run)
        if (inside) return {kind: 'compiled', folder: client.folder, place, at, output: client.at}
        if (isAbsent(place)) return {kind: 'stage', folder: client.folder, place, at, output: client.at}
        return undefined
      }
      const own = posix.resolve(workingDir, path)
      const entry = final.files.get(own)
      const runsSource = scripts.some(
        (each) => /\.[cm]?tsx?$/.test(each) && final.files.get(posix.resolve(workingDir, each)),
      )
      const place = posix.resolve(workingDir, client.folder)
      if (runsSource && entry?.kind === 'file' && entry.source === path && isAbsent(place))
        return {kind: 'stage', folder: client.folder, place, at, output: client.at}
    }
    return undefined
  }

  function isAbsent(place: string): boolean {
    const own = lineage(final.stage).flatMap(({instructions}) =>
      instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
    )
    const inFinal = (commands?.commands ?? [])
      .filter(({moment}) => lineage(final.stage).includes(moment.stage))
      .map(({words}) => words.map((word) => word ?? '').join(' '))
    const makes =
      [...own, ...inFinal, ...started].some((each) => generates.test(each)) ||
      [...own, ...inFinal].some((each) => mayGenerate.test(each))
    return !makes && !final.files.get(place) && !mayBring(final, place) && !generatesAtInstall()
  }

  /** Of a client in JavaScript tsc copies nothing, unless it is told to take JavaScript, too. */
  async function leavesJavaScript(): Promise<boolean> {
    const output = await tscOutput(build, reader)
    const manifest = parseLoosely((await reader.text('package.json'))?.text ?? '')
    const scripts = JSON.stringify(manifest?.scripts ?? {})
    if (/"postbuild"/.test(scripts) || runs.some((text) => mayGenerate.test(text))) return false
    const isCopied = /\b(?:cp|cpx\d?|cpy|copy\w*|ncp|shx|rsync|mv|robocopy|xcopy)\b|fs\.cp/.test(
      `${scripts}\n${runs.join('\n')}`,
    )
    const config = parseLoosely(output?.config.text ?? '')
    return !isCopied && output?.options.allowJs !== true && config?.extends === undefined
  }
}

/** The folder of the output in which tsc lays what it makes of a file. */
function compiledFolder({folder, root}: {folder: string; root: string | undefined}, path: string): string | undefined {
  const base = root ?? (path.startsWith('src/') ? 'src' : '.')
  const below = posix.relative(base, posix.dirname(path))
  return below.startsWith('..') ? undefined : posix.join(folder, below)
}

/** The only generator of a client into a folder of the project. */
export async function clientOf(reader: ProjectReader, tracked: Files): Promise<Client | undefined> {
  const found: Client[] = []
  for (const file of await reader.texts(tracked.ending('.prisma'))) {
    for (const generator of clientGenerators(file)) {
      const output = /^[ \t]*output\s*=\s*"([^"\n]+)"/m.exec(generator.text)
      if (!output) continue
      const start = generator.start + output.index + output[0].search(/\S/)
      found.push({
        folder: posix.join(posix.dirname(file.path), output[1] as string),
        isTypeScript: generator.isTypeScript,
        at: file.span(start, start + output[0].trim().length),
      })
    }
  }
  const [only, another] = found
  return only && !another && !/^\.\.|node_modules/.test(only.folder) ? only : undefined
}

/** Where files import it, by a path beside them or an alias for its folder. */
async function importsOf(folder: string, sources: readonly string[], reader: ProjectReader) {
  const name = folder.split('/').slice(-2).join('/')
  const found: {path: string; specifier: string; at: FileLocation}[] = []
  for (const file of await reader.texts(sources)) {
    if (!file.text.includes(posix.basename(folder))) continue
    for (const each of importSpecifiers(file.text)) {
      const {text, start, end} = each
      const target = text.startsWith('.') ? posix.join(posix.dirname(file.path), text) : undefined
      const isIt = target === undefined ? /^[@~#]/.test(text) && text.includes(`/${name}`) : isBelow(target, folder)
      if (isIt && (await isKept(file, each))) found.push({path: file.path, specifier: text, at: file.span(start, end)})
    }
  }
  return found
}
