import {posix} from 'node:path'
import type {FactStore} from '../../facts.ts'
import type {ProjectReader} from '../files/reader.ts'
import {configNames} from '../fly-config/find.ts'
import type {Target} from '../targets/targets.ts'
import type {Deploy} from './deploys.ts'
import {workflowFolders} from './workflow-folders.ts'

/**
 * Of several deploys of one repository, those that each workflow is about: what it deploys. One of which that cannot be
 * told belongs to the first. By the absolute path of the workflow; `readerOf` reads from a deploy's own folder.
 */
export async function workflowOwners(
  targets: readonly Target[],
  facts: FactStore,
  reader: ProjectReader,
  readerOf: (target: Target) => ProjectReader,
): Promise<ReadonlyMap<string, ReadonlySet<Target>>> {
  const workflows = await facts.value('workflows')
  const owners = new Map<string, Set<Target>>()
  if (!workflows) return owners
  for (const {file} of workflows.workflows) owners.set(file.path, new Set())
  for (const deploy of workflows.deploys) {
    const {workflow, at} = deploy.call
    const deployed = deployedBy(deploy, targets)
    for (const file of [workflow.file.path, at.file, ...workflow.callers.map((job) => job.at.file)]) {
      owners.set(file, new Set([...(owners.get(file) ?? []), ...deployed]))
    }
  }
  for (const {file} of workflows.actions) {
    const users = workflows.workflows.filter((each) =>
      each.file.text.includes(posix.basename(posix.dirname(file.path))),
    )
    const own = users.flatMap((each) => [...(owners.get(each.file.path) ?? [])])
    owners.set(file.path, new Set([...(owners.get(file.path) ?? []), ...own]))
  }
  const first = await firstReader(workflows.repository)
  return new Map(
    [...owners].map(([file, own]) => [reader.absolute(file), own.size === 0 && first ? new Set([first]) : own]),
  )

  /** A project within the repository may have workflows of its own, and then it reads those. */
  async function firstReader(repository: string): Promise<Target | undefined> {
    for (const target of targets) {
      const own = readerOf(target)
      const [folder] = await workflowFolders(own)
      if (folder !== undefined && own.absolute(folder) === reader.absolute(repository)) return target
    }
    return undefined
  }
}

/** The same configuration; of several apps and folders for it, those of the call. */
function deployedBy({config, call}: Deploy, targets: readonly Target[]): Target[] {
  const own = targets.filter((each) => posix.join(each.root, each.config ?? configNames[0]) === config)
  const exact = own.filter(({root, app}) => root === call.folder && app === call.flags.get('app'))
  return exact.length > 0 ? exact : own
}
