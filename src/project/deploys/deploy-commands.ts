import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {escapePattern} from '../escape-pattern.ts'
import {noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import {repositoryPrefix} from '../git/repository-prefix.ts'
import type {Inputs} from '../inputs.ts'
import {programsIn} from '../processes/named-programs.ts'
import {foldersAboveHere, workflowsAbove} from '../workflows/workflow-folders.ts'
import {buildsElse} from './builds-else.ts'
import {withBuilds} from './built-images.ts'
import {isBuilt} from './built-places.ts'
import {downloadsFile, makesFile, rewriting, sourceOf, writesFile} from './laid-files.ts'
import {type DeployCommand, deploysIn, isFor} from './written-deploys.ts'

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
   * Whether a step beside one of them seems to make a file of this name, or any script of the project names this path,
   * or what commits the files that it makes does: then no commit has it, or not yet.
   */
  makes(path: string): boolean
  /** Whether a step beside one of them generates code, under names that it does not say. */
  generates: boolean
  /** The file that a step beside one of them copies or moves to this path: `mv other/Dockerfile .` */
  laidAt(path: string): string | undefined
  /** Whether a line of any workflow, task or script takes this file away, or writes to it. */
  mayChange(path: string): boolean
  /** The first line that fills in this configuration, or makes another of it: `sed`, `envsubst`, `>`. */
  rewritten: FileLocation | undefined
  /**
   * The script of the project that names this path, and whether what deploys seems to run it; or what deploys, where that
   * runs a build that writes to such places, fetches it or copies something to it.
   */
  madeBy(path: string): {script: FileLocation; isRun: boolean} | undefined
}

const script = /^(bin|scripts?|deploy|ci|ops)\/[^/]+$|^[^/]+\.sh$/
/** Beside configurations, or in a package: what it deploys is its own, unless it names the configuration. */
const nestedScript = /^\.?(?:fly|infra|docker|tools)\/[^/]+\.sh$|\/(?:fly-)?deploy[\w-]*\.sh$/
const taskRunner =
  /(^|\/)(Makefile|justfile|package\.json|[Tt]askfile\.ya?ml)$|^\.taskfiles\/|^Earthfile$|^\.?mise\.toml$/
/** Those of one language: the aliases of mix, the scripts of composer, the tasks of rake, poe, deno and invoke. */
const languageTasks = /^(?:mix\.exs|Rakefile|composer\.json|pyproject\.toml|deno\.jsonc?|tasks\.py|fabfile\.py)$/
const startsTasks = /\b(make|just|task|earthly|mise|npm|pnpm|yarn|bun|mix|rake|composer|poe|invoke|inv|fab)\s/
const ciFiles = [
  /^\.github\/workflows\/[^/]+\.ya?ml$/,
  /^\.(gitlab-ci|circleci\/config|drone|woodpecker|travis|semaphore\/[^/]+)\.ya?ml$/,
  /^\.(buildkite|woodpecker)\/[^/]+\.(ya?ml|sh)$/,
  /^(bitbucket|azure)-pipelines\.ya?ml$|^cloudbuild\.ya?ml$|^Jenkinsfile$/,
]
const places = [...ciFiles, taskRunner, languageTasks, script, nestedScript]
/** What is read there is run on a machine of the CI's, in a clone; the project may lie below the repository's top. */
export const isOfCi = (path: string): boolean => {
  const own = path.replace(/^(?:\.\.\/)+/, '')
  return ciFiles.some((file) => file.test(own))
}
const taskfiles = ['Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'taskfile.yaml']
const ciFolders = ['.github/workflows', '.circleci', '.semaphore', '.buildkite', '.woodpecker']

/** internal/command/deploy/machines.go, machineFilteredFromDeploymentByProcessGroup. */
const machineFilters =
  '--process-groups --regions --only-regions --exclude-regions --only-machines --exclude-machines'.split(' ')

/** It takes a file away, puts another one there or adds to it. */
const changing = /(?:^|[\s;&|`"'(])(?:rm|mv|cp|sed|tee|truncate|unlink|git)\s|>/

const commits = /\bgit\s+commit\b/

/** The folders of `uses: ./.github/actions/build`. */
const actionsIn = (text: string): string[] =>
  [...text.matchAll(/\buses:[ \t]{0,20}["']?\.\/([\w./-]{1,200})/g)].map(([, folder = '']) =>
    posix.normalize(folder).replace(/\/$/, ''),
  )

const generators =
  /\bgenerate\b|\b(?:codegen|protoc|swag init|(?:make|just|task|mage)[ \t]+(?:[\w-]{1,60}[ \t]+)?(?:gen|proto))\b/

/** The action for pull requests takes secrets and a Postgres as inputs. */
const setsSecrets = /\bfly(?:ctl)?\s+(?:secrets\s+import|(?:mpg|postgres|pg)\s+attach)\b|superfly\/fly-pr-review-apps/

/**
 * Scripts further up in the repository that name the working directory: they may lay files there, and deploy them.
 * Other lists of files begin at the working directory.
 */
async function scriptsAbove(reader: ProjectReader): Promise<TextFile[]> {
  const folders = await foldersAboveHere(reader)
  const found = folders.map(async ({folder, here}) => {
    const named = new RegExp(`(?<![\\w-])${escapePattern(here)}(?![\\w-])`)
    const lists = ['', 'bin/', 'script/', 'scripts/', 'deploy/', 'ci/', 'ops/'].map(async (below) =>
      (await reader.list(posix.join(folder, below))).map((name) => `${below}${name}`),
    )
    const names = (await Promise.all(lists)).flat().filter((name) => script.test(name) || taskRunner.test(name))
    const texts = await Promise.all(names.map((name) => reader.glance(posix.join(folder, name))))
    return texts.filter((file) => file !== undefined && named.test(file.text))
  })
  return (await Promise.all(found)).flat() as TextFile[]
}

export async function loadDeployCommands({reader, env}: Inputs, facts: FactStore): Promise<Fact<DeployCommands>> {
  const paths = (await facts.value('files')) ?? noFiles
  const candidates = [
    ...paths.in('.', ...ciFolders, 'bin', 'script', 'scripts', 'deploy', 'ci', 'ops'),
    ...paths.ending('.sh'),
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
    const isNested = file !== undefined && !script.test(file.path) && nestedScript.test(file.path)
    const written = (file ? deploysIn(file) : []).filter(
      (each) => isFor(each, config, fromTop) && !(isNested && each.config === undefined),
    )
    if (file && written.length > 0) deploying.push({file, commands: await withBuilds(written, file, prefix)})
  }
  const commands = deploying.flatMap((each) => each.commands)
  const named = new Set(deploying.flatMap(({file}) => programsIn(file.text).map((path) => posix.normalize(path))))
  const ofActions = new Set(deploying.flatMap(({file}) => actionsIn(file.text).flatMap((folder) => paths.in(folder))))
  const [programs, actions, above] = await Promise.all([
    Promise.all([...named].filter((path) => paths.has(path)).map((path) => reader.glance(path))),
    Promise.all([...ofActions].map((path) => reader.glance(path))),
    scriptsAbove(reader),
  ])
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
    buildsElse: (dockerfile) =>
      commands.some((each) => buildsElse(each, dockerfile, {laidAt, named: flyConfig?.config.build?.dockerfile})),
    makes: (path) =>
      deploying.some(
        ({file: {text}}) => makesFile(text, path.split('/').at(-1) as string) || downloadsFile(text, path),
      ) ||
      programs.some((file) => file && writesFile(file.text, path.split('/').at(-1) as string)) ||
      // An action of the project may be a container or a program with scripts of its own beside it.
      actions.some((file) => file?.text.includes(path.split('/').at(-1) as string)) ||
      above.some(({text}) => makesFile(text, path.split('/').at(-1) as string)) ||
      // A script names a folder once and makes it further down.
      scriptFor(path) !== undefined ||
      (path.includes('/') && files.some((file) => file && commits.test(file.text) && file.text.includes(path))),
    generates: deploying.some(({file}) => generators.test(file.text)),
    laidAt,
    mayChange: (path) =>
      files.some((file) => file?.text.split('\n').some((line) => line.includes(path) && changing.test(line))),
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
        const isFetched = job.includes('actions/download-artifact') && isBuilt(path, before)
        return (
          isBuilt(path, job) ||
          isFetched ||
          downloadsFile(job, path) ||
          sourceOf(job, posix.normalize(path)) !== undefined
        )
      })
      return builder && {script: builder.file.whole, isRun: true}
    },
  })
}
