/** The properties that Spring Boot starts with, as far as files of the project and variables say them. */
import {posix} from 'node:path'
import {isTable} from '../documents/document.ts'
import {parseYaml} from '../documents/yaml.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'

export interface SpringSettings {
  /** The files that count in this deploy, and a later one before those in front of it. */
  files: TextFile[]
  /** undefined: nothing sets it; null: it is set to something that is not known. */
  get(key: string): string | null | undefined
}

type Variable = (name: string) => {value: string | undefined} | undefined

const configuration =
  /^(.*(?:^|\/)src\/main\/resources\/)(?:config\/)?(?:application|bootstrap)([\w-]*)\.(?:properties|ya?ml)$/
/** Files that are read besides, or parts that are for one profile alone. */
const more =
  /^(?:---|#---|!---)|\bon-profile\b|spring\.config\.(?:import|activate|location)|spring\.profiles\.(?:include|group)|^[ \t]{1,20}(?:import|include|group):/m
const elsewhere = [
  'SPRING_APPLICATION_JSON',
  'SPRING_CONFIG_LOCATION',
  'SPRING_CONFIG_ADDITIONAL_LOCATION',
  'SPRING_CONFIG_IMPORT',
]
/** Variables whose text goes to the machine of Java, which may set properties. */
const options = ['JAVA_OPTS', 'JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS']

/** undefined where another place may set what these do not. */
export async function springSettings(
  {paths, reader}: {paths: Files; reader: ProjectReader},
  variable: Variable,
): Promise<SpringSettings | undefined> {
  if (elsewhere.some((name) => variable(name))) return undefined
  const given = options.flatMap((name) => variable(name) ?? [])
  if (given.some(({value}) => value === undefined || /-D(?:server|spring|management)\b/.test(value))) return undefined
  const own = paths.ending('.properties', '.yml', '.yaml').filter((path) => configuration.test(path))
  // Of several modules it is not known which is started.
  if (new Set(own.map((path) => configuration.exec(path)?.[1])).size > 1) return undefined
  const everywhere = await reader.texts(own.filter((path) => /\/(?:application|bootstrap)\.\w+$/.test(path)))
  const asked = variable('SPRING_PROFILES_ACTIVE')
  const [, written] = everywhere.flatMap(({text}) => profilesIn.exec(text) ?? [])
  const active = asked ? asked.value : (written ?? '')
  if (active === undefined || active.includes('$') || everywhere.some(({text}) => more.test(text))) return undefined
  const profiles = active.split(',').map((each) => each.trim())
  const theirs = await reader.texts(
    profiles.filter(Boolean).flatMap((profile) =>
      own.filter(
        (path) =>
          posix
            .basename(path)
            .replace(/\.\w+$/, '')
            .endsWith(`-${profile}`) && isOf(path, profile),
      ),
    ),
  )
  if (theirs.some(({text}) => more.test(text))) return undefined
  const files = [...everywhere, ...theirs]
  const values = new Map<string, string>()
  for (const file of files) {
    const properties = /\.properties$/.test(file.path) ? propertiesOf(file) : yamlProperties(file)
    if (!properties) return undefined
    for (const [key, value] of properties) values.set(plain(key), value)
  }
  return {
    files,
    get(key) {
      const name = key.toUpperCase().replaceAll('.', '_')
      // A dash is left out, or is written as older versions of Spring Boot had it.
      const set = variable(name.replaceAll('-', '')) ?? variable(name.replaceAll('-', '_'))
      const value = set ? (set.value ?? null) : values.get(plain(key))
      return typeof value === 'string' && value.includes('${') ? null : value
    },
  }
}

const profilesIn =
  /^spring(?:\.profiles\.active\s{0,9}[=:]|:\s{0,9}\n(?:[ \t][^\n]{0,300}\n){0,60}?[ \t]{1,20}profiles:\s{0,9}\n[ \t]{1,20}active:)[ \t]{0,9}["']?([\w, -]{1,200})/m

const isOf = (path: string, profile: string): boolean => configuration.exec(path)?.[2] === `-${profile}`

/** `base-path`, `basePath` and `base_path` are one (Spring Boot's reference, "Relaxed Binding"). */
const plain = (key: string): string => key.toLowerCase().replace(/[-_]/g, '')

function propertiesOf({text}: TextFile): [key: string, value: string][] {
  return [...text.matchAll(/^[ \t]*([^#!\s=:][^\s=:]{0,200})[ \t]*[=: ][ \t]*([^\r\n]*)/gm)].map(
    ([, key = '', value = '']) => [key, value.trim()],
  )
}

function yamlProperties(file: TextFile): [key: string, value: string][] | undefined {
  const document = parseYaml(file)
  if (!('value' in document)) return undefined
  const found: [string, string][] = []
  const flatten = (value: unknown, key: string): void => {
    if (isTable(value)) for (const [name, each] of Object.entries(value)) flatten(each, key ? `${key}.${name}` : name)
    else found.push([key, Array.isArray(value) ? value.join(',') : String(value ?? '')])
  }
  flatten(document.value, '')
  return found
}
