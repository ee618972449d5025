/** Commands of git that a build runs where no repository is. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {ignoreRules} from '../../context/dockerignore.ts'
import {flagOf, instructionsBefore, mountsOf, rootImage, type Stage} from '../../dockerfile/parse.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Inputs} from '../../inputs.ts'
import type {GitCall} from '../../node/output/settings-git.ts'
import {pyprojectOf, textOf, withoutProject} from '../../python/packages/package-layout.ts'
import {type ScmVersion, scmVersion} from '../../python/packages/scm-version.ts'
import {basePrograms} from '../base/base-programs.ts'
import {type BuildCommand, commandsBefore} from '../build-commands.ts'
import {mayInstallAnything} from '../programs/programs.ts'
import {programOf} from '../shell/command.ts'
import {copyWords} from './context-path.ts'
import {withAbove} from './image-path.ts'
import {pipInstallsProject} from './named/interpreted.ts'
import {nameOf} from './named-files.ts'

export interface GitFolder {
  /** `git lfs pull`. */
  command: string
  folder: string
  at: FileLocation
  /** The line of .dockerignore that leaves .git out, where a COPY of the whole folder would bring it. */
  rule: FileLocation | undefined
  /** What runs it, where that is the configuration of a bundler. */
  build: FileLocation | undefined
  /** What takes the version of a Python project from git. */
  version: ScmVersion | undefined
}

/** What git does in a repository alone; outside of one it ends with 128. */
const needsRepository =
  /^git (?:lfs (?:pull|fetch|checkout|ls-files)|rev-parse|rev-list|describe|log|show|status|submodule (?:update|init|sync)|pull|fetch|checkout|switch|reset|restore|branch|tag|commit|add|merge)(?: |$)/
/** What makes a repository, or brings one. */
const makesRepository =
  /\bclone\b|\binit\b|\bnew\b|\bcreate\b|create-|degit|\.git\b|\bworktree\b|git\+|\btar\b|\bunzip\b|GIT_DIR/
/** A program by itself. */
const programsOnly = /\/s?bin\/[\w.-]+$/

export async function loadGitFolders({reader}: Inputs, facts: FactStore): Promise<Fact<GitFolder[]>> {
  const [{commands}, context] = await facts.needAll('buildCommands', 'buildContext')
  const tracked = (await facts.value('files')) ?? noFiles
  const ignore = ignoreRules(context.ignoreFile?.text ?? '')
  const isLeftOut = ['.git', '.git/HEAD', '.git/objects', '.git/config'].every((path) => ignore.ignores(path))
  const rule = isLeftOut ? context.ruleAgainst('/.git') : undefined
  const found: GitFolder[] = []
  const told = new Set<Stage>()
  for (const [index, command] of commands.entries()) {
    const {moment, folder} = command
    if (told.has(moment.stage) || command.conditional || !command.decisive) continue
    const version = await versionOf(command, tracked, reader)
    const [call] = version
      ? [{command: nameOf(textOf(command)), at: command.at}]
      : bundlers.test(programOf(command) ?? '')
        ? await (await import('../../node/output/settings-git.ts')).gitInSettings(command, tracked, reader)
        : ownCall(command)
    if (!call || (!version && (!needsRepository.test(call.command) || without.test(call.command)))) continue
    const copies = copiesOf(command)
    if (!copies || !hasNone(command) || commandsBefore(commands, index).some(isRepositoryMade)) continue
    const whole = copies.filter((words) => words.some((word) => mayBeRoot.test(word)))
    if (whole.length > 0 && !isLeftOut) continue
    told.add(moment.stage)
    const name = version
      ? [call.command]
      : call.command.split(' ').slice(0, /^git (?:lfs|submodule) /.test(call.command) ? 3 : 2)
    found.push({
      command: name.join(' '),
      folder,
      at: call.at,
      rule: whole.length > 0 ? rule : undefined,
      build: call.at === command.at ? undefined : command.at,
      version,
    })
  }
  return known(found)
}

/** What an install of the project asks git for its version with, where no variable says it. */
async function versionOf(command: BuildCommand, files: Files, reader: ProjectReader): Promise<ScmVersion | undefined> {
  const text = textOf(command)
  if (withoutProject.test(text) || !(pipInstallsProject.test(text) || /^uv sync\b/.test(text))) return undefined
  const {variables, instruction} = command.moment
  if (variables.has('UV_NO_INSTALL_PROJECT') || /SCM|NO_INSTALL_PROJECT|PRETEND/.test(instruction.text))
    return undefined
  const file = await pyprojectOf(command, files, reader)
  const version = file && scmVersion(file)
  return version && [...variables.keys()].some((name) => name.startsWith(version.variable)) ? undefined : version
}

/** What the RUN itself calls. */
const ownCall = (command: BuildCommand): GitCall[] =>
  command.by === undefined && programOf(command) === 'git'
    ? [{command: command.words.map((word) => word ?? '$').join(' '), at: command.at}]
    : []

/** They execute their configuration, as `vite.config.ts`. */
const bundlers = /^(?:vite|next|astro|nuxt|webpack)$/

/** What tells, or looks elsewhere. */
const without = /\$|--resolve-git-dir|--git-dir|--no-index|\s(?:-h|--help)\b/

/** The root of the context, by its name or by a pattern. */
const mayBeRoot = /^(?:\.?\/?|\.?\/?\.git\/?)$|[*?[$]/

/** The sources of each COPY and ADD from the context by then; undefined where a COPY or a mount may have brought any folder from elsewhere. */
function copiesOf({moment: {stage, instruction}}: BuildCommand): string[][] | undefined {
  const copied: string[][] = []
  for (const each of instructionsBefore(stage, instruction).filter(
    ({keyword}) => keyword === 'COPY' || keyword === 'ADD',
  )) {
    const words = copyWords(each).slice(0, -1)
    const isForeign = flagOf(each, 'from') !== undefined
    if (isForeign ? !words.every((word) => programsOnly.test(word)) : words.some((word) => /:\/\/|^git@|<</.test(word)))
      return undefined
    if (!isForeign) copied.push(words)
  }
  // A cache has no repository.
  return mountsOf(instruction).some((mount) => mount.get('type') !== 'cache') ? undefined : copied
}

/** Neither the base image nor a step before has one. */
function hasNone({moment, folder, before}: BuildCommand): boolean {
  const {stage, instruction, files, variables} = moment
  if (!basePrograms(rootImage(stage) ?? '') || variables.has('GIT_DIR') || /\bGIT_DIR=/.test(instruction.text))
    return false
  const texts = instructionsBefore(stage, instruction).flatMap(({keyword, text}) => (keyword === 'RUN' ? text : []))
  return (
    [...texts, before].every((text) => !makesRepository.test(text) && !mayInstallAnything(text)) &&
    withAbove(folder).every((each) => files.get(`${each}/.git`.replace('//', '/')) === undefined)
  )
}

/** By a script of package.json, too. */
const isRepositoryMade = (command: BuildCommand): boolean =>
  programOf(command) === 'git' && command.words.some((word) => /^(?:init|clone|worktree)$/.test(word ?? ''))
