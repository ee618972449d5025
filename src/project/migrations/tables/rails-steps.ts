/** The steps of migrations of Rails (api.rubyonrails.org, ActiveRecord::Migration). */
import type {FileLocation} from '../../../check.ts'
import type {TextFile} from '../../files/text.ts'
import type {MigrationSteps, Named, TableStep} from './table-step.ts'

const name = String.raw`[:"'](\w{1,100})["']?`
const call = (verbs: string, arguments_: string): RegExp =>
  new RegExp(String.raw`^(${verbs})[\s(]{1,9}${arguments_}(.{0,500})$`)
const makes = call('create_table', name)
const changes = call('change_table', name)
const drops = call('drop_table', name)
const renames = call('rename_table', `${name},\\s{0,20}${name}`)
const columns = call(
  'add_column|remove_column|change_column|change_column_null|change_column_default',
  `${name},\\s{0,20}${name}`,
)
const renamesColumn = call('rename_column', `${name},\\s{0,20}${name},\\s{0,20}${name}`)
const indexes = call('add_index', String.raw`${name},\s{0,20}(\[[\s:"',\w]{1,300}\]|[:"']\w{1,100}["']?)`)
const references = call('add_reference|add_belongs_to', `${name},\\s{0,20}${name}`)
const keys = call('add_foreign_key', `${name},\\s{0,20}${name}`)
const inBlock = /^(\w{1,60})\.(\w{1,60})[\s(]{0,9}(.{0,500})$/
/** Rows alone, indexes by their names, and what is about the migration itself. */
const harmless =
  /^(?:execute[\s(]{1,9}["'](?:update|insert|delete|select|comment|set)\b|remove_index\b|remove_foreign_key\b|enable_extension\b|disable_extension\b|add_check_constraint\b|remove_check_constraint\b|validate_\w{1,60}\b|say\b|disable_ddl_transaction!|safety_assured \{ add_index\b)/i

/** What `change` does, or `up`; `none`: the file is no migration of this kind. */
export function railsSteps(file: TextFile): MigrationSteps | undefined {
  if (!/<\s{0,9}ActiveRecord::Migration\b/.test(file.text)) return undefined
  const lines = file.text.split('\n').map((line) => inNewStyle(withoutComment(line).trim()))
  const heads = lines.flatMap((line, index) => (/^def\s/.test(line) ? [{line, index}] : []))
  const [start, another] = heads.filter(({line}) => !/^def (?:self\.)?down\b/.test(line))
  const unknown = unknownStep(file.text, file.whole)
  if (!start || another || !/^def (?:self\.)?(?:change|up)\b/.test(start.line))
    return {path: file.path, steps: [unknown]}
  const end = heads.find(({index}) => index > start.index)?.index ?? lines.length
  const body = statementsOf(lines.slice(start.index + 1, end), start.index + 2)
  return {path: file.path, steps: stepsOf(file, body)}
}

function withoutComment(line: string): string {
  const start = line.search(/(?:^|\s)#(?!\{)/)
  return start < 0 ? line : line.slice(0, start)
}

/** `:polymorphic => true` is `polymorphic: true`. */
const inNewStyle = (line: string): string => line.replace(/:(\w{1,60})\s{0,9}=>\s{0,9}/g, '$1: ')

interface Line {
  text: string
  number: number
}

/** Lines, each with those that its list goes on in. */
function statementsOf(lines: readonly string[], first: number): Line[] {
  const found: Line[] = []
  for (let index = 0; index < lines.length; index++) {
    let text = lines[index] as string
    const number = first + index
    while (/[,([{\\]$/.test(text) && index + 1 < lines.length) text = `${text.replace(/\\$/, '')} ${lines[++index]}`
    if (text !== '') found.push({text, number})
  }
  return found
}

function stepsOf(file: TextFile, lines: readonly Line[]): TableStep[] {
  const steps: TableStep[] = []
  for (let index = 0; index < lines.length; index++) {
    const {text, number} = lines[index] as Line
    const at = file.lineSpan(number)
    if (/^(?:end|\}|private|protected)\b/.test(text)) continue
    const opened = /\bdo\s{0,9}(?:\|\s{0,9}(\w{1,60})\s{0,9}\|)?$/.exec(text)
    const body =
      opened || /^(?:if|unless|case|begin|while|until|for)\b/.test(text) ? blockAfter(lines, index) : undefined
    if (body) index += body.length + 1
    const [, , table, options = ''] = makes.exec(text) ?? changes.exec(text) ?? []
    const isMake = makes.test(text)
    if (table !== undefined && (!isMake || !/\bforce:|\bas:/.test(options)) && (body === undefined || opened?.[1])) {
      steps.push(...ofTable(file, {table, at, isMake, options, body: body ?? [], variable: opened?.[1] ?? ''}))
      continue
    }
    const whole = [text, ...(body ?? []).map((each) => each.text)].join('\n')
    steps.push(...(body ? [unknownStep(whole, at)] : alone(text, at)))
  }
  return steps
}

/** The lines of a block up to its own `end`. */
function blockAfter(lines: readonly Line[], from: number): Line[] {
  let depth = 1
  for (let index = from + 1; index < lines.length; index++) {
    const {text} = lines[index] as Line
    if (/\bdo(?:\s{0,9}\|[^|]{0,100}\|)?$|^(?:if|unless|case|begin|while|until|for|def)\b/.test(text)) depth++
    if (/^end\b/.test(text) && --depth === 0) return lines.slice(from + 1, index)
  }
  return lines.slice(from + 1)
}

/** A statement about one table by its name. */
function alone(text: string, at: FileLocation): TableStep[] {
  const [, verb = '', table = '', second = '', third = '', options = third] =
    columns.exec(text) ?? references.exec(text) ?? keys.exec(text) ?? indexes.exec(text) ?? []
  const by = `${verb} :${table}`
  // A statement that runs under a condition, or asks first.
  if (
    /\s(?:if|unless)\s|\bif_(?:not_)?exists:/.test(text) ||
    /\{[^}]{0,500}\}$/.test(text) ||
    text.startsWith('safety_assured')
  )
    return harmless.test(text) ? [] : [unknownStep(text, at)]
  switch (verb) {
    case 'add_column':
      return [{kind: 'add', table, columns: [{name: second, at, ...typeIn(options)}], by, at}]
    case 'remove_column':
      return [{kind: 'remove', table, columns: [{name: second, at}], by, at}]
    case 'change_column':
      return [{kind: 'use', table, columns: [{name: second, at, ...typeIn(options)}], by, at}]
    case 'change_column_null':
    case 'change_column_default':
      return [{kind: 'use', table, columns: [{name: second, at}], by, at}]
    case 'add_index':
      return [{kind: 'use', table, columns: (second.match(/\w+/g) ?? []).map((each) => ({name: each, at})), by, at}]
    case 'add_reference':
    case 'add_belongs_to':
      return [{kind: 'add', table, columns: referenced(second, options, at), by, at}, ...keyOf(second, options, at)]
    case 'add_foreign_key':
      return [
        {kind: 'use', table, columns: [], by, at},
        {kind: 'refer', table: second, by: `add_foreign_key to :${second}`, at},
      ]
  }
  const [dropped, , gone = '', rest = ''] = drops.exec(text) ?? []
  if (dropped) return [{kind: 'drop', table: gone, isOptional: /if_exists/.test(rest), by: `drop_table :${gone}`, at}]
  const [renamed, , from = '', to = ''] = renames.exec(text) ?? []
  if (renamed) return [{kind: 'rename', table: from, to, by: `rename_table :${from}`, at}]
  const [moved, , of = '', old = '', fresh = ''] = renamesColumn.exec(text) ?? []
  if (moved)
    return [{kind: 'rename column', table: of, from: {name: old, at}, to: fresh, by: `rename_column :${of}`, at}]
  return harmless.test(text) ? [] : [unknownStep(text, at)]
}

interface OfTable {
  table: string
  at: FileLocation
  isMake: boolean
  options: string
  body: readonly Line[]
  variable: string
}

/** What stands in the block of create_table or change_table. */
function ofTable(file: TextFile, {table, at, isMake, options, body, variable}: OfTable): TableStep[] {
  const made: Named[] = []
  const after: TableStep[] = []
  let isWhole = !/\bprimary_key:/.test(options) && !/\bid:\s{0,9}false\b/.test(options)
  const by = `${isMake ? 'create_table' : 'change_table'} :${table}`
  const use = (kind: 'use' | 'remove', names: readonly string[], place: FileLocation) =>
    after.push({kind, table, columns: names.map((each) => ({name: each, at: place})), by, at: place})
  for (const {text, number} of body) {
    const place = file.lineSpan(number)
    const [, owner, verb = '', rest = ''] = inBlock.exec(text) ?? []
    const names = [...rest.matchAll(/(?:^|,\s{0,9}|\(\s{0,9})[:"'](\w{1,100})["']?(?=\s{0,9}(?:,|\)|$))/g)].map(
      ([, each = '']) => each,
    )
    if (owner !== variable || /\s(?:if|unless)\s|\bif_(?:not_)?exists:/.test(rest)) isWhole = false
    else if (verb === 'timestamps') for (const each of ['created_at', 'updated_at']) made.push({name: each, at: place})
    else if (verb === 'references' || verb === 'belongs_to')
      for (const each of names) {
        made.push(...referenced(each, rest, place))
        after.push(...keyOf(each, rest, place))
      }
    else if (verb === 'index')
      use(
        'use',
        (/^\[?([\s:"',\w]{0,300}?)(?:\]|,\s{0,9}\w{1,60}:|\)|$)/.exec(rest)?.[1] ?? '').match(/\w+/g) ?? [],
        place,
      )
    else if (verb === 'remove') use('remove', names, place)
    else if (verb === 'rename' && names.length === 2) {
      const [from = '', to = ''] = names
      after.push({kind: 'rename column', table, from: {name: from, at: place}, to, by, at: place})
    } else if (/^(?:foreign_key|check_constraint|exclusion_constraint|unique_constraint|remove_index)$/.test(verb))
      continue
    else if (verb === 'column')
      made.push(...names.slice(0, 1).map((each) => ({name: each, at: place, ...typeIn(rest.slice(rest.indexOf(',')))})))
    else if (isType.test(verb) && names.length > 0)
      made.push(...names.map((each) => ({name: each, at: place, type: isArray.test(rest) ? 'array' : verb})))
    else isWhole = false
  }
  if (isMake)
    return [
      {
        kind: 'make',
        table,
        columns: [{name: 'id', at}, ...made],
        isWhole,
        isOptional: /\bif_not_exists:/.test(options),
        by,
        at,
      },
      ...after,
    ]
  const added: TableStep = {kind: 'add', table, columns: made, by, at}
  return [added, ...after, ...(isWhole ? [] : [unknownStep([...body.map(({text}) => text), table].join('\n'), at)])]
}

/** `, :decimal, precision: 8`: a list of values is of another type than the values are. */
function typeIn(options: string): Pick<Named, 'type' | 'isConverted'> {
  const [, type] = /^,\s{0,20}[:"'](\w{1,60})/.exec(options) ?? []
  return {type: isArray.test(options) ? 'array' : type, isConverted: /\busing\b/i.test(options)}
}

const isArray = /\barray\b/i

const isType =
  /^(?:string|text|citext|integer|bigint|smallint|float|decimal|numeric|datetime|timestamp|timestamptz|time|date|binary|blob|boolean|json|jsonb|uuid|hstore|inet|cidr|macaddr|xml|tsvector|ltree|money|bit|interval|point|enum|virtual|vector|int4range|int8range|numrange|tsrange|tstzrange|daterange)$/

const referenced = (each: string, options: string, at: FileLocation): Named[] => [
  {name: `${each}_id`, at},
  ...(/\bpolymorphic:/.test(options) ? [{name: `${each}_type`, at}] : []),
]

/** `foreign_key: true` is to the table of the plural; only a plural that is plain is told. */
function keyOf(each: string, options: string, at: FileLocation): TableStep[] {
  if (/\bpolymorphic:/.test(options) || !/\bforeign_key:\s{0,9}(?:true|\{)/.test(options)) return []
  const [, to] = /\bto_table:\s{0,9}[:"'](\w{1,100})/.exec(options) ?? []
  const table = to ?? plural(each)
  return table === undefined ? [] : [{kind: 'refer', table, by: `the reference to ${each}`, at}]
}

const plural = (word: string): string | undefined =>
  /(?:[^aeiousxzfh]|[aeo][aeo]?[bdgklmnprtvw])e?$/.test(word) &&
  !/(?:man|person|child|foot|tooth|mouse|y|us|is|um|on|fe?)$/.test(word)
    ? `${word}s`
    : undefined

/** Another migration that is called, SQL that stands elsewhere, and the methods of the project. */
function unknownStep(text: string, at: FileLocation): TableStep {
  const any =
    /#\{|\bcreate_table[\s(]{1,9}(?![:"'])|\bexecute[\s(]{1,9}(?!["'<])|\bcreate_join_table\b|\binclude\b|\bload\b|File\.read|\.up\b|\.migrate\b|\bsend\b/.test(
      text,
    )
  return {kind: 'unknown', text, by: '', at, mayMake: any ? [''] : []}
}
