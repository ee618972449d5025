/** Names that stand twice in a schema of Prisma: no command of Prisma reads it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isApart} from '../../apart.ts'
import {blank} from '../../code/code.ts'
import {type Files, noFiles, scripts} from '../../files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import type {ProjectReader} from '../../reader.ts'
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

const reads =
  /^(?:(?:npx|bunx|pnpx|yarn|pnpm|bun|npm)\s(?:\S{1,100}\s){0,4})?prisma(?:@\S{1,50})?\s(?:generate|migrate\sdeploy|db\spush)\b(.*)$/

export async function loadRepeatedNames({reader}: Inputs, facts: FactStore): Promise<Fact<RepeatedName[]>> {
  const [files, builds] = await Promise.all([facts.value('files'), facts.value('buildCommands')])
  const paths = files ?? noFiles
  const [schema, another] = paths.named('schema.prisma').filter((path) => !isApart(path))
  const file = schema !== undefined && another === undefined ? await reader.text(schema) : undefined
  if (!file) return known([])
  const found = [...repeatedIn(file)]
  const isElsewhere = found.length > 0 && (await namesSchema(reader, paths))
  const command = isElsewhere ? undefined : builds?.commands.find((each) => readsFile(each, file.path, paths))
  const by = command && {by: command.by ?? 'RUN', at: command.at}
  return known(found.map((each) => ({...each, reader: by})))
}

/** `"prisma": {"schema": …}` of package.json, or the configuration, may name another place. */
async function namesSchema(reader: ProjectReader, paths: Files): Promise<boolean> {
  if (paths.named(...scripts('prisma.config')).length > 0) return true
  return (await reader.texts(paths.named('package.json'))).some(({text}) => /"prisma"\s{0,99}:\s{0,99}\{/.test(text))
}

/** Whether a command surely reads the schema of this path: the one that it names, or that of its folder. */
function readsFile(command: BuildCommand, path: string, tracked: Files): boolean {
  const {words, conditional, decisive, folder} = command
  const [, rest] = reads.exec(words.map((word) => word ?? '?').join(' ')) ?? []
  if (rest === undefined || conditional || !decisive) return false
  const [, named] = /\s--schema[= ](\S+)/.exec(rest) ?? []
  const places = (named === undefined ? ['schema.prisma', 'prisma/schema.prisma'] : [named]).map((each) =>
    posix.resolve(folder, each),
  )
  return places.some((each) => unchangedAt(command, each, tracked) === path)
}

const block = /^(model|enum|type|view)[ \t]+(\w+)[ \t]*\{([^{}]{0,50000})^\}/gm

function* namesIn(file: TextFile): Generator<{name: string; inside: string | undefined; from: number}> {
  const text = file.text.replace(/\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*)|"(?:[^"\\\n]|\\.)*"/g, blank)
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
