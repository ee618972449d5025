import {dirname, join} from 'node:path'
import type {Inputs} from '../inputs.ts'

/** In flyctl's order; there is no `fly.yml` (internal/command/command.go, LoadAppConfigIfPresent). */
export const configNames = ['fly.toml', 'fly.json', 'fly.yaml'] as const

/** Where flyctl would read its configuration: `-c`, relative to the working directory, else the first that exists. */
export async function findFlyConfig({reader, options}: Inputs): Promise<string | undefined> {
  if (options.config) return reader.absolute(options.config)
  for (const name of configNames) {
    if ((await reader.kindOf(name)) !== 'missing') return join(reader.root, name)
  }
  return undefined
}

/** Other configurations of the project, for "did you mean -c …". */
export async function otherFlyConfigs({reader, options}: Inputs): Promise<string[]> {
  const folder = options.config ? dirname(reader.absolute(options.config)) : reader.root
  const names = await reader.list(folder)
  return names
    .filter((name) => /^fly\..*\.?(toml|json|ya?ml)$|^fly.*\.toml$/.test(name))
    .map((name) => reader.display(join(folder, name)))
}
