import {isAbsolute, join, posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {ProjectReader} from '../files/reader.ts'
import {isAtLeast, type PackageVersion} from '../python/packages/package-version.ts'
import type {Fault} from './fault.ts'
import {type ConfigOptions, here} from './options.ts'

const separators: Readonly<Record<string, string>> = {space: ' ', newline: '\n', os: ':', ':': ':', ';': ';'}

/** The entries of a list in the ini, as this version of alembic splits it; or why it refuses to. */
export function splitPaths(
  key: 'version_locations' | 'prepend_sys_path',
  options: ConfigOptions,
  version: PackageVersion,
): {paths: string[]; at: FileLocation} | {invalid: string; at: FileLocation; ends: Fault['ends']} | undefined {
  const option = options.get(key)
  if (!option || 'invalid' in option || option.value === '') return undefined
  const {at} = option
  if (option.source === 'toml') {
    if (Array.isArray(option.value)) return {paths: option.value, at}
    return {
      invalid: `${key} in ${at.file} must be a list: alembic takes each character of it for a path`,
      at,
      ends: 'silent',
    }
  }
  // Before 1.16 there is no path_separator, and prepend_sys_path knows none.
  const isNew = isAtLeast(version, '1.16') !== false
  const names = [
    ...(isNew ? ['path_separator'] : []),
    ...(key === 'version_locations' ? ['version_path_separator'] : []),
  ]
  for (const name of names) {
    const separator = options.get(name)
    if (!separator || 'invalid' in separator) continue
    const word = String(separator.value)
    const character = Object.hasOwn(separators, word) ? separators[word] : undefined
    if (character === undefined) {
      const wanted = 'space, newline, os, : or ;, and no comment may follow it'
      return {invalid: `${name} = ${word}: it must be ${wanted}`, at: separator.at, ends: 'load'}
    }
    return {
      paths: option.value
        .split(character)
        .map((path) => path.trim())
        .filter(Boolean),
      at,
    }
  }
  const pattern = key === 'version_locations' ? /, *| +/ : /, *| +|:/
  return {paths: option.value.split(pattern), at}
}

export interface Places {
  reader: ProjectReader
  /** The folder of the configuration, relative to the working directory. */
  folder: string
  /** Where alembic runs: relative paths count from there. */
  cwd: string
  /** Folders in which Python looks for packages. */
  roots: readonly string[]
  /** The folder of the repository that the image has at a path. */
  inImage(path: string): Promise<string | undefined>
}

/**
 * The folder that a path of the configuration means, absolute: relative to the folder in which alembic runs, to that of
 * the configuration with %(here)s, in a package, or in the image. undefined where it cannot be told: where an installed
 * package is, only Python knows.
 */
export async function placeOf(
  value: string,
  {reader, folder, cwd, roots, inImage}: Places,
): Promise<string | undefined> {
  if (value === here || value.startsWith(`${here}/`)) return reader.absolute(join(folder, value.slice(here.length)))
  if (isAbsolute(value)) {
    const source = await inImage(value)
    return source === undefined ? undefined : reader.absolute(source)
  }
  if (!value.includes(':')) return reader.absolute(posix.join(cwd, value))
  const [name = '', ...rest] = value.split(':')
  for (const root of roots) {
    const path = reader.absolute(join(root, ...name.split('.')))
    if ((await reader.kindOf(path)) === 'folder') return join(path, ...rest)
  }
  return undefined
}
