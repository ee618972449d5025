import {dirname, isAbsolute, join, relative, sep} from 'node:path'
import {type ProjectReader, withSlashes} from '../files/reader.ts'

/**
 * The working directory from the top of its repository, with `/`: `apps/shop`, and `` at the top.
 * Where there is no .git, as in an image, the folder counts that the CI system names; outside of both, the working
 * directory is the top. Links are followed, as git does.
 */
export async function repositoryPrefix(
  reader: ProjectReader,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const root = await reader.real('.')
  const named = env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR
  const top = (await repositoryTop(root, reader)) ?? (named ? await reader.real(named) : root)
  const path = relative(top, root)
  // On another drive than that folder, it stays absolute.
  const outside = path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
  return outside ? '' : withSlashes(path)
}

/** The folder above, or this one, that has .git; undefined outside of a repository. Absolute. */
export async function repositoryTop(folder: string, reader: ProjectReader): Promise<string | undefined> {
  if ((await reader.kindOf(join(folder, '.git'))) !== 'missing') return folder
  const above = dirname(folder)
  return above === folder ? undefined : repositoryTop(above, reader)
}
