import {dirname, join} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {isTable} from '../documents/document.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import {isAtLeast, type PackageVersion} from '../python/packages/package-version.ts'
import {parseIni} from './ini.ts'

export type OptionValue =
  | {value: string; at: FileLocation; source: 'ini'}
  | {value: string | boolean | string[]; at: FileLocation; source: 'toml'}
  /** Why alembic cannot read it. */
  | {invalid: string; at: FileLocation}

/** What alembic's configuration says: the main section of the ini first, then [tool.alembic]. */
export interface ConfigOptions {
  at: FileLocation
  get(key: string): OptionValue | undefined
  /** The keys of the ini's section that cannot be read. */
  unreadable: {key: string; invalid: string; at: FileLocation}[]
  /** The sections of the ini that logging.config.fileConfig looks for and does not find. */
  lacksForLogging: string[]
}

/** Stands for `%(here)s`, the folder of the configuration: the real one may hold a %, and is another one in the image. */
export const here = '/here'

/** The options that alembic itself reads before any command. */
export const everyCommandReads: ReadonlySet<string> = new Set([
  'script_location',
  'file_template',
  'truncate_slug_length',
  'timezone',
  'output_encoding',
  'sourceless',
  'version_locations',
  'prepend_sys_path',
])

export interface Unreadable {
  message: string
  at: FileLocation
  proven: boolean
}

/** The main sections of an ini: [alembic], or those that have a script_location where it is missing (`alembic -n`). */
export function mainSections(file: TextFile): string[] {
  const ini = parseIni(file, {here})
  if ('invalid' in ini || ini.section('alembic')) return ['alembic']
  const named = ini.names.filter((name) => name !== 'DEFAULT' && ini.section(name)?.keys.includes('script_location'))
  return named.length > 0 ? named : ['alembic']
}

/** Reads an alembic.ini with the pyproject.toml beside it (alembic >= 1.16), or a pyproject.toml alone. */
export async function readOptions(
  file: TextFile,
  section: string,
  {reader, alembic}: {reader: ProjectReader; alembic: PackageVersion},
): Promise<ConfigOptions | Unreadable> {
  if (file.path.endsWith('.toml')) return tomlOptions(file)
  const ini = parseIni(file, {here})
  if ('invalid' in ini) return {message: `alembic cannot read ${file.path}: ${ini.invalid}`, at: ini.at, proven: true}
  const main = ini.section(section)
  const project = await reader.text(join(dirname(file.absolute), 'pyproject.toml'))
  // From 1.16 on it is read whatever it holds.
  const reads = isAtLeast(alembic, '1.16')
  const isNeeded = project?.text.includes('[tool.alembic]') || reads
  const toml = project && isNeeded && reads !== false ? await tomlOptions(project) : undefined
  if (toml && 'message' in toml && reads) return {...toml, proven: false}
  const second = toml && 'get' in toml ? toml : undefined
  if (!main && second) return {...second, lacksForLogging: lacking()}
  if (!main) return {message: `${file.path} has no [${section}] section`, at: file.whole, proven: true}
  return {
    at: main.at,
    get(key) {
      const option = main.get(key)
      return option ? {...option, source: 'ini'} : second?.get(key)
    },
    unreadable: main.keys.flatMap((key) => {
      const option = main.get(key)
      return option && 'invalid' in option ? [{key, ...option}] : []
    }),
    lacksForLogging: lacking(),
  }

  /** logging.config.fileConfig wants [loggers], [handlers] and [formatters], and a section for each of their keys. */
  function lacking(): string[] {
    return ['formatters', 'handlers', 'loggers'].flatMap((kind) => {
      const list = ini && 'section' in ini ? ini.section(kind)?.get('keys') : undefined
      if (!list) return [kind]
      if ('invalid' in list) return []
      const names = list.value.split(',').map((name) => name.trim())
      const sections = names.filter(Boolean).map((name) => `${kind.slice(0, -1)}_${name}`)
      return sections.filter((name) => 'section' in ini && !ini.section(name))
    })
  }
}

async function tomlOptions(file: TextFile): Promise<ConfigOptions | Unreadable> {
  const {parseToml} = await import('../documents/toml.ts')
  const document = parseToml(file)
  if ('message' in document)
    return {message: `${file.path} does not parse: ${document.message}`, at: document.at, proven: true}
  const tool = document.value.tool
  const table = new Map(Object.entries(isTable(tool) && isTable(tool.alembic) ? tool.alembic : {}))
  const formatted = (text: string) => text.replaceAll('%(here)s', here).replaceAll('%%', '%')
  return {
    at: document.at(['tool', 'alembic']),
    get(key) {
      const value = table.get(key)
      if (value === undefined) return undefined
      const at = document.at(['tool', 'alembic', key])
      if (typeof value === 'boolean') return {value, at, source: 'toml'}
      if (Array.isArray(value)) return {value: value.map((each) => formatted(String(each))), at, source: 'toml'}
      return {value: formatted(String(value)), at, source: 'toml'}
    },
    unreadable: [],
    // fileConfig reads no TOML.
    lacksForLogging: ['formatters'],
  }
}
