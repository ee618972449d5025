/**
 * A client of Prisma that the schema lays into node_modules of another folder than that of @prisma/client, as in
 * `output = "../../node_modules/.prisma/client"`.
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {allInstructions, flagOf, lineage} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, javascript} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Build} from '../../image/build.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {overlaps} from '../../image/files/image-path.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {isKept} from '../imports/is-kept.ts'
import {mayInstall} from '../installs/may-install.ts'
import {readManifest} from '../workspace/workspace.ts'
import {generates, mayGenerate} from './prisma-client.ts'
import {clientGenerators} from './prisma-schema.ts'
import {onlySchema} from './read-schema.ts'

export interface MisplacedClient {
  /** The folder of the stage that the client is generated into. */
  folder: string
  /** Where @prisma/client of the image looks for it. */
  place: string
  /** The import of @prisma/client. */
  at: FileLocation
  /** `output` of the schema. */
  output: FileLocation
}

interface Parts {
  build: Build
  commands: readonly BuildCommand[]
  /** What the image starts. */
  started: readonly string[]
  reader: ProjectReader
  tracked: Files
}

/**
 * @prisma/client takes `.prisma/client` as node finds it: from the node_modules that it lies in itself. Its install leaves a
 * stand-in there that throws "@prisma/client did not initialize yet". Where the last stage copies its packages, all of one
 * stage, and nothing of the folder that this one generated the client into, it has the stand-in.
 */
export async function misplacedClient({
  build,
  commands,
  started,
  reader,
  tracked,
}: Parts): Promise<MisplacedClient | undefined> {
  const {final, stages} = build
  const schema = await onlySchema(reader, tracked)
  const [generator, another] = schema ? [...clientGenerators(schema)] : []
  if (!schema || !generator || another || generator.isTypeScript) return undefined
  const output = /^[ \t]*output\s*=\s*"([^"\n]*\/node_modules\/\.prisma\/client)\/?"/m.exec(generator.text)
  if (!output) return undefined

  const own = lineage(final.stage)
  const runs = own.flatMap(({instructions}) =>
    instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
  )
  const inFinal = commands.filter(({moment}) => own.includes(moment.stage)).map(({words}) => words.join(' '))
  if ([...runs, ...inFinal].some((text) => mayGenerate.test(text) || mayInstall(text))) return undefined
  if ([...runs, ...inFinal, ...started].some((text) => generates.test(text))) return undefined

  const makers = commands.filter((each) => generates.test(each.words.join(' ')))
  const places = new Set(
    makers.flatMap(({moment}) =>
      [...moment.files.files((names) => names.named(posix.basename(schema.path)))].flatMap(([path, {source}]) =>
        source === schema.path ? posix.join(posix.dirname(path), output[1] as string) : [],
      ),
    ),
  )
  const [folder, ...others] = places
  const makerStages = new Set(makers.map(({moment}) => moment.stage))
  const [maker, ...otherMakers] = makerStages
  if (folder === undefined || others.length > 0 || !maker || otherMakers.length > 0 || own.includes(maker))
    return undefined

  const taken = own.flatMap(({instructions}) =>
    instructions.flatMap((each) => {
      const from = flagOf(each, 'from')
      const copy = copyOf(each)
      return from === undefined || !copy ? [] : [{from, copy}]
    }),
  )
  const modules: {source: string; target: string}[] = []
  for (const {from, copy} of taken) {
    const stage = stages.find((each) => isNamed(each.stage, from))?.stage
    for (const source of copy.sources) {
      const path = posix.resolve('/', source)
      const isOfMaker = stage !== undefined && lineage(maker).includes(stage)
      // What another stage has of it is not followed.
      if (!isOfMaker && /\.prisma|generated|node_modules/.test(path)) return undefined
      if (overlaps(path, folder)) return undefined
      if (isOfMaker && /\/node_modules\/?$/.test(path)) modules.push({source: path, target: copy.target})
    }
  }
  if (
    allInstructions(final.stage).some(
      (each) => each.keyword !== 'RUN' && flagOf(each, 'from') === undefined && /\.prisma\//.test(each.text),
    )
  )
    return undefined

  const before = stages.find(({stage}) => stage === maker)
  for (const {source, target} of modules) {
    const entry = before?.files.get(posix.join(posix.dirname(source), 'package.json'))
    const manifest =
      entry?.kind === 'file' ? await readManifest(reader, posix.dirname(entry.source).replace(/^\.$/, '')) : undefined
    if (!manifest || !Object.hasOwn(manifest.dependencies, '@prisma/client')) continue
    const from = await importOfClient(manifest.folder, {reader, tracked})
    if (!from) continue
    const start = generator.start + output.index + output[0].search(/\S/)
    return {
      folder,
      place: posix.join(posix.resolve(final.config.workingDir, target), '.prisma/client'),
      at: from,
      output: schema.span(start, generator.start + output.index + output[0].length),
    }
  }
  return undefined
}

/** Where the code of a folder imports the client. */
async function importOfClient(
  folder: string,
  {reader, tracked}: {reader: ProjectReader; tracked: Files},
): Promise<FileLocation | undefined> {
  const sources = tracked
    .ending(...javascript)
    .filter((path) => !isApart(path) && (folder === '' || path.startsWith(`${folder}/`)) && !beside.test(path))
  if (sources.length > most) return undefined
  for (const file of await reader.texts(sources)) {
    if (!file.text.includes('@prisma/client')) continue
    for (const each of importSpecifiers(file.text))
      if (each.text === '@prisma/client' && (await isKept(file, each))) return file.span(each.start, each.end)
  }
  return undefined
}

/** Not a part of the app. */
const beside = /(?:^|\/)(?:seeds?|scripts?|tests?|prisma\/seed|e2e|bin)\/|[._-](?:test|spec|seed|config)\.|seed\.\w+$/
const most = 3_000
