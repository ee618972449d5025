import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {newRevisions} from '../../alembic/new-revisions.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {copiedPython} from '../copied-python.ts'
import {startedPython} from '../image-python.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {startedModules} from '../imports/started-modules.ts'
import {namesNowhere, type UndefinedName, undefinedNames} from './undefined-names.ts'

/** A name at which Python stops, as nothing in the module brings it. */
export interface NameError {
  name: string
  at: FileLocation
  /** What runs the module, in words. */
  by: string
  /** Where it does. */
  runBy: FileLocation | undefined
  isRelease: boolean
  /** The deploy surely comes to it. */
  proven: boolean
  /** Something in the file brings it, but only behind that place. */
  isEarly: boolean
  /** It stands in a function, or a branch, of a module that runs. */
  isLater: boolean
  /** The module is imported in a function or a `try` alone. */
  isLoadedLater: boolean
}

/** What gives a name to every module. */
const givesToAll =
  /\bbuiltins\.\w+\s*=|\bsetattr\(\s*builtins\b|__builtins__|\bicecream\b|\bgettext\b[^\n]{0,200}\binstall\(|\bsys\.modules\[[^\]\n]{1,100}\]\.\w+\s*=(?!=)|\bsetattr\(\s*sys\.modules\b/

export async function loadNameErrors({reader}: Inputs, facts: FactStore): Promise<Fact<NameError[]>> {
  const [[image, processes, files], project, alembic] = await Promise.all([
    facts.needAll('image', 'processes', 'files'),
    facts.value('python'),
    facts.value('alembic'),
  ])
  const python = startedPython({image, processes, files, project})
  // Python 2 has other names of its own.
  if (python?.startsWith('2.')) return known([])
  const annotations = python !== undefined && Number(python.split('.')[1]) < 14
  const paths = copiedPython(image, files)
  const found = new Map<string, NameError>()
  const commands = await Promise.all(
    processes.commands
      .filter(({certain, supervised}) => certain || supervised)
      .map(async (command) => ({...command, modules: await startedModules([command.text], paths, reader)})),
  )
  for (const {by, at: runBy, certain, modules} of commands) {
    const sources = await reader.texts(modules)
    if (sources.some(({text: source}) => givesToAll.test(source))) continue
    const how = {by, runBy, isRelease: by === 'release_command', proven: certain}
    for (const path of modules) await look(path, how)
    for (const file of sources.filter(({path}) => !found.has(path)))
      add(file, namesNowhere(file.text), {...how, proven: false, isLater: true, isLoadedLater: false})
  }
  // What one of them surely runs, is told of that one.
  for (const {by, text, at: runBy, modules} of commands) {
    const others = (await loadedSources([text], paths, reader)).filter(({path}) => !modules.has(path))
    if (others.some(({text: source}) => givesToAll.test(source))) continue
    const how = {by, runBy, isRelease: by === 'release_command', proven: false, isLater: true, isLoadedLater: true}
    for (const file of others.filter(({path}) => !found.has(path))) {
      const [first] = undefinedNames(file.text, {annotations})
      add(file, first ? [first] : namesNowhere(file.text), how)
    }
  }
  for (const environment of alembic?.environments ?? []) {
    const {upgrade} = environment
    if (!upgrade) continue
    const since = await facts.value('since')
    const proven = upgrade.certain && upgrade.runsAll
    for (const {at} of newRevisions(environment, since)) {
      const how = {by: 'alembic upgrade', runBy: upgrade.at, isRelease: upgrade.by === 'release_command', proven}
      await look(at.file, how)
      await look(at.file, how, 'upgrade')
    }
  }
  return known([...found.values()])

  function add(file: TextFile, names: readonly UndefinedName[], how: Omit<NameError, 'name' | 'at' | 'isEarly'>): void {
    for (const {name, start, end, isEarly = false} of names) {
      const key = `${file.path} ${name}`
      if (!found.has(key)) found.set(key, {name, at: file.span(start, end), isEarly, ...how})
    }
  }

  /** Of a module the first one is told: Python does not come to the others. */
  async function look(
    path: string,
    how: Omit<NameError, 'name' | 'at' | 'isEarly' | 'isLater' | 'isLoadedLater'>,
    called?: string,
  ): Promise<void> {
    if (found.has(path)) return
    const file = await reader.text(path)
    const [first] = file ? undefinedNames(file.text, {annotations, ...(called && {called})}) : []
    if (!file || !first) return
    const {name, start, end, isEarly = false} = first
    found.set(path, {name, at: file.span(start, end), isEarly, ...how, isLater: false, isLoadedLater: false})
  }
}
