import {type Fact, type FactStore, known} from '../../facts.ts'
import {notOurs} from '../files/list-files.ts'
import type {Inputs} from '../inputs.ts'

/** A folder of the build context that cannot be listed, and Node's code for why: `EACCES`. */
export interface UnreadFolder {
  path: string
  code: string
}

/** What COPY would bring and nobody may read: at the top of the context and one level below. */
export async function loadUnreadFolders({reader}: Inputs, facts: FactStore): Promise<Fact<UnreadFolder[]>> {
  const [{entry}, {copies}] = await facts.needAll('buildContext', 'image')
  const foldersIn = (folder: string) =>
    reader
      .listing(folder)
      .folders.filter((name) => !notOurs.has(name))
      .map((name) => (folder ? `${folder}/${name}` : name))
      .filter((path) => entry(`/${path}`) && copies(`${path}/.`))
      .sort()
  const top = foldersIn('')
  return known(
    [...top, ...top.flatMap(foldersIn)].flatMap((path) => {
      const code = reader.unlisted(path)
      return code === undefined ? [] : [{path, code}]
    }),
  )
}
