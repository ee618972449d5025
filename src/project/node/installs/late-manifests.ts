import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {lineage} from '../../dockerfile/parse.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import {isBelow, withAbove} from '../../image/files/image-path.ts'
import {holds, located} from '../../image/moment.ts'
import {type Command, programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {readManifest} from '../workspace/workspace.ts'

/** An install that finds no package.json, which a later COPY brings: nothing is installed. */
export interface LateManifest {
  /** `yarn install`. */
  command: string
  at: FileLocation
  folder: string
  /** The COPY. */
  broughtBy: FileLocation
}

export async function loadLateManifests({reader}: Inputs, facts: FactStore): Promise<Fact<LateManifest[]>> {
  const [{stages}, processes] = await facts.needAll('build', 'processes')
  // What the machine installs when it starts is there then.
  if (processes.commands.some(({text}) => mayInstall({words: text.split(' ')}))) return known([])
  const found: LateManifest[] = []
  for (const stage of stages) {
    if (!stage.moments.some(({commands}) => commands.some(installOf))) continue
    const moments = stages.filter((each) => lineage(each.stage).includes(stage.stage)).flatMap((each) => each.moments)
    for (const moment of stage.moments) {
      for (const {command, folder} of located(moment.commands, moment.workingDir)) {
        const name = installOf(command)
        if (!name || command.conditional) continue
        const later = moments.slice(moments.indexOf(moment) + 1).flatMap(({commands}) => commands)
        if ([...moment.commands.slice(moment.commands.indexOf(command) + 1), ...later].some(mayInstall)) continue
        const isThere = withAbove(folder).some((each) => holds(moment, posix.join(each, 'package.json')) !== 'no')
        const manifest = stage.files.get(posix.join(folder, 'package.json'))
        if (isThere || manifest?.kind !== 'file' || bringsPackages(stage, folder)) continue
        const read = await readManifest(reader, posix.dirname(manifest.source))
        if (!read || Object.keys({...read.dependencies, ...read.devDependencies}).length === 0) continue
        found.push({command: name, at: command.at, folder, broughtBy: manifest.at})
      }
    }
  }
  return known(found)
}

/** `npm install` and `yarn` of everything: they end well without a package.json. */
function installOf(command: Command): string | undefined {
  const program = programOf(command)
  const [verb = '', ...rest] = command.words.slice(1).map((word) => word ?? '?')
  const flags = verb.startsWith('-') ? [verb, ...rest] : rest
  if (flags.some((flag) => !flag.startsWith('-') || /^(-g|--global|--location|--prefix|--cwd|-C)\b/.test(flag)))
    return undefined
  if (program === 'npm') return /^(i|install)$/.test(verb) ? 'npm install' : undefined
  return program === 'yarn' && (verb === '' || verb === 'install' || verb.startsWith('-')) ? 'yarn install' : undefined
}

const mayInstall = ({words: [program, ...rest]}: Pick<Command, 'words'>): boolean =>
  /^(npm|yarn|pnpm|bun)$/.test(program?.split('/').at(-1) ?? '') &&
  (rest.some((word) => word === undefined || /^(i|install|ci|add|clean-install|workspaces)$/.test(word)) ||
    (/yarn$/.test(program ?? '') && !rest.some((word) => !word?.startsWith('-'))))

/** The packages come from elsewhere: another stage, or the project itself. */
function bringsPackages({files, unknown}: BuiltStage, folder: string): boolean {
  const packages = posix.join(folder, 'node_modules')
  return (
    files.get(packages) !== undefined ||
    unknown.some(({by, path}) => by === 'copy' && (isBelow(packages, path) || isBelow(path, packages)))
  )
}
