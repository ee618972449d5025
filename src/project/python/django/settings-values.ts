import type {FileLocation} from '../../../check.ts'
import {type Code, codeOf} from '../../code/code.ts'
import {Program} from '../../database/program.ts'
import type {Value} from '../../database/value.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {pythonTree} from '../source/tree.ts'
import type {DjangoSettings} from './settings-files.ts'

/** What the settings of Django are, as far as their modules tell it without being run. */
export interface SettingsValues {
  /** Undefined where no line of the settings gives the name a value. */
  get(name: string): Value | undefined
  /** The last line that does. */
  at(name: string): FileLocation | undefined
}

/** `variable`: an environment variable of the machine; undefined where only its secrets may tell. */
export async function settingsValues(
  {file, files, text}: DjangoSettings,
  paths: Files,
  reader: ProjectReader,
  variable: (name: string) => string | undefined,
): Promise<SettingsValues> {
  const {names} = await executed(file, paths, reader, variable)
  const codes = files.flatMap((each) => codeOf(each) ?? [])
  return {
    // A list that a method changes is not followed.
    get: (name) => (changed(name).test(text) ? {kind: 'unknown'} : names.get(name)),
    at: (name) => codes.map((code) => lastOf(code, name)).find(Boolean),
  }
}

/** A `raise` that the settings come to without a variable: `if not SECRET_KEY: raise ImproperlyConfigured`. */
export interface SettingsStop {
  /** The variables that the condition, or what is raised, names, and where each is read. */
  names: {name: string; read: FileLocation}[]
}

export async function settingsStop(
  {file, certain}: Pick<DjangoSettings, 'file' | 'certain'>,
  paths: Files,
  reader: ProjectReader,
  variable: (name: string) => string | 'unset' | undefined,
): Promise<SettingsStop | undefined> {
  // What the program is told on its command line counts as that of a server.
  if (
    !certain.some(({text}) => /^[ \t]+raise\b/m.test(text)) ||
    certain.some(({text}) => /\bsys\.(?!path\b)\w/.test(text))
  )
    return undefined
  const {program} = await executed(file, paths, reader, variable)
  for (const each of certain) {
    const at = program.ended.get(each.path)
    if (!at) continue
    let told = each.text.slice(at.from, at.to)
    for (let around = at.parent; around; around = around.parent) {
      const body = around.getChild('Body')
      if (around.name === 'IfStatement' && body) told += each.text.slice(around.from, body.from)
    }
    const missed = [...(program.missed.get(each.path) ?? [])]
    const names = missed.flatMap(([name, read]) => (new RegExp(`\\b${name}\\b`).test(told) ? [{name, read}] : []))
    if (names.length > 0) return {names}
  }
  return undefined
}

const changed = (name: string): RegExp =>
  new RegExp(`\\b${name}\\s{0,9}\\.\\s{0,9}(?:insert|remove|pop|clear|sort|reverse)\\b|\\bdel\\s+${name}\\b`)

/** Runs the module, and reads the files that it turns out to need. `variable` is that of `settingsValues`, or `'unset'`. */
export async function executed(
  file: TextFile,
  paths: Files,
  reader: ProjectReader,
  variable: (name: string) => string | undefined,
): Promise<{names: ReadonlyMap<string, Value>; program: Program}> {
  const files = new Map([[file.path, file]])
  const unreadable = new Set<string>()
  for (let round = 0; ; round++) {
    const readable = paths.only((path) => !unreadable.has(path))
    const program = new Program({files, paths: readable, parse: ({text}) => pythonTree(text).topNode, variable})
    const names = program.module(file.path)
    if (program.wanted.size === 0 || round === 10) return {names, program}
    for (const path of program.wanted) {
      const read = await reader.text(path)
      if (read) files.set(path, read)
      else unreadable.add(path)
    }
  }
}

function lastOf({bare, file}: Code, name: string): FileLocation | undefined {
  const last = [...bare.matchAll(new RegExp(`^[ \\t]*${name}\\s*(?::[^=\\n]{1,200})?\\+?=(?!=)`, 'gm'))].at(-1)
  const start = last && last.index + (/^\s*/.exec(last[0])?.[0].length ?? 0)
  return start === undefined ? undefined : file.span(start, start + name.length)
}

/** The texts of a list; undefined where one of its items is not known. */
export function textsOf(value: Value | undefined): string[] | undefined {
  if (value?.kind !== 'list') return undefined
  const texts = value.items.flatMap((item) => (item.kind === 'string' ? [item.value] : []))
  return texts.length === value.items.length ? texts : undefined
}
