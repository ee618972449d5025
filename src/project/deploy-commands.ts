import {posix} from 'node:path'
import type {FileLocation} from '../check.ts'
import {type Fact, type FactStore, known} from '../facts.ts'
import {isBuilt} from './built-places.ts'
import {noFiles} from './files.ts'
import {anyText, exactly, matcherOf} from './glob.ts'
import type {Inputs} from './inputs.ts'
import {programsIn} from './named-programs.ts'
import {repositoryPrefix} from './repository-prefix.ts'
import {samePath} from './same-path.ts'
import type {TextFile} from './text.ts'
import {workflowsAbove} from './workflow-folders.ts'

/** How the project itself deploys this configuration: in workflows, Makefiles, package scripts, tasks and shell scripts. */
export interface DeployCommands {
  commands: DeployCommand[]
  /** Whether one of them has this flag: what the file says may then not count. */
  hasFlag(flag: string): boolean
  /** The first one that passes this --build-arg, or that may. */
  passing(argument: string): DeployCommand | undefined
  /** Whether one of them updates some of the machines only. */
  picksMachines: boolean
  /**
   * Whether one of them gives the machines variables on its command line, or its file sets secrets without their names
   * standing there: from a file, or by attaching a database.
   */
  bringsVariables: boolean
  /**
   * Whether one of them builds something else than the files say: another Dockerfile than this one, one stage of it, a
   * ready image, or without any Dockerfile.
   */
  buildsElse(dockerfile?: string): boolean
  /**
   * Whether a step beside one of them seems to make a file of this name, or any script of the project names this path:
   * then no commit has it.
   */
  makes(path: string): boolean
  /** The file that a step beside one of them copies or moves to this path: `mv other/Dockerfile .` */
  laidAt(path: string): string | undefined
  /** The first line that fills in this configuration, or makes another of it: `sed`, `envsubst`, `>`. */
  rewritten: FileLocation | undefined
  /**
   * The script of the project that names this path, and whether what deploys seems to run it; or what deploys, where that
   * runs a build that writes to such places.
   */
  madeBy(path: string): {script: FileLocation; isRun: boolean} | undefined
}

export interface DeployCommand {
  at: FileLocation
  /** A name, or an expression such as `$FLY_APP` that only the workflow can fill in. */
  app: string | undefined
  config: string | undefined
  dockerfile: string | undefined
  image: string | undefined
  /** The step beside it that builds its image: Dockerfile, arguments and target are then those of this step. */
  builtAt: FileLocation | undefined
  /** --build-arg: each name with its value, which may be an expression; `undefined`: a name is not readable. */
  buildArgs: ReadonlyMap<string, string> | undefined
  /** --primary-region; --region and -r of older versions. */
  region: string | undefined
  /** The flags that it has, as they are written: `--strategy`. */
  flags: ReadonlySet<string>
  /** --nixpacks: no Dockerfile is used. */
  nixpacks: boolean
  /** FLY_APP is set in the same file. */
  setsFlyApp: boolean
}

const script = /^(bin|scripts?|deploy|ci|ops)\/[^/]+$|^[^/]+\.sh$/
const taskRunner =
  /(^|\/)(Makefile|justfile|package\.json|[Tt]askfile\.ya?ml)$|^\.taskfiles\/|^Earthfile$|^\.?mise\.toml$/
/** Those of one language: the aliases of mix, the scripts of composer, the tasks of rake, poe, deno and invoke. */
const languageTasks = /^(?:mix\.exs|Rakefile|composer\.json|pyproject\.toml|deno\.jsonc?|tasks\.py|fabfile\.py)$/
const startsTasks = /\b(make|just|task|earthly|mise|npm|pnpm|yarn|bun|mix|rake|composer|poe|invoke|inv|fab)\s/
const places = [
  // CI
  /^\.github\/workflows\/[^/]+\.ya?ml$/,
  /^\.(gitlab-ci|circleci\/config|drone|woodpecker|travis|semaphore\/[^/]+)\.ya?ml$/,
  /^\.(buildkite|woodpecker)\/[^/]+\.(ya?ml|sh)$/,
  /^(bitbucket|azure)-pipelines\.ya?ml$|^cloudbuild\.ya?ml$|^Jenkinsfile$/,
  taskRunner,
  languageTasks,
  script,
]
const taskfiles = ['Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'taskfile.yaml']
const ciFolders = ['.github/workflows', '.circleci', '.semaphore', '.buildkite', '.woodpecker']

/** internal/command/deploy/machines.go, machineFilteredFromDeploymentByProcessGroup. */
const machineFilters =
  '--process-groups --regions --only-regions --exclude-regions --only-machines --exclude-machines'.split(' ')

/** The action for pull requests takes secrets and a Postgres as inputs. */
const setsSecrets = /\bfly(?:ctl)?\s+(?:secrets\s+import|(?:mpg|postgres|pg)\s+attach)\b|superfly\/fly-pr-review-apps/

/** Reads text, not structure: the same words stand in YAML, JSON, make and shell alike. */
export async function loadDeployCommands({reader, env}: Inputs, facts: FactStore): Promise<Fact<DeployCommands>> {
  const paths = (await facts.value('files')) ?? noFiles
  const candidates = [
    ...paths.in('.', ...ciFolders, 'bin', 'script', 'scripts', 'deploy', 'ci', 'ops'),
    ...paths.named('Makefile', 'justfile', 'package.json', ...taskfiles),
    ...paths.under('.taskfiles'),
  ]
  const own = [...new Set(candidates)].sort().filter((path) => places.some((place) => place.test(path)))
  const deployers = [...own, ...(await workflowsAbove(reader))]
  const files = await Promise.all(deployers.map((path) => reader.text(path)))
  const flyConfig = await facts.value('flyConfig')
  const config = flyConfig?.file ?? 'fly.toml'
  const prefix = await repositoryPrefix(reader, env)
  const fromTop = posix.join(prefix, config)
  const deploying: {file: TextFile; commands: DeployCommand[]}[] = []
  for (const file of files) {
    const written = file ? commandsIn(file).filter((each) => deploys(each, config, fromTop)) : []
    if (file && written.length > 0) deploying.push({file, commands: await withBuilds(written, file, prefix)})
  }
  const commands = deploying.flatMap((each) => each.commands)
  const named = new Set(deploying.flatMap(({file}) => programsIn(file.text).map((path) => posix.normalize(path))))
  const programs = await Promise.all([...named].filter((path) => paths.has(path)).map((path) => reader.glance(path)))
  const laidAt = (path: string): string | undefined =>
    deploying.map(({file}) => sourceOf(file.text, posix.normalize(path))).find((source) => source !== undefined)
  const scriptFor = (path: string): TextFile | undefined =>
    path.includes('/') ? files.find((file) => file && script.test(file.path) && file.text.includes(path)) : undefined
  /** By its own name, or by a task runner that names it. */
  const isRun = ({path}: TextFile): boolean => {
    const runners = files.filter((file) => file && taskRunner.test(file.path) && file.text.includes(path))
    return deploying.some(
      ({file}) => file.path === path || file.text.includes(path) || (runners.length > 0 && startsTasks.test(file.text)),
    )
  }
  return known({
    commands,
    hasFlag: (flag) => commands.some(({flags}) => flags.has(flag)),
    passing: (argument) => commands.find(({buildArgs}) => buildArgs?.has(argument) ?? true),
    picksMachines: commands.some(({flags}) => machineFilters.some((flag) => flags.has(flag))),
    bringsVariables:
      commands.some(({flags}) => flags.has('--env') || flags.has('-e')) ||
      deploying.some(({file}) => setsSecrets.test(file.text)),
    buildsElse: (dockerfile = '') =>
      commands.some(
        (command) =>
          (command.image && !command.builtAt) ||
          command.nixpacks ||
          command.flags.has('--build-target') ||
          // build.dockerfile comes first where flyctl builds.
          (command.dockerfile &&
            (command.builtAt || !flyConfig?.config.build?.dockerfile) &&
            ![command.dockerfile, laidAt(command.dockerfile)].some(
              (named) =>
                named &&
                dockerfile &&
                // The path of a step is known as a whole.
                (command.builtAt ? posix.normalize(named) === dockerfile : samePath(named, dockerfile)),
            )),
      ),
    makes: (path) =>
      deploying.some(({file}) => makesFile(file.text, path.split('/').at(-1) as string)) ||
      programs.some((file) => file && writesFile(file.text, path.split('/').at(-1) as string)) ||
      // A script names a folder once and makes it further down.
      scriptFor(path) !== undefined,
    laidAt,
    rewritten: rewriting(files, config),
    madeBy(path) {
      const found = scriptFor(path)
      if (found) return {script: found.whole, isRun: isRun(found)}
      const builder = deploying.find(({file, commands: [first]}) => {
        const before = file.text
          .split('\n')
          .slice(0, (first?.builtAt ?? first?.at)?.line)
          .join('\n')
        // Each job begins with a checkout of its own; what another one built must be fetched.
        const job = before.slice(Math.max(before.lastIndexOf('actions/checkout'), 0))
        return isBuilt(path, job) || (job.includes('actions/download-artifact') && isBuilt(path, before))
      })
      return builder && {script: builder.file.whole, isRun: true}
    },
  })
}

export async function loadBuildsElse(facts: FactStore): Promise<Fact<boolean>> {
  const [deploys, dockerfile] = await Promise.all([facts.value('deployCommands'), facts.value('dockerfile')])
  return known(deploys?.buildsElse(dockerfile?.file.path) ?? false)
}

/** A line of a program that writes a file of this name. */
const writesFile = (text: string, name: string): boolean =>
  text
    .split('\n')
    .some((line) => line.includes(name) && /write|\bcopy|rename|\bopen\b|[^=-]>|\b(?:cp|mv|tee)\b/i.test(line))

/** Commands that write a Dockerfile for the project that they find. */
const generators = /@flydotio\/dockerfile|\bgenerate dockerfile\b|\bgen\.release --docker\b|\bdockerfile:generate\b/

/** A line that writes, copies or downloads to this name. */
function makesFile(text: string, name: string): boolean {
  if (name === 'Dockerfile' && generators.test(text)) return true
  return text
    .split('\n')
    .some(
      (line) =>
        line.includes(name) &&
        /[^=-]>|\b(cp|mv|ln|tee|touch|curl|wget|tar|unzip|rsync|mkdir)\b|\s(-o|--output)\b/.test(line),
    )
}

const copies = /(?:^|[\s;&|"'])(?:cp|mv|ln)\s+(?:-\w+\s+){0,3}([\w./-]+\*?)\s+([\w./-]+)(?=$|[\s;&|"'])/gm

/** What a `cp` or `mv` of these lines lays at a path; the folder where it runs is taken for the one of the deploy. */
function sourceOf(text: string, path: string): string | undefined {
  for (const [, from = '', to = ''] of text.matchAll(copies)) {
    // All that a folder holds.
    const source = posix.normalize(from.replace(/\/[*.]$/, `/${posix.basename(path)}`))
    const target = posix.normalize(/(^|\/)\.?$/.test(to) ? posix.join(to, posix.basename(source)) : to)
    if (target === path && source !== path && !source.startsWith('/')) return source
  }
  return undefined
}

/** In place, or into another file; what only reads it (`sed -n`, `2>/dev/null`) does not count. */
const fillsIn =
  /\b(?:sed|perl|yq|tomlq|dasel)\b[^|;&]{0,500}\s(?:-\w*i|--in-place|put)\b|\b(?:envsubst|gomplate|tee)\b|(?<![=\-2&])>(?!&|\s*\/dev\/)/

/** A (continued) line that names the configuration and writes one. */
function rewriting(files: readonly (TextFile | undefined)[], config: string): FileLocation | undefined {
  const name = config.split('/').at(-1) as string
  for (const file of files) {
    if (!file?.text.includes(name)) continue
    for (const {0: line, index} of file.text.matchAll(/(?:[^\n\\]|\\\n|\\.)+/g)) {
      const isName = line.includes(name) && !/^\s*(?:#|\/\/)/.test(line) && fillsIn.test(line)
      if (isName) return file.span(index, index + line.length)
    }
  }
  return undefined
}

/** `flyctl deploy …` to the end of its (continued) line, with flags before the verb, and `args: deploy …` of the old action. */
const deploy =
  /(?:\bfly(?:ctl)?((?:\s+--?[\w-]+(?:[= ](?:"[^"\n]*"|[\w${}./-]+))?){0,4}?)\s+deploy|\bargs:\s*["']?deploy)\b((?:[^\n\\]|\\\n|\\.)*)/g

/** The action that deploys an app of its own for each pull request, with its inputs (up to the next step). */
const reviewApps = /^[ \t-]*uses:\s*["']?superfly\/fly-pr-review-apps\b((?:(?!\n\s{0,200}- )[\s\S])*)/gm

/** A plain or quoted text that begins behind its key and goes on below, further in than the key. */
const continued =
  /^([ \t]*)(?:- (?:run|script|command|args):[ \t]+(?![|>#])\S[^\n]*\n(?:\1[ \t]{3,}[^ \t\n][^\n]*\n?)+|(?:run|script|command|args):[ \t]+(?![|>#])\S[^\n]*\n(?:\1[ \t]+[^ \t\n][^\n]*\n?)+)/gm

/** YAML's folded text (`run: >`, or plain below or behind `run:`) is one line: line ends become blanks, so that offsets stay true. */
const unfolded = (text: string): string =>
  text
    .replace(continued, (whole) => whole.replace(/\n(?=[ \t]*\S)/g, ' '))
    .replace(
      /^([ \t]*)(?:- )?(?:[\w-]+:[ \t]*>[-+]?|(?:run|script|command|args):)[ \t]*\n((?:\1[ \t]+[^ \t\n][^\n]*\n|[ \t]*\n)+)/gm,
      (whole, _, body: string) => whole.slice(0, -body.length) + body.replace(/\n(?=[ \t]*(?!#|- )\S)/g, ' '),
    )

function commandsIn(file: TextFile): DeployCommand[] {
  const text = /\.ya?ml$/.test(file.path) ? unfolded(file.text) : file.text
  const setsFlyApp = /\bFLY_APP\b/.test(file.text)
  const reviews = [...file.text.matchAll(reviewApps)].map((match): DeployCommand => {
    const input = (name: string) =>
      new RegExp(`^[ \\t]*${name}:\\s*["']?([^\\s"'#]+)`, 'm').exec(match[1] as string)?.[1]
    return {
      at: file.span(match.index, match.index + (match[0].split('\n')[0] as string).length),
      app: input('name') ?? 'pr-…',
      config: input('config'),
      dockerfile: undefined,
      // `build_args`, `build_secrets`: not read.
      buildArgs: /build_args/.test(match[1] as string) ? undefined : new Map(),
      image: input('image'),
      builtAt: undefined,
      region: input('region'),
      flags: new Set(),
      nixpacks: false,
      setsFlyApp,
    }
  })
  const written = [...text.matchAll(deploy)].flatMap((match) => {
    const at = file.span(match.index, match.index + match[0].length)
    if (/^\s*(#|\/\/)/.test(file.line(at.line as number))) return []
    const words = `${match[1] ?? ''} ${match[2]}`
      .replace(/\\\n/g, ' ')
      .replace(/\$\{\{[^}]{0,300}\}\}/g, (expression) => expression.replace(/\s/g, ''))
      .split(/\s+/)
    const values = (...names: string[]): string[] =>
      words.flatMap((word, index) => {
        const name = names.find((each) => word === each || word.startsWith(`${each}=`))
        const value = name && (word === name ? words[index + 1] : word.slice(name.length + 1))
        return value === undefined ? [] : value.replace(/^["']|(?<!["',;])["',;]+$/g, '')
      })
    const flag = (...names: string[]): string | undefined => values(...names)[0]
    return {
      at,
      app: flag('-a', '--app'),
      config: flag('-c', '--config'),
      dockerfile: flag('--dockerfile'),
      buildArgs: argumentsOf(values('--build-arg')),
      image: flag('-i', '--image'),
      builtAt: undefined,
      region: flag('--primary-region', '--region', '-r'),
      flags: new Set(words.flatMap((word) => /^--?[a-z][\w-]*/.exec(word)?.[0] ?? [])),
      nixpacks: words.includes('--nixpacks'),
      setsFlyApp,
    }
  })
  return [...written, ...reviews]
}

/** A deploy of the image that a step of the same workflow builds is as one that builds it. */
async function withBuilds(
  commands: readonly DeployCommand[],
  file: TextFile,
  prefix: string,
): Promise<DeployCommand[]> {
  if (!/build-push-action@|\bdocker (?:buildx )?build\b/.test(file.text) || !commands.some(({image}) => image))
    return [...commands]
  const {imageBuild} = await import('./workflows/image-builds.ts')
  return commands.map((command) => {
    const {image, at, flags} = command
    const build = image ? imageBuild(file, {image, line: at.line as number}, prefix) : undefined
    if (!build) return command
    const {dockerfile, buildArgs, target} = build
    const added = [...(buildArgs.length > 0 ? ['--build-arg'] : []), ...(target ? ['--build-target'] : [])]
    return {
      ...command,
      builtAt: build.at,
      dockerfile,
      buildArgs: argumentsOf(buildArgs),
      flags: new Set([...flags, ...added]),
    }
  })
}

/** `NAME=value` each; undefined where one has no plain name. */
function argumentsOf(written: readonly string[]): ReadonlyMap<string, string> | undefined {
  const found = written.map((each) => /^(\w+)=["']?(.*)$/.exec(each))
  return found.includes(null)
    ? undefined
    : new Map(found.flatMap((match) => (match ? [[match[1] as string, match[2] as string]] : [])))
}

/**
 * A command that names no configuration deploys the default one; with a variable in the name, each that fits, from the
 * top of the repository or a folder below.
 */
function deploys({config: named}: DeployCommand, config: string, fromTop: string): boolean {
  if (named === undefined) return config.split('/').at(-1) === 'fly.toml'
  const fixed = named.replace(/^(\.?\/)+/, '').split(/\$\{\{.*?\}\}|\$\{\w+\}|\$\w+/)
  if (fixed.length === 1) return samePath(named, config)
  const fits = matcherOf(fixed.flatMap((part, index) => [...(index > 0 ? [anyText] : []), ...exactly(part)]))
  const parts = fromTop.split('/')
  return parts.some((_, index) => fits(parts.slice(index).join('/')))
}
