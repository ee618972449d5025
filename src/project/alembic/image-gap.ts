import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {BuildContext} from '../context/build-context.ts'
import type {FlyConfig} from '../fly-config/fly-config.ts'
import type {Build} from '../image/build.ts'
import {imagePath} from '../image/files/image-path.ts'
import {mayBring} from '../image/may-hold.ts'
import type {Processes} from '../processes/processes.ts'
import type {AlembicCommand} from './commands.ts'
import type {AlembicEnvironment} from './environment.ts'
import {here} from './options.ts'

/** Something that alembic looks for in the image, and that no instruction brings there. */
export interface ImageGap {
  what: 'configuration' | 'env.py' | 'revisions' | 'revision'
  /** Where alembic looks. */
  path: string
  /** The file or folder of the repository that it is. */
  own: string
  /** .dockerignore leaves it out. */
  leftOut: boolean
  /** Where the file is in the image, elsewhere. */
  elsewhere: string | undefined
  stage: FileLocation
}

/** What the deploy is known by. */
export interface Surroundings {
  build: Build
  context: BuildContext
  processes: Processes
  flyConfig: FlyConfig | undefined
}

/** Follows alembic through the image: its configuration, env.py, the revisions. */
export async function imageGap(
  environment: AlembicEnvironment,
  command: AlembicCommand,
  {build, context, processes, flyConfig}: Surroundings,
): Promise<ImageGap | undefined> {
  const {config, flask, location, scriptFolder, versions, revisions} = environment
  const {config: image, stage} = build.final
  const cwd = image.workingDir
  // A script may go elsewhere, and so may an entrypoint before it.
  if (cwd === '' || processes.commands.some(({text}) => /^(?:cd|pushd)\s/.test(text))) return undefined
  if (location === undefined || scriptFolder === undefined || command.text.includes('?')) return undefined
  const {mounts = [], files = []} = flyConfig?.config ?? {}
  const covered = [...mounts.map(({destination = ''}) => destination), ...files.map(({guest_path: path = ''}) => path)]
  const folder = flask ? (command.directory ?? 'migrations') : '.'
  const configPath = imagePath(cwd, flask ? `${folder}/alembic.ini` : (command.config ?? posix.basename(config)))
  const lacks = async (what: ImageGap['what'], path: string, own: string): Promise<ImageGap | undefined> => {
    const isCovered = covered.some((each) => each && (path.startsWith(each) || each.startsWith(path)))
    if (isCovered || build.final.files.get(path) || mayBring(build.final, path)) return undefined
    const leftOut = own.startsWith('../') ? false : context.leftOut(`/${own}`)
    const elsewhere = [...build.final.files.files()].find(([, entry]) => entry.source === own)?.[0]
    return {what, path, own, leftOut, elsewhere, stage: stage.at}
  }
  const noConfig = await lacks('configuration', configPath, config)
  // The code may name another folder: Migrate(app, db, directory=…).
  if (noConfig?.elsewhere && flask && command.directory === undefined) return undefined
  if (noConfig) return noConfig
  // What stands there may be another file than this one.
  const found = build.final.files.get(configPath)
  if (found?.kind !== 'file' || found.source !== config) return undefined
  // `shop.db:migrations` is a folder of a package: where that is installed, only Python knows.
  if (location.includes(':')) return undefined
  const beside = posix.dirname(configPath)
  const scripts = flask
    ? beside
    : location.startsWith(here)
      ? imagePath(beside, `.${location.slice(here.length)}`)
      : imagePath(cwd, location)
  const noScripts = await lacks('env.py', `${scripts}/env.py`, `${scriptFolder}/env.py`)
  if (noScripts) return noScripts
  const [only, ...others] = versions
  // Folders that are named one by one are not followed.
  if (only !== `${scriptFolder}/versions` || others.length > 0) return undefined
  const gaps: ImageGap[] = []
  for (const {at} of revisions) {
    const path = `${scripts}/versions/${posix.relative(only, at.file)}`
    const gap = build.final.files.get(path) ? undefined : await lacks('revision', path, at.file)
    if (gap) gaps.push(gap)
  }
  const [first] = gaps
  if (!first || gaps.length < revisions.length) return first
  return {...first, what: 'revisions', path: `${scripts}/versions`, own: only, elsewhere: undefined}
}
