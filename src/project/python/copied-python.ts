import type {Files} from '../files/files.ts'
import type {Image} from '../image/image.ts'

const copied = new WeakMap<Image, Files>()

/** The Python files that the image has of the project: one object for all who ask, so that what is worked out of it is. */
export function copiedPython(image: Image, files: Files): Files {
  const known = copied.get(image) ?? files.only((path) => path.endsWith('.py') && image.copies(path))
  copied.set(image, known)
  return known
}
