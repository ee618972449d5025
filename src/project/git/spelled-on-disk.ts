import {folderOf, nameOf} from '../files/file-index.ts'

/**
 * Paths of git's index as the disk spells them. Where upper and lower case do not count (macOS, Windows), git keeps the spelling
 * of the first commit, and the build context that flyctl sends is the disk's. `names`: what is in a folder, '' being the top.
 */
export function spelledOnDisk(paths: readonly string[], names: (folder: string) => readonly string[]): string[] {
  const folders = new Map<string, Map<string, string>>()
  const known = new Map([['', '']])
  return [...new Set(paths.map(spelled))]

  function spelled(path: string): string {
    const folder = spelledFolder(folderOf(path))
    return joined(folder, inFolder(folder, nameOf(path)))
  }

  function spelledFolder(path: string): string {
    let found = known.get(path)
    if (found === undefined) {
      found = spelled(path)
      known.set(path, found)
    }
    return found
  }

  function inFolder(folder: string, name: string): string {
    let own = folders.get(folder)
    if (!own) {
      own = new Map(names(folder).map((each) => [each.toLowerCase(), each]))
      // Of two that differ in case alone, each keeps its own spelling.
      for (const each of names(folder)) own.set(each, each)
      folders.set(folder, own)
    }
    return own.get(name) ?? own.get(name.toLowerCase()) ?? name
  }
}

const joined = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name)
