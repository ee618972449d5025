import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {once} from '../../../once.ts'
import {suggest} from '../../../suggest.ts'
import {type PassedArgument, passedArgument} from '../../deploys/passed-argument.ts'
import {flagOf} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Inputs} from '../../inputs.ts'
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
  /** Something of the project makes an image of that name, or the computer that builds may have one. */
  mayBeMade: boolean
}

/** What stages are called, and none of the official images, which are the only ones with a name of one word. */
const isNoImage = (name: string): boolean =>
  /^(?:(?:pre)?build(?:er|-?env|-?image)?|base|deps|dependencies|install(?:er)?|prod(?:uction)?|dev(?:elopment)?|front-?end|back-?end|client|server|web|app|assets|release|tests?|runner|runtime|final|stage-?\w{0,20}|compiler?|publish|planner|cacher|[a-z0-9-]{1,30}[-_](?:build(?:er)?|deps|stage|base))$/i.test(
    name,
  ) && name !== 'buildpack-deps'

/** `python3.12-slim`, `node20`: the version of an official image where only a name stands; of none has the name a number in it. */
const withoutColon =
  /^(node|python|ruby|golang|rust|php|debian|alpine|ubuntu|nginx|openjdk|eclipse-temurin|elixir|perl)-?v?(\d[\w.-]*)$/

const makerNames =
  'Makefile makefile GNUmakefile Justfile justfile Taskfile.yml Taskfile.yaml package.json mise.toml docker-bake.hcl docker-bake.json compose.yml compose.yaml docker-compose.yml docker-compose.yaml'.split(
    ' ',
  )

/** Files that build images, or that hand contexts to builds by name: BuildKit takes those before stages and images. */
async function textsOfMakers(reader: ProjectReader, files: Files): Promise<string[]> {
  const paths = [
    ...files.named(...makerNames),
    ...files.ending('.sh', '.bash', '.mk', '.hcl'),
    ...files.under('.github/workflows'),
    ...files.under('bin'),
  ]
  const texts = await Promise.all(paths.slice(0, 200).map(async (path) => (await reader.glance(path))?.text ?? ''))
  return texts.filter((text) => /docker|buildx|podman|contexts|image:/.test(text))
}

/** `-t NAME`, `docker tag … NAME`, `image: NAME`, `--build-context NAME=…`, `contexts = { NAME = …`. */
function namesImage(name: string): RegExp {
  const word = `["']?${escapePattern(name)}["']?`
  return new RegExp(
    `(?:-t|--tag|\\btags?|image:)[ =:[]{1,5}${word}(?::|\\s|$|["'\\]])|\\btag\\s+\\S+\\s+${word}|--build-context[ =]${word}=|contexts[^\\]}]{0,300}\\b${word}\\s*[:=]`,
    'm',
  )
}

/** The images of the stages that are built, and those that COPY --from names. */
export async function loadBaseImages({reader, options}: Inputs, facts: FactStore): Promise<Fact<ImageUsed[]>> {
  const [[build, {file: dockerfile, stages}], deploy, files] = await Promise.all([
    facts.needAll('build', 'dockerfile'),
    facts.value('deployCommands'),
    facts.value('files'),
  ])
  const {text} = dockerfile
  const used: ImageUsed[] = []
  const unmade = once(noSuchTag)
  const makers = once((all: Files) => textsOfMakers(reader, all))
  for (const {stage} of build.stages) {
    if (stage.image !== undefined && !stage.parent) add(stage.image, stage.at, argumentsIn(stage.from.words[0] ?? ''))
    for (const instruction of stage.instructions) {
      const from = instruction.keyword === 'COPY' ? flagOf(instruction, 'from') : undefined
      // No stage can have a colon in its name.
      if (from?.includes(':')) add(from, instruction.at, [])
      else if (from !== undefined && isNoImage(from)) await noStage(from, instruction.at, stage.index)
    }
    const [base = ''] = stage.from.words
    if (!stage.parent && (isNoImage(base) || withoutColon.test(base))) await noStage(base, stage.at, stage.index)
  }
  return known(used)

  /** One that no stage is called by: BuildKit looks for an image of that name. */
  async function noStage(name: string, at: FileLocation, index: number): Promise<void> {
    if (stages.some((each) => isNamed(each, name))) return
    const names = stages.slice(0, index).flatMap((each) => each.name ?? [])
    const meant = suggest(name, names)
    const [, official, version] = withoutColon.exec(name) ?? []
    const why = official
      ? 'Docker Hub has no image of this name, and a tag stands behind a colon'
      : 'no stage has this name, and Docker Hub has no image of it'
    const missing = {why, instead: meant ? [meant] : official ? [`${official}:${version}`] : names}
    const mayBeMade =
      deploy?.hasFlag('--local-only') || (await makers(files ?? noFiles)).some((text) => namesImage(name).test(text))
    used.push({image: name, at, filledIn: false, passed: undefined, missing, mayBeMade})
  }

  function add(image: string, at: FileLocation, names: readonly string[]): void {
    const passed = names.flatMap((name) => passedArgument(name, deploy, options) ?? [])
    // A tag that the project's own deploy writes out is another one.
    const missing = passed.some(({value}) => value !== undefined) ? undefined : unmade(image)
    const place = (missing && partPlace(names, missing.part)) ?? at
    // One ARG may make two names of images wrong.
    if (missing && place !== at && used.some((each) => each.missing && each.at.line === place.line)) return
    used.push({image, at: place, filledIn: names.length > 0, passed: passed[0], missing, mayBeMade: false})
  }

  /** The ARG whose default is what is wrong of a tag. */
  function partPlace(names: readonly string[], part = ''): FileLocation | undefined {
    const lines = text.split('\n')
    for (const name of names) {
      const line = lines.findIndex((each) =>
        new RegExp(`^[ \\t]*ARG[ \\t]+${name}=["']?[\\w.-]+["']?[ \\t]*$`, 'i').test(each),
      )
      const value = lines[line]?.trimEnd().replace(/^[^=]{0,300}=["']?|["']$/g, '')
      if (part !== '' && value && (part.includes(value) || value.includes(part))) return dockerfile.lineSpan(line + 1)
    }
    return undefined
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
