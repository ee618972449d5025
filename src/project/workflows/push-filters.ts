import {posix, relative, sep} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {git} from '../git/git.ts'
import type {Repository} from '../git/repository.ts'
import type {Inputs} from '../inputs.ts'
import {sourcesOf} from './contexts.ts'
import type {Deploy} from './deploys.ts'
import {passes} from './filters.ts'
import type {Value} from './values.ts'
import {parseWorkflow} from './workflow.ts'
import {workflowFiles} from './workflow-folders.ts'

/** A filter of `on: push` that keeps a deploy of this configuration from starting. */
export interface PushFilter {
  deploy: Deploy
  at: FileLocation
  /** What the deploy is made of, and whose changes start nothing; in the order of its build. */
  missed: string[]
  /** The patterns, where none can fit: GitHub's paths begin at the top of the repository, without `./` and `/`. */
  dead?: string[]
  /** The branches that it asks for, where git lets none be called so. */
  impossible?: string[]
  /** The branches that it asks for, where the repository has none of them, and what it has. */
  branches: {asked: string[]; main: string} | undefined
  /** The workflows that `on: workflow_run` waits for, where the repository has none of them, and what its own are called. */
  runs: {asked: string[]; names: string[]} | undefined
}

export async function loadPushFilters({reader, repository}: Inputs, facts: FactStore): Promise<Fact<PushFilter[]>> {
  const [[{repository: top, deploys}, {file: own}], files] = await Promise.all([
    facts.needAll('workflows', 'flyConfig'),
    facts.value('files'),
  ])
  const dockerfile = await facts.value('dockerfile')
  const ownDeploys = deploys.filter(({config: read, call}) => read === own && call.workflow.callers.length === 0)
  const pushOf = ({call}: Deploy) => call.workflow.triggers?.get('push')
  const found = await unknownRuns(ownDeploys)
  // Another workflow may deploy what this one leaves out.
  if (ownDeploys.length === 0 || ownDeploys.some((deploy) => pushOf(deploy)?.filters.size === 0)) return known(found)
  for (const deploy of ownDeploys) {
    const filters = pushOf(deploy)?.filters
    if (!filters || found.some((each) => each.deploy.call.workflow.file === deploy.call.workflow.file)) continue
    // For tags they do not count.
    const [paths, left] = filters.has('tags') ? [] : [filters.get('paths'), filters.get('paths-ignore')]
    const meant = textsOf(paths ?? []).filter((text) => !text.startsWith('!'))
    if (paths?.[0] && meant.length > 0 && meant.every((text) => /^\.{0,2}\//.test(text))) {
      found.push({deploy, at: paths[0].at, missed: [], dead: meant, branches: undefined, runs: undefined})
      continue
    }
    const missed = paths || left ? missedBy(deploy, paths, left) : []
    if (missed.length > 0)
      found.push({deploy, at: (paths ?? left)?.[0]?.at as FileLocation, missed, branches: undefined, runs: undefined})
    const asked = filters.get('branches')
    const named = textsOf(asked ?? []).filter((text) => !text.startsWith('!'))
    if (asked?.[0] && !filters.has('tags') && named.length > 0 && named.every((text) => isNoBranch(text))) {
      const at = asked[0].at
      found.push({deploy, at, missed: [], impossible: named, branches: undefined, runs: undefined})
      continue
    }
    const main = asked?.[0] && !filters.has('tags') ? await missingBranch(repository, asked) : undefined
    if (asked?.[0] && main) {
      found.push({deploy, at: asked[0].at, missed: [], branches: {asked: textsOf(asked), main}, runs: undefined})
    }
  }
  return known(found)

  /** Deploys that only the end of a workflow starts which nothing is called: GitHub compares with its name, not its file. */
  async function unknownRuns(deploys: readonly Deploy[]): Promise<PushFilter[]> {
    const waiting = deploys.flatMap((deploy) => {
      const triggers = deploy.call.workflow.triggers
      const asked = triggers?.get('workflow_run')?.filters.get('workflows') ?? []
      const isAlone = [...(triggers?.keys() ?? [])].every((event) => /^workflow_(?:run|dispatch)$/.test(event))
      return isAlone && asked[0] && !asked.some(({text}) => mayBeElsewhere(text))
        ? [{deploy, asked, at: asked[0].at}]
        : []
    })
    if (waiting.length === 0) return []
    const paths = await workflowFiles(reader, top)
    const read = (await reader.texts(paths)).map(parseWorkflow)
    const names = read.flatMap((each) =>
      'jobs' in each ? [each.name ?? `.github/workflows/${posix.basename(each.file.path)}`] : [],
    )
    if (names.length < paths.length) return []
    const known = new Set(names.map((name) => name.toLowerCase()))
    return waiting
      .filter(({asked}) => !asked.some(({text}) => known.has(text.toLowerCase())))
      .map(({deploy, asked, at}) => ({
        deploy,
        at,
        missed: [],
        branches: undefined,
        runs: {asked: textsOf(asked), names},
      }))
  }

  function missedBy({call}: Deploy, paths: Value[] | undefined, left: Value[] | undefined): string[] {
    const starts = (path: string): boolean | undefined => {
      const fromTop = relative(reader.absolute(top), reader.absolute(path)).split(sep).join('/')
      if (paths) return passes(fromTop, textsOf(paths))
      const isLeft = passes(fromTop, textsOf(left ?? []))
      return isLeft === undefined ? undefined : !isLeft
    }
    const builds = dockerfile !== undefined && !call.flags.has('image')
    // They are paths below the folder that flyctl runs in.
    const instructions = builds && call.folder === '.' ? dockerfile.stages.flatMap((stage) => stage.instructions) : []
    const sources = instructions.flatMap(sourcesOf).filter((path) => !manifest.test(path))
    const all = [own, ...(builds ? [dockerfile.file.path] : []), ...sources]
    return [...new Set(all)].filter((path) => {
      if (path === '' || path === '.' || !files) return false
      const below = files.has(path) ? [path] : files.under(path)
      return below.length > 0 && below.every((each) => starts(each) === false)
    })
  }
}

/** git check-ref-format: no blanks, and `-main` would be an option. What is filled in, or may be a pattern, may be one. */
const isNoBranch = (name: string): boolean => !/[*?+[\]{}$]/.test(name) && /^-|\s|\.\.|[~^:\\]/.test(name)

/** Those that GitHub makes itself, and what is filled in or may be a pattern. */
const mayBeElsewhere = (name: string): boolean =>
  /[*?[\]{}!$]|^(?:pages[- ]build|codeql|dependabot|copilot|dependency graph|automatic dependency)/i.test(name)

/** Every member of a workspace has one, and an install wants them all, whatever the app is made of. */
const manifest = /\/(package\.json|Cargo\.toml|pyproject\.toml|go\.mod|[\w.-]+\.(cs|fs)proj)$/

const textsOf = (values: readonly Value[]): string[] => values.map(({text}) => text)

/** The main branch, where the clone has every branch of its remote and none is asked for. */
async function missingBranch(repository: Repository, asked: readonly Value[]): Promise<string | undefined> {
  const [refs, fetched] = await repository.once('branches', (root) =>
    Promise.all([
      git(root, ['for-each-ref', '--format=%(refname) %(symref:lstrip=3)', 'refs/heads', 'refs/remotes/origin']),
      git(root, ['config', '--get-all', 'remote.origin.fetch']),
    ]),
  )
  if (refs.code !== 0 || !/^\+?refs\/heads\/\*:/m.test(fetched.stdout)) return undefined
  const lines = refs.stdout.split('\n').filter(Boolean)
  const main = lines.map((line) => /^refs\/remotes\/origin\/HEAD (\S+)$/.exec(line)?.[1]).find(Boolean)
  const names = lines.map((line) => line.replace(/^refs\/(heads|remotes\/origin)\/(\S{1,300})(?:\s.*)?$/s, '$2'))
  const isThere = names.some((name) => passes(name, textsOf(asked)) !== false)
  return main === undefined || isThere ? undefined : main
}
