import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {isBelow} from '../../image/files/image-path.ts'

/** What builds or starts code; an install and a generator read none of it. */
const builds =
  /(?<![\w./@-])(?:build|compile|bundle|tsc|vite|webpack|esbuild|tsup|rollup|next|nest|turbo|nx|lerna)(?![\w/-])/
/** It names the members that are meant. */
const selects = /(?:--filter|--workspace|--cwd|--prefix|\s-[FwC])[= ]|\b(?:workspace|cd)\s+\S/
const everything = /\b(?:turbo|nx|lerna|moon|rush)\b|\s(?:-r|--recursive|--workspaces|-ws)\b|\bforeach\b/

/**
 * Whether a file is of a member of the workspace that nothing builds and nothing starts: each command of the build names
 * the members that it is for, and none of these, nor what they depend on, is that one. Nobody is idle where that is not sure.
 */
export async function idleMembers(facts: FactStore, reader: ProjectReader): Promise<(path: string) => boolean> {
  const nobody = () => false
  const [build, packages, processes] = await Promise.all([
    facts.value('build'),
    facts.value('nodePackages'),
    facts.value('processes'),
  ])
  const members = (packages?.members ?? []).filter(({isOfWorkspace}) => isOfWorkspace)
  if (!build || members.length === 0) return nobody
  const runs = build.stages.flatMap(({stage}) =>
    allInstructions(stage).flatMap(({keyword, text}) => (keyword === 'RUN' ? text.split(/&&|\|\||[;\n|]/) : [])),
  )
  const building = runs.filter((text) => builds.test(text))
  if (building.length === 0 || building.some((text) => everything.test(text) || !selects.test(text))) return nobody
  const started = (processes?.commands ?? []).map(({text}) => text)
  const isNamed = (word: string) => {
    const pattern = new RegExp(`(?<![\\w-])${escapePattern(word)}(?![\\w-])`)
    return [...runs, ...started].some((text) => pattern.test(text))
  }
  const used = new Set(members.filter(({name, folder}) => (name !== undefined && isNamed(name)) || isNamed(folder)))
  // A command that goes by another word would leave all of them out.
  if (used.size === 0) return nobody
  for (const member of used) {
    const manifest = (await reader.text(posix.join(member.folder, 'package.json')))?.text ?? ''
    for (const other of members) if (other.name !== undefined && manifest.includes(`"${other.name}"`)) used.add(other)
  }
  const idle = members.filter((member) => !used.has(member))
  return (path) =>
    idle.some(({folder}) => isBelow(path, folder)) && ![...used].some(({folder}) => isBelow(path, folder))
}
