import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Inputs} from '../../inputs.ts'
import {startBrings} from '../../processes/start-brings.ts'
import {imagePath, isBelow, withAbove} from '../files/image-path.ts'
import {originOf} from '../moment.ts'
import {writesNamed} from '../shell/quiet-run.ts'

/** A program that a machine starts by its place in the image, where nothing brings one: `./server`. */
export interface AbsentPlace {
  by: string
  program: string
  path: string
  at: FileLocation
  /** The program of that name in another folder, or else the one that is brought into this folder, and what brings it. */
  instead: {path: string; at: FileLocation} | undefined
  supervised: boolean
  /** A COPY of the context lays files around it, so that a build before the deploy would bring it. */
  mayBeBuilt: boolean
}

/** A place below the folder where it runs, or one from the root; scripts are told of with the files of commands. */
const place = /^[\w.-]*\/(?:[\w.-]+\/)*[\w-]+$/

/** `go build` without `-o`: its program is called as the module or the folder. */
const buildsUnnamed = /\bgo\s+build\b(?![^&|;\n]{0,2000}\s-o[ =])/

export async function loadAbsentPlaces({reader}: Inputs, facts: FactStore): Promise<Fact<AbsentPlace[]>> {
  const [[build, processes, paths], flyConfig, deploys] = await Promise.all([
    facts.needAll('build', 'processes', 'files'),
    facts.value('flyConfig'),
    facts.value('deployCommands'),
  ])
  const {final, has, problems} = build
  const instructions = allInstructions(final.stage)
  const runs = instructions.filter(({keyword}) => keyword === 'RUN')
  const ofFinal = new Set(instructions.map((each) => each.at.line))
  const isKnown = final.config.workingDir !== '' && !flyConfig?.hasContainers
  // What a COPY of the last stage does not find, whoever deploys may have.
  if (
    !isKnown ||
    problems.some(({kind, at}) => kind === 'copy' && ofFinal.has(at.line)) ||
    !runs.every(({text}) => writesWhatItNames(text))
  )
    return known([])
  const {mounts = [], files: placed = []} = flyConfig?.config ?? {}
  const covered = [...mounts.map((each) => each.destination), ...placed.map((each) => each.guest_path)]
  const found: AbsentPlace[] = []
  for (const {by, text, at, certain, supervised = false, folder} of processes.commands) {
    const [program = ''] = text.split(' ')
    if (!(certain || supervised) || folder === undefined || !place.test(program)) continue
    const path = imagePath(folder, program)
    if (found.some((each) => each.path === path) || has(path) !== 'no') continue
    if (covered.some((each) => each && isBelow(path, each))) continue
    if (startBrings(processes.read.started, by, posix.basename(path))) continue
    const own = sourceOf(path)
    // One that the project has is told of with the files of commands; one that git ignores is made before a deploy.
    if (own && (paths.has(own) || deploys?.makes(own) || (await ignoredPaths(reader.root, [own])).size > 0)) continue
    found.push({by, program, path, at, supervised, instead: insteadOf(path), mayBeBuilt: own !== undefined})
  }
  return known(found)

  /** Where it would stand in the context, by the folder around it that is copied from there. */
  function sourceOf(path: string): string | undefined {
    for (const folder of withAbove(posix.dirname(path))) {
      const origin = originOf({files: final.files}, folder, paths)
      if (origin !== undefined) return posix.join(origin, posix.relative(folder, path))
    }
    return undefined
  }

  function insteadOf(path: string): AbsentPlace['instead'] {
    const name = posix.basename(path)
    const brought = final.unknown.flatMap((each) => (each.by === 'copy' ? {path: each.path, at: each.at} : []))
    for (const [each, entry] of final.files.files((names) => names.ending(name)))
      if (posix.basename(each) === name && entry.kind === 'file') brought.push({path: each, at: entry.at})
    const beside = brought.filter((each) => posix.dirname(each.path) === posix.dirname(path))
    return brought.find((each) => posix.basename(each.path) === name) ?? (beside.length === 1 ? beside[0] : undefined)
  }
}

const writesWhatItNames = (text: string): boolean =>
  writesNamed(text) && !buildsUnnamed.test(text.replace(/\\\r?\n/g, ' '))
