import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Path} from '../documents/document.ts'
import type {Inputs} from '../inputs.ts'

/** A file of this machine that [[files]] copies into the machines. */
export interface LocalFile {
  key: Path
  path: string
  kind: 'file' | 'folder' | 'other' | 'missing'
}

/**
 * flyctl reads them from its working directory, after the image is built (internal/appconfig/config.go, toMachineFile);
 * `processes` does not matter.
 */
export async function loadLocalFiles({reader}: Inputs, facts: FactStore): Promise<Fact<LocalFile[]>> {
  const fact = await facts.need('flyConfig')
  const found: LocalFile[] = []
  for (const [index, {local_path: path}] of (fact.config.files ?? []).entries()) {
    if (path) found.push({key: ['files', index, 'local_path'], path, kind: await reader.kindOf(path)})
  }
  return known(found)
}
