import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {once} from '../../once.ts'
import {suggest} from '../../suggest.ts'
import {flagOf} from '../dockerfile/parse.ts'
import {isNamed} from '../dockerfile/stage-name.ts'
import type {Inputs} from '../inputs.ts'
import {type PassedArgument, passedArgument} from '../passed-argument.ts'
import {type NoSuchTag, noSuchTag} from './official-tags.ts'

/** An image of somebody else's that the build takes something from. */
export interface ImageUsed {
  image: string
  at: FileLocation
  /** A variable is part of the name. */
  filledIn: boolean
  /** An ARG of its name that a deploy of the project passes. */
  passed: PassedArgument | undefined
  /** Its tag never was; undefined also where the deploy names another one. */
  missing: NoSuchTag | undefined
}

/** What stages are called, and none of the official images, which are the only ones with a name of one word. */
const isNoImage = (name: string): boolean =>
  /^(?:(?:pre)?build(?:er|-?env|-?image)?|base|deps|dependencies|install(?:er)?|prod(?:uction)?|dev(?:elopment)?|front-?end|back-?end|client|server|web|app|assets|release|tests?|runner|runtime|final|stage-?\w{0,20}|compiler?|publish|planner|cacher|[a-z0-9-]{1,30}[-_](?:build(?:er)?|deps|stage|base))$/i.test(
    name,
  ) && name !== 'buildpack-deps'

/** The images of the stages that are built, and those that COPY --from names. */
export async function loadBaseImages({options}: Inputs, facts: FactStore): Promise<Fact<ImageUsed[]>> {
  const [build, dockerfile, deploy] = await Promise.all([
    facts.get('build'),
    facts.get('dockerfile'),
    facts.value('deployCommands'),
  ])
  if (build.state !== 'ok') return build
  if (dockerfile.state !== 'ok') return dockerfile
  const {
    file: {text},
    stages,
  } = dockerfile.value
  const used: ImageUsed[] = []
  const unmade = once(noSuchTag)
  for (const {stage} of build.value.stages) {
    if (stage.image !== undefined && !stage.parent) add(stage.image, stage.at, argumentsIn(stage.from.words[0] ?? ''))
    for (const instruction of stage.instructions) {
      const from = instruction.keyword === 'COPY' ? flagOf(instruction, 'from') : undefined
      // No stage can have a colon in its name.
      if (from?.includes(':')) add(from, instruction.at, [])
      else if (from !== undefined && isNoImage(from)) noStage(from, instruction.at, stage.index)
    }
    const [base = ''] = stage.from.words
    if (!stage.parent && isNoImage(base)) noStage(base, stage.at, stage.index)
  }
  return known(used)

  /** One that no stage is called by: BuildKit looks for an image of that name. */
  function noStage(name: string, at: FileLocation, index: number): void {
    if (stages.some((each) => isNamed(each, name))) return
    const names = stages.slice(0, index).flatMap((each) => each.name ?? [])
    const meant = suggest(name, names)
    const why = 'no stage has this name, and Docker Hub has no image of it'
    const missing = {why, instead: meant ? [meant] : names}
    used.push({image: name, at, filledIn: false, passed: undefined, missing})
  }

  function add(image: string, at: FileLocation, names: readonly string[]): void {
    const passed = names.flatMap((name) => passedArgument(name, deploy, options) ?? [])
    // A tag that the project's own deploy writes out is another one.
    const missing = passed.some(({value}) => value !== undefined) ? undefined : unmade(image)
    used.push({image, at, filledIn: names.length > 0, passed: passed[0], missing})
  }

  /** The ARGs of a name, and those that the default of one is made of. */
  function argumentsIn(name: string, seen = new Set<string>()): string[] {
    return [...name.matchAll(/\$\{?(\w+)/g)].flatMap(([, argument = '']) => {
      if (seen.has(argument)) return []
      seen.add(argument)
      const fallback = new RegExp(`^[ \\t]*ARG[ \\t]+${argument}=(.*)$`, 'im').exec(text)?.[1] ?? ''
      return [argument, ...argumentsIn(fallback, seen)]
    })
  }
}
