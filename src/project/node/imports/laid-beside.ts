import {posix} from 'node:path'
import type {Build} from '../../image/build.ts'
import type {FileTree} from '../../image/files/file-tree.ts'

const endings = ['', '.js', '.mjs', '.cjs', '.json', '.ts', '.tsx', '.mts', '.cts', '.jsx', '/index.js', '/index.ts']

/**
 * Whether an import finds its file where the image has the one that imports: `COPY workspace/server.js ./` and
 * `COPY src/routes/files.js ./src/routes/` lay together what stands apart in the project.
 */
export function laidBeside(
  build: Build | undefined,
  importing: ReadonlySet<string>,
): (from: string, specifier: string) => boolean {
  const places = new Map<string, {files: FileTree; folder: string}[]>()
  for (const {files} of build?.stages ?? []) {
    for (const [place, {source}] of files.files()) {
      if (!importing.has(source)) continue
      const known = places.get(source) ?? []
      known.push({files, folder: posix.dirname(place)})
      places.set(source, known)
    }
  }
  return (from, specifier) =>
    (places.get(from) ?? []).some(({files, folder}) => {
      const path = posix.join(folder, specifier.replace(/[?#].*$/s, ''))
      const forms = [...endings.map((ending) => path + ending), path.replace(/\.([cm]?)js$/, '.$1ts')]
      return forms.some((each) => files.get(each)?.kind === 'file')
    })
}
