import {dirname, join, relative, sep} from 'node:path'
import type {ProjectReader} from './reader.ts'

/**
 * The working directory from the top of its repository, with `/`: `apps/shop`, and `` at the top.
 * Where there is no .git, as in an image, the folder counts that the CI system names; outside of both, the working
 * directory is the top.
 */
export async function repositoryPrefix(
  reader: ProjectReader,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const named = env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR
  let top: string | undefined
  for (let folder = reader.root; ; folder = dirname(folder)) {
    if ((await reader.kindOf(join(folder, '.git'))) !== 'missing') top = folder
    if (top !== undefined || folder === dirname(folder)) break
  }
  const path = relative(top ?? named ?? reader.root, reader.root)
  return path === '..' || path.startsWith(`..${sep}`) ? '' : path.split(sep).join('/')
}
