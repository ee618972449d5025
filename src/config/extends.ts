import {createRequire} from 'node:module'
import {basename, dirname, resolve} from 'node:path'
import type {ProjectReader} from '../project/files/reader.ts'
import {type Layer, readLayer} from './layer.ts'

export const settingsName = 'preflight.toml'

/** preflight.toml and what it extends, the nearest first; none where there is no preflight.toml. */
export async function readLayers(reader: ProjectReader): Promise<Layer[]> {
  const own = await readLayer(reader, settingsName)
  if (own === 'missing') return []
  const layers = [own]
  for (let last = own; last.data.extends !== undefined; last = layers.at(-1) as Layer) {
    const path = resolveExtends(last, last.data.extends)
    const chain = [...layers.map(({file}) => file), reader.display(path)]
    if (layers.some(({absolute}) => absolute === path)) {
      throw last.error(['extends'], `the settings extend each other in a circle: ${chain.join(' → ')}`)
    }
    const next = await readLayer(reader, path)
    if (next === 'missing') throw last.error(['extends'], `${reader.display(path)} does not exist`)
    layers.push(next)
  }
  return layers
}

/** A path is relative to the file that has it; any other text is a file of a package, found as Node finds it from there. */
function resolveExtends(layer: Layer, written: string): string {
  const fail = (message: string) => layer.error(['extends'], message)
  if (/^[a-z][a-z0-9+.-]+:/i.test(written)) {
    throw fail(`${written} is an address, and preflight fetches nothing: name a file, or a file of an npm package`)
  }
  if (/^\.{0,2}\//.test(written)) return resolve(dirname(layer.absolute), written)
  let found: string
  try {
    found = createRequire(layer.absolute).resolve(written)
  } catch {
    throw fail(
      `there is no installed package that has ${written}. A path begins with ./ or ../; a package must be installed (npm ci) before preflight runs`,
    )
  }
  if (!found.endsWith('.toml')) {
    throw fail(
      `${written} is ${basename(found)}, which is no settings file: name one, as in ${written}/${settingsName}`,
    )
  }
  return found
}
