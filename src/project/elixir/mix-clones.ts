import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isNear, noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** A dependency that `mix deps.get` clones with git: since Phoenix 1.7.11 heroicons is one of each new app. */
export interface MixClone {
  name: string
  at: FileLocation
}

/** Of each mix.lock, by its path: those that every environment has. */
export type MixClones = ReadonlyMap<string, readonly MixClone[]>

export async function loadMixClones({reader}: Inputs, facts: FactStore): Promise<Fact<MixClones>> {
  const files = ((await facts.value('files')) ?? noFiles).only(isNear)
  const found = new Map<string, MixClone[]>()
  for (const path of files.named('mix.lock')) {
    const [lock, manifest] = [await reader.text(path), await reader.text(path.replace(/lock$/, 'exs'))]
    if (!lock || !manifest) continue
    const clones = [...lock.text.matchAll(/^[ \t]*"(\w+)": \{:git, "/gm)].flatMap((match) => {
      const name = match[1] as string
      return isOfAllEnvironments(manifest.text, name)
        ? [{name, at: lock.lineSpan(lock.position(match.index).line)}]
        : []
    })
    found.set(path, clones)
  }
  return known(found)
}

/** Whether mix.exs itself asks for a package, and that in each environment: another one may be left out. */
export function isOfAllEnvironments(manifest: string, name: string): boolean {
  const [declared] = new RegExp(`^[ \\t]{0,200}(?!#)[\\[ ]{0,200}\\{:${name},[^}]{0,2000}\\}`, 'm').exec(manifest) ?? []
  return declared !== undefined && !/\b(?:only|optional|path):/.test(declared)
}
