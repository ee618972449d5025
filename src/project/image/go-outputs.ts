import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {flagOf, lineage} from '../dockerfile/parse.ts'
import type {Tracked} from '../files.ts'
import type {Inputs} from '../inputs.ts'
import type {ProjectReader} from '../reader.ts'
import type {Build} from './build.ts'
import type {BuildCommand} from './build-commands.ts'
import type {BuiltStage} from './build-stage.ts'
import {copyOf} from './context-path.ts'
import {mayHold} from './may-hold.ts'
import {sourceAt} from './moment.ts'
import {isQuiet} from './quiet-run.ts'
import {programOf} from './shell.ts'

/** A COPY that takes a program of Go under another name than `go build` gives it. */
export interface MisnamedProgram {
  stage: string
  /** What COPY takes, and what is there. */
  wanted: string
  made: string
  /** Why it is called so: `the module example.com/shop`. */
  after: string
  at: FileLocation
  build: FileLocation
  /** No other RUN of the stage can have made it. */
  sure: boolean
}

export async function loadGoOutputs({reader}: Inputs, facts: FactStore): Promise<Fact<MisnamedProgram[]>> {
  const [build, buildCommands, files] = await Promise.all([
    facts.get('build'),
    facts.get('buildCommands'),
    facts.get('files'),
  ])
  if (build.state !== 'ok') return build
  if (buildCommands.state !== 'ok') return buildCommands
  if (files.state !== 'ok') return files
  const tracked = files.value
  const found: MisnamedProgram[] = []
  for (const {at, from, source, path} of copiedFiles(build.value)) {
    const stages = lineage(source.stage)
    const builds = buildCommands.value.commands.filter(
      (command) =>
        stages.includes(command.moment.stage) &&
        programOf(command) === 'go' &&
        /^(build|install)$/.test(command.words[1] ?? ''),
    )
    const [only, another] = builds
    if (!only || another || only.conditional || only.folder !== posix.dirname(path)) continue
    const made = await outputOf(only, tracked, reader)
    if (!made || made.name === posix.basename(path) || source.files.get(path) || mayHold(source, path)) continue
    const texts = source.unknown.flatMap(({text}) => text ?? [])
    const place = posix.join(only.folder, made.name)
    found.push({
      stage: from,
      wanted: path,
      made: place,
      after: made.after,
      at,
      build: only.at,
      sure: texts.every(isPlain),
    })
  }
  return known(found)
}

/** What COPY takes from a stage by its plain name. */
function* copiedFiles({stages}: Build): Generator<{at: FileLocation; from: string; source: BuiltStage; path: string}> {
  for (const {stage} of stages) {
    for (const instruction of stage.instructions) {
      const from = flagOf(instruction, 'from')
      const source = stages.find(
        (each) => from !== undefined && (each.stage.name === from.toLowerCase() || String(each.stage.index) === from),
      )
      for (const word of copyOf(instruction)?.sources ?? []) {
        if (from !== undefined && source && !/[*?[$]|\/$/.test(word))
          yield {at: instruction.at, from, source, path: posix.resolve('/', word)}
      }
    }
  }
}

const isPlain = (text: string): boolean =>
  text
    .replace(/\\\r?\n/g, ' ')
    .split(/&&|;|\n/)
    .every((part) => isQuiet(part) || /^\s*(?:[A-Z_]+=\S*\s+)*go (?:build|mod|vet|version|env)\b/.test(part))

/**
 * The name of the program without -o: the first file that is named, else the last part of the package's path, a version
 * such as /v2 left aside (go help build).
 */
async function outputOf(
  {words, moment, folder}: BuildCommand,
  tracked: Tracked,
  reader: ProjectReader,
): Promise<{name: string; after: string} | undefined> {
  const valued = /^-(tags|ldflags|gcflags|asmflags|mod|installsuffix|buildmode|p|pkgdir)$/
  const rest = words.slice(2)
  if (words[1] !== 'build' || rest.some((word) => word === undefined || /^-(o|C|modfile|overlay)\b/.test(word)))
    return undefined
  const packages = (rest as string[]).filter(
    (word, index) => !word.startsWith('-') && !valued.test(rest[index - 1] ?? ''),
  )
  const [first = '.', ...others] = packages
  if (first.endsWith('.go')) return {name: posix.basename(first, '.go'), after: `the file ${first}`}
  if (others.length > 0 || /\.\.\.|\$/.test(first) || !/^\.{0,2}(\/|$)/.test(first)) return undefined
  const target = posix.resolve(folder, first)
  const mod = sourceAt(moment, posix.join(target, 'go.mod'), tracked)
  if (mod === undefined)
    return target === folder ? undefined : {name: posix.basename(target), after: `the package ${first}`}
  const module = /^module\s+"?([^\s"]+)/m.exec((await reader.text(mod))?.text ?? '')?.[1]
  const name = module
    ?.replace(/\/v\d+$/, '')
    .split('/')
    .at(-1)
  return name === undefined ? undefined : {name, after: `the module ${module}`}
}
