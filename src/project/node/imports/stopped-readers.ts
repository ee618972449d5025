import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import type {Files} from '../../files.ts'
import type {ProjectReader} from '../../reader.ts'
import {isLoaded, moduleNames} from '../source/module-names.ts'
import type {SourceReader} from '../source/source-readers.ts'
import type {MissingImport} from './missing-imports.ts'

/** What surely stops at an import of a file that is not there, where nothing but the repository may bring that. */
export async function stoppedReaders(
  facts: FactStore,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<(lost: MissingImport) => SourceReader | undefined> {
  const readers = (await facts.value('sourceReaders')) ?? []
  // A step before the deploy may write it.
  const workflows = await reader.texts(paths.under('.github/workflows'))
  return ({kind, name, at}) => {
    if (kind !== 'file' || workflows.some(({text}) => text.includes(posix.basename(name)))) return undefined
    return readers.find((each) => {
      const file = each.sources.find(({path}) => path === at.file)
      const names = file && moduleNames(file)
      const found = names?.imports.find(({start}) => {
        const {line, column} = file?.position(start + 1) ?? {}
        return line === at.line && column === at.column
      })
      if (!file || !names || !found) return false
      return each.kind === 'tsc' || (isLoaded(file, names, found) && !(found.isLate && each.kind === 'program'))
    })
  }
}
