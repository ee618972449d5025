import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {lineage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {parseToml} from '../../documents/toml.ts'
import {noFiles} from '../../files/files.ts'
import type {Build} from '../../image/build.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {overlaps} from '../../image/files/image-path.ts'
import {sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {moduleStarts} from '../commands/module-starts.ts'
import {ImageModules} from '../imports/image-modules.ts'
import {pyprojectPrograms} from './pyproject-programs.ts'

/** A program or a module of the project that is started, and whose package is a link to a folder that the image does not have. */
export interface EditableInstall {
  by: string
  command: FileLocation
  /** `shop`, or `shop.main`. */
  program: string
  install: BuildCommand
  /** `pip install -e`. */
  how: string
  /** The folder that the link leads to, and the stage that has it. */
  folder: string
  stage: string
}

export async function loadEditableInstalls(inputs: Inputs, facts: FactStore): Promise<Fact<EditableInstall[]>> {
  const [[build, {commands}], files, flyConfig] = await Promise.all([
    facts.needAll('build', 'buildCommands'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const {reader} = inputs
  const stages = lineage(build.final.stage)
  const isInstall = ({words}: BuildCommand) => /\b(?:pip[\d.]* install|uv sync|poetry install)\b/.test(words.join(' '))
  // Another install puts the package where the program finds it.
  const isInstalledThere = commands.some((each) => stages.includes(each.moment.stage) && isInstall(each))
  const {env = {}, mounts = [], files: copied = []} = flyConfig?.config ?? {}
  if (isInstalledThere || build.final.config.env.has('PYTHONPATH') || 'PYTHONPATH' in env) return known([])
  const [{started, texts}, starts] = await Promise.all([startedCommands(facts), moduleStarts(inputs, facts)])
  const moduleStartsHere = starts.state === 'ok' ? starts.value : []
  if (texts.some(({text}) => text.includes('PYTHONPATH'))) return known([])
  const covered = [...mounts.map((each) => each.destination), ...copied.map((each) => each.guest_path)]
  const modules = new ImageModules(build, reader, files ?? noFiles)
  const found: EditableInstall[] = []
  for (const [index, install] of commands.entries()) {
    const {moment, conditional} = install
    const mayNotRun = conditional && !isEither(install, commands)
    const link = mayNotRun || stages.includes(moment.stage) ? undefined : linkOf(install)
    if (!link || !build.lacks(link.folder)) continue
    if (covered.some((path) => path && overlaps(link.folder, path))) continue
    // The package itself may take the place of the link.
    const isReplaced = commands
      .slice(index + 1)
      .some((each) => each.moment.stage === moment.stage && isInstall(each) && !linkOf(each))
    if (isReplaced || ['UV_NO_EDITABLE', 'UV_NO_INSTALL_PROJECT'].some((name) => moment.variables.has(name))) continue
    const source = sourceAt(moment, posix.join(link.folder, 'pyproject.toml'), files ?? noFiles)
    const file = await reader.text(source)
    const document = file && parseToml(file)
    if (!document || !('value' in document)) continue
    const {value} = document
    const poetry = isTable(value.tool) && isTable(value.tool.poetry) ? value.tool.poetry : {}
    const uv = isTable(value.tool) && isTable(value.tool.uv) ? value.tool.uv : {}
    // Without a build system uv installs what the project depends on, and not the project.
    if (link.how === 'uv sync' && !isTable(value['build-system']) && uv.package !== true) continue
    if (uv.package === false || poetry['package-mode'] === false) continue
    const programs = pyprojectPrograms(value)
    for (const {by, command, certain} of started) {
      const program = programOf(command)
      if (!certain || program === undefined || !programs.includes(program) || found.some((each) => each.by === by))
        continue
      if (mayBeOther(build.final, command.words[0] ?? '')) continue
      const stage = moment.stage.name ?? String(moment.stage.index)
      found.push({by, command: command.at, program, install, stage, ...link})
    }
    for (const {command, module, folder} of moduleStartsHere) {
      const [top = ''] = module.name.split('.')
      const {by, at} = command
      if (/^(?:script|path)$/.test(module.form) || found.some((each) => each.by === by)) continue
      // Python finds it where it is started, or it is none of this package.
      const roots = ['', ...module.folders].map((each) => posix.resolve(folder, each))
      if (modules.mayWrite || modules.find([top], roots, false) !== 'missing') continue
      const own = [`${top}/__init__.py`, `src/${top}/__init__.py`].map((path) =>
        posix.join(posix.dirname(source ?? ''), path),
      )
      if (!own.some((path) => files?.has(path)) || mayBeOther(build.final, `./${top}`)) continue
      const stage = moment.stage.name ?? String(moment.stage.index)
      found.push({by, command: at, program: module.name, install, stage, ...link})
    }
  }
  return known(found)
}

/** `uv sync --frozen || uv sync`: one of the two installs, and both leave the same link. */
function isEither({moment, folder}: BuildCommand, commands: readonly BuildCommand[]): boolean {
  const all = commands.filter((each) => each.moment === moment)
  const links = all.map((each) => linkOf(each))
  return (
    all.length === 2 &&
    /^[^;&|]{1,1000}\|\|[^;&|]{1,1000}$/.test(moment.instruction.text) &&
    links.every((link) => link !== undefined && link.folder === (links[0] ?? {folder}).folder)
  )
}

/** A file of the project that is copied under the name of the program, or modules beside those of packages. */
function mayBeOther({config, files}: Build['final'], word: string): boolean {
  const folders = word.includes('/') ? [config.workingDir || '/'] : (config.env.get('PATH')?.split(':') ?? [])
  if (folders.some((folder) => files.get(posix.resolve(folder, word))?.kind === 'file')) return true
  for (const [path] of files.files()) if (path.endsWith('.py') && path.includes('/site-packages/')) return true
  return false
}

/** The folder of the project that an install links to. */
function linkOf({words, folder}: BuildCommand): {folder: string; how: string} | undefined {
  const text = words.map((word) => word ?? '$').join(' ')
  const [, named] = /\bpip3? install\b(?:\s\S+){0,50}?\s(?:-e|--editable)[ =](\S+)/.exec(text) ?? []
  if (named !== undefined) {
    const path = named.replace(/\[[^[\]]{0,300}\]$/, '')
    return /^[./][\w./-]*$/.test(path) ? {folder: posix.resolve(folder, path), how: 'pip install -e'} : undefined
  }
  const isElsewhere =
    /\$|--(?:no-editable|no-install-\S+|package|project|directory|only-\S+|no-root|dry-run)\b|\s-[CP]\b/
  const [how] = /\b(?:uv sync|poetry install)\b/.exec(text) ?? []
  return how && !isElsewhere.test(text) ? {folder, how} : undefined
}
