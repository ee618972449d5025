import {posix} from 'node:path'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {type LeadUp, type Named, namedBy} from './lead-up.ts'

/** Something that a step before a deploy names, and that the checkout does not have. */
export interface MissingFile extends LeadUp {
  named: Named
  /** Of a manifest: the one that the repository has, and its folder. */
  elsewhere: {path: string; folder: string} | undefined
}

export async function missingFiles(
  steps: readonly LeadUp[],
  {reader, place, tracked}: {reader: ProjectReader; place: (path: string) => string; tracked: Files},
): Promise<MissingFile[]> {
  const found: MissingFile[] = []
  for (const step of steps) {
    // Only in a plain checkout is every file where the repository has it.
    if (!/\bactions\/checkout@/.test(step.before) || hasOtherCheckout(step)) continue
    const missing: MissingFile[] = []
    for (const named of namedBy(step)) {
      const name = posix.basename(named.path)
      if (step.before.includes(name) || (await isThere(named))) continue
      const [path] = tracked.named(name)
      const elsewhere = path === undefined ? undefined : {path, folder: posix.dirname(path)}
      // Where there is none at all, something makes it.
      if (named.kind === 'manifest' && elsewhere === undefined) continue
      missing.push({...step, named, elsewhere})
    }
    // Behind a `cd` that fails, nothing runs.
    const moved = missing.filter(({named}) => named.by === 'cd')
    found.push(...(moved.length > 0 ? moved : missing))
  }
  return found

  async function isThere({path, kind, others = []}: Named): Promise<boolean> {
    const candidates =
      kind === 'action'
        ? [`${path}/action.yml`, `${path}/action.yaml`, `${path}/Dockerfile`]
        : kind === 'lock' || kind === 'manifest'
          ? [path, ...others].flatMap(upwards)
          : [path]
    for (const candidate of candidates) {
      const here = place(candidate)
      const found = await reader.kindOf(here)
      if (found === 'missing') continue
      // What git ignores is not in the checkout.
      const isTracked = /^\.\.?(\/\.\.)*(\/|$)/.test(here) || tracked.has(here) || tracked.hasFolder(here)
      if (isTracked || here === '.') return true
    }
    return false
  }
}

/** The same file in each folder above, too: a member of a workspace goes by the lock file of its root. */
function upwards(path: string): string[] {
  const [folder, name] = [posix.dirname(path), posix.basename(path)]
  return folder === '.' ? [path] : [path, ...upwards(posix.join(posix.dirname(folder), name))]
}

const hasOtherCheckout = ({job}: LeadUp): boolean =>
  job.steps.some(({uses, inputs}) =>
    /^actions\/checkout@/.test(uses?.text ?? '')
      ? ['path', 'repository', 'sparse-checkout', 'ref', 'submodules'].some((name) => inputs.has(name))
      : /download-artifact@|actions\/cache/.test(uses?.text ?? ''),
  )
