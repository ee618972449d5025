import type {Files} from './files.ts'

/**
 * The file of that path where upper and lower case do not count: on macOS and Windows it is the same one. The path of a module
 * may come without its ending.
 */
export function otherCase(path: string, files: Files): string | undefined {
  const wanted = path.toLowerCase()
  return files.under('.').find((each) => {
    const own = each.toLowerCase()
    return own.startsWith(wanted) && /^(?:(?:\/index)?\.[\w.]{1,12})?$/.test(own.slice(wanted.length))
  })
}
