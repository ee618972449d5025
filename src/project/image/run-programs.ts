import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {onceOf} from '../../once.ts'
import {
  allInstructions,
  instructionsBefore,
  lineage,
  mountsOf,
  mountTarget,
  rootImage,
  type Stage,
} from '../dockerfile/parse.ts'
import {type Files, noFiles} from '../files.ts'
import type {Inputs} from '../inputs.ts'
import {npmLockPackages} from '../node/npm-lock.ts'
import {readManifest} from '../node/workspace.ts'
import type {ProjectReader} from '../reader.ts'
import {basePrograms, lookedFor, oftenBroughtAlong} from './base-programs.ts'
import type {BuildCommand} from './build-commands.ts'
import {unpackerLack} from './fetched-unpackers.ts'
import {heldOf, type Image} from './image.ts'
import {Programs} from './programs.ts'
import {programOf} from './shell.ts'

/** A program that a RUN calls and that its stage does not have by then. */
export interface AbsentProgram {
  program: string
  /** `npm run build`, `mix assets.deploy`: what calls it; undefined for the RUN itself. */
  by: string | undefined
  at: FileLocation
  /** Where it is written, if that is not the RUN. */
  written: FileLocation | undefined
  /** The name of the base image, and its FROM. */
  base: string
  from: FileLocation
  distribution: 'debian' | 'alpine' | 'none'
  /** It is in node_modules/.bin, which is not on PATH. */
  isOfPackage: boolean
  /** What a script that is fetched says then; undefined where the shell says that it is not found. */
  says: string | undefined
}

/** Programs of packages, which npx and the scripts of package.json find, and a shell does not. */
const ofPackages: ReadonlySet<string> = new Set(
  'prisma tsc next vite nest nx turbo ng astro nuxt nuxi drizzle-kit tsx ts-node vitest jest webpack rollup esbuild eslint remix react-router svelte-kit knex sequelize typeorm medusa strapi gatsby vue-cli-service react-scripts tailwindcss rimraf concurrently nodemon directus payload'.split(
    ' ',
  ),
)

export async function loadRunPrograms({reader}: Inputs, facts: FactStore): Promise<Fact<AbsentProgram[]>> {
  const [[{commands}, image], files] = await Promise.all([
    facts.needAll('buildCommands', 'image'),
    facts.value('files'),
  ])
  const found: AbsentProgram[] = []
  const told = new Set<Stage>()
  for (const command of commands) {
    const {moment, by, at, written} = command
    const {stage} = moment
    // It stands before the program that it starts.
    const isSudo = by === undefined && /^\s*sudo\s/.test(moment.instruction.text.slice(command.before.length))
    const name = isSudo ? 'sudo' : programOf(command)
    // The first that is not there ends the build.
    if (told.has(stage) || !name || command.conditional || !command.decisive) continue
    if (name !== command.words[0] && !isSudo) continue
    // Most programs are the system's own, or none that anybody looks for.
    // `npx prisma` is followed by what npx starts.
    const isWritten = isSudo || moment.commands.some(({words}) => words[0] === name)
    const isOfPackage = ofPackages.has(name) && isWritten
    if (by === undefined && !isWritten) continue
    if (!(isOfPackage || lookedFor.has(name)) || basePrograms(rootImage(stage) ?? '')?.has.has(name)) continue
    if (!(looksOnPath(command, name) || asksManager(command, name)) || mountsOnPath(command)) continue
    const programs = programsAt(command, image)
    if (!programs?.base || programs.has(name, true) !== 'no') continue
    if (!looksOnPath(command, name) && (await bringsManager(reader, files ?? noFiles))) continue
    told.add(stage)
    const from = (lineage(stage)[0] ?? stage).at
    const {distribution} = programs.base
    const elsewhere = by === undefined ? undefined : written
    const base = rootImage(stage) ?? ''
    found.push({program: name, by, at, written: elsewhere, base, from, distribution, isOfPackage, says: undefined})
  }
  for (const command of commands) {
    const {moment, at} = command
    const {stage} = moment
    const lack = told.has(stage) ? undefined : unpackerLack(command, image)
    if (!lack) continue
    told.add(stage)
    const from = (lineage(stage)[0] ?? stage).at
    const base = rootImage(stage) ?? ''
    found.push({...lack, at, written: undefined, base, from, distribution: 'debian', isOfPackage: false})
  }
  return known(found)
}

/** Scripts of package.json find the programs of packages first: what is none of theirs is only what the system has. */
const looksOnPath = ({by}: BuildCommand, name: string): boolean =>
  by === undefined || by.startsWith('mix ') || oftenBroughtAlong.has(name)

/** A script that hands on to another package manager. Bun runs scripts itself where they name the others. */
const asksManager = ({by = ''}: BuildCommand, name: string): boolean =>
  /^(?:pnpm|yarn|bun)$/.test(name) && /^(?:npm|pnpm|yarn) /.test(by)

/** Packages that lay a package manager into node_modules/.bin, where scripts find it. */
const managerPackages = ['pnpm', '@pnpm/exe', 'yarn', 'bun', 'corepack']

async function bringsManager(reader: ProjectReader, files: Files): Promise<boolean> {
  for (const path of files.named('package.json')) {
    const manifest = await readManifest(reader, posix.dirname(path).replace(/^\.$/, ''))
    const tables = [manifest?.dependencies, manifest?.devDependencies]
    if (managerPackages.some((name) => tables.some((table) => table && Object.hasOwn(table, name)))) return true
  }
  for (const path of files.named('package-lock.json')) {
    const lock = await reader.text(path)
    const locked = lock ? npmLockPackages(lock) : undefined
    const names = Object.keys(locked ?? {})
    if (names.some((each) => managerPackages.some((name) => each.endsWith(`node_modules/${name}`)))) return true
  }
  return false
}

/** Whether the RUN lends itself something in a folder of programs. */
const mountsOnPath = ({moment}: BuildCommand): boolean =>
  mountsOf(moment.instruction).some((mount) => {
    const type = mount.get('type') ?? 'bind'
    return type === 'bind' && /\/s?bin\b|^\/(?:usr|opt)/.test(mountTarget(mount) ?? '/usr')
  })

/** A login shell reads where PATH is set once more, and another language has other words. */
const speaksAnother = onceOf((stage: Stage): boolean =>
  allInstructions(stage).some(
    ({keyword, text}) =>
      keyword === 'SHELL' &&
      !/^\s*\[\s*"(?:\/[^"]*\/)?(?:ba|da|a)?sh"\s*(?:,\s*"(?:-[a-hj-km-z]+|pipefail)"\s*)*\]/.test(text),
  ),
)

/** What is on PATH when the command runs; undefined where the RUN sets it, or it is one of several in a text. */
function programsAt(command: BuildCommand, image: Image): Programs | undefined {
  const {moment, before} = command
  const {stage, instruction, files, unknown, env} = moment
  const [then, another] = heldOf(image, command).commands
  if (!then || another || /\bPATH\b|(?:^|[\s;&(])(?:\.|source)\s/.test(before)) return undefined
  if (/\bPATH=|\s(?:-\w*l\w*c|--login)\s/.test(instruction.text) || speaksAnother(stage)) return undefined
  // A file that every bash reads first, and folders that are relative to wherever a command runs.
  const path = env.get('PATH')
  if (env.has('BASH_ENV') || path?.split(':').some((each) => !each.startsWith('/'))) return undefined
  // What npx starts finds what npx has fetched.
  const name = programOf(command)
  if (
    command.by !== undefined &&
    new RegExp(`\\b(?:npx|bunx|dlx|npm (?:x|exec))\\b[^&|;]{0,100}\\b${name}\\b`).test(instruction.text)
  )
    return undefined
  const earlier = instructionsBefore(stage, instruction).filter(({keyword}) => keyword === 'RUN')
  const runs = [...earlier.map(({text}) => text), before]
  const hasPip = () => runs.some((text) => /\b(?:pip3?|poetry|uv)\b/.test(text))
  return new Programs({stage, path, files, unknown, runs, packages: then.packagesThen, hasPip})
}
