import type {FileLocation} from '../../check.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'

/** The folders that a .gitmodules lists, each with its line (git's gitmodules(5)). */
export function submodulesIn(list: TextFile): {path: string; at: FileLocation}[] {
  return [...list.text.matchAll(/^[ \t]{0,50}path[ \t]{0,50}=[ \t]{0,50}(\S{1,500})[ \t\r]{0,50}$/gm)].map((match) => {
    const [line, path = ''] = match
    return {path: path.replace(/\/$/, ''), at: list.span(match.index, match.index + line.trimEnd().length)}
  })
}

/** Those that nobody has fetched here: what a clone with its submodules has of them is not seen. */
export async function unfetchedSubmodules(files: Files, reader: ProjectReader): Promise<string[]> {
  const list = files.has('.gitmodules') ? await reader.text('.gitmodules') : undefined
  return list ? submodulesIn(list).flatMap(({path}) => (files.hasFolder(path) ? [] : path)) : []
}
