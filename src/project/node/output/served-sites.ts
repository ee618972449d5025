import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {isBelow, overlaps} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import {type StaticRoot, staticRoot} from '../../image/servers/static-root.ts'
import {coveredBy} from '../../image/servers/web-context.ts'
import {isQuiet} from '../../image/shell/quiet-run.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {commandsOf, type SiteBuild, siteBuilds, stageNamed} from './site-builds.ts'

/** A folder that a web server hands out, and that the index.html of what is built does not lie in. */
export interface ServedSite extends StaticRoot {
  /** `ng build`. */
  tool: string
  /** Where index.html is in the image. */
  index: string
  /** The COPY that brings it; undefined where the build runs in the last stage. */
  copy: {stage: string; index: string; target: string; at: FileLocation} | undefined
  related: FileLocation[]
  proven: boolean
}

/** A RUN that fills node_modules and nothing else. */
const installs = /^\s*(?:npm|pnpm|yarn|bun) (?:ci|install|i|add)\b[^&|;]*$/

/** The one folder that the image hands out; undefined where that is not known, or its page lies in the project. */
export async function servedRoot({reader}: Inputs, facts: FactStore): Promise<StaticRoot | undefined> {
  const [build, files, flyConfig] = await Promise.all([
    facts.value('build'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  // With commands of its own fly.toml may start other things.
  const {processes = {}, statics = []} = flyConfig?.config ?? {}
  // And Fly.io itself hands out the files of [[statics]].
  if (!build || Object.keys(processes).length > 0 || statics.length > 0) return undefined
  const read = await startedCommands(facts)
  const started = read.started.filter(({by}) => by !== 'release_command')
  // A command that cannot be read may start anything.
  if (started.length === 0 && read.texts.some(({by}) => by !== 'release_command')) return undefined
  const covered = coveredBy(flyConfig?.config)
  const root = await staticRoot(started, {build, paths: files ?? noFiles, reader, covered})
  return root && !build.final.files.get(posix.join(root.folder, 'index.html')) ? root : undefined
}

export async function loadServedSites(inputs: Inputs, facts: FactStore): Promise<Fact<ServedSite[]>> {
  const [[{final, stages}, {commands}], files] = await Promise.all([
    facts.needAll('build', 'buildCommands'),
    facts.value('files'),
  ])
  const paths = files ?? noFiles
  const {reader} = inputs
  const root = await servedRoot(inputs, facts)
  if (!root) return known([])
  const own = await ofFinal(root)
  const copied = own ? [] : await copiesTo(root)
  const found = own ?? (copied.length > 0 ? copied : ofProject(root))
  // One that lies in the folder is the page; more than one may be for other paths.
  const [only, another] = found ?? []
  const isElsewhere = only && !another && only.index !== root.folder
  const isNamed = only && root.text.includes(`${posix.basename(only.index)}/`)
  return known(isElsewhere && !isNamed ? [{...only, ...root}] : [])

  type Found = Omit<ServedSite, keyof StaticRoot>

  /** What is built in the last stage itself. */
  async function ofFinal({folder}: StaticRoot): Promise<Found[] | undefined> {
    const run = commandsOf(final, commands)
    const builds = await siteBuilds(run, posix.basename(folder), {reader, paths})
    if (!builds || builds.length === 0) return undefined
    return builds.every(({index}) => index !== undefined)
      ? builds.map((each) => foundOf(each, each.index as string, undefined))
      : []
  }

  /** What COPY brings from the stages of builds; empty where something else may bring the page. */
  async function copiesTo({folder}: StaticRoot): Promise<Found[]> {
    if (final.unknown.some(({by, text = ''}) => by === 'run' && !isQuiet(text) && !installs.test(text))) return []
    const found: Found[] = []
    for (const instruction of allInstructions(final.stage)) {
      const stage = flagOf(instruction, 'from')
      const copy = copyOf(instruction)
      if (!copy || stage === undefined) continue
      const target = posix.resolve('/', final.config.workingDir, copy.target)
      const source = stageNamed(stage, stages, final.stage)
      const builds = source
        ? await siteBuilds(commandsOf(source, commands), posix.basename(folder), {reader, paths})
        : undefined
      for (const each of copy.sources) {
        const path = posix.resolve('/', each)
        const [site, more] = builds?.filter(({folders}) => folders.some((written) => overlaps(written, path))) ?? []
        const index = site?.index
        if (site && !more && index !== undefined && isBelow(index, path) && !/[*?$[]/.test(each)) {
          const place = posix.join(target, posix.relative(path, index))
          found.push(foundOf(site, place, {stage, index, target: copy.target, at: instruction.at}))
          // A folder below the one that is served is for another path.
          if (target !== folder && isBelow(target, folder)) return []
        } else if (overlaps(target, folder) && !/\.\w+$/.test(path)) return []
      }
    }
    return found
  }

  /** The page that the project has and no tool makes: one folder, and nothing at all in the one that is served. */
  function ofProject({folder}: StaticRoot): Found[] {
    const {unknown, files: tree} = final
    // The images of web servers have their own page where they look for one themselves, and no other.
    const made = unknown.filter(({by}) => by !== 'base')
    const mayFill = made.some(({by, path, text = ''}) =>
      by === 'run' ? !isQuiet(text) && !installs.test(text) : overlaps(path, folder),
    )
    if (
      mayFill ||
      mayBring({...final, unknown: made}, posix.join(folder, 'index.html')) ||
      [...tree.files()].some(([place]) => isBelow(place, folder))
    )
      return []
    const pages = [...tree.files()].filter(
      ([place, {source}]) => posix.basename(place) === 'index.html' && paths.has(source),
    )
    const folders = pages.map(([place]) => posix.dirname(place))
    const [only, another] = pages.filter(([place]) =>
      folders.every((each) => isBelow(posix.dirname(place), each) === (each === posix.dirname(place))),
    )
    return only && !another
      ? [{tool: 'the project', index: posix.dirname(only[0]), copy: undefined, related: [only[1].at], proven: false}]
      : []
  }

  function foundOf({tool, related, proven, command}: SiteBuild, index: string, copy: ServedSite['copy']): Found {
    return {tool, index, copy, related, proven: proven && !command.conditional}
  }
}
