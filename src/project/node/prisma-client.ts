import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Dockerfile} from '../dockerfile/dockerfile.ts'
import {flagOf, type Instruction, lineage, type Stage} from '../dockerfile/parse.ts'
import {copyOf} from '../image/context-path.ts'
import {stageIndex} from '../image/copy-sources.ts'
import type {Inputs} from '../inputs.ts'
import {nodeModulesOf} from './node-modules.ts'
import {readManifest} from './workspace.ts'

/** An install whose node_modules the image has, without the client that `prisma generate` writes into it. */
export interface MissingClient {
  install: FileLocation
  schema: FileLocation
  /** The stage that generates it, where there is one, and the folder. */
  other: string | undefined
  folder: string
}

const generates = /\bprisma\b[^\n]{0,300}\b(?:generate|db push|migrate dev)\b/
/** What may run it in a way that is not followed. */
const mayGenerate = /\.sh\b|\b(?:turbo|nx|lerna|make|just|task|wireit)\b/

export async function loadPrismaClient({reader}: Inputs, facts: FactStore): Promise<Fact<MissingClient[]>> {
  const [build, dockerfile, packages, commands, processes] = await Promise.all([
    facts.get('build'),
    facts.get('dockerfile'),
    facts.value('nodePackages'),
    facts.value('buildCommands'),
    facts.value('processes'),
  ])
  if (build.state !== 'ok') return build
  if (dockerfile.state !== 'ok') return dockerfile
  const schema = packages?.prisma?.at
  const {final, stages} = build.value
  const folder = final.config.workingDir
  if (!schema || folder === '') return known([])
  const text = (await reader.text(schema.file))?.text ?? ''
  // Elsewhere than in node_modules it is a file of the project.
  if (!/\bprovider\s*=\s*"prisma-client-js"/.test(text) || /^[ \t]*output\s*=/m.test(text)) return known([])
  const modules = nodeModulesOf(final.stage, folder, dockerfile.value)
  if (modules.kind !== 'production' && modules.kind !== 'all') return known([])
  const chain = chainOf(final.stage, modules.at, dockerfile.value)
  if (!chain) return known([])

  const instructions = chain.flatMap((stage) => stage.instructions)
  const brings = instructions.some((each) =>
    copyOf(each)?.sources.some((source) => /\.prisma\b|@prisma\b|generated/.test(source)),
  )
  const runs = instructions.filter(({keyword}) => keyword === 'RUN').map((each) => each.text)
  const followed = (commands?.commands ?? [])
    .filter(({moment}) => chain.includes(moment.stage))
    .map(({words}) => words.map((word) => word ?? '').join(' '))
  const started = (processes?.commands ?? []).map((each) => each.text)
  const scripts = packages.scripts.filter((script) => generates.test(script))
  const startsScript = scripts.length > 0 && started.some((each) => /^(?:npm|pnpm|yarn|bun)\b/.test(each))
  if (brings || startsScript || [...runs, ...followed, ...started].some((each) => generates.test(each)))
    return known([])
  if ([...runs, ...followed].some((each) => mayGenerate.test(each))) return known([])
  // Where it finds a schema, @prisma/client generates when it is installed.
  const moment = stages.flatMap((each) => each.moments).find(({instruction}) => isIn(instruction, modules.at))
  if (!moment || [...moment.files.files((names) => names.ending('.prisma'))].some(([path]) => path.endsWith('.prisma')))
    return known([])
  const installed = moment.files.get(posix.join(moment.workingDir, 'package.json'))
  const manifest =
    installed?.kind === 'file' && (await readManifest(reader, posix.dirname(installed.source).replace(/^\.$/, '')))
  if (!manifest || !Object.hasOwn(manifest.dependencies, '@prisma/client')) return known([])
  const other = (commands?.commands ?? []).find(
    ({words, moment}) => moment.stage !== final.stage && generates.test(words.join(' ')),
  )
  return known([
    {install: modules.at, schema, other: other?.moment.stage.name, folder: posix.join(folder, 'node_modules')},
  ])
}

/** The stages that node_modules goes through to the last one, when they are this one and the one that it copies from. */
function chainOf(stage: Stage, at: FileLocation, dockerfile: Dockerfile): Stage[] | undefined {
  const own = lineage(stage)
  if (own.some((each) => holds(each, at))) return own
  const from = own
    .flatMap(({instructions}) => instructions)
    .filter((each) => copyOf(each)?.sources.some((source) => !/\.next|dist|build\b/.test(source)))
    .flatMap((each) => flagOf(each, 'from') ?? [])
  for (const name of new Set(from)) {
    const index = stageIndex(name, dockerfile.stages, stage)
    const other = index === undefined ? undefined : dockerfile.stages[index]
    if (other && lineage(other).some((each) => holds(each, at))) return [...own, ...lineage(other)]
  }
  return undefined
}

const holds = ({instructions}: Stage, at: FileLocation): boolean =>
  instructions.some((each) => each.keyword === 'RUN' && isIn(each, at))

const isIn = ({at}: Instruction, {line = 0}: FileLocation): boolean =>
  (at.line ?? 0) <= line && line <= (at.endLine ?? at.line ?? 0)
