import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {execProgram} from '../../dotnet/exec-programs.ts'
import {assetTask, packageTask} from '../../elixir/asset-task.ts'
import {colocatedTask} from '../../elixir/colocated.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Inputs} from '../../inputs.ts'
import {jreBuild} from '../../java/jre-build.ts'
import {goallessMaven} from '../../java/maven-goals.ts'
import {lostVerbTask} from '../../node/scripts/bun-verbs.ts'
import {mistakenTask} from '../../node/scripts/mistaken-scripts.ts'
import {removedCommand} from '../../node/scripts/removed-commands.ts'
import {missingMember} from '../../node/workspace/missing-members.ts'
import {cachedConfig} from '../../php/cached-config.ts'
import {clearedCache} from '../../php/cleared-cache.ts'
import {devBundle} from '../../php/dev-bundles.ts'
import {lostDjangoCommand} from '../../python/commands/django-commands.ts'
import {rakeTaskRun} from '../../ruby/rake-tasks.ts'
import {cargoTask} from '../../toolchains/cargo-tasks.ts'
import type {BuildCommand} from '../build-commands.ts'
import {mayBeChanged, sourceAt, unchangedAt} from '../moment.ts'
import {programOf} from '../shell/command.ts'

/** A task that a command of the build asks for, and that surely does not work as the project is. */
export interface MissingTask {
  message: string
  at: FileLocation
  related: FileLocation[]
  hint: string
  /** Something else may answer to the name. */
  likely?: boolean
}

export interface Project {
  reader: ProjectReader
  tracked: Files
}

export async function loadMissingTasks({reader}: Inputs, facts: FactStore): Promise<Fact<MissingTask[]>> {
  const [build, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const project = {reader, tracked: files ?? noFiles}
  const found: MissingTask[] = []
  for (const {name, command, manifest, place, likely} of build.missingScripts) {
    if (command.conditional || !command.decisive || mayBeChanged(command, place)) continue
    found.push({
      message: `${textOf(command)} ${likely ? 'is likely to stop' : 'stops'}: ${manifest.path} has no script ${JSON.stringify(name)}`,
      at: command.at,
      related: [manifest.whole],
      hint: `Add the script to ${manifest.path}, or take the command out of the Dockerfile.`,
      likely,
    })
  }
  for (const command of build.commands) {
    if (command.conditional || !command.decisive) continue
    const task =
      clonedCommit(command) ??
      (await makeTarget(command, project)) ??
      (await assets(command, project)) ??
      (await assetTask(command, project)) ??
      (await packageTask(command, project)) ??
      (await colocatedTask(command, build.commands, project)) ??
      (await managed(command, project)) ??
      (await execProgram(command, project)) ??
      (await jreBuild(command, project)) ??
      (await lostVerbTask(command, project)) ??
      (await goallessMaven(command, project)) ??
      (await missingMember(command, project)) ??
      (await removedCommand(command, project)) ??
      (await mistakenTask(command, project)) ??
      (await clearedCache(command, project)) ??
      (await cachedConfig(command, project)) ??
      (await devBundle(command, project)) ??
      (await cargoTask(command, project))
    // `npx turbo` is followed by what npx starts.
    if (task && !found.some(({at}) => at === task.at)) found.push(task)
  }
  return known(found)
}

const textOf = ({words}: BuildCommand): string => words.map((word) => word ?? '…').join(' ')

/** `git clone https://github.com/shop/api@53570cf`: other tools take a version behind the @, and to git it is part of the name. */
function clonedCommit(command: BuildCommand): MissingTask | undefined {
  const [, verb, ...rest] = command.words
  if (programOf(command) !== 'git' || verb !== 'clone') return undefined
  const address = rest.find((word) => /^https:\/\/(?:github|gitlab)\.com\/[\w.-]+\/[\w.-]+@[\w.-]+$/.test(word ?? ''))
  const [repository, version = ''] = address?.split(/@(?=[^@]*$)/) ?? []
  if (repository === undefined) return undefined
  const name = posix.basename(repository).replace(/\.git$/, '')
  return {
    message: `git clone stops: ${version} behind the @ is part of the name, and there is no such repository`,
    at: command.at,
    related: [],
    hint: `Take the version behind it: git clone ${repository} && git -C ${name} checkout ${version}`,
  }
}

/** Options of make whose value is a word of its own; -j and -l take a number where one follows. */
const valued = /^(?:-\w*[EoW]|--(?:old-file|assume-old|what-if|new-file|assume-new))$/
const numbered = /^-\w*[jl]$|^--(?:jobs|load-average|max-load)$/

/** "No rule to make target": of a Makefile whose targets can all be read. */
async function makeTarget(command: BuildCommand, {reader, tracked}: Project): Promise<MissingTask | undefined> {
  const [, ...rest] = command.words
  if (programOf(command) !== 'make' || rest.includes(undefined)) return undefined
  const all = rest as string[]
  if (all.some((word) => /^-\w*[fCIk]|^--(?:file|makefile|directory|include-dir|keep-going|eval)/.test(word)))
    return undefined
  const words = all.filter((word, index) => {
    const before = all[index - 1] ?? ''
    return !valued.test(before) && !(numbered.test(before) && /^[\d.]+$/.test(word))
  })
  const place = posix.join(command.folder, 'Makefile')
  const source = unchangedAt(command, place, tracked)
  const file = await reader.text(source)
  if (!file) return undefined
  const text = file.text.replace(/\\\r?\n/g, ' ')
  // .DEFAULT is for whatever has no rule.
  if (
    /^ *-?s?include\b|^ *\.DEFAULT\b|^[^\t#\n%]*%[^\n]*:|^[^\t#=\n]{0,300}\$[({][^\n=]{0,300}:(?!=)|^ *define\b|\beval\b/m.test(
      text,
    )
  )
    return undefined
  // Of one that is phony and has no rule make says that nothing is to be done.
  const targets = new Set(
    [...text.matchAll(/^([^\t#:=\n][^:=\n]*):(?!=)([^\n]*)/gm)].flatMap(([, names = '', more = '']) =>
      `${names} ${names.trim() === '.PHONY' ? more : ''}`.trim().split(/\s+/),
    ),
  )
  const wanted = words.find((word) => /^[\w./-]+$/.test(word) && !word.startsWith('-') && !targets.has(word))
  if (wanted === undefined) return undefined
  const folder = command.moment.files.get(command.folder)
  const names = folder?.kind === 'folder' ? [...folder.entries.keys()] : []
  // Another makefile comes before this one; the target is a file, or a built-in rule makes it of one: hello of hello.c.
  if (names.some((name) => /^(?:GNUm|m)akefile$/.test(name))) return undefined
  const [stem = ''] = wanted.split(/\.\w+$/)
  if (
    command.moment.files.get(posix.resolve(command.folder, wanted)) ||
    names.some((name) => name.startsWith(`${stem}.`))
  )
    return undefined
  return {
    message: `make ${wanted} stops: ${file.path} has no target ${wanted}`,
    at: command.at,
    related: [file.whole],
    hint: `Its targets: ${[...targets]
      .filter((each) => /^[\w-]/.test(each))
      .slice(0, 12)
      .join(', ')}.`,
  }
}

/** Gems that define assets:precompile, or that may. */
const assetGems = /sprockets|propshaft|webpack|shakapack|simpack|vite|bundling|asset|importmap|tailwind|sass|esbuild/

/** "Don't know how to build task": Rails itself has no assets:precompile, only the gem of an asset pipeline has. */
async function assets(command: BuildCommand, project: Project): Promise<MissingTask | undefined> {
  const run = await rakeTaskRun(command, 'assets:precompile', project)
  if (!run) return undefined
  const source = sourceAt(command.moment, posix.join(command.folder, 'Gemfile.lock'), project.tracked)
  const lock = await project.reader.text(source)
  const gems = [...(lock?.text ?? '').matchAll(/^ {4}(\S+) \(/gm)].map(([, name = '']) => name)
  if (!lock || !gems.includes('railties') || gems.some((name) => assetGems.test(name)) || run.mayDefine)
    return undefined
  return {
    message: `${textOf(command)} stops: no gem of ${lock.path} has the task assets:precompile`,
    at: run.at,
    related: [command.at, lock.whole],
    hint: 'An API has no assets: take the task out of the build. Else add the gem of an asset pipeline: bundle add propshaft',
  }
}

/** "Unknown command": manage.py is asked for one that no app has. */
async function managed(command: BuildCommand, project: Project): Promise<MissingTask | undefined> {
  const lost = await lostDjangoCommand(command, project)
  return (
    lost && {
      message: `${textOf(command)} stops: there is no management command ${lost.name}`,
      at: command.at,
      related: [lost.settings.file.whole],
      hint: `A command is a file of an installed app: management/commands/${lost.name}.py`,
    }
  )
}
