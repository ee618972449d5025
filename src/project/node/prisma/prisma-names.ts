/** Names that stand twice in a schema of Prisma: no command of Prisma reads it. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {onlySchema, readerOf, type SchemaReader} from './read-schema.ts'
import {schemaBlocks} from './schema-blocks.ts'

export interface RepeatedName {
  name: string
  /** `enum Status`, `model User`; undefined: two blocks are called so. */
  inside: string | undefined
  at: FileLocation
  first: FileLocation
  /** What reads the schema: `prisma generate` of the build. */
  reader: SchemaReader | undefined
}

export async function loadRepeatedNames({reader}: Inputs, facts: FactStore): Promise<Fact<RepeatedName[]>> {
  const file = await onlySchema(reader, (await facts.value('files')) ?? noFiles)
  const found = file ? repeatedIn(file) : []
  const by = file && found.length > 0 ? await readerOf(file, reader, facts) : undefined
  return known(found.map((each) => ({...each, reader: by})))
}

function* namesIn(file: TextFile): Generator<{name: string; inside: string | undefined; from: number}> {
  for (const {kind, name, from, entries} of schemaBlocks(file)) {
    yield {name, inside: undefined, from}
    const isEntry = kind === 'enum' ? /^\w+[ \t]*(?:@.*)?$/ : /^\w+[ \t]+\w/
    for (const entry of entries)
      if (entry.name && isEntry.test(entry.text.split('\n', 1)[0]?.trim() ?? ''))
        yield {name: entry.name, inside: `${kind} ${name}`, from: entry.from}
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
