/** Sources of JavaScript and TypeScript that no parser takes, and what surely reads them. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {moduleNames} from './module-names.ts'
import {isFlow, isTyped, type ParseFault, parsedModule} from './parsed-module.ts'
import type {SourceReader} from './source-readers.ts'

export interface SyntaxFault extends Pick<SourceReader, 'by' | 'command' | 'when'> {
  at: FileLocation
  /** `Unexpected token, expected ","`. */
  message: string
  /** The name that is declared twice. */
  twice: string | undefined
  /** git has left both sides of a merge. */
  isConflict: boolean
}

/** What Babel translates, or may: react-scripts takes the types of Flow away everywhere. */
const withBabel = /^(?:react-scripts|next|vue-cli-service) /

export async function loadSyntaxFaults(_: Inputs, facts: FactStore): Promise<Fact<SyntaxFault[]>> {
  const found = new Map<string, SyntaxFault>()
  for (const {kind, tool, sources, isLenient, by, command, when} of await facts.need('sourceReaders')) {
    for (const file of sources) {
      const fault = parsedModule(file).fault ?? (kind === 'tsc' ? repeatedIn(file) : undefined)
      if (!fault || found.has(file.path) || (isLenient && mayBeType(fault.twice, file))) continue
      if (kind === 'bundler' && withBabel.test(tool) && isFlow(file)) continue
      const conflict = conflictIn(file, fault)
      const {message, start, twice} = conflict ?? fault
      const at = file.span(start, start + (twice?.length ?? 0))
      found.set(file.path, {at, message, twice, isConflict: conflict !== undefined, by, command, when})
    }
  }
  return known([...found.values()])
}

/** The mark of a merge conflict, at or before the place where a parser stumbles, is the cause. */
function conflictIn({text}: TextFile, {start}: ParseFault): ParseFault | undefined {
  const mark = /^<{7} /m.exec(text)
  return mark && mark.index <= start
    ? {message: 'a merge conflict is left: <<<<<<<', start: mark.index, twice: undefined}
    : undefined
}

/** What is a fault for tsc alone: all others take the last of the two. */
function repeatedIn(file: TextFile): ParseFault | undefined {
  const [first] = file.text.includes('@ts-') ? [] : (moduleNames(file)?.repeated ?? [])
  return first && {message: `'${first.name}' stands there twice`, start: first.start, twice: first.name}
}

/** What esbuild takes for the name of a type, which goes. */
function mayBeType(name: string | undefined, file: TextFile): boolean {
  if (name === undefined || !isTyped(file.path)) return false
  const isImported = moduleNames(file)?.imports.some(({takes}) => takes.some(({local}) => local === name)) ?? true
  return isImported || new RegExp(`\\b(?:type|interface)\\s{1,20}${escapePattern(name)}(?![\\w$])`).test(file.text)
}
