import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Build} from '../../image/build.ts'

const local =
  /^[ \t]{0,50}(?:-e\b|--editable\b|\.{0,2}\/|\.[ \t]{0,50}$|[\w.-]{1,200}[ \t]{0,50}@[ \t]{0,50}file:|file:)/m

/** `-e .`, `-e ../shared` or `./libs/shared` among the requirements: packages of the project that pip installs. */
export async function requiresOwn(reader: ProjectReader, paths: Files): Promise<boolean> {
  return (await reader.texts(listsIn(paths))).some(({text}) => local.test(text))
}

/** The same of the lists that a RUN names, or another list of these. */
export async function installsOwnRequirements(build: Build, reader: ProjectReader, paths: Files): Promise<boolean> {
  const runs = build.stages.flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'RUN'))
  const lists = await reader.texts(listsIn(paths))
  let texts = runs.map(({text}) => text)
  for (let depth = 0; depth < 3; depth++) {
    const found = lists.filter(({path}) => texts.some((text) => text.includes(posix.basename(path))))
    if (found.some(({text}) => local.test(text))) return true
    texts = found.map(({text}) => text)
  }
  return false
}

const listsIn = (paths: Files): string[] => paths.ending('.txt', '.in').filter((path) => /require|deps/i.test(path))
