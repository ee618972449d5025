import type {ProjectReader} from './reader.ts'

/** Upwards of the working directory; where there is no .git, the search must end before it meets strangers' folders. */
const upwards = ['.', '..', '../..', '../../..', '../../../..']

/**
 * The folders that have GitHub workflows, relative to the working directory: `.`, `../..`; the nearest first, up to the
 * top of the repository, where GitHub reads them.
 */
export async function workflowFolders(reader: ProjectReader): Promise<string[]> {
  const found: string[] = []
  for (const folder of upwards) {
    if ((await reader.kindOf(`${folder}/.github/workflows`)) === 'folder') found.push(folder)
    if ((await reader.kindOf(`${folder}/.git`)) !== 'missing') break
  }
  return found
}

/** The paths of the workflows in a folder of the repository. */
export async function workflowFiles(reader: ProjectReader, folder: string): Promise<string[]> {
  const place = `${folder}/.github/workflows`
  return (await reader.list(place)).filter((name) => /\.ya?ml$/.test(name)).map((name) => `${place}/${name}`)
}

/** The workflows beside which the working directory is only a part of the repository: no list of its files has them. */
export async function workflowsAbove(reader: ProjectReader): Promise<string[]> {
  const above = (await workflowFolders(reader)).find((folder) => folder !== '.')
  return above === undefined ? [] : workflowFiles(reader, above)
}
