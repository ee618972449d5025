import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Dockerfile} from '../../dockerfile/dockerfile.ts'
import {flagOf, type Instruction, lineage, type Stage} from '../../dockerfile/parse.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {stageIndex} from '../../image/files/copy-sources.ts'
import {isBelow} from '../../image/files/image-path.ts'
import type {Moment} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {nodeModulesOf, type Source} from '../installs/node-modules.ts'
import {readManifest} from '../workspace/workspace.ts'

/** An install whose node_modules the image has, without the client that `prisma generate` writes into it. */
export interface MissingClient {
  install: FileLocation
  /** The COPY that brings them from the stage of the install. */
  copy: FileLocation | undefined
  schema: FileLocation
  /** The stage that generates it, where there is one, and the folder. */
  other: string | undefined
  folder: string
}

export const generates = /\bprisma\b[^\n]{0,300}\b(?:generate|db push|migrate dev)\b/
/** What may run it in a way that is not followed: runners, frameworks that generate as they build, scripts of the project. */
export const mayGenerate =
  /\.sh\b|\b(?:turbo|nx|lerna|make|just|task|wireit|rw|redwood|keystone|zenstack|wasp|blitz)\b|\b(?:node|tsx|ts-node|bun)\s+(?:run\s+)?\S+\.[cm]?[jt]s\b/

export async function loadPrismaClient({reader}: Inputs, facts: FactStore): Promise<Fact<MissingClient[]>> {
  const [[build, dockerfile], packages, commands, processes] = await Promise.all([
    facts.needAll('build', 'dockerfile'),
    facts.value('nodePackages'),
    facts.value('buildCommands'),
    facts.value('processes'),
  ])
  const {final, stages} = build
  const schema = packages?.prisma?.at
  const folder = final.config.workingDir
  if (!schema || folder === '') return known([])
  const text = (await reader.text(schema.file))?.text ?? ''
  // Elsewhere than in node_modules it is a file of the project.
  if (!/\bprovider\s*=\s*"prisma-client-js"/.test(text) || /^[ \t]*output\s*=/m.test(text)) return known([])
  const modules = installOf(final.stage, folder, {dockerfile, build})
  const chain = modules && chainOf(final.stage, modules.at, dockerfile)
  if (!chain) return known([])
  const {stages: through, copy} = chain

  const instructions = through.flatMap((stage) => stage.instructions)
  const brings = instructions.some((each) =>
    copyOf(each)?.sources.some((source) => /\.prisma\b|@prisma\b|generated/.test(source)),
  )
  const runs = instructions.filter(({keyword}) => keyword === 'RUN').map((each) => each.text)
  const followed = (commands?.commands ?? [])
    .filter(({moment}) => through.includes(moment.stage))
    .map(({words}) => words.map((word) => word ?? '').join(' '))
  const started = (processes?.commands ?? []).map((each) => each.text)
  const scripts = packages.scripts.filter((script) => generates.test(script))
  const startsScript = scripts.length > 0 && started.some((each) => /(?:^|\s)(?:npm|pnpm|yarn|bun)\s/.test(each))
  if (brings || startsScript || [...runs, ...followed, ...started].some((each) => generates.test(each)))
    return known([])
  if ([...runs, ...followed].some((each) => mayGenerate.test(each))) return known([])
  // Where it finds a schema, @prisma/client generates when it is installed.
  const moment = stages.flatMap((each) => each.moments).find(({instruction}) => isIn(instruction, modules.at))
  if (!moment || [...moment.files.files((names) => names.ending('.prisma'))].some(([path]) => path.endsWith('.prisma')))
    return known([])
  if (!(await asksForClient(moment))) return known([])
  const other = (commands?.commands ?? []).find(
    ({words, moment}) => moment.stage !== final.stage && generates.test(words.join(' ')),
  )
  return known([
    {
      install: modules.at,
      copy,
      schema,
      other: other?.moment.stage.name,
      folder: posix.join(modules.folder, 'node_modules'),
    },
  ])

  /** Of a workspace the members that are there ask, too. */
  async function asksForClient({files, workingDir}: Moment): Promise<boolean> {
    for (const [path, {source}] of files.files((names) => names.named('package.json'))) {
      if (!path.endsWith('/package.json') || !isBelow(path, workingDir)) continue
      const manifest = await readManifest(reader, posix.dirname(source).replace(/^\.$/, ''))
      if (manifest && Object.hasOwn(manifest.dependencies, '@prisma/client')) return true
    }
    return false
  }
}

/** Where the packages of the app are installed: in its folder, or above it, where those of a workspace are. */
function installOf(stage: Stage, folder: string, source: Source) {
  const brought = lineage(stage)
    .flatMap(({instructions}) => instructions.flatMap((each) => copyOf(each)?.sources ?? []))
    .filter((source) => /\/node_modules\/?$/.test(source))
  for (let place = folder; ; place = posix.dirname(place)) {
    const modules = nodeModulesOf(stage, place, source)
    if (modules.kind === 'production' || modules.kind === 'all') return {at: modules.at, folder: place}
    // Those of another folder, copied: they are the only ones, or the member has some of its own.
    if (place === '/' || (modules.kind === 'unknown' && brought.length !== 1)) return undefined
  }
}

/** The stages that node_modules goes through to the last one, when they are this one and the one that it copies from. */
function chainOf(
  stage: Stage,
  at: FileLocation,
  dockerfile: Dockerfile,
): {stages: Stage[]; copy: FileLocation | undefined} | undefined {
  const own = lineage(stage)
  if (own.some((each) => holds(each, at))) return {stages: own, copy: undefined}
  const copies = own
    .flatMap(({instructions}) => instructions)
    .filter((each) => copyOf(each)?.sources.some((source) => !/\.next|dist|build\b/.test(source)))
  for (const copy of copies) {
    const name = flagOf(copy, 'from')
    const index = name === undefined ? undefined : stageIndex(name, dockerfile.stages, stage)
    const other = index === undefined ? undefined : dockerfile.stages[index]
    if (other && lineage(other).some((each) => holds(each, at)))
      return {stages: [...own, ...lineage(other)], copy: copy.at}
  }
  return undefined
}

const holds = ({instructions}: Stage, at: FileLocation): boolean =>
  instructions.some((each) => each.keyword === 'RUN' && isIn(each, at))

const isIn = ({at}: Instruction, {line = 0}: FileLocation): boolean =>
  (at.line ?? 0) <= line && line <= (at.endLine ?? at.line ?? 0)
