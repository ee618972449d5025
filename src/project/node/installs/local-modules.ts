import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {ignoreRules} from '../../context/dockerignore.ts'
import {allInstructions, flagOf, type Instruction, rootImage} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {Files} from '../../files/files.ts'
import {basePrograms} from '../../image/base/base-programs.ts'
import {contextPath, copyOf, workdirOf} from '../../image/files/context-path.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {located, type Moment} from '../../image/moment.ts'
import {type Command, programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {wantedMajor} from '../locks/pnpm-version.ts'
import {readManifest} from '../workspace/workspace.ts'

/** A COPY that brings the node_modules of the computer that deploys into an image that installs its own, once it has some. */
export interface LocalModules {
  /** `laid`: over what is installed before. `asked`: pnpm installs behind it, and asks whether it may remove them. */
  kind: 'laid' | 'asked'
  /** `server/node_modules`: git has none of it, and nothing keeps it out of the build context. */
  path: string
  at: FileLocation
  install: FileLocation
  ignoreFile: FileLocation | undefined
  /** A workflow deploys, from a checkout that has none, and here there are none either. */
  byWorkflow: boolean
}

export async function loadLocalModules({reader}: Inputs, facts: FactStore): Promise<Fact<LocalModules[]>> {
  const [[build, {ignoreFile, entry}], files, workflows, flyConfig] = await Promise.all([
    facts.needAll('build', 'buildContext'),
    facts.value('files'),
    facts.value('workflows'),
    facts.value('flyConfig'),
  ])
  const {ignores, reopens} = ignoreRules(ignoreFile?.text ?? '')
  const isDeployed = workflows?.deploys.some(({config}) => config === flyConfig?.file) ?? false
  const found: LocalModules[] = []
  for (const stage of build.stages) {
    const installs = stage.moments.flatMap((moment) =>
      located(moment.commands, moment.workingDir).flatMap((each) =>
        isInstall(each.command) ? [{...each, moment}] : [],
      ),
    )
    for (const {command, folder, moment} of installs) {
      const manifest = stage.files.get(posix.join(folder, 'package.json'))
      // A COPY behind the install brought the manifest with its folder.
      if (manifest?.kind !== 'file' || !files?.has(manifest.source)) continue
      const {at, source} = manifest
      const copy = stage.stage.instructions.find((each) => each.at === at && each.keyword === 'COPY')
      const isFolder = copy && !copy.flags.some(([flag]) => flag === 'from') && !/package/.test(copy.text)
      if (!isFolder) continue
      const path = posix.join(posix.dirname(source), 'node_modules')
      if (reopens || ignores(path) || found.some((each) => each.path === path)) continue
      if (await isPlugAndPlay(files, posix.dirname(source))) continue
      const byWorkflow = isDeployed && entry(`/${path}`) === undefined
      const common = {path, at, install: command.at, ignoreFile: ignoreFile?.whole, byWorkflow}
      if (lineOf(at) <= lineOf(command.at)) {
        const isFirst = installs[0]?.command === command
        if (isFirst && programOf(command) === 'pnpm' && (await asks(moment, posix.dirname(source))))
          found.push({kind: 'asked', ...common})
        continue
      }
      const remade = stage.stage.instructions.some(
        (each) => each.keyword === 'RUN' && lineOf(each.at) > lineOf(at) && remakes.test(each.text),
      )
      if (remade || files.hasFolder(path)) continue
      found.push({kind: 'laid', ...common})
    }
  }
  return known(found)

  /**
   * Whether Yarn keeps packages in archives and their places in .pnp.cjs, and makes no folder for them: it does from version 2
   * on, unless nodeLinker says another thing (yarnpkg.com/configuration/yarnrc, nodeLinker).
   */
  async function isPlugAndPlay(paths: Files, folder: string): Promise<boolean> {
    const homes = [...new Set(['', folder])]
    if (homes.some((each) => paths.has(posix.join(each, '.pnp.cjs')))) return true
    const [lock] = await reader.texts(homes.map((each) => posix.join(each, 'yarn.lock')))
    if (!lock || !/^__metadata:/m.test(lock.text.slice(0, 1000))) return false
    const settings = await reader.texts(homes.map((each) => posix.join(each, '.yarnrc.yml')))
    return !settings.some(({text}) => /^nodeLinker:\s{0,20}["']?(?:node-modules|pnpm)\b/m.test(text))
  }

  /**
   * Whether pnpm asks whether it may remove what another pnpm has installed, which it does where its store was in another
   * place, and stops where nobody can answer, unless CI is set (ERR_PNPM_ABORTED_REMOVE_MODULES_DIR_NO_TTY; tried with 10.23
   * and a node_modules of pnpm; 8.15 and 9.15 end well, and have installed nothing; one of npm is kept).
   */
  async function asks({variables, stage, instruction}: Moment, folder: string): Promise<boolean> {
    const manifest = await readManifest(reader, folder === '.' ? '' : folder)
    if (!manifest || !files?.has(posix.join(folder, 'pnpm-lock.yaml')) || !basePrograms(rootImage(stage) ?? ''))
      return false
    // One that has no value here may be given it: flyctl deploy --build-arg CI=true.
    const declared = allInstructions(stage).flatMap(({keyword, words}) => (keyword === 'ARG' ? words : []))
    if ([...variables.keys(), ...declared.map((word) => word.replace(/=.*$/s, ''))].some((name) => isOfCi.test(name)))
      return false
    const settings = await reader.texts(['.npmrc', 'pnpm-workspace.yaml'].map((name) => posix.join(folder, name)))
    const runs = allInstructions(stage).flatMap(({keyword, text}) => (keyword === 'RUN' ? [text] : []))
    const said = [...runs, ...settings.map(({text}) => text), ...variables.keys()]
    if (said.some((text) => answers.test(text)) || /\bCI=/.test(instruction.text)) return false
    const commands = build.stages.flatMap(({moments}) => moments.flatMap((each) => each.commands))
    const texts = commands.map(({words}) => words.map((word) => word ?? '?').join(' '))
    const major = wantedMajor(manifest.packageManager, texts)
    return major === 'newest' || (major ?? 0) >= 10
  }
}

/** By these pnpm knows that nobody is there (ci-info). */
const isOfCi =
  /^(?:CI|CI_(?:APP_ID|BUILD_ID|BUILD_NUMBER|NAME)|BUILD_(?:ID|NUMBER)|RUN_ID|CONTINUOUS_INTEGRATION|GITHUB_ACTIONS|GITLAB_CI)$/

/** What answers pnpm's question, takes node_modules away before it, or puts its store where the other one may be. */
const answers =
  /confirm[-_]?modules[-_]?purge|store[-_]?dir|\b(?:rm|find)\s[^&|;]{0,500}node_modules|\bpnpm\b[^&|;\n]{0,300}\s--force\b/i

/**
 * Whether a COPY of these instructions lays the node_modules of a folder there as they are on the computer that deploys,
 * where nothing behind it installs them anew. A workflow deploys from a checkout, which has none until its job installs them.
 */
export async function modulesByHand(
  facts: FactStore,
): Promise<(folder: string, instructions: readonly Instruction[]) => boolean> {
  const [context, files, dockerfile, deploying] = await Promise.all([
    facts.value('buildContext'),
    facts.value('files'),
    facts.value('dockerfile'),
    modulesOfWorkflows(facts),
  ])
  if (!context || !files || deploying === 'none') return () => false
  const isByHand = (folder: string, instructions: readonly Instruction[], depth = 0): boolean => {
    const last = instructions.findLastIndex((each, index) => brings(each, instructions.slice(0, index), folder, depth))
    const then = instructions.slice(last + 1)
    return last >= 0 && !then.some(({keyword, text}) => keyword === 'RUN' && (remakes.test(text) || prunes.test(text)))
  }
  return isByHand

  function brings(each: Instruction, before: readonly Instruction[], folder: string, depth: number): boolean {
    const copy = copyOf(each)
    if (!copy) return false
    const from = flagOf(each, 'from')
    const modules = posix.join(folder, 'node_modules')
    if (from === undefined) {
      const folders = before.filter(({keyword}) => keyword === 'WORKDIR')
      return contextPath(inModules(modules), '/', [...folders, each], localTo(folder)) !== undefined
    }
    const stage = dockerfile?.stages.find((one) => isNamed(one, from))
    const target = posix.resolve(workdirOf(before), copy.target)
    if (!stage || depth > 5 || !isBelow(modules, target)) return false
    return copy.sources.some((source) => {
      const there = posix.resolve('/', source, posix.relative(target, modules))
      return there.endsWith('/node_modules') && isByHand(posix.dirname(there), allInstructions(stage), depth + 1)
    })
  }

  /** What the computer that deploys may have in the folders of the project that one of the image may be a copy of. */
  function localTo(folder: string): Files {
    const parts = folder.split('/').filter(Boolean)
    const origins = [...parts.map((_, index) => parts.slice(index).join('/')), ''].filter(
      (origin) =>
        files?.has(posix.join(origin, 'package.json')) &&
        !context?.ruleAgainst(`/${posix.join(origin, 'node_modules')}`),
    )
    return Files.of(origins.map((origin) => inModules(posix.join(origin, 'node_modules'))))
  }
}

/**
 * What the workflows that deploy have in node_modules by then: the checkout has `none`, `own` are those that the jobs install
 * before they call flyctl. Undefined where no workflow deploys.
 */
export async function modulesOfWorkflows(facts: FactStore): Promise<'none' | 'own' | undefined> {
  const [workflows, flyConfig] = await Promise.all([facts.value('workflows'), facts.value('flyConfig')])
  const deploys = workflows?.deploys.filter(({config}) => config === flyConfig?.file) ?? []
  if (deploys.length === 0) return undefined
  return deploys.some(({call}) => installs.test(call.before)) ? 'own' : 'none'
}

/** A step that installs packages of npm, or may: an action of the project's own, or one that is made for that. */
const installs =
  /\b(?:npm|pnpm|yarn|bun)\s{1,20}(?:ci|clean-install|install|i)\b|^\s{0,80}yarn\s{0,20}(?:$|--|&&)|^\.\/|^\S{1,80}install\S{0,80}@/m

/** A file that npm lays there. */
const inModules = (folder: string): string => posix.join(folder, '.package-lock.json')

const prunes = /\bprune\b/

const lineOf = ({line = 0}: FileLocation): number => line

/** Installs that begin anew, or the old ones are thrown away. */
const remakes =
  /\b(?:npm|pnpm|yarn|bun)\s{1,20}(?:ci|clean-install|install|i)\b|\brm\s{1,20}-\w{0,20}r\w{0,20}\s[^&|;]{0,500}node_modules/

function isInstall(command: Command): boolean {
  const [verb, ...rest] = command.words.slice(1)
  const program = programOf(command)
  if (command.conditional || rest.some((word) => /^(?:-g|--global|--prefix|-C|--dir|--cwd)\b/.test(word ?? '')))
    return false
  if (program === 'yarn' && (verb === undefined || verb.startsWith('-'))) return true
  return /^(?:npm|pnpm|yarn|bun)$/.test(program ?? '') && /^(?:ci|clean-install|install|i)$/.test(verb ?? '')
}
