/** Programs of packages that scripts call in a stage where nothing has installed packages. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {ignoreRules} from '../../context/dockerignore.ts'
import {instructionsBefore, mountsOf, mountTarget, rootImage, type Stage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import {basePrograms} from '../../image/base/base-programs.ts'
import {type BuildCommand, commandsBefore} from '../../image/build-commands.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {lacks, originOf, sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {installsBeforeRun, pnpmMajor} from '../locks/pnpm-version.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {packagesOf} from '../scripts/program-packages.ts'
import {readManifest} from '../workspace/workspace.ts'
import {installedApart} from './installed-apart.ts'
import {mayInstall} from './may-install.ts'

export interface UninstalledTool {
  program: string
  package: string
  /** `npm run build`, which calls it. */
  by: string
  at: FileLocation
  declared: FileLocation
  /** The folder of package.json, in the image. */
  folder: string
  /** The packages of another folder alone are installed. */
  apart: {at: FileLocation; folder: string} | undefined
  /** .dockerignore lets those through that the computer has which deploys. */
  mayComeAlong: boolean
}

/** Whether one of the commands, of a script too, installs packages in a stage. */
export const installsWithin = (commands: readonly BuildCommand[], stage: Stage): boolean =>
  commands.some(({moment, words}) => moment.stage === stage && readRequest(words)?.kind === 'install')

export async function loadUninstalledTools({reader}: Inputs, facts: FactStore): Promise<Fact<UninstalledTool[]>> {
  const [[{commands}, context], files] = await Promise.all([
    facts.needAll('buildCommands', 'buildContext'),
    facts.value('files'),
  ])
  const tracked = files ?? noFiles
  // Zero-installs of Yarn: the packages are in git.
  if (tracked.named('.pnp.cjs').length > 0) return known([])
  const ignore = ignoreRules(context.ignoreFile?.text ?? '')
  const found: UninstalledTool[] = []
  const told = new Set<Stage>()
  for (const [index, command] of commands.entries()) {
    const {moment, at, before} = command
    const program = programOf(command) ?? ''
    const by = command.by ?? (isRunBy(index) ? `${commands[index - 1]?.words[0]} ${program}` : undefined)
    if (told.has(moment.stage) || command.conditional || !command.decisive || program !== command.words[0]) continue
    // Bun fetches what it does not find.
    if (!by || !/^(?:npm|pnpm|yarn) /.test(by)) continue
    const names = packagesOf(program)
    if (!names || basePrograms(rootImage(moment.stage) ?? '') === undefined) continue
    const place = await declaredBy(names, command)
    if (!place) continue
    // A COPY brings those of the computer that deploys.
    const modules = posix.join(place.origin, 'node_modules')
    const mayComeAlong = ![modules, `${modules}/${place.name}/package.json`].every((each) => ignore.ignores(each))
    if (mountsOf(moment.instruction).some((mount) => mountTarget(mount)?.includes('node_modules'))) continue
    const earlier = instructionsBefore(moment.stage, moment.instruction)
    const texts = [...earlier.filter(({keyword}) => keyword === 'RUN').map(({text}) => text), before]
    if (texts.some((text) => text.includes(program) || text.includes(place.name))) continue
    // Packages of another folder, on PATH.
    if (earlier.some(({keyword, text}) => keyword === 'ENV' && text.includes('node_modules'))) continue
    const places = withAbove(place.folder).map((each) => posix.join(each, 'node_modules'))
    if (!lacks(command, places[0] ?? '/')) continue
    const isNowhere =
      !mayComeAlong && !texts.some(mayInstall) && !installsWithin(commands.slice(0, index), moment.stage)
    const isAlone = isNowhere && places.every((each) => lacks(command, each))
    const apart =
      isAlone || !by.startsWith('npm ')
        ? undefined
        : await installedApart({program, names, folder: place.folder}, commandsBefore(commands, index), texts, {
            reader,
            tracked,
          })
    if (!isAlone && !apart) continue
    if (by.startsWith('pnpm ') && !(await isOldPnpm(index, command))) continue
    told.add(moment.stage)
    found.push({program, package: place.name, by, at, declared: place.at, folder: place.folder, apart, mayComeAlong})
  }
  return known(found)

  /** `pnpm turbo` of a RUN: they stop at a program that they do not find, where npm fetches it. */
  function isRunBy(index: number): boolean {
    const [starter, command] = commands.slice(Math.max(0, index - 1), index + 1)
    const [manager = '', verb] = starter?.words ?? []
    return starter?.at === command?.at && !starter?.by && /^(?:pnpm|yarn)$/.test(manager) && verb !== 'dlx'
  }

  /** A pnpm that installs nothing by itself before it runs a script. */
  async function isOldPnpm(index: number, {moment, folder}: BuildCommand): Promise<boolean> {
    const before = commandsBefore(commands, index).map(({words}) => words.join(' '))
    let packageManager: string | undefined
    for (const each of withAbove(folder)) {
      const source = sourceAt(moment, posix.join(each, 'package.json'), tracked)
      const manifest = source === undefined ? undefined : await readManifest(reader, withoutDot(posix.dirname(source)))
      packageManager ??= manifest?.packageManager
    }
    return pnpmMajor(packageManager, before) !== undefined && !installsBeforeRun(packageManager, before)
  }

  /** The package.json that the command stands at, where it asks for one of the packages. */
  async function declaredBy(names: readonly string[], {moment, folder}: BuildCommand) {
    const source = sourceAt(moment, posix.join(folder, 'package.json'), tracked)
    const file = await reader.text(source)
    const document = file && parseJson(file)
    const origin = originOf(moment, folder, tracked)
    if (source === undefined || !document || !('value' in document) || origin === undefined) return undefined
    for (const table of ['dependencies', 'devDependencies']) {
      const wanted = document.value[table]
      const name = isTable(wanted) ? names.find((each) => Object.hasOwn(wanted, each)) : undefined
      if (name) return {name, at: document.at([table, name]), folder, origin}
    }
    return undefined
  }
}

const withoutDot = (path: string): string => (path === '.' ? '' : path)
