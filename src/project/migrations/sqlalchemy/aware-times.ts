/** Times with a zone that models give columns without one: asyncpg refuses them, other drivers and SQLite do not. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isApart} from '../../files/apart.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {loadedSources} from '../../python/imports/loaded-sources.ts'
import type {Attribute} from '../../python/source/class-bodies.ts'
import type {Value} from '../value.ts'
import {mappedClasses} from './mapped-classes.ts'

export interface AwareTime {
  model: string
  column: string
  /** The argument that gives the time: `default`, `default_factory`, `onupdate`. */
  by: string
  at: FileLocation
}

export async function loadAwareTimes({reader}: Inputs, facts: FactStore): Promise<Fact<AwareTime[]>> {
  const [processes, image, files] = await Promise.all([
    facts.need('processes'),
    facts.value('image'),
    facts.value('files'),
  ])
  const drivers = image?.final.drivers.map(({name}) => name.replace(/\[.*/, '')) ?? []
  // psycopg is async, too, and takes them.
  if (!drivers.includes('asyncpg') || drivers.includes('psycopg')) return known([])
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  const commands = processes.commands.filter(({by}) => by !== 'release_command').map(({text}) => text)
  const loaded = await loadedSources(commands, paths, reader)
  const says = (what: RegExp) => loaded.some(({text}) => what.test(text))
  // With an engine of each kind nobody can tell which one writes; a type or an event may take the zone away.
  if (
    !says(/\bcreate_async_engine\(/) ||
    says(/\bcreate_engine\(|\btype_annotation_map\b|\bTypeDecorator\b|\blistens_for\b|\bset_type_codec\b/)
  )
    return known([])
  const makers = loaded.flatMap(awareFunctions)
  return known(
    loaded.flatMap((file) =>
      mappedClasses(file).flatMap(({name: model, attributes}) =>
        attributes.flatMap((attribute) => {
          const by = isNaive(attribute) && awareArgument(attribute.source, makers)
          return by ? [{model, column: attribute.name, by, at: attribute.at}] : []
        }),
      ),
    ),
  )
}

const now = String.raw`(?:\w+\.)?(?:datetime\.)?now\(\s*(?:tz\s*=\s*)?(?:\w+\.)*(?:timezone\.utc|utc|UTC|ZoneInfo\([^()\n]{0,50}\))\s*\)`
const aware = new RegExp(String.raw`^\s*(?:return\s+)?${now}\s*$`)

/** Functions of which the only statement returns such a time: `def utcnow(): return datetime.now(timezone.utc)`. */
function awareFunctions({text}: TextFile): string[] {
  const defined =
    /^def[ \t]{1,9}(\w{1,100})\(\)[^\n]{0,100}:[ \t]{0,9}\n(?:[ \t]{1,9}(?:"""[^"]{0,500}"""|#[^\n]{0,300})[ \t]{0,9}\n)?([ \t]{1,9}return[^\n]{1,200})\n/gm
  return [...`${text}\n`.matchAll(defined)].flatMap(([, name = '', line = '']) => (aware.test(line) ? [name] : []))
}

/** The argument by which a column gets such a time. */
function awareArgument(source: string, makers: readonly string[]): string | undefined {
  const given =
    /\b(default|default_factory|onupdate|insert_default)\s{0,9}=\s{0,9}(?:lambda\s{0,9}:\s{0,9}(\S[^\n,]{0,200}?)|(\w{1,100}))[ \t]{0,9}(?=,|\)[ \t]{0,9}$|\n)/gm
  for (const [, by, inline, name] of source.matchAll(given)) {
    if (inline !== undefined ? aware.test(inline) : makers.includes(name as string)) return by
  }
  return undefined
}

/** A column of a time without its zone: `DateTime` alone, or `datetime` where nothing else is said of the type. */
function isNaive({annotation, value, source}: Attribute): boolean {
  if (value?.kind !== 'call' || /\btimezone\s*=\s*(?!False\b)|TIMESTAMP|\bDATETIME\b/.test(source)) return false
  const isTime = /^(?:\w+\.)?(?:Mapped\[)?(?:Optional\[)?(?:datetime\.)?datetime\]?(?:\s*\|\s*None)?\]?$/.test(
    annotation ?? '',
  )
  if (value.method === 'Field') return isTime && !/\bsa_(?:type|column|column_kwargs)\b/.test(source)
  if (!/^(?:Column|mapped_column)$/.test(value.method)) return false
  const types = value.args.filter((each) => each.kind !== 'text')
  return types.length === 0 ? isTime && value.method === 'mapped_column' : types.some(isPlainTime)
}

const isPlainTime = (value: Value): boolean =>
  (value.kind === 'name' && /(?:^|\.)DateTime$/.test(value.name)) ||
  (value.kind === 'call' && value.method === 'DateTime' && value.args.length === 0)
