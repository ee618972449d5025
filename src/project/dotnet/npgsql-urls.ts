import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {argumentsAt, type Code, codeOf, textOf} from '../code/code.ts'
import {machineVariable} from '../environment/set-variables.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {isTestCode} from './test-code.ts'

/** A URL that reaches Npgsql, which takes `Host=…;Database=…` alone. */
export interface NpgsqlUrl {
  /** `value`: [env] or ENV has it. `read`: DATABASE_URL is taken as it is, which flyctl sets as a URL. */
  kind: 'value' | 'read'
  name: string
  at: FileLocation
  /** Where Npgsql gets it. */
  used: FileLocation
}

const takes =
  /\.UseNpgsql\s{0,20}\(|\bnew\s{1,20}Npgsql(?:Connection|DataSourceBuilder)\s{0,20}\(|\bNpgsqlDataSource\.Create\s{0,20}\(|\.AddNpgsql(?:DataSource|Server)?(?:<\w+>)?\s{0,20}\(|\.AddNpgSql\s{0,20}\(/g

/** What makes another text of a URL: it may be the one of a helper. */
const parses =
  /\bnew\s+Uri\s*\(|\bUri\.(?:TryCreate|IsWellFormed)|NpgsqlConnectionStringBuilder|postgres(?:ql)?:\/\/|\.UserInfo\b/

/** `Environment.GetEnvironmentVariable("DATABASE_URL")`, `builder.Configuration["DATABASE_URL"]`. */
const variable =
  /^(?:(?:System\.)?Environment\.GetEnvironmentVariable\(\s{0,20}"(\w+)"\s{0,20}\)|[\w.]{1,100}\[\s{0,20}"(\w+)"\s{0,20}\]|[\w.]{1,100}\.GetValue<string\??>\(\s{0,20}"(\w+)"\s{0,20}\))\s{0,20}!?(?:\s{0,20}\?\?\s{0,20}throw\b[\s\S]{0,300})?$/
const connectionString =
  /^[\w.]{1,100}\.GetConnectionString\(\s{0,20}"(\w+)"\s{0,20}\)\s{0,20}!?(?:\s{0,20}\?\?\s{0,20}throw\b[\s\S]{0,300})?$/

/**
 * "Format of the initialization string does not conform to specification starting at index 0": a connection string of .NET
 * is made of keys and values, and Npgsql reads no URL (npgsql.org, "Connection String Parameters").
 */
export async function loadNpgsqlUrls({reader}: Inputs, facts: FactStore): Promise<Fact<NpgsqlUrl[]>> {
  const [files, flyConfig, image] = await Promise.all([
    facts.value('files'),
    facts.value('flyConfig'),
    facts.value('image'),
  ])
  const paths = files ?? noFiles
  const texts = await reader.texts(paths.ending('.cs').filter((path) => !isTestCode(path)))
  const codes = texts.flatMap((file) => codeOf(file) ?? [])
  if (codes.some(({text}) => parses.test(text))) return known([])
  const set = machineVariable(flyConfig, image)
  const found: NpgsqlUrl[] = []
  for (const code of codes) {
    for (const match of code.bare.matchAll(takes)) {
      const open = match.index + match[0].length - 1
      const [first] = argumentsAt(code, open)
      const used = code.file.span(match.index, open)
      const source = first && sourceOf(code, textOf(code, first))
      if (!source || found.some(({name}) => name === source)) continue
      const {value, at} = set(source) ?? {}
      if (at && value !== undefined && isUrl.test(value)) found.push({kind: 'value', name: source, at, used})
      else if (value === undefined && source === 'DATABASE_URL' && !(await isWrittenByHand()))
        found.push({kind: 'read', name: source, at: used, used})
    }
  }
  return known(found)

  /** The project says that DATABASE_URL is set in the form of .NET. */
  async function isWrittenByHand(): Promise<boolean> {
    const words = await reader.texts([
      ...paths.ending('.md', '.yml', '.yaml', '.sh', '.json'),
      ...paths.beginning('.env', 'env', 'Dockerfile'),
    ])
    return words.some(({text}) =>
      /DATABASE_URL["'\s]{0,5}[=:]["'\s]{0,5}(?:Host|Server|User ?Id|Username|Database)\s*=/i.test(text),
    )
  }
}

const isUrl = /^postgres(?:ql)?:\/\//

/** The variable that an argument is: itself, or by the one variable of the file that has it and is not set anew. */
function sourceOf(code: Code, written: string, depth = 0): string | undefined {
  const [, one, two, three] = variable.exec(written) ?? []
  const direct = one ?? two ?? three
  if (direct) return direct
  const [, name] = connectionString.exec(written) ?? []
  if (name) return `ConnectionStrings__${name}`
  if (depth > 0 || !/^\w+$/.test(written)) return undefined
  const [only, another] = code.bare.matchAll(new RegExp(`\\b${written}\\s{0,20}\\??\\??=(?![=>])\\s{0,20}`, 'g'))
  if (!only || another) return undefined
  const start = only.index + only[0].length
  const end = code.bare.indexOf(';', start)
  return end < 0 ? undefined : sourceOf(code, code.text.slice(start, end).trim(), depth + 1)
}
