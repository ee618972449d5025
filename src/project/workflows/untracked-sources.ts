import {posix} from 'node:path'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Instruction} from '../dockerfile/parse.ts'
import {ignoredPaths} from '../git/git.ts'
import {mayBeBuilt} from '../image/files/own-files.ts'
import type {Inputs} from '../inputs.ts'
import {sourcesOf} from './contexts.ts'
import type {Deploy} from './deploys.ts'
import {makesNothing} from './lead-up.ts'

/** Something that the Dockerfile copies, and that the checkout of a deploying workflow does not have. */
export interface UntrackedSource {
  deploy: Deploy
  path: string
  /** It is on this computer; else git ignores it, as what a build makes. */
  isHere: boolean
  instruction: Pick<Instruction, 'keyword' | 'at'>
}

export async function loadUntrackedSources({reader}: Inputs, facts: FactStore): Promise<Fact<UntrackedSource[]>> {
  const [workflows, dockerfile, config, paths] = await facts.needAll('workflows', 'dockerfile', 'flyConfig', 'files')
  const commands = await facts.value('deployCommands')
  // A checkout has a .git of its own.
  const tracked = (path: string) => /^\.(?:git(?:\/|$)|$)/.test(path) || paths.has(path) || paths.hasFolder(path)
  const found: UntrackedSource[] = []
  const deploy = workflows.deploys.find(
    ({config: read, call: {folder, flags}}) =>
      read === config.file && folder === '.' && !flags.has('image') && !flags.has('build-target'),
  )
  if (!deploy) return known(found)
  // BuildKit builds no stage that the last one does not need.
  const build = await facts.value('build')
  const built = build?.stages.map(({stage}) => stage) ?? dockerfile.stages
  const instructions = built.flatMap((stage) => stage.instructions)
  // What COPY --from takes of a folder that came from here as a whole, and that no RUN of the stage has a reason to make.
  const made = await facts.value('buildCommands')
  const ofStages = (build?.problems ?? []).flatMap(({missing, at}) =>
    missing?.own !== undefined &&
    missing.from !== undefined &&
    !missing.isSetting &&
    made &&
    !mayBeBuilt(missing.own, paths, made)
      ? [{path: missing.own, at}]
      : [],
  )
  const taken = [
    ...instructions.flatMap((instruction) => sourcesOf(instruction).map((path) => ({path, instruction}))),
    ...ofStages.map(({path, at}) => ({path, instruction: {keyword: 'COPY', at}})),
  ].filter(({path}) => !tracked(path))
  const untracked = taken.map(({path}) => path)
  // Where git has no time to answer, all are said to be ignored.
  const told = await ignoredPaths(reader.root, [...untracked, nobodys])
  const ignored = told.has(nobodys) ? new Set<string>() : told
  for (const {path, instruction} of taken) {
    const isHere = (await reader.kindOf(path)) !== 'missing'
    if (!(isHere || ignored.has(path))) continue
    // An earlier step, or a line beside the deploy, may make it there too.
    const isMade = deploy.call.before.includes(posix.basename(path)) || commands?.makes(path)
    if (!isMade && !(isHere ? buildsAny(deploy) : mayBeMade(deploy))) found.push({deploy, path, isHere, instruction})
  }
  return known(found)
}

const nobodys = '.preflight-asks'

/** A step before the deploy that builds, unpacks or generates may make any file. */
const buildsAny = ({call: {before}}: Deploy): boolean =>
  /\b(build|generate|make|compile|package|install|download-artifact|actions\/cache)\b|uses: \.\//.test(
    before.replace(/setup-flyctl|superfly\/\S+/g, ''),
  )

/** Any command at all may make what a build makes: of those before, only actions that make nothing are left. */
const mayBeMade = (deploy: Deploy): boolean => buildsAny(deploy) || !makesNothing(deploy.call.before)
