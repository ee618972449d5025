/** Names that tsc does not find: nothing in the file brings them, and other files import or declare them. */
import globals from 'globals'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import type {TextFile} from '../../text.ts'
import {moduleNames} from './module-names.ts'

export interface UndefinedNameOfTsc {
  name: string
  at: FileLocation
  /** Another file that has the name: by an import from there, or as its own. */
  elsewhere: {file: string; from: string | undefined}
  /** `tsc -b` or `next build`, where the Dockerfile runs it, and by which script. */
  command: string
  commandAt: FileLocation
  by: string | undefined
}

/** What brings names that no file declares. */
const bringers = /^(?:nuxt|nuxt3|unplugin-auto-import|unimport|@vueuse\/nuxt|wxt|@analogjs\/platform)$/
/** A file that is told not to look, or whose names come from one beside it. */
const isApart = /@ts-|\bnamespace\b|<reference\b/

/** The names of every runtime, of browsers and of tools for tests. */
const runtimes = new Set([...Object.values(globals).flatMap((each) => Object.keys(each)), 'arguments'])

export async function loadUndefinedNames({reader}: Inputs, facts: FactStore): Promise<Fact<UndefinedNameOfTsc[]>> {
  const [programs, files] = await Promise.all([facts.need('tscPrograms'), facts.value('files')])
  const paths = files ?? noFiles
  const manifests = programs.length === 0 ? [] : await reader.texts(paths.named('package.json'))
  if (manifests.some(({text}) => [...text.matchAll(/"([\w@/-]+)"\s*:/g)].some(([, name = '']) => bringers.test(name))))
    return known([])
  const ambient = await reader.texts(programs.length === 0 ? [] : paths.ending('.d.ts', '.d.mts', '.d.cts'))
  const found = new Map<string, UndefinedNameOfTsc>()
  for (const {command, name: compiler, sources} of programs) {
    const texts = (await reader.texts(sources)).filter(({path}) => !/\.d\.[cm]?ts$/.test(path))
    const declared = declaredFor([...ambient, ...texts])
    const elsewhere = namesOf(texts)
    for (const file of texts) {
      const names = isApart.test(file.text) ? undefined : moduleNames(file)
      for (const [name, start] of names?.used ?? []) {
        const other = elsewhere.get(name)
        if (!other || names?.declared.has(name) || runtimes.has(name) || declared.has(name)) continue
        const at = file.span(start, start + name.length)
        const by = {command: compiler, commandAt: command.at, by: command.by}
        found.set(`${file.path} ${name}`, {name, at, elsewhere: other, ...by})
      }
    }
  }
  return known([...found.values()])
}

/** What is said to be there for all files. */
function declaredFor(files: readonly TextFile[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const {path, text} of files) {
    if (!/\.d\.[cm]?ts$/.test(path) && !/\bdeclare\b|\bglobal\b/.test(text)) continue
    for (const [, name = ''] of text.matchAll(
      /\b(?:const|let|var|function|class|namespace|module|enum)\s{1,20}([\w$]+)/g,
    ))
      found.add(name)
  }
  return found
}

/** The names that files import or declare, with the first file that does. */
function namesOf(files: readonly TextFile[]): ReadonlyMap<string, UndefinedNameOfTsc['elsewhere']> {
  const found = new Map<string, UndefinedNameOfTsc['elsewhere']>()
  const modules = files.map((file) => ({file: file.path, names: moduleNames(file)}))
  for (const {file, names} of modules)
    for (const {specifier, names: own} of names?.imports ?? [])
      for (const name of own) if (!found.has(name)) found.set(name, {file, from: specifier})
  for (const {file, names} of modules)
    for (const name of names?.exported ?? []) if (!found.has(name)) found.set(name, {file, from: undefined})
  return found
}
