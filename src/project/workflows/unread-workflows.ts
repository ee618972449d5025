/** Workflows that call flyctl and lie where GitHub reads none: below the top of the repository, or beside the folder for them. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {suggest} from '../../suggest.ts'
import {noFiles} from '../files/files.ts'
import {pathFrom} from '../files/reader.ts'
import type {Inputs} from '../inputs.ts'
import {parseWorkflow} from './workflow.ts'
import {topFolder} from './workflow-folders.ts'

export interface UnreadWorkflow {
  /** Its path from the folder of preflight. */
  path: string
  at: FileLocation
  /** Where GitHub would read it, as seen from the folder of preflight. */
  place: string
  /** The folder that it is in, as seen from the top of the repository, where a workflow begins. */
  folder: string
  /** It is at the top, and not in .github/workflows. */
  isBeside: boolean
}

/** Templates and the projects of others, which are copied to a repository of their own. */
const ofOthers =
  /(?:^|\/)(?:templates?|examples?|fixtures?|tests?|__\w+__|vendor|third[_-]party|node_modules|docs?)(?:\/|$)/i
const deploys = /\b(?:flyctl|fly)\s+deploy\b|superfly\/flyctl-actions@|fly-pr-review-apps/

/** `.github/deploy.yml`, `.github/worklflows/deploy.yml`, `.github/.workflows/deploy.yml`; a folder of another kind of name may be one for what is not to run. */
function besides(path: string): boolean {
  const [, folder] = /^\.github\/(?:(\.?[A-Za-z]{6,12})\/)?[^/]+$/.exec(path) ?? [undefined, 'none']
  return folder === undefined || (folder.toLowerCase() !== 'workflows' && suggest(folder, ['workflows']) !== undefined)
}

export async function loadUnreadWorkflows({reader}: Inputs, facts: FactStore): Promise<Fact<UnreadWorkflow[]>> {
  const [files, flyConfig, workflows] = await Promise.all([
    facts.value('files'),
    facts.value('flyConfig'),
    facts.value('workflows'),
  ])
  // One that GitHub reads does it, and this is left over from a time before.
  if (!flyConfig || workflows?.calls.some(({command}) => command === 'deploy')) return known([])
  const top = (await topFolder(reader)) ?? '.'
  const hasConfig = (folder: string): boolean =>
    (files ?? noFiles).in(folder).some((path) => /(?:^|\/)fly[^/]*\.(?:toml|json|ya?ml)$/.test(path))
  const found: UnreadWorkflow[] = []
  for (const path of (files ?? noFiles).ending('.yml', '.yaml')) {
    const isBeside = top === '.' && besides(path)
    const [, folder = ''] = /^(.*?)\/?\.github\/workflows\/[^/]+$/.exec(path) ?? []
    const isBelow =
      /(?:^|\/)\.github\/workflows\/[^/]+$/.test(path) && !(folder === '' && top === '.') && !ofOthers.test(folder)
    if (!isBelow && !isBeside) continue
    // It deploys what is looked at: its fly.toml lies in that folder, too, or at the top and none lies there.
    const own = posix.dirname(flyConfig.file)
    const isOfTop = own === '.' && top === '.' && folder !== '' && !hasConfig(folder)
    if (own !== (folder || '.') && !isOfTop) continue
    const file = await reader.text(path)
    const workflow = file && deploys.test(file.text) ? parseWorkflow(file) : undefined
    if (!file || !workflow || !('jobs' in workflow) || !/^["']?on["']?:/m.test(file.text)) continue
    const match = deploys.exec(file.text)
    const at = match ? file.span(match.index, match.index + match[0].length) : file.whole
    found.push({
      path,
      at,
      place: posix.join(top, '.github/workflows', posix.basename(path)),
      folder: isOfTop ? '.' : pathFrom(reader.absolute(top), reader.absolute(folder || '.')),
      isBeside: isBeside || isOfTop,
    })
  }
  return known(found)
}
