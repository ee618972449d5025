import {isAbsolute, posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {imagePath} from '../image/files/image-path.ts'
import {installsOwn} from '../python/commands/module-starts.ts'
import {topLevelImports} from '../python/imports/top-level-imports.ts'
import type {AlembicCommand} from './commands.ts'
import type {AlembicEnvironment} from './environment.ts'
import type {Surroundings} from './image-gap.ts'
import {here} from './options.ts'

/** A module of the project that env.py imports and that Python does not find in the image. */
export interface LostImport {
  name: string
  at: FileLocation
  /** The folders of the image in which Python looks for it, beside those of installed packages. */
  roots: string[]
  /** Its file in the repository, and that in the image where it is there. */
  own: string
  elsewhere: string | undefined
}

/**
 * The first of them. alembic's own command does not look in the folder in which it runs: `prepend_sys_path` says where,
 * or PYTHONPATH, or `python -m alembic`. Where the project is installed, or env.py sets the path itself, nothing is told.
 */
export async function lostImport(
  environment: AlembicEnvironment,
  command: AlembicCommand,
  {build, processes, flyConfig, paths, reader}: Surroundings & {paths: Files; reader: ProjectReader},
): Promise<LostImport | undefined> {
  const {config, scriptFolder, sysPath} = environment
  const {workingDir, env} = build.final.config
  const runs = build.stages.flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'RUN'))
  if (scriptFolder === undefined || command.tool !== 'alembic' || runs.some(({text}) => installsOwn(text))) return
  // A runner may install the project first.
  const project = await reader.text(posix.join(posix.dirname(config), 'pyproject.toml'))
  if (/\b(?:uv|poetry|pdm|hatch|rye|pipenv)\b/.test(command.text) && project?.text.includes('[build-system]')) return
  const file = await reader.text(`${scriptFolder}/env.py`)
  if (!file || /\bsys\.path\b|\baddsitedir\b|\bimportlib\b|\bPYTHONPATH\b/.test(file.text)) return
  if (processes.mayAssign('PYTHONPATH') || workingDir === '') return
  if (processes.commands.some(({text}) => /^(?:cd|pushd)\s/.test(text))) return

  const beside = posix.dirname(imagePath(workingDir, command.config ?? posix.basename(config)))
  const pythonPath = `${flyConfig?.config.env?.PYTHONPATH ?? env.get('PYTHONPATH') ?? ''}`.split(':').filter(Boolean)
  const roots = [
    ...sysPath.map((path) =>
      path.startsWith(here)
        ? imagePath(beside, `.${path.slice(here.length)}`)
        : isAbsolute(path)
          ? path
          : imagePath(workingDir, path),
    ),
    ...pythonPath.map((path) => imagePath(workingDir, path)),
    ...(/\s-m\s+alembic\b/.test(command.text) ? [workingDir] : []),
  ]
  for (const {name, names, relative, start, end} of topLevelImports(file.text)) {
    if (relative > 0) continue
    const own = fileOf(name, names)
    const [top = ''] = name.split('.')
    if (!own || roots.some((root) => has(posix.join(root, top)))) continue
    const elsewhere = [...build.final.files.files()].find(([, entry]) => entry.source === own)?.[0]
    return {name, at: file.span(start, end), roots: [...new Set(roots)], own, elsewhere}
  }
  return

  function has(path: string): boolean {
    return build.final.files.get(path) !== undefined || build.has(path) !== 'no' || build.has(`${path}.py`) !== 'no'
  }

  /** The file of the repository: of one word alone, only beside the configuration or at the top, for it may be a package's. */
  function fileOf(name: string, names: readonly string[]): string | undefined {
    const path = name.replaceAll('.', '/')
    const tails = [`${path}.py`, `${path}/__init__.py`, ...names.map((each) => `${path}/${each}.py`)]
    const folder = posix.dirname(config)
    const near = tails.map((tail) => posix.join(folder, tail))
    return paths.named(...tails).find((each) => near.includes(each) || tails.includes(each) || name.includes('.'))
  }
}
