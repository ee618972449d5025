import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {ResolvedInstall} from '../../image/packages/resolve-install.ts'
import {evaluateMarker} from '../packages/markers.ts'
import type {Python} from '../python.ts'
import {type LockFile, readLockFile, surelyBrought} from './lock-file.ts'

/** The lock file of each tool that has one. */
export const lockNames = new Map<ResolvedInstall['tool'], string>([
  ['uv sync', 'uv.lock'],
  ['poetry', 'poetry.lock'],
  ['pdm', 'pdm.lock'],
])

/** The lock file that an install goes by. */
export interface InstallLock {
  file: TextFile
  lock: LockFile
  /** What it surely installs: the plain dependencies of the project, and what they bring. */
  names: ReadonlySet<string>
  /** Where a package stands. */
  at(name: string): FileLocation
}

/** undefined for tools without one, and where another project or only a part of this one is installed. */
export async function installLock(
  {tool, projectFiles, elsewhere, partial, withoutDependencies}: ResolvedInstall,
  {reader, python: {pyprojects}, version}: {reader: ProjectReader; python: Python; version: string | undefined},
): Promise<InstallLock | undefined> {
  const name = lockNames.get(tool)
  const [manifest] = projectFiles
  if (!name || manifest === undefined || elsewhere || partial || withoutDependencies) return undefined
  const declared = pyprojects.get(manifest)?.requirements
  const file = await reader.text(posix.join(posix.dirname(manifest), name))
  if (!file || !declared) return undefined
  const lock = readLockFile(file.text)
  const roots = declared.filter(({marker}) => !marker || evaluateMarker(marker, version) === true)
  return {
    file,
    lock,
    names: surelyBrought(lock, roots, version),
    at(wanted) {
      const start = file.text.search(new RegExp(`^name = "${wanted.replaceAll('-', '[-_.]')}"`, 'im'))
      return start < 0 ? file.whole : file.span(start, file.text.indexOf('\n', start))
    },
  }
}
