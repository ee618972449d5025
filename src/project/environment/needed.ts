import {forTheBrowser} from './browser-variables.ts'
import type {VariableRead} from './environment.ts'

/** What Fly.io, a shell or the usual base images set themselves. */
const given =
  /^(FLY_\w+|PRIMARY_REGION|RELEASE_COMMAND|PATH|HOME|HOSTNAME|PWD|USER|SHELL|TERM|LANG|TMPDIR|NODE_VERSION|YARN_VERSION|PYTHON_VERSION|GEM_HOME|BUNDLE_\w+)$/

/** One read of each variable that somebody must set: the one that surely stops the deploy, where there is one. */
export function neededOf(reads: readonly VariableRead[]): VariableRead[] {
  const needed = new Map<string, VariableRead>()
  const answered = new Set(reads.flatMap(({name, without}) => (without === 'continues' ? name : [])))
  for (const read of reads) {
    const {name, required, without} = read
    // Where one place has a default, the variable is one that may be missing.
    const may = without !== 'fails' && (!required || answered.has(name))
    if (may || given.test(name) || forTheBrowser.test(name)) continue
    const before = needed.get(name)
    if (!before || (before.without !== 'fails' && without === 'fails')) needed.set(name, read)
  }
  return [...needed.values()]
}
