/**
 * The program of Prisma, copied into the last stage package by package: what it loads when it starts has to come along
 * (tried with 4.16, 5.22, 6.2 to 6.19 and 7.2). Where node_modules may come in another way, nothing is told.
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, type Instruction, mountsOf, rootImage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {scripts} from '../../files/files.ts'
import {basePrograms} from '../../image/base/base-programs.ts'
import {copyOf} from '../../image/files/context-path.ts'
import type {Inputs} from '../../inputs.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'

export interface MissingPart {
  /** `package`: one that it loads. `link`: its program was copied out of its folder. `unlinked`: npx finds none. */
  kind: 'package' | 'link' | 'unlinked'
  /** The package, or the file that the program looks for beside itself. */
  name: string
  command: string
  by: string
  /** The COPY of the program. */
  at: FileLocation
  commandAt: FileLocation
  /** Nothing else can have brought it. */
  sure: boolean
}

/** `npx prisma migrate deploy`, `node_modules/.bin/prisma …`; the first group: its own file. */
const starts =
  /^(?:(?:npx|bunx|node)\s+(?:-y\s+|--yes\s+|--no-install\s+)?)?(?:\S*\/)?prisma(\/build\/index\.js)?\s+(?:migrate|db|generate)\s/

/** What @prisma/engines and @prisma/config load, as far as a version has them. */
const loaded =
  '@prisma/engines @prisma/debug @prisma/engines-version @prisma/fetch-engine @prisma/get-platform @prisma/config jiti effect c12 deepmerge-ts'.split(
    ' ',
  )

/** Folders and files of an app that bring no packages with them; .next/standalone brings those that the pages import. */
const bringsNone =
  /(?:^|\/)(?:dist|build|out|\.next|\.output|static|public|assets|prisma|migrations|src|scripts|generated|certs|locales|views)\/?$|[^/]\.\w+$/
const standalone = /\/standalone\/?$/

export async function loadPrismaParts({reader}: Inputs, facts: FactStore): Promise<Fact<MissingPart[]>> {
  const [[{final, stages}, {commands}], files] = await Promise.all([
    facts.needAll('build', 'processes'),
    facts.value('files'),
  ])
  if (!basePrograms(rootImage(final.stage) ?? '') || final.config.env.has('NODE_PATH')) return known([])
  const started = commands.filter(({text, certain}) => certain && starts.test(`${text} `))
  const instructions = allInstructions(final.stage)
  const copies = instructions.filter(({keyword}) => keyword === 'COPY' || keyword === 'ADD')
  const parts = copies.flatMap((each) => partsOf(each) ?? [])
  const program = parts.find(({name}) => name === 'prisma' || name === '.bin/prisma')
  const runs = instructions.filter(({keyword}) => keyword === 'RUN')
  if (
    parts.some(({name}) => name === '.pnpm') ||
    started.length === 0 ||
    !program ||
    copies.some((each) => partsOf(each) === undefined)
  )
    return known([])
  if (runs.some((each) => mountsOf(each).length > 0 || brings.test(each.text))) return known([])
  const has = (name: string) => parts.some((each) => each.name === name || name.startsWith(`${each.name}/`))
  const isTraced = copies.some((each) => copyOf(each)?.sources.some((source) => standalone.test(source)))
  const settings = await reader.texts(files?.named(...scripts('next.config')) ?? [])
  if (settings.some(({text}) => text.includes('outputFileTracingIncludes'))) return known([])
  const [npm, yarn, pnpm] = await Promise.all(
    ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml'].map((name) => reader.text(name)),
  )
  const packages = npm && npmLockPackages(npm)
  const needs = packages ? neededBy(packages) : new Set(npm ? [] : ['@prisma/engines'])
  const isNested = (name: string) =>
    Object.keys(packages ?? {}).some(
      (each) => /^node_modules\/@?prisma\//.test(each) && each.endsWith(`/node_modules/${name}`),
    )
  const missing = loaded.find((name) => needs.has(name) && !has(name) && !isNested(name))
  const linked = parts.find(({name}) => name === '.bin/prisma')
  // pnpm lays a script there, which finds the package by its place.
  const usesPnpm =
    pnpm !== undefined || stages.some(({stage}) => stage.instructions.some(({text}) => /\bpnpm\b/.test(text)))
  const isLink = !usesPnpm && (npm || /^# yarn lockfile v1/m.test(yarn?.text.slice(0, 300) ?? ''))
  for (const {text, by, at: commandAt} of started) {
    const common = {command: text, by, commandAt}
    const isOwnFile = starts.exec(`${text} `)?.[1] !== undefined
    // What lies beside it may come one by one, or with its whole folder.
    const hasBeside = parts.some(
      ({name, source, target}) => source.endsWith('.wasm') || (name === 'prisma' && /\.bin\/?$/.test(target)),
    )
    if (linked && isLink && !isOwnFile && !hasBeside)
      return known([{...common, kind: 'link', name: 'prisma_schema_build_bg.wasm', at: linked.at, sure: true}])
    const sure = npm !== undefined && !isTraced
    if (text.startsWith('npx ') && has('prisma') && !has('.bin/prisma'))
      return known([{...common, kind: 'unlinked', name: 'node_modules/.bin/prisma', at: program.at, sure}])
    if (missing && has('prisma') && (isOwnFile || has('.bin/prisma')))
      return known([{...common, kind: 'package', name: missing, at: program.at, sure}])
  }
  return known([])
}

const brings = /\b(?:npm|npx|pnpm|yarn|bun|corepack|cp|mv|ln|tar|rsync|git|curl|wget)\b/

interface Part {
  /** `prisma`, `@prisma`, `.bin/prisma`. */
  name: string
  source: string
  target: string
  at: FileLocation
}

/** The parts of node_modules that a COPY brings; undefined where it may bring any. */
function partsOf(instruction: Instruction): Part[] | undefined {
  const copy = copyOf(instruction)
  if (!copy) return undefined
  const found: Part[] = []
  for (const source of copy.sources) {
    if (source.includes('$')) return undefined
    const [, name] =
      /\/node_modules\/(\.bin(?:\/\w[\w-]*)?|@[\w-]+(?:\/[\w.-]+)?|[\w.-]+)/.exec(posix.resolve('/', source)) ?? []
    if (name !== undefined && !/[*?[]/.test(source)) found.push({name, source, target: copy.target, at: instruction.at})
    else if (name !== undefined || !(bringsNone.test(source) || standalone.test(source))) return undefined
  }
  return found
}

/** What prisma needs in turn, as package-lock.json has it at its top. */
function neededBy(packages: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const needed = new Set<string>()
  const next = ['prisma']
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    const entry = packages[`node_modules/${name}`]
    if (needed.has(name) || !isTable(entry)) continue
    needed.add(name)
    if (isTable(entry.dependencies)) next.push(...Object.keys(entry.dependencies))
  }
  return needed
}
