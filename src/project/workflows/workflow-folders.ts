import {type ProjectReader, pathFrom} from '../files/reader.ts'

/** Upwards of the working directory; where there is no .git, the search must end before it meets strangers' folders. */
const upwards = ['.', '..', '../..', '../../..', '../../../..']

/** The top of the repository, relative to the working directory; undefined where none is seen. */
export async function topFolder(reader: ProjectReader): Promise<string | undefined> {
  for (const folder of upwards) if ((await reader.kindOf(`${folder}/.git`)) !== 'missing') return folder
  return undefined
}

/** The folders above the working directory, up to the top of its repository, and where it is seen from there. */
export async function foldersAboveHere(reader: ProjectReader): Promise<{folder: string; here: string}[]> {
  const top = await topFolder(reader)
  const folders = top === undefined ? [] : upwards.slice(1, upwards.indexOf(top) + 1)
  return folders.map((folder) => ({folder, here: pathFrom(reader.absolute(folder), reader.root)}))
}

/**
 * The folders that have GitHub workflows, relative to the working directory: `.`, `../..`. GitHub reads those at the top of
 * the repository alone; where that is not seen, the nearest is the first.
 */
export async function workflowFolders(reader: ProjectReader): Promise<string[]> {
  const top = await topFolder(reader)
  const found: string[] = []
  for (const folder of top === undefined ? upwards : [top]) {
    if ((await reader.kindOf(`${folder}/.github/workflows`)) === 'folder') found.push(folder)
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
