import {type Fact, type FactStore, known} from '../../facts.ts'
import {madeBefore} from '../deploys/made-before.ts'
import type {Path} from '../documents/document.ts'
import type {Inputs} from '../inputs.ts'

/** A file of this machine that [[files]] copies into the machines. */
export interface LocalFile {
  key: Path
  path: string
  kind: 'file' | 'folder' | 'other' | 'missing'
  /** It is missing, and a step before the deploy may make it. */
  isMade: boolean
}

/**
 * flyctl reads them from its working directory, after the image is built (internal/appconfig/config.go, toMachineFile);
 * `processes` does not matter.
 */
export async function loadLocalFiles(inputs: Inputs, facts: FactStore): Promise<Fact<LocalFile[]>> {
  const fact = await facts.need('flyConfig')
  const found: LocalFile[] = []
  for (const [index, {local_path: path}] of (fact.config.files ?? []).entries()) {
    if (!path) continue
    const kind = await inputs.reader.kindOf(path)
    const isMade = kind === 'missing' && (await madeBefore(path, inputs, facts))
    found.push({key: ['files', index, 'local_path'], path, kind, isMade})
  }
  return known(found)
}
