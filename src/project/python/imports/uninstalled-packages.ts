import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {withoutHashLines} from '../../code/comments.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isApart} from '../../files/apart.ts'
import type {Files} from '../../files/files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import type {StartedCommand} from '../../processes/processes.ts'
import {moduleStarts} from '../commands/module-starts.ts'
import {copiedPython} from '../copied-python.ts'
import {addsToPath, ImageModules} from './image-modules.ts'
import {standardLibrary} from './standard-library.ts'
import {startedFunctions} from './started-modules.ts'
import {topLevelImports} from './top-level-imports.ts'

/** A package of the project that a started module imports, and that no install of the build lays where Python looks. */
export interface UninstalledPackage {
  command: StartedCommand
  module: string
  at: FileLocation
  /** The folder with its pyproject.toml, and the module in it. */
  folder: string
  own: string
  manifest: string
  /** Whether the image has the folder: then only the install lacks. */
  isThere: boolean
  /** What is installed beside it: `packages/core`. */
  installed: string | undefined
}

const manifests = ['pyproject.toml', 'setup.py', 'setup.cfg']

/**
 * Looked for is a package below a folder of its own with a manifest, `packages/mail/src/mail`, as only an install or a
 * path makes Python find it. All installs of the build must be of pip, and name what they install.
 */
export async function loadUninstalledPackages(inputs: Inputs, facts: FactStore): Promise<Fact<UninstalledPackage[]>> {
  const starts = await moduleStarts(inputs, facts)
  if (starts.state !== 'ok') return starts
  const [build, image, processes, python, files, {commands}] = await facts.needAll(
    ...(['build', 'image', 'processes', 'python', 'files', 'buildCommands'] as const),
  )
  const {reader} = inputs
  const modules = new ImageModules(build, reader, files)
  const runs = build.stages.flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'RUN'))
  if (modules.mayWrite || runs.some(({text}) => unseen.test(text)) || files.has('.gitmodules')) return known([])
  if (
    !image.final.understood ||
    processes.find(/\b(?:pip3?|uv|poetry|pdm|pipenv)\s(?:.{0,300}\s)?(?:install|sync|add|run)\b/)
  )
    return known([])
  const folders = installedFolders(commands, files)
  if (!folders) return known([])
  const named = files.ending('.txt', '.in').filter((path) => runs.some(({text}) => text.includes(posix.basename(path))))
  const read = await reader.texts([...named, ...folders.flatMap((each) => manifestsIn(each, files))])
  const texts = [...runs, ...read].map(({text}) => text)
  const paths = copiedPython(image, files)
  const found = new Map<string, UninstalledPackage>()
  for (const {command, roots, folder: cwd} of starts.value) {
    const within = (path: string) => build.final.files.ownSource(posix.resolve(cwd, path), paths)
    const started = await startedFunctions([command.text], paths, reader, within)
    const sources = await reader.texts(started.keys())
    if (sources.some(({text}) => /["'[ ]pip["'\],]/.test(text))) continue
    const leading = sources.filter(({text}) => addsToPath.test(withoutHashLines(text)))
    for (const file of sources) {
      for (const {name, relative, start, end} of topLevelImports(file.text, started.get(file.path))) {
        const [top = ''] = name.split('.')
        if (relative > 0 || found.has(top) || standardLibrary.has(top)) continue
        const own = modules.find([top], roots, false) === 'missing' ? onlyPlace(top, files) : undefined
        if (!own || folders.some((each) => isBelow(`/${own.folder}`, `/${each}`))) continue
        // By its name, or as a part of another project, it may be installed after all.
        const called = python.pyprojects.get(own.manifest)?.name ?? top
        const words = [top, top.replaceAll('_', '-'), called, posix.basename(own.folder)]
        if (texts.some((text) => words.some((word) => names(text, word)))) continue
        // A module may lead Python there, by the name of the folder or of one above it.
        const parts = [...words, ...own.folder.split('/')]
        if (leading.some(({text}) => looksAround(text) || parts.some((part) => names(text, part)))) continue
        found.set(top, {
          ...{command, module: name, at: file.span(start, end), ...own},
          isThere: [...build.final.files.files()].some(([, {source}]) => source === own.own),
          installed: folders.find((each) => each !== ''),
        })
      }
    }
  }
  return known([...found.values()])
}

/** Whether a loop over folders adds them, close to where a path is added. */
const looksAround = (text: string): boolean =>
  text
    .split(addsToPath)
    .slice(0, -1)
    .some((before) => /\bfor\b[^\n]{0,200}\b(?:i?glob|iterdir|listdir|scandir|walk)\(/.test(before.slice(-600)))

/** As a whole word, or as a part of a path. */
const names = (text: string, word: string): boolean =>
  new RegExp(`(?<![\\w-])${escapePattern(word)}(?![\\w-])`).test(text)

/** A RUN that installs what it does not name, by another tool or a task, or tells Python of folders. */
const unseen =
  /\b(?:pip3?|uv|python[\d.]*)\b[^;&|\n]{0,500}(?:\$|\*|`)|\b(?:for|xargs|find)\s|\.pth\b|site-packages|\buv\s+(?!pip\b|venv\b|--version)|\b(?:poetry|pdm|hatch|rye|pipenv|conda|mamba|pixi|easy_install)\s|\bsetup\.py\b|(?:^|[;&|\n]\s{0,9})(?:make|just|task|tox|nox|invoke)\b/

/** The folders of the project that pip installs; undefined where one of its words is not understood. */
function installedFolders(commands: readonly BuildCommand[], files: Files): string[] | undefined {
  const found: string[] = []
  for (const {words, moment, folder} of commands) {
    const pip = words.findIndex((word) => /(?:^|\/)pip[\d.]*$/.test(word ?? ''))
    if (pip < 0 || pip > 2 || words[pip + 1] !== 'install' || !/^(?:pip|python|uv)/.test(programOf({words}) ?? ''))
      continue
    for (const [index, word] of words.entries()) {
      if (word === undefined) return undefined
      if (index <= pip + 1 || isListOrOption(words, index)) continue
      const isEditable = /^(?:-e|--editable)$/.test(words[index - 1] ?? '')
      if (!isEditable && !/^\.{1,2}(?:\/|$|\[)|\/|^file:|\.whl$/.test(word)) continue
      const place = posix.resolve(folder, word.replace(/^--editable=/, '').replace(/\[.*/, ''))
      const [manifest] = manifests.flatMap((name) => sourceAt(moment, posix.join(place, name), files) ?? [])
      if (manifest === undefined) return undefined
      found.push(posix.dirname(manifest).replace(/^\.$/, ''))
    }
  }
  return found
}

/** A flag, or the value of one that names a list, an index or a cache. */
const isListOrOption = (words: readonly (string | undefined)[], index: number): boolean =>
  /^-(?!-editable=)/.test(words[index] ?? '') ||
  /^(?:-r|-c|--requirements?|--constraints?|-i|--index-url|--extra-index-url|-f|--find-links|--cache-dir|--progress-bar|--python|-p)$/.test(
    words[index - 1] ?? '',
  )

const manifestsIn = (folder: string, files: Files): string[] =>
  manifests.map((name) => posix.join(folder, name)).filter((path) => files.has(path))

/** The one place of a module in the project, where a folder with a manifest of its own has it: beside it, or in `src`. */
function onlyPlace(top: string, files: Files): Pick<UninstalledPackage, 'folder' | 'own' | 'manifest'> | undefined {
  const own = files.named(`${top}/__init__.py`).filter((path) => !isApart(path))
  const [only, ...others] = own
  if (only === undefined || others.length > 0 || files.named(`${top}.py`).length > 0) return undefined
  const above = posix.dirname(posix.dirname(only))
  const folder = posix.basename(above) === 'src' ? posix.dirname(above) : above
  if (folder === '.' || above === '.') return undefined
  const [manifest] = manifestsIn(folder, files)
  return manifest === undefined ? undefined : {folder, own: only, manifest}
}
