import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import type {Inputs} from '../inputs.ts'
import type {LeadUp} from './lead-up.ts'
import {isComputed} from './workflow.ts'

/** A pnpm/action-setup before a deploy that gets two versions of pnpm, or none. */
export interface PnpmSetup {
  step: LeadUp
  at: FileLocation
  /** `version` of the step. */
  version: string | undefined
  /** `packageManager` of package.json, without the hash. */
  packageManager: string | undefined
  /** As it is called from the top of the repository. */
  manifest: string
  related: FileLocation | undefined
}

/** Up to 3 the step's version counts alone; what the newer ones do with both is in the making. */
const compares = /^v?4(?:\.|$)/
const asks = /^v?[234](?:\.|$)/

/** pnpm/action-setup, src/install-pnpm/run.ts: "Multiple versions of pnpm specified", "No pnpm version is specified". */
export async function loadPnpmSetups({reader}: Inputs, facts: FactStore): Promise<Fact<PnpmSetup[]>> {
  const workflows = await facts.need('workflows')
  const found: PnpmSetup[] = []
  for (const each of workflows.leadUp) {
    const {uses, inputs} = each.step
    const [action, tag = ''] = uses?.text.split('@') ?? []
    if (!uses || action !== 'pnpm/action-setup' || !asks.test(tag)) continue
    const [version, path] = ['version', 'package_json_file'].map((name) => inputs.get(name))
    // Only in a plain checkout is package.json where the repository has it.
    const checkout = each.job.steps.find((step) => /^actions\/checkout@/.test(step.uses?.text ?? ''))
    const isMoved =
      checkout && ['path', 'repository', 'ref', 'sparse-checkout'].some((name) => checkout.inputs.has(name))
    const isUnknown = [version, path].some((value) => value && isComputed(value))
    if (!checkout || isMoved || isUnknown || each.before.includes('package.json')) continue
    const manifest = path?.text ?? 'package.json'
    const top = posix.join(posix.dirname(each.workflow.file.path), '../..')
    const file = await reader.text(posix.join(top, manifest))
    const document = file && parseJson(file)
    if (file && !(document && 'value' in document && isTable(document.value))) continue
    const fields = document && 'value' in document && isTable(document.value) ? document.value : {}
    // devEngines.packageManager is another way to say it.
    if ('devEngines' in fields) continue
    const named = typeof fields.packageManager === 'string' ? fields.packageManager : undefined
    if (named !== undefined && !named.startsWith('pnpm@')) continue
    const packageManager = named?.slice('pnpm@'.length).replace(/\+.*/s, '')
    const differ = version && packageManager && compares.test(tag) && version.text !== packageManager
    if (!differ && (version || packageManager)) continue
    const related = named !== undefined && document && 'value' in document ? document.at(['packageManager']) : undefined
    found.push({step: each, at: version?.at ?? uses.at, version: version?.text, packageManager, manifest, related})
  }
  return known(found)
}
