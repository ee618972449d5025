import type {FactStore} from '../../facts.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Build} from '../image/build.ts'
import {imagePath} from '../image/files/image-path.ts'
import type {Image} from '../image/image.ts'
import type {Inputs} from '../inputs.ts'

/** What it takes to go from a command of the image to the code of the project that it starts. */
export interface CodeContext {
  reader: ProjectReader
  paths: Files
  image: Image | undefined
  /** The file of the project that the image has at a path, as the instructions say. */
  source(path: string): string | undefined
}

/** Of the files, the image and its build what there is: without them nothing of the project is found. */
export async function codeContext({reader}: Inputs, facts: FactStore): Promise<CodeContext> {
  const [build, files, image] = await Promise.all([facts.value('build'), facts.value('files'), facts.value('image')])
  const paths = files ?? noFiles
  return {reader, paths, image, source: sourceIn(build, paths)}
}

/** Followed through the stages that brought it there. */
const sourceIn =
  (build: Build | undefined, paths: Files): CodeContext['source'] =>
  (path) =>
    build?.final.files.ownSource(imagePath(build.final.config.workingDir, path), paths)
