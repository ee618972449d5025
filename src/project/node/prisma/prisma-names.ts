/** Names that stand twice in a schema of Prisma: no command of Prisma reads it. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isApart} from '../../apart.ts'
import {noFiles} from '../../files.ts'
import type {Inputs} from '../../inputs.ts'
import type {TextFile} from '../../text.ts'

export interface RepeatedName {
  name: string
  /** `enum Status`, `model User`; undefined: two blocks are called so. */
  inside: string | undefined
  at: FileLocation
  first: FileLocation
  /** What reads the schema: `prisma generate` of the build. */
  reader: {by: string; at: FileLocation} | undefined
}

const reads = /\bprisma\b.{0,200}\b(?:generate|migrate\s+deploy|db\s+push)\b/

export async function loadRepeatedNames({reader}: Inputs, facts: FactStore): Promise<Fact<RepeatedName[]>> {
  const [files, builds] = await Promise.all([facts.value('files'), facts.value('buildCommands')])
  const schemas = (files ?? noFiles).named('schema.prisma').filter((path) => !isApart(path))
  const file = schemas.length === 1 ? await reader.text(schemas[0] as string) : undefined
  if (!file) return known([])
  const command = builds?.commands.find(
    ({words, conditional, decisive}) =>
      !conditional && decisive && reads.test(words.map((word) => word ?? '?').join(' ')),
  )
  const by = command && {by: command.by ?? 'RUN', at: command.at}
  return known(repeatedIn(file).map((each) => ({...each, reader: by})))
}

const block = /^(model|enum|type|view)[ \t]+(\w+)[ \t]*\{([^}]*)^\}/gm

function* namesIn(file: TextFile): Generator<{name: string; inside: string | undefined; from: number}> {
  const text = file.text.replace(/\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, (part) => ' '.repeat(part.length))
  for (const match of text.matchAll(block)) {
    const [whole, kind = '', name = '', body = ''] = match
    yield {name, inside: undefined, from: match.index + whole.indexOf(name, kind.length)}
    let from = match.index + whole.length - 1 - body.length
    let depth = 0
    for (const line of body.split('\n')) {
      // An attribute may go on over several lines.
      const [own] = depth === 0 ? (/^[ \t]*(?=[A-Za-z])/.exec(line) ?? []) : []
      const [word = ''] = own === undefined ? [] : (/^\w+/.exec(line.slice(own.length)) ?? [])
      const isEntry = kind === 'enum' ? /^\w+[ \t]*(?:@.*)?$/ : /^\w+[ \t]+\w/
      if (own !== undefined && isEntry.test(line.trim()))
        yield {name: word, inside: `${kind} ${name}`, from: from + own.length}
      depth += (line.match(/[([]/g)?.length ?? 0) - (line.match(/[)\]]/g)?.length ?? 0)
      from += line.length + 1
    }
  }
}

function repeatedIn(file: TextFile): Omit<RepeatedName, 'reader'>[] {
  const seen = new Map<string, FileLocation>()
  const found: Omit<RepeatedName, 'reader'>[] = []
  for (const {name, inside, from} of namesIn(file)) {
    const at = file.span(from, from + name.length)
    const key = `${inside ?? ''} ${name}`
    const first = seen.get(key)
    if (first) found.push({name, inside, at, first})
    else seen.set(key, at)
  }
  return found
}
