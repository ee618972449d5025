import type {AnyCheck} from '../check.ts'
import {answersTo} from '../engine/plan.ts'
import type {Path} from '../project/documents/document.ts'
import type {ProjectReader} from '../project/files/reader.ts'
import {noCheck} from '../suggest.ts'
import {readLayers} from './extends.ts'
import type {Layer} from './layer.ts'
import {mergeLayers} from './merge.ts'
import type {Settings} from './settings.ts'

/**
 * Reads preflight.toml from the working directory, with what it extends. What is wrong in it is a usage error.
 * Gives the settings, and every check there is: the built-in ones, then the project's own. `withheld`: why the code of
 * those must not be executed.
 */
export async function loadSettings(
  reader: ProjectReader,
  builtIn: readonly AnyCheck[],
  withheld: () => string | undefined,
): Promise<{settings: Settings; checks: readonly AnyCheck[]}> {
  const layers = await readLayers(reader)
  const own = layers.some(({data}) => data.custom?.checks)
    ? await (await import('./custom.ts')).customChecks(reader, layers, withheld)
    : []
  const checks = [...builtIn, ...own]
  for (const layer of layers) {
    for (const [path, id] of namedChecks(layer)) {
      if (!checks.some((check) => answersTo(id, check))) throw layer.error(path, noCheck(id, checks))
    }
  }
  const python = layers.some(({data}) => data.policy?.python !== undefined)
    ? (await import('../project/python/packages/pep508.ts')).pythonSatisfies
    : undefined
  for (const {data, error} of layers) {
    const specifier = data.policy?.python
    if (specifier === undefined || python?.('3.12', specifier) !== undefined) continue
    const message = `python is ${JSON.stringify(specifier)}; it must be versions as in requires-python: ">=3.12"`
    throw error(['policy', 'python'], message)
  }
  const settings = mergeLayers(layers, (name) => checks.find((check) => answersTo(name, check))?.id ?? name, python)
  return {settings, checks}
}

function* namedChecks({data}: Layer): Iterable<[Path, string]> {
  for (const id of Object.keys(data.checks ?? {})) yield [['checks', id], id]
  for (const [index, {check}] of (data.ignore ?? []).entries()) yield [['ignore', index, 'check'], check]
}
