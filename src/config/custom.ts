import {basename, dirname, extname, resolve} from 'node:path'
import type {AnyCheck} from '../check.ts'
import {Unverified} from '../engine/run-check.ts'
import type {ProjectReader} from '../project/files/reader.ts'
import {fitsOne} from '../wildcard.ts'
import type {Layer} from './layer.ts'

/** A file of [custom]: its name without the suffix is the name of its check, so that ids are known before anything runs. */
export interface CustomFile {
  id: AnyCheck['id']
  /** How messages name it. */
  file: string
  absolute: string
  /** The page beside it, else the file itself; `./` tells it from the pages of the package. */
  docs: string
}

/**
 * The project's own checks, of every layer. `withheld` is why their code must not be executed: then each stands in the
 * plan all the same, and is unverified, since a gate that leaves rules out must not say that they hold.
 */
export async function customChecks(
  reader: ProjectReader,
  layers: readonly Layer[],
  withheld: () => string | undefined,
): Promise<AnyCheck[]> {
  const files = await customFiles(reader, layers)
  if (files.length === 0) return []
  const reason = withheld()
  if (reason !== undefined) return files.map((file) => placeholder(file, reason))
  const {importCheck} = await import('./import-check.ts')
  const checks: AnyCheck[] = []
  for (const file of files) checks.push(await importCheck(file))
  return checks
}

async function customFiles(reader: ProjectReader, layers: readonly Layer[]): Promise<CustomFile[]> {
  const found = new Map<string, CustomFile>()
  for (const layer of layers) {
    for (const [index, pattern] of (layer.data.custom?.checks ?? []).entries()) {
      const fail = (message: string) => layer.error(['custom', 'checks', index], message)
      const folder = resolve(dirname(layer.absolute), dirname(pattern))
      if (folder.includes('*')) throw fail(`${pattern} has a * in a folder; it may stand in the file's name only`)
      const names = (await reader.list(folder)).filter((name) => isCheck(name) && fitsOne(name, [basename(pattern)]))
      // A typing mistake must not weaken the gate.
      if (names.length === 0) throw fail(`${pattern} is no file of a check: .js, .mjs or .ts, tests left out`)
      for (const name of names) {
        const id: AnyCheck['id'] = `custom/${basename(name, extname(name))}`
        const absolute = resolve(folder, name)
        // A pipe would be waited for, and a device never ends.
        if ((await reader.kindOf(absolute)) !== 'file') throw fail(`${reader.display(absolute)} is not a regular file`)
        const page = absolute.replace(/\.\w+$/, '.md')
        const docs = `./${reader.display((await reader.kindOf(page)) === 'file' ? page : absolute)}`
        const file = {id, absolute, docs, file: reader.display(absolute)}
        if (!/^custom\/[\w-]+$/.test(id)) throw fail(`the name of ${file.file} becomes an id: letters, digits, - and _`)
        const other = found.get(id)
        if (other && other.absolute !== absolute) throw fail(`${file.file} and ${other.file} would both be ${id}`)
        found.set(id, file)
      }
    }
  }
  return [...found.values()]
}

const isCheck = (name: string): boolean => /\.(m?js|m?ts)$/.test(name) && !/\.(test|spec|d)\.\w+$/.test(name)

function placeholder({id, file, docs}: CustomFile, reason: string): AnyCheck {
  return {
    id,
    title: `the rule of ${basename(file)} holds`,
    why: "The project's own rule is broken.",
    severity: 'error',
    failsAt: 'policy',
    since: '',
    docs,
    needs: [],
    // biome-ignore lint/correctness/useYield: it finds nothing out
    *run() {
      throw new Unverified(reason)
    },
  }
}
