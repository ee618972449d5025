import {dirname, join} from 'node:path'
import type {Inputs} from '../inputs.ts'

/** In flyctl's order; there is no `fly.yml` (internal/command/command.go, LoadAppConfigIfPresent). */
export const configNames = ['fly.toml', 'fly.json', 'fly.yaml'] as const

/** What people call their configurations: `fly.staging.toml`, `fly-worker.toml`. */
export const isConfigName = (name: string): boolean => /^fly[\w.-]*\.toml$|^fly\.(json|yaml)$/.test(name)

/** Where flyctl would read its configuration: `-c`, relative to the working directory, else the first that exists. */
export async function findFlyConfig({reader, options}: Inputs): Promise<string | undefined> {
  if (options.config) return reader.absolute(options.config)
  for (const name of configNames) {
    if ((await reader.kindOf(name)) !== 'missing') return join(reader.root, name)
  }
  return undefined
}

/** As many folders are looked into at most: whoever asks has typed a wrong path. */
const mostFolders = 200

/** Configurations near by, for "did you mean": beside the one that is missing, in two levels of folders below, and above. */
export async function otherFlyConfigs({reader, options}: Inputs): Promise<string[]> {
  const folder = options.config ? dirname(reader.absolute(options.config)) : reader.root
  const foldersIn = async (place: string): Promise<string[]> =>
    (await reader.list(place))
      .filter((name) => name.endsWith('/') && !/^(\.|node_modules|vendor)/.test(name))
      .map((name) => join(place, name.slice(0, -1)))
  const below = await foldersIn(folder)
  const deeper = (await Promise.all(below.slice(0, mostFolders).map(foldersIn))).flat()
  const found: string[] = []
  for (const place of [folder, ...below, ...deeper].slice(0, mostFolders).concat(dirname(folder))) {
    const names = await reader.list(place)
    const configs = names.filter(isConfigName)
    found.push(...configs.map((name) => reader.display(join(place, name))))
  }
  return found
}
