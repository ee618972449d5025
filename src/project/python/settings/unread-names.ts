/** Variables that fields of pydantic-settings 2 name as those of pydantic 1 did: `Field(env="X")`, which nobody looks at. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {textOf, type Value} from '../../migrations/value.ts'
import {copiedPython} from '../copied-python.ts'
import {boundImports} from '../imports/bound-imports.ts'
import {loadedSources} from '../imports/loaded-sources.ts'
import {type Attribute, type ClassBody, classBodies} from '../source/class-bodies.ts'

export interface UnreadName {
  class: string
  field: string
  /** The variables that `env` names. */
  named: string[]
  /** The one that is read. */
  read: string
  /** It has no default: without the variable that is read no instance can be made. */
  required: boolean
  at: FileLocation
  /** Other fields of the class, which name theirs alike. */
  others: string[]
  by: string
  runBy: FileLocation
}

/**
 * The name of a field behind `env_prefix`, or its alias, says the variable (pydantic_settings/sources, `_extract_field_info`; pydantic's
 * Migration Guide, "Changes to pydantic.Field"). One of each class, a field without a default before others.
 */
export async function loadUnreadNames({reader}: Inputs, facts: FactStore): Promise<Fact<UnreadName[]>> {
  const [image, processes, files, flyConfig] = await facts.needAll('image', 'processes', 'files', 'flyConfig')
  const paths = copiedPython(image, files)
  const given = new Set(
    [...image.final.env.keys(), ...Object.keys(flyConfig.config.env ?? {})].map((name) => name.toUpperCase()),
  )
  const found = new Map<string, UnreadName>()
  for (const {by, text, at: runBy, certain} of processes.commands) {
    if (!certain) continue
    for (const file of await loadedSources([text], paths, reader)) {
      for (const each of unreadIn(file, given)) {
        const key = `${file.path} ${each.class}`
        if (!found.has(key)) found.set(key, {...each, by, runBy})
      }
    }
  }
  return known([...found.values()])
}

/** Who fills the fields in another way. */
const otherwise = /\bsettings_customise_sources\b|\balias_generator\b|\bmodel_validator\b|\broot_validator\b/

function unreadIn(file: TextFile, given: ReadonlySet<string>): Omit<UnreadName, 'by' | 'runBy'>[] {
  const {text} = file
  if (!/\bpydantic_settings\b/.test(text) || !/\benv\s{0,9}=/.test(text) || otherwise.test(text)) return []
  const bound = boundImports(text)
  const full = (name: string): string => {
    const [first = '', ...rest] = name.split('.')
    return [bound.get(first) ?? first, ...rest].join('.')
  }
  const classes = classBodies(file)
  return classes.flatMap((owner) => {
    const line = lineOf(owner, classes)
    if (!line || full(line.at(-1)?.bases[0] ?? '') !== 'pydantic_settings.BaseSettings') return []
    const whole = line.map((each) => each.text).join('\n')
    const [, prefix = ''] = /\benv_prefix["']?\s{0,9}[=:]\s{0,9}["']([^"'\n]{0,100})["']/.exec(whole) ?? []
    // A prefix that is computed, or options that stand elsewhere.
    if ((/\benv_prefix\b/.test(whole) && prefix === '') || /\bmodel_config\s{0,9}=\s{0,9}[A-Z_]+\b/.test(whole))
      return []
    const isExact = /\bcase_sensitive["']?\s{0,9}[=:]\s{0,9}True\b/.test(whole)
    const fields = owner.attributes.flatMap((attribute) => {
      const named = isField(attribute.value) ? namedBy(attribute) : []
      const read = `${prefix}${attribute.name}`
      const fits = (name: string) => (isExact ? name === read : name.toUpperCase() === read.toUpperCase())
      if (named.length === 0 || named.some(fits) || given.has(read.toUpperCase())) return []
      const shown = isExact ? read : read.toUpperCase()
      return [
        {
          class: owner.name,
          field: attribute.name,
          named,
          read: shown,
          required: isRequired(attribute),
          at: attribute.at,
        },
      ]
    })
    const first = fields.find(({required}) => required) ?? fields[0]
    return first ? [{...first, others: fields.flatMap(({field}) => (field === first.field ? [] : field))}] : []
  })

  function isField(value: Value | undefined): boolean {
    return value?.kind === 'call' && full(value.name) === 'pydantic.Field'
  }
}

/** A class and those of the file that it is made from, the one with a base from elsewhere last; undefined where it has several. */
function lineOf(owner: ClassBody, classes: readonly ClassBody[]): ClassBody[] | undefined {
  const line: ClassBody[] = []
  for (let each: ClassBody | undefined = owner; each; each = baseOf(each)) {
    if (each.bases.length > 1 || line.includes(each)) return undefined
    line.push(each)
  }
  return line

  function baseOf({bases: [base]}: ClassBody): ClassBody | undefined {
    return classes.find(({name}) => name === base)
  }
}

/** `env="X"`, `env=["X", "Y"]`: none where an alias says the variable, or the default asks for it. */
function namedBy({annotation, value, source}: Attribute): string[] {
  if (annotation === undefined || value?.kind !== 'call' || /\bgetenv\b|\benviron\b/.test(source)) return []
  if (['alias', 'validation_alias', 'init', 'init_var'].some((each) => value.keywords.has(each))) return []
  const env = value.keywords.get('env')
  const items = env?.kind === 'list' ? env.items : env ? [env] : []
  const names = items.map(textOf)
  return names.every((name) => name !== undefined && /^\w{1,100}$/.test(name)) ? (names as string[]) : []
}

const isRequired = ({value, source}: Attribute): boolean =>
  value?.kind === 'call' &&
  !value.keywords.has('default') &&
  !value.keywords.has('default_factory') &&
  (value.args.length === 0 || /Field\(\s{0,99}\.\.\.\s{0,99}[,)]/.test(source))
