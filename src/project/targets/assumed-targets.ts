/** Where flyctl runs, as the files tell it: for a configuration that no workflow deploys. */

import {posix} from 'node:path'
import {withoutHashLines} from '../code/comments.ts'
import {flagOf, parseDockerfile, unquote} from '../dockerfile/parse.ts'
import {escapePattern} from '../escape-pattern.ts'
import type {Files} from '../files/files.ts'
import {foldersAbove} from '../files/folders-above.ts'
import {manifests} from '../files/manifests.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import {copyOf} from '../image/files/context-path.ts'

/** `flyctl deploy -c apps/web/fly.toml [--dockerfile apps/web/Dockerfile]`, and the folder that it runs in. */
export interface AssumedPlace {
  root: string
  /** Relative to `root`; undefined where flyctl finds it by itself. */
  dockerfile: string | undefined
}

/** Folders of configurations: what they deploy is above. */
const ofConfigurations =
  /(?:^|\/)\.?(?:infra(?:structure)?|deploy(?:ment|ments|s)?|fly(?:\.?io)?|config(?:s)?|ops|docker)$/

const copiesAll = /^\s{0,20}(?:COPY|ADD)\s(?:--\S{1,200}\s{1,9}){0,9}\.\/?\s/im

/**
 * Beside the file, unless the folder of the Dockerfile that it names, or one above, has more of what the Dockerfile there
 * takes, or has as much and the Dockerfile names its own folder as one below (`node apps/api/dist/server.js`): the context
 * is where flyctl runs, and a workspace is mostly deployed from its top.
 */
export async function assumedPlace(config: string, paths: Files, reader: ProjectReader): Promise<AssumedPlace> {
  const folder = posix.dirname(config)
  const beside: AssumedPlace = {root: folder, dockerfile: undefined}
  const text = (await reader.text(config))?.text ?? ''
  const named = namedIn(text)
  const path = posix.join(folder, named ?? 'Dockerfile')
  if (folder !== '.' && named === undefined && !paths.has(path)) {
    // What [build] takes of a Dockerfile is of the nearest one above; so is it of a folder of configurations, unless another
    // thing is built. Of an app in a folder of its own nothing says that the Dockerfile above is its.
    const isOfAbove = takesOfDockerfile.test(text) || (ofConfigurations.test(folder) && !buildsOther.test(text))
    const home = (isOfAbove ? foldersAbove(folder) : []).find((each) => paths.has(posix.join(each, 'Dockerfile')))
    if (home !== undefined) return {root: home, dockerfile: undefined}
  }
  const file = paths.has(path) ? await reader.text(path) : undefined
  const sources = file ? takenBy(file) : []
  /** How many of them a folder does not have: what a step before the deploy makes, none has. */
  const lacking = (root: string): number =>
    sources.filter((source) => {
      const place = posix.join(root, source)
      const [begin = '', end] = posix.basename(place).split('*')
      return end === undefined
        ? !paths.has(place) && !paths.hasFolder(place)
        : !paths.in(posix.dirname(place)).some((each) => posix.basename(each).startsWith(begin) && each.endsWith(end))
    }).length
  // `infra/Dockerfile` that copies `.` and no more: a project is what is above, not what is beside.
  const isBare = file !== undefined && sources.length === 0 && copiesAll.test(file.text)
  const project = isBare ? (projectAbove(folder, paths) ?? aboveEntered(file, folder, paths)) : undefined
  if (project !== undefined)
    return {root: project, dockerfile: named === undefined ? posix.relative(project, path) : undefined}
  let [best, fewest] = [beside, lacking(folder)]
  // `cd backend && flyctl deploy -c ../fly.backend.toml`, which names backend/Dockerfile: the Dockerfile is at home there.
  const home = posix.dirname(path)
  const atHome = posix.relative(folder, home).startsWith('..') ? fewest : lacking(home)
  if (atHome < fewest) [best, fewest] = [{root: home, dockerfile: undefined}, atHome]
  for (let root = folder; root !== '.'; ) {
    root = posix.dirname(root)
    const count = lacking(root)
    const isNamed = file !== undefined && namesFolder(file, posix.relative(root, folder))
    if (count > fewest || (count === fewest && !(isNamed && best === beside))) continue
    best = {root, dockerfile: named === undefined ? posix.relative(root, path) : undefined}
    fewest = count
  }
  return best
}

/** Of a folder of configurations that is no project itself, the first one above that is: of `deploy/fly` not `deploy`. */
function projectAbove(folder: string, paths: Files): string | undefined {
  const isProject = (each: string) => manifests.some((name) => paths.has(posix.join(each, name)))
  if (isProject(folder) || !ofConfigurations.test(folder)) return undefined
  const above = posix.dirname(folder)
  return isProject(above) ? above : projectAbove(above, paths)
}

/** The folder above, of a Dockerfile that goes into its own folder: `RUN cd website && npm run build` of website/Dockerfile. */
function aboveEntered({text}: TextFile, folder: string, paths: Files): string | undefined {
  const [above, name] = [posix.dirname(folder), posix.basename(folder)]
  const enters = new RegExp(`\\bcd\\s{1,9}(?:\\./)?${escapePattern(name)}(?=[\\s/&;])`)
  const isProject = manifests.some((each) => paths.has(posix.join(above, each)))
  const isEntered = folder !== '.' && isProject && enters.test(withoutHashLines(text))
  return isEntered && !paths.hasFolder(posix.join(folder, name)) ? above : undefined
}

/** `dockerfile` of [build], which is relative to the file itself. */
const namedIn = (text: string): string | undefined =>
  /^[ \t]*["']?dockerfile["']?[ \t]*[=:][ \t]*["']([^"'\n]+)["']/m.exec(text)?.[1]

/** `build-target`, a stage of the Dockerfile, and `[build.args]`, its arguments. */
const takesOfDockerfile = /^[ \t]*["']?(?:build-target|target)["']?[ \t]*=|^[ \t]*\[build\.args\]/m

/** What is built without a Dockerfile, or is not built. */
const buildsOther =
  /^[ \t]*["']?(?:build\.)?(?:builder|builtin|buildpacks|image|compose(?:\.\w+)?)["']?[ \t]*=|\[build\.compose\]/m

/** Whether an instruction names the folder from where it is: of two parts at least, as `web/` may be one of any image. */
const namesFolder = (file: TextFile, folder: string): boolean =>
  folder.includes('/') && new RegExp(`[\\s"'=](?:\\./)?${escapePattern(folder)}/`).test(withoutHashLines(file.text))

/** What the instructions take from the context by its plain name, or by one as `package*.json`. */
function takenBy(file: TextFile): string[] {
  const parsed = parseDockerfile(file)
  if (!('stages' in parsed)) return []
  return parsed.stages.flatMap(({instructions}) =>
    instructions.flatMap((each) => {
      const copy = flagOf(each, 'from') === undefined ? copyOf(each) : undefined
      return (copy?.sources ?? [])
        .map((word) => posix.normalize(unquote(word)).replace(/^\/+|\/$/g, ''))
        .filter((source) => /^[\w@.][\w@./-]*(?:\*[\w.-]*)?$/.test(source) && source !== '.' && !source.includes('..'))
    }),
  )
}
