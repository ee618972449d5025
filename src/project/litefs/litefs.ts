import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions, flagOf, type Instruction} from '../dockerfile/parse.ts'
import {noFiles} from '../files.ts'
import {contextPath, workdirOf} from '../image/context-path.ts'
import {isBelow} from '../image/image-path.ts'
import {baseMayHave, mayHold} from '../image/may-hold.ts'
import {coveredBy} from '../image/web-context.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes.ts'
import {type LiteFsConfig, readLiteFs} from './config.ts'
import {mountOf} from './mount.ts'

/** What `litefs mount` is started with. */
export interface LiteFs {
  /** The command. */
  by: string
  at: FileLocation
  /** undefined: it is not known, or there is none. */
  config: LiteFsConfig | undefined
  /** Where it was looked for, when there surely is none. */
  missing: readonly string[]
  /** It is a release of which the keys are known. */
  isKnownRelease: boolean
  /** What stands behind `--` is started in place of `exec`. */
  replacesCommands: boolean
  /** A variable of the configuration, in what [env] and the image set; undefined where it is not known. */
  variable(name: string): string | undefined
}

export async function loadLiteFs({reader}: Inputs, facts: FactStore): Promise<Fact<LiteFs>> {
  const [build, dockerfile, files, flyConfig] = await Promise.all([
    facts.get('build'),
    facts.get('dockerfile'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  if (build.state !== 'ok') return build
  if (dockerfile.state !== 'ok') return dockerfile
  const {started} = await startedCommands(facts)
  for (const {by, command} of started) {
    const mount = mountOf(command.words)
    if (!mount) continue
    const instructions = allInstructions(dockerfile.value.final)
    const workdir = workdirOf(instructions)
    const paths = files ?? noFiles
    const sources = mount.places.map((place) => contextPath(place, workdir, instructions, paths))
    const source = sources.find((each) => each !== undefined)
    const file = source === undefined ? undefined : await reader.text(source)
    const {final} = build.value
    const covered = coveredBy(flyConfig?.config)
    // Of the plain base images none has one, though files of the system lie in /etc.
    const isPlain = !baseMayHave(final.stage, `/app/${mount.places[0]}`)
    const unknown = final.unknown.filter((each) => each.by !== 'base' || !isPlain)
    const lacks = (place: string) => {
      const path = posix.resolve('/', workdir, place)
      const isCovered = covered.some((each) => isBelow(path, each))
      return !isCovered && final.files.get(path) === undefined && !mayHold({...final, unknown}, path)
    }
    return known({
      by,
      at: command.at,
      config: file && readLiteFs(file),
      missing: source === undefined && mount.places.every(lacks) ? mount.places : [],
      isKnownRelease: instructions.some(bringsKnownRelease),
      replacesCommands: mount.command !== undefined,
      variable: (name) => {
        const own = flyConfig?.config.env?.[name]
        return own === undefined ? final.config.env.get(name) : String(own)
      },
    })
  }
  return absent('nothing starts litefs mount')
}

const bringsKnownRelease = (instruction: Instruction): boolean =>
  /^(?:docker\.io\/)?flyio\/litefs:(?:0\.5(?:\.\d+)?|latest|main)$/.test(flagOf(instruction, 'from') ?? '')
