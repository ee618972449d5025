/**
 * What BuildKit makes of a stage without running anything: the configuration, and the files that COPY and ADD bring
 * (frontend/dockerfile/dockerfile2llb/convert.go).
 */
import type {FileLocation} from '../../check.ts'
import {LexError} from '../dockerfile/lex.ts'
import {type Instruction, mostLayers, type Stage} from '../dockerfile/parse.ts'
import {baseFolder, baseVariables} from './base/base-images.ts'
import {foreignArguments} from './base/foreign-arguments.ts'
import {configure} from './config-instructions.ts'
import {CopyError} from './files/copy-files.ts'
import {copy} from './files/copy-instruction.ts'
import {FileTree, NotAFolder} from './files/file-tree.ts'
import {layPruned} from './files/pruned-workspace.ts'
import {forgetRebuilt} from './files/rebuilt-files.ts'
import {History} from './history.ts'
import type {Moment} from './moment.ts'
import {run} from './run-instruction.ts'
import {type Building, beginWork, type StageWork} from './stage-work.ts'

/** In Docker's own names. What the base image brings is not in it. */
export interface ImageConfig {
  env: History
  workingDir: string
  user: string
  /** undefined: none is set here, so that of the base image counts. */
  entrypoint: string[] | undefined
  cmd: string[] | undefined
  exposedPorts: Set<string>
  /** VOLUME: each path with its instruction. */
  volumes: Map<string, FileLocation>
}

/** Something that ends the build. */
export interface BuildProblem {
  /** `need`: a RUN runs a program that stops without a file that is not there. */
  kind: 'ignore-file' | 'instruction' | 'copy' | 'from' | 'need'
  message: string
  at: FileLocation
  hint?: string | undefined
  /** A build may be given what is missing. */
  likely?: boolean
  /** The source that is not there. */
  missing?: MissingSource | undefined
  /** What a RUN does not find at any of these places of the image; what was there to bring it. */
  needed?: {places: readonly string[]; before: readonly Instruction[]}
  /** git ignores a file that would have been copied to such a place. */
  madeLater?: string
}

export interface MissingSource {
  /** Begins with `/`: in the context, or in the stage that `from` names. */
  path: string
  from: string | undefined
  /** It is there, and .dockerignore leaves it out. */
  leftOut: boolean
  /** Of a stage in which RUNs make other files: they are not likely to make this one. */
  likely?: boolean
  /** Where it would be in the context, by the files beside it in that stage. */
  own?: string | undefined
  /** git ignores it: a step before the deploy may make it. Of a stage: settings name it, and a tool may write there. */
  madeLater?: boolean
  /** Of a stage: settings name it, so that a RUN of the stage may write there, whether git ignores it or not. */
  isSetting?: boolean
  /** The submodule that it is in, which is not fetched here. */
  submodule?: string | undefined
  /** The ARG in its name without a value, which a build may be given. */
  argument?: string
  /** Not in the context, but in that folder above it, `../..`; from there the working directory is `here`, `apps/api`. */
  above?: {folder: string; here: string}
}

/** Paths that cannot be known, and why. */
export interface Unknown {
  by: 'base' | 'run' | 'copy'
  path: string
  why: string
  at: FileLocation
  /** Of a RUN: what it runs, and in which folder. */
  text?: string
  folder?: string
  /** Of a COPY from another stage: the paths there that are laid at this one. */
  taken?: readonly string[]
}

/** A variable that has no value in the stage that uses it: it is declared before the first FROM only. */
export interface Unscoped {
  name: string
  at: FileLocation
  /** Where ARG declares it, in another stage. */
  declared?: FileLocation
  /** `ENV NAME=$NAME`, and nothing declares it at all. */
  isOwn?: boolean
}

export interface BuiltStage {
  stage: Stage
  config: ImageConfig
  files: FileTree
  unknown: Unknown[]
  problems: BuildProblem[]
  unscoped: Unscoped[]
  /** Folders that `turbo prune` filled: what is in them is seen. */
  pruned: string[]
  /** Its own RUNs, each with the stage as it is then; none behind a COPY that surely fails. */
  moments: Moment[]
}

export async function buildStage(stage: Stage, building: Building): Promise<BuiltStage> {
  const parent = stage.parent && building.built.get(stage.parent.index)
  const result = begin(stage, parent)
  let current: FileLocation = stage.at
  const work = beginWork(stage, result, building, () => current)
  /** RUNs without a COPY between them see the same files. */
  let seen: FileTree | undefined
  const filesByNow = () => {
    seen ??= result.files.copy()
    return seen
  }
  for (const instruction of stage.instructions) {
    const {keyword} = instruction
    current = instruction.at
    if (/^(?:ADD|COPY|WORKDIR)$/.test(keyword)) seen = undefined
    try {
      if (keyword === 'RUN') {
        run(instruction, work, filesByNow)
        if (prune(instruction, result, building) || forgetRebuilt(instruction, result)) seen = undefined
      } else if (keyword === 'COPY' || keyword === 'ADD') await copy(instruction, work)
      else configure(instruction, work)
    } catch (error) {
      result.problems.push(problemOf(error, instruction, work))
    }
  }
  if (stage.tooMany && !parent?.stage.tooMany) endAt(stage.tooMany, result)
  result.unscoped.push(...foreignArguments(stage, building.dockerfile))
  return result
}

/** What comes behind the last layer that there can be is not followed: any file may be of it. */
function endAt({keyword, at, text}: Instruction, {problems, unknown, config}: BuiltStage): void {
  const message = `${keyword} makes layer ${mostLayers + 1} of this stage, and Linux lays no more than ${mostLayers} on each other`
  const hint = 'Join RUNs by &&, copy whole folders, or build parts in stages of their own and copy what they made.'
  problems.push({kind: 'instruction', message, at, hint})
  unknown.push({
    by: 'run',
    path: '/',
    why: 'it comes after more layers than there can be',
    at,
    text,
    folder: config.workingDir,
  })
}

/** Lays what a RUN takes of the workspace into a folder of its own; whether it does. */
function prune(instruction: Instruction, {moments, files, pruned}: BuiltStage, {workspace}: Building): boolean {
  const moment = moments.at(-1)
  if (!workspace || moment?.instruction !== instruction) return false
  const filled = layPruned(moment, workspace, files)
  pruned.push(...filled)
  return filled.length > 0
}

/** What a stage begins with: all of the one that it is built on, or what is known of every base image. */
function begin(stage: Stage, parent: BuiltStage | undefined): BuiltStage {
  const rest = {stage, problems: [], unscoped: [], moments: []}
  if (parent) {
    const {config, files, unknown, pruned} = parent
    const own = {
      ...config,
      env: new History(config.env),
      exposedPorts: new Set(config.exposedPorts),
      volumes: new Map(config.volumes),
    }
    return {...rest, config: own, files: files.copy(), unknown: [...unknown], pruned: [...pruned]}
  }
  const isEmpty = stage.image === 'scratch'
  const config: ImageConfig = {
    env: new History(baseVariables(stage.image ?? '')),
    workingDir: baseFolder(stage.image ?? ''),
    user: '',
    entrypoint: undefined,
    cmd: undefined,
    exposedPorts: new Set(),
    volumes: new Map(),
  }
  const why = `the base image ${stage.image ?? ''} brings files`
  const unknown: Unknown[] = isEmpty ? [] : [{by: 'base', path: '/', why, at: stage.at}]
  return {...rest, config, files: new FileTree(), unknown, pruned: []}
}

/** What an instruction that cannot be carried out ends the build with. */
function problemOf(error: unknown, {at, line}: Instruction, {context}: StageWork): BuildProblem {
  if (error instanceof LexError) return {kind: 'instruction', message: error.message, at}
  if (error instanceof NotAFolder) return {kind: 'copy', message: `${error.message} is below a file`, at}
  if (!(error instanceof CopyError)) throw error
  const {message, missing: path} = error
  if (path === undefined) return {kind: 'copy', message, at}
  const from = line.flags.find(([name]) => name === 'from')?.[1]
  const leftOut = from === undefined && context.leftOut(path)
  return {kind: 'copy', message, at, missing: {path, from, leftOut}}
}
