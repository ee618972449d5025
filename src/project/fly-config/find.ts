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

/** Configurations near by, for "did you mean": beside the one that is missing, in the folders below and above. */
export async function otherFlyConfigs({reader, options}: Inputs): Promise<string[]> {
  const folder = options.config ? dirname(reader.absolute(options.config)) : reader.root
  const below = (await reader.list(folder)).filter((name) => name.endsWith('/') && !/^(\.|node_modules)/.test(name))
  const found: string[] = []
  for (const place of [folder, ...below.map((name) => join(folder, name)), dirname(folder)]) {
    const names = await reader.list(place)
    const configs = names.filter(isConfigName)
    found.push(...configs.map((name) => reader.display(join(place, name))))
  }
  return found
}
