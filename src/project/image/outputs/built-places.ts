/** Where what a machine starts may have been built. */
import {posix} from 'node:path'
import {allInstructions, lineage} from '../../dockerfile/parse.ts'
import type {Build} from '../build.ts'
import {isBelow} from '../files/image-path.ts'
import {copiedFrom} from './entries.ts'

interface BuiltPlace {
  /** The stage, and those that it is built on. */
  stages: ReadonlySet<unknown>
  path: string
  /** The stage that a COPY takes it from; undefined for the last one itself. */
  from: Build['stages'][number] | undefined
}

/** In the same place, or where a COPY takes its folder from. */
export function builtPlaces({final, stages}: Build, path: string): BuiltPlace[] {
  const own = {stages: new Set<unknown>(lineage(final.stage)), path, from: undefined}
  const copies = [...copiedFrom(allInstructions(final.stage), (name) => final.config.env.get(name))]
  const taken = copies.flatMap(({from, sources: [source = '', more], target}) => {
    const stage = stages.find((each) => each.stage.name === from.toLowerCase() || String(each.stage.index) === from)
    if (!stage || more !== undefined || !isBelow(path, target) || /[*?$]|\.[cm]?js$/.test(source)) return []
    const place = posix.join('/', source, path.slice(target.length))
    return {stages: new Set<unknown>(lineage(stage.stage)), path: place, from: stage}
  })
  return [own, ...taken]
}
