/** Where Nx writes its projects: `options.outputPath` of a target in project.json (nx.dev, "Project configuration"). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {isBelow} from '../../image/files/image-path.ts'

export interface NxProject {
  /** Its project.json, and the folder that it writes to, relative to the workspace. */
  config: string
  folder: string
  at: FileLocation
}

/**
 * The applications of a workspace of Nx at the top of the project; undefined where it is none, or where one of them does not
 * say to which folder it writes: a plugin knows that, or the configuration of a bundler.
 */
export async function nxProjects({
  reader,
  paths,
}: {
  reader: ProjectReader
  paths: Files
}): Promise<NxProject[] | undefined> {
  if (!paths.has('nx.json') || paths.has('workspace.json') || paths.has('angular.json')) return undefined
  const found: NxProject[] = []
  for (const file of await reader.texts(paths.named('project.json'))) {
    const project = parseLoosely(file.text)
    if (project?.projectType === 'library') continue
    const targets: unknown[] = isTable(project?.targets) ? Object.values(project.targets) : []
    const folders = targets.flatMap((each) => {
      const path = isTable(each) && isTable(each.options) ? each.options.outputPath : undefined
      return typeof path === 'string' ? path : []
    })
    // One of tests alone builds nothing.
    if (folders.length === 0 && /-e2e\//.test(file.path)) continue
    if (folders.length === 0 || folders.some((each) => each.includes('{'))) return undefined
    const at = file.lineSpan(file.position(file.text.indexOf('"outputPath"')).line)
    for (const folder of folders) found.push({config: file.path, folder: posix.normalize(folder), at})
  }
  return found
}

/** Where a program of Nx would be, and no project writes to: `dist/apps/api/main.js`. */
export function strayOfNx(path: string, projects: readonly NxProject[]): NxProject | undefined {
  const isTold = projects.some(
    ({folder}) => isBelow(`/${path}`, `/${folder}`) || isBelow(`/${folder}`, `/${posix.dirname(path)}`),
  )
  const beside = projects.filter(({folder}) => posix.dirname(folder) === posix.dirname(posix.dirname(path)))
  const near = beside.find(({folder}) => folder.endsWith(posix.basename(posix.dirname(path))))
  return isTold ? undefined : (near ?? beside[0])
}
