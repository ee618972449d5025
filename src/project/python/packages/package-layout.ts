/** Projects of which the build backend cannot tell what belongs to the package. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {pipInstallsProject, poetryMajor} from '../../image/files/named/interpreted.ts'
import {nameOf} from '../../image/files/named-files.ts'
import {holds, momentOf, unchangedAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {askedBackend, type Backend, type BackendFault, backendFault, backendOf} from './build-backends.ts'
import {topLevelOf} from './flat-layout.ts'

/** A command that builds the project, and that the backend ends. */
export interface PackageLayout {
  /** `pip install`. */
  command: string
  at: FileLocation
  backend: Backend['name']
  /** The name in pyproject.toml, and where it stands. */
  project: string
  named: FileLocation
  /** Of setuptools: the folders or modules between which it does not choose. */
  several: string[]
  /** Where it looks for the package. */
  looked: string[]
  /** A package of the project that may be meant. */
  instead: string | undefined
  sure: boolean
}

const syncs = /^(?:uv sync|poetry install)\b/
/** The project itself is left out, or another one is meant. */
export const withoutProject =
  /--no-install-(?:project|workspace|package|local)|--no-root|--only-(?:deps|main-deps|group|dev)|--directory|--project|--package|--all-packages|--no-build-isolation/

/** A command as one text, `$` for a word that is not known. */
export const textOf = (command: BuildCommand): string =>
  [programOf(command), ...command.words.slice(1).map((word) => word ?? '$')].join(' ')

/** The pyproject.toml in the folder of a command, as the project has it. */
export async function pyprojectOf(
  command: BuildCommand,
  files: Files,
  reader: ProjectReader,
): Promise<TextFile | undefined> {
  const source = unchangedAt(command, posix.join(command.folder, 'pyproject.toml'), files)
  return reader.text(source)
}

/** A command of the build whose backend cannot be had. */
export interface UnusableBackend extends Omit<BackendFault, 'kind'> {
  /** `offline`: the install takes packages from a folder alone, and nothing lays the backend there. */
  kind: BackendFault['kind'] | 'offline'
  command: string
  by: FileLocation
}

/** Other than the layouts, these do not depend on what is in the image. */
export async function loadUnusableBackends({reader}: Inputs, facts: FactStore): Promise<Fact<UnusableBackend[]>> {
  const [{commands}, files] = await facts.needAll('buildCommands', 'files')
  const found: UnusableBackend[] = []
  for (const command of commands) {
    if (command.conditional || !command.decisive) continue
    const text = textOf(command)
    // Poetry builds its project by itself.
    if (withoutProject.test(text) || !(pipInstallsProject.test(text) || /^uv sync\b/.test(text))) continue
    const file = await pyprojectOf(command, files, reader)
    const leavesOut = 'UV_NO_INSTALL_PROJECT'
    const {variables, instruction} = command.moment
    if (/NO_BUILD_ISOLATION/.test(instruction.text)) continue
    if (!file || variables.has(leavesOut) || instruction.text.includes(leavesOut)) continue
    if (['PIP_NO_BUILD_ISOLATION', 'UV_NO_BUILD_ISOLATION'].some((name) => variables.has(name))) continue
    if (/^[ \t]{0,50}(?:package[ \t]{0,20}=[ \t]{0,20}false|no-build-isolation)\b/m.test(file.text)) continue
    const asked = askedBackend(file)
    if (asked && isOffline(text) && !brings(asked.name, file.text))
      found.push({
        kind: 'offline',
        module: asked.name,
        instead: '',
        at: asked.at,
        command: nameOf(text),
        by: command.at,
      })
    const fault = backendFault(file)
    if (fault && !found.some(({at}) => at.file === fault.at.file))
      found.push({...fault, command: nameOf(text), by: command.at})
  }
  return known(found)

  /** Whether the wheels in the folder may be those of the backend: `pip wheel .` makes what the project runs with, and no more. */
  function brings(name: string, manifest: string): boolean {
    const makes = commands.map(textOf).filter((text) => /^pip[\d.]* (?:wheel|download)\b/.test(text))
    const [stem = ''] = name.split(/-|ling$/)
    const word = new RegExp(`\\b${name.replace('-', '[-_]')}\\b`)
    const texts = commands.map(({moment}) => moment.instruction.text)
    // By its own name, by a script, as a file of the project, or with a package that needs it: hatch, flit.
    if (
      texts.some((text) => word.test(text) || /\.sh\b|\bmake\b/.test(text)) ||
      files.ending('.whl', '.tar.gz').some((path) => word.test(posix.basename(path))) ||
      new RegExp(`["']${stem}(?:-(?!core|backend|build)[\\w-]+)?(?:["'\\s<>=~![]|$)`, 'm').test(manifest)
    )
      return true
    const named = [...manifest.replace(/_/g, '-').matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length
    // Beside requires it stands at most in build-backend.
    return (
      makes.length === 0 ||
      named > 2 ||
      makes.some((text) => !pipInstallsProject.test(text) || / -r|--requirement/.test(text))
    )
  }
}

const isOffline = (text: string): boolean =>
  /^pip[\d.]* install\b/.test(text) && / --no-index\b/.test(text) && !/ --no-build-isolation\b/.test(text)

export async function loadPackageLayouts({reader}: Inputs, facts: FactStore): Promise<Fact<PackageLayout[]>> {
  const [{commands}, files] = await facts.needAll('buildCommands', 'files')
  const found: PackageLayout[] = []
  for (const command of commands) {
    if (command.conditional || !command.decisive) continue
    const text = textOf(command)
    if (withoutProject.test(text) || !(pipInstallsProject.test(text) || syncs.test(text))) continue
    const file = await pyprojectOf(command, files, reader)
    const layout = file && layoutOf(command, text, file, files)
    if (layout) found.push(layout)
  }
  return known(found)
}

function layoutOf(command: BuildCommand, text: string, file: TextFile, paths: Files): PackageLayout | undefined {
  const {folder, at, before} = command
  const moment = momentOf(command)
  const backend = backendOf(file, text)
  const leavesOut = 'UV_NO_INSTALL_PROJECT'
  if (!backend || moment.variables.has(leavesOut) || moment.instruction.text.includes(leavesOut)) return undefined
  const {name, project, named, forms} = backend
  const beside = posix.dirname(file.path)
  // A configuration of its own says what belongs to it.
  const others = ['setup.py', 'setup.cfg', 'hatch.toml', 'hatch_build.py', 'build.py']
  if (others.some((each) => holds(moment, posix.join(folder, each)) !== 'no')) return undefined
  const several = name === 'setuptools' ? topLevelOf(moment, folder) : []
  if (name === 'setuptools' ? several.length < 2 : forms.some(isThere)) return undefined
  const major = name === 'poetry' && /^poetry /.test(text) ? poetryMajor(moment, before) : 2
  // Poetry 1 only warns of it.
  if (major === 1) return undefined
  const removes = /\b(?:rm|mv|git clean|find)\s/
  const isKept = !removes.test(before) && !moment.unknown.some(({text: run = ''}) => removes.test(run))
  return {
    command: nameOf(text),
    at,
    backend: name,
    project,
    named,
    several,
    looked: forms,
    instead: packageOf(beside, paths) ?? several[0],
    sure: major !== undefined && (name !== 'setuptools' || isKept),
  }

  /** In the image by then, or in the project: then it is told of as a file that no COPY brings. */
  function isThere(form: string): boolean {
    const [first = '', ...rest] = form.split('/')
    if (first === '*') {
      const tail = rest.join('/')
      return paths.named(rest.at(-1) as string).some((path) => path.endsWith(`/${tail}`))
    }
    const path = posix.join(beside, form)
    // uv_build takes a folder of another case, too, as names of packages have none.
    if (
      name === 'uv_build' &&
      paths.named(posix.basename(form)).some((each) => each.toLowerCase() === path.toLowerCase())
    )
      return true
    return holds(moment, posix.join(folder, form)) !== 'no' || paths.has(path) || paths.hasFolder(path)
  }
}

/** The first package that stands beside pyproject.toml. */
function packageOf(folder: string, paths: Files): string | undefined {
  const packages = paths.named('__init__.py').map((path) => posix.dirname(path))
  const names = packages.filter((path) => posix.dirname(path) === folder).map((path) => posix.basename(path))
  return names.filter((name) => !/^(?:tests?|docs?|scripts|migrations|alembic)$/.test(name)).sort()[0]
}
