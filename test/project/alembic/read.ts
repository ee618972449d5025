import {posix} from 'node:path'
import {type AlembicEnvironment, readEnvironment} from '../../../src/project/alembic/environment.ts'
import {disk, type FileSystem} from '../../../src/project/files/file-system.ts'
import {ProjectReader} from '../../../src/project/files/reader.ts'
import type {Case} from './cases.ts'

type Where = Pick<Case, 'cwd' | 'options'>

/** What preflight reads of a project, for this alembic; undefined where there is no configuration for it. */
export async function readProject(
  root: string,
  {cwd = '.', options = []}: Where,
  versions: {alembic: string; sqlalchemy?: string},
  fs: FileSystem = disk,
): Promise<AlembicEnvironment | undefined> {
  const reader = new ProjectReader(root, fs)
  const option = (name: string) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined)
  const isNew = Number(versions.alembic.split('.')[1]) >= 16
  const ini = await reader.text(posix.join(cwd, option('-c') ?? 'alembic.ini'))
  const file = ini ?? (isNew ? await reader.text('pyproject.toml') : undefined)
  const version = (exact: string | undefined) => ({exact, least: exact})
  return (
    file &&
    readEnvironment(file, option('-n') ?? 'alembic', {
      reader,
      alembic: version(versions.alembic),
      sqlalchemy: version(versions.sqlalchemy),
      cwd,
      byFlask: false,
      inImage: async () => undefined,
    })
  )
}
