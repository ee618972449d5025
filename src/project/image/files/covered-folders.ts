/** Folders that a RUN makes where a volume is mounted over them, and that a variable of the machine names. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, type Instruction} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isApart} from '../../files/apart.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {workdirAfter} from './context-path.ts'
import {imagePath, isBelow} from './image-path.ts'

export interface CoveredFolder {
  /** The RUN, and the folder that it makes. */
  at: FileLocation
  place: string
  /** The folder that the volume is mounted at, and where fly.toml says so. */
  folder: string
  mount: FileLocation
  /** The variable that names the folder, or what is in it. */
  variable: string
}

const sources = '.py .js .mjs .cjs .ts .tsx .mts .go .rs .rb .ex .exs .php .java .kt .cs .sh .bash'.split(' ')
/** The app, or what starts it, may make the folder itself. */
const makes = /mkdir|makedirs|create_dir|createDirector|CreateDirectory|ensureDir|FileUtils|mkpath|Path\.touch/i

/**
 * Fly.io copies nothing of the image to a new volume, and an app that opens a file in a folder that is not there fails: SQLite
 * with "unable to open database file". Code that makes folders may make this one.
 */
export async function loadCoveredFolders({reader}: Inputs, facts: FactStore): Promise<Fact<CoveredFolder[]>> {
  const [flyConfig, {final}] = await facts.needAll('flyConfig', 'build')
  const {config, hasContainers} = flyConfig
  if (hasContainers || config.build?.image) return known([])
  const variables = [...final.config.env, ...Object.entries(config.env ?? {})]
  const found: CoveredFolder[] = []
  for (const {destination = '', path} of flyConfig.mounts) {
    if (!destination.startsWith('/')) continue
    const folder = imagePath('/', destination)
    for (const {instruction, place} of madeFolders(allInstructions(final.stage))) {
      if (place === folder || !isBelow(place, folder)) continue
      const named = variables.find(([, value]) => new RegExp(`(?:^|[:/=])${escapePattern(place)}(?:/|$)`).test(value))
      if (!named || found.some((each) => isBelow(place, each.place))) continue
      const mount = flyConfig.at(...path, 'destination')
      found.push({at: instruction.at, place, folder, mount, variable: named[0]})
    }
  }
  return known(found.length > 0 && !(await mayMakeFolders()) ? found : [])

  async function mayMakeFolders(): Promise<boolean> {
    const {texts, started} = await startedCommands(facts)
    if (texts.some(({text}) => makes.test(text))) return true
    if (started.some(({command}) => makes.test(command.words.join(' ')))) return true
    const paths = ((await facts.value('files')) ?? noFiles).ending(...sources).filter((each) => !isApart(each))
    return (await reader.texts(paths)).some(({text}) => makes.test(text))
  }
}

/** What `mkdir` of the RUNs makes, in words that stand there as they are. */
function* madeFolders(instructions: readonly Instruction[]): Generator<{instruction: Instruction; place: string}> {
  let workdir = '/'
  for (const instruction of instructions) {
    workdir = workdirAfter(workdir, instruction)
    if (instruction.keyword !== 'RUN') continue
    for (const [, list = ''] of instruction.text.matchAll(/\bmkdir((?:[ \t]+[^\s;&|]{1,200}){1,20})/g)) {
      for (const word of list.trim().split(/[ \t]+/)) {
        if (/^[\w./][\w./-]*$/.test(word)) yield {instruction, place: posix.resolve(workdir, word)}
      }
    }
  }
}
