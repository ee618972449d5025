import type {FileLocation} from '../../../check.ts'
import {type Code, codeOf} from '../../code/code.ts'
import {Program} from '../../database/program.ts'
import type {Value} from '../../database/value.ts'
import type {Files} from '../../files.ts'
import type {ProjectReader} from '../../reader.ts'
import type {TextFile} from '../../text.ts'
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
  const names = await executed(file, paths, reader, variable)
  const codes = files.flatMap((each) => codeOf(each) ?? [])
  return {
    // A list that a method changes is not followed.
    get: (name) => (changed(name).test(text) ? {kind: 'unknown'} : names.get(name)),
    at: (name) => codes.map((code) => lastOf(code, name)).find(Boolean),
  }
}

const changed = (name: string): RegExp =>
  new RegExp(`\\b${name}\\s{0,9}\\.\\s{0,9}(?:insert|remove|pop|clear|sort|reverse)\\b|\\bdel\\s+${name}\\b`)

/** Runs the module, and reads the files that it turns out to need. */
async function executed(
  file: TextFile,
  paths: Files,
  reader: ProjectReader,
  variable: (name: string) => string | undefined,
): Promise<ReadonlyMap<string, Value>> {
  const files = new Map([[file.path, file]])
  const unreadable = new Set<string>()
  for (let round = 0; ; round++) {
    const readable = paths.only((path) => !unreadable.has(path))
    const program = new Program({files, paths: readable, parse: ({text}) => pythonTree(text).topNode, variable})
    const names = program.module(file.path)
    if (program.wanted.size === 0 || round === 10) return names
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
