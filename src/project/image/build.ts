import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {once} from '../../once.ts'
import type {DeployCommands} from '../deploys/deploy-commands.ts'
import type {Dockerfile} from '../dockerfile/dockerfile.ts'
import {LexError, processWord} from '../dockerfile/lex.ts'
import {allInstructions, flagOf, type Instruction, mountsOf, type Stage} from '../dockerfile/parse.ts'
import {Files, noFiles} from '../files/files.ts'
import {ignoredPaths} from '../git/git.ts'
import {unfetchedSubmodules} from '../git/submodules.ts'
import type {Inputs} from '../inputs.ts'
import {foldersAboveHere} from '../workflows/workflow-folders.ts'
import {type BuildProblem, type BuiltStage, buildStage, type MissingSource} from './build-stage.ts'
import {contextPath, copyOf} from './files/context-path.ts'
import {stageIndex} from './files/copy-sources.ts'
import {askedPaths} from './files/file-answers.ts'
import {isNamedBeside, isNamedTop} from './files/missing-sources.ts'
import {prunedWorkspace} from './files/pruned-workspace.ts'
import {grammarProblem} from './grammar.ts'
import {mayHold} from './may-hold.ts'
import {mayMake} from './shell/quiet-run.ts'
import {argumentsIn} from './variable-reads.ts'

/** The build of the Dockerfile as BuildKit would go about it. RUN is not executed. */
export interface Build {
  /** The stages that the final one needs: BuildKit leaves the others out. */
  stages: BuiltStage[]
  final: BuiltStage
  /** What ends the build, in the order of the file. */
  problems: BuildProblem[]
  /** Whether the final image has a path: `maybe` where something that is not followed may have brought it. */
  has(path: string): 'yes' | 'maybe' | 'no'
  /** Whether the final image surely has no such path, not even one that a build in it makes. */
  lacks(path: string): boolean
}

export async function loadBuild({reader}: Inputs, facts: FactStore): Promise<Fact<Build>> {
  const [[dockerfile, context], deploys, files] = await Promise.all([
    facts.needAll('dockerfile', 'buildContext'),
    facts.value('deployCommands'),
    facts.value('files'),
  ])
  const {stages, final} = dockerfile
  // BuildKit reads every instruction before it looks at what is needed.
  const problems: BuildProblem[] = stages.flatMap((stage) =>
    [stage.from, ...stage.instructions].flatMap((instruction) => {
      const found = grammarProblem(instruction, dockerfile.escapeCharacter)
      return found ? [{kind: 'instruction' as const, at: instruction.at, ...found}] : []
    }),
  )
  const {badPattern, ignoreFile} = context
  if (badPattern && ignoreFile) {
    const message = `${ignoreFile.path} has a pattern that Docker cannot read: ${badPattern.text}`
    const hint = badPattern.text.includes('[')
      ? 'Close the [ or escape it: \\['
      : 'Write behind the ! what it takes back, or remove it.'
    problems.push({kind: 'ignore-file', message, at: badPattern.at, hint})
  }
  const madeLater = await madeLaterOf(askedPaths(dockerfile))
  const madeSources = await sourcesMadeLater()
  const workspace = await prunedWorkspace(dockerfile, reader, files)
  const needed = neededBy(final, dockerfile, problems)
  const built = new Map<number, BuiltStage>()
  for (const stage of stages) {
    if (!needed.has(stage.index)) continue
    const wrong = stage.parent ? undefined : baseProblem(stage, dockerfile, deploys)
    if (wrong) problems.push({kind: 'from', at: stage.at, ...wrong})
    const result = await buildStage(stage, {dockerfile, context, built, madeLater, madeSources, workspace})
    built.set(stage.index, result)
    for (const problem of result.problems) {
      const handed = handedOver(problem, stage, dockerfile, deploys)
      if (handed && !handed.mayLack) continue
      if (handed && problem.missing) problem.missing.argument = handed.name
      problems.push(problem)
    }
  }
  const asked = problems.flatMap(({missing}) => {
    const path = missing?.from === undefined ? missing?.path.slice(1) || '.' : missing.own
    return missing && path !== undefined && !missing.leftOut ? [{missing, path}] : []
  })
  // git knows the rules for what is not there, too; it may have been a file or a folder.
  const ignored = await ignoredPaths(reader.root, [...new Set(asked.flatMap(({path}) => [path, `${path}/`]))])
  const unfetched = once<void, Promise<string[]>>(() => unfetchedSubmodules(files ?? noFiles, reader))
  for (const {missing, path} of asked) {
    // What git knows of it lies below .git, and is fetched with it.
    const own = path.replace(/^\.git\/modules\//, '')
    missing.submodule = (await unfetched()).find((folder) => own.startsWith(`${folder}/`))
    const isSetting = missing.own === path && !/\.\w+$/.test(path) && (await isNamedBeside(path, context, reader))
    missing.isSetting = isSetting
    missing.madeLater = ignored.has(path) || ignored.has(`${path}/`) || isSetting || !!missing.submodule
  }
  const above = asked.length > 0 ? await foldersAboveHere(reader) : []
  const lost: {missing: MissingSource; places: typeof above}[] = []
  for (const {missing, path} of asked) {
    if (missing.from !== undefined || missing.own !== undefined || missing.madeLater || path === '.') continue
    const places: typeof above = []
    for (const each of above)
      if (['file', 'folder'].includes(await reader.kindOf(`${each.folder}/${path}`))) places.push(each)
    if (places.length > 0) lost.push({missing, places})
  }
  // A deploy runs in one folder: the nearest that has them all.
  const common = above.find((each) => lost.every(({places}) => places.includes(each)))
  for (const {missing, places} of lost) missing.above = common ?? (places[0] as (typeof above)[number])
  for (const {missing} of problems) {
    const isOfStage = missing?.likely && missing.own === undefined
    if (isOfStage && (await isNamedTop(missing.path, files ?? noFiles, reader))) missing.madeLater = true
  }
  await noteIgnoredNeeds()
  const places = new Set<FileLocation>()
  const unique = problems.filter(({at}) => !places.has(at) && places.add(at))
  const last = built.get(final.index) as BuiltStage
  const has: Build['has'] = (path) => (last.files.get(path) ? 'yes' : mayHold(last, path) ? 'maybe' : 'no')
  return known({
    stages: [...built.values()],
    final: last,
    problems: unique,
    has,
    lacks: (path) => has(path) === 'no' && !mayMake(last, path),
  })

  /** What RUNs ask for and a deploy from another computer, or with the steps before it, may have: by its name. */
  async function madeLaterOf(paths: readonly string[]): Promise<Set<string>> {
    if (paths.length === 0) return new Set()
    // A clone without its submodules has less than another.
    if (files?.has('.gitmodules')) return new Set(paths.map((path) => posix.basename(path)))
    const places = placesInContext()
    const placesOf = (path: string) =>
      places(/^[/$~]/.test(path) ? [posix.basename(path)] : [path, posix.basename(path)])
    const ignored = await ignoredPaths(reader.root, [...new Set(paths.flatMap(placesOf))])
    const found = paths.filter((path) => deploys?.makes(path) || placesOf(path).some((each) => ignored.has(each)))
    return new Set(found.map((path) => posix.basename(path)))
  }

  /** What a COPY names and the context lacks: git ignores it, or a step before the deploy makes it. */
  async function sourcesMadeLater(): Promise<Set<string>> {
    const absent = copiedPaths().filter((path) => !context.entry(`/${path}`) && !context.leftOut(`/${path}`))
    if (absent.length === 0) return new Set()
    const ignored = await ignoredPaths(reader.root, [...new Set(absent.flatMap((path) => [path, `${path}/`]))])
    const found = absent.filter((path) => ignored.has(path) || ignored.has(`${path}/`) || deploys?.makes(path))
    return new Set(found.map((path) => `/${path}`))
  }

  /** What COPYs name of the context, without variables. */
  function copiedPaths(): string[] {
    return stages
      .flatMap(({instructions}) => instructions.filter((each) => flagOf(each, 'from') === undefined))
      .flatMap((each) => copyOf(each)?.sources ?? [])
      .flatMap((source) => (/[:$<]/.test(source) ? [] : [posix.join('/', source).slice(1)]))
  }

  /** Where a file would be copied from that is to lie in one of the folders of the image. */
  function placesInContext(): (names: readonly string[]) => string[] {
    const copied = copiedPaths()
    const folders = new Set([
      '',
      ...copied.filter((path) => !files?.has(path)),
      ...copied.map((path) => posix.dirname(path)),
    ])
    return (names) => [...folders].flatMap((each) => names.map((name) => posix.join(each, name)))
  }

  /** A lock file that git ignores is on the computers of those who deploy by hand: a COPY that is there would bring it. */
  async function noteIgnoredNeeds(): Promise<void> {
    const needs = problems.flatMap((problem) => (problem.needed ? [{problem, ...problem.needed}] : []))
    if (needs.length === 0) return
    const names = needs.flatMap(({places}) => places.map((place) => posix.basename(place)))
    const candidates = [...new Set(placesInContext()(names))]
    const ignored = await ignoredPaths(reader.root, candidates)
    const theirs = Files.of([...ignored])
    const modules = await unfetched()
    const inModules = Files.of(candidates.filter((path) => modules.some((folder) => path.startsWith(`${folder}/`))))
    for (const {problem, places, before} of needs) {
      // A clone with its submodules may have it.
      if (places.some((place) => contextPath(place, '/', before, inModules) !== undefined)) {
        problems.splice(problems.indexOf(problem), 1)
        continue
      }
      const [source] = places.flatMap((place) => contextPath(place, '/', before, theirs) ?? [])
      if (source !== undefined) problem.madeLater = source
    }
  }
}

function filledIn(text: string, {globals, open, escapeCharacter}: Dockerfile): string | LexError {
  try {
    return processWord(text, (name) => globals.get(name) ?? open.get(name), escapeCharacter)
  } catch (error) {
    if (error instanceof LexError) return error
    throw error
  }
}

/**
 * The ARG in what a COPY takes that a deploy passes; `mayLack`: none is seen to, and whoever deploys may, as it has no value
 * of its own.
 */
function handedOver(
  {at, missing}: BuildProblem,
  stage: Stage,
  {buildArgs, globals}: Dockerfile,
  deploys: DeployCommands | undefined,
): {name: string; mayLack: boolean} | undefined {
  const copied = missing && stage.instructions.find((each) => each.at === at)
  for (const name of argumentsIn((copied && copyOf(copied)?.sources.join(' ')) ?? '', {stage})) {
    if (Object.hasOwn(buildArgs, name)) continue
    if (deploys?.passing(name)) return {name, mayLack: false}
    const hasValue =
      globals.has(name) ||
      allInstructions(stage).some(
        ({keyword, words}) => keyword === 'ARG' && words.some((each) => each.startsWith(`${name}=`)),
      )
    if (!hasValue && (deploys?.commands.length ?? 0) === 0) return {name, mayLack: true}
  }
  return undefined
}

/** A repository, and a tag or digest behind it (distribution/reference). */
const reference =
  /^(?!.{0,1000}\/\/)(?:[\w.-]{1,300}(?::\d{1,5})?\/)?\w[\w./-]{0,300}(?<!\/)(?::\w[\w.-]{0,127})?(?:@[\w+.:-]{1,300})?$/

/** What no image can be called. */
function baseProblem(
  {from, image}: Stage,
  dockerfile: Dockerfile,
  deploys: DeployCommands | undefined,
): Pick<BuildProblem, 'message' | 'hint' | 'likely'> | undefined {
  const [written = ''] = from.line.rest.split(/\s+/)
  const filled = filledIn(written, dockerfile)
  if (filled instanceof LexError) {
    return {message: `FROM ${written}: ${filled.message}`, hint: 'Write it as FROM image:tag, or with ${NAME}.'}
  }
  if (image === undefined && !reference.test(filled)) {
    const {globals, open} = dockerfile
    if ([...open.keys()].some((name) => deploys?.passing(name))) return undefined
    const named = [...written.matchAll(/\$\{?(\w+)/g)].flatMap(([, name = '']) => (globals.has(name) ? [] : name))
    const [name = 'NAME'] = named
    // Whoever deploys by hand, or with what is not seen here, may hand over what an ARG asks for.
    const likely = named.some((each) => open.has(each)) && (deploys?.commands.length ?? 0) === 0
    const lack = likely ? `where the build is not given ${name}` : 'the variable has no value before the first FROM'
    return {
      message: `FROM ${written} names no image${filled ? ` but ${filled}` : ''}${likely ? ' ' : ': '}${lack}`,
      hint: `Give it one above the first FROM: ARG ${name}=value, or pass it: [build.args] in fly.toml.`,
      likely,
    }
  }
  const [first = '', ...rest] = (image ?? '').replace(/@.*$/s, '').split('/')
  const path = rest.length > 0 && /[.:]|^localhost$/.test(first) ? rest.join('/') : [first, ...rest].join('/')
  const repository = path.replace(/:[^/]*$/, '')
  if (!/[A-Z]/.test(repository)) return undefined
  return {
    message: `${image} is no stage that stands before, and no image can be called so: its name must be lower case`,
    hint: `Write FROM ${(image ?? '').replace(repository, repository.toLowerCase())}.`,
  }
}

/** The stages that a stage is built on, copies from or mounts, and theirs. */
function neededBy(final: Stage, {stages}: Dockerfile, problems: BuildProblem[]): Set<number> {
  const needed = new Set<number>()
  const next = [final]
  for (let stage = next.pop(); stage; stage = next.pop()) {
    if (needed.has(stage.index)) continue
    needed.add(stage.index)
    if (stage.parent) next.push(stage.parent)
    for (const instruction of stage.instructions) {
      for (const name of sourcesOf(instruction)) {
        try {
          const index = name.includes('$') ? undefined : stageIndex(name, stages, stage)
          if (index !== undefined) next.push(stages[index] as Stage)
        } catch (error) {
          if (!(error instanceof LexError)) throw error
          problems.push({kind: 'from', message: error.message, at: instruction.at})
        }
      }
    }
  }
  return needed
}

function sourcesOf(instruction: Instruction): string[] {
  const from =
    instruction.keyword === 'COPY' ? instruction.line.flags.find(([name]) => name === 'from')?.[1] : undefined
  return [from, ...mountsOf(instruction).map((mount) => mount.get('from'))].filter((name) => name !== undefined)
}
