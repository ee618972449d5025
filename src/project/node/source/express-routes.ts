/** Paths that Express 5 refuses when a program registers them. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {startedSources} from '../imports/started-packages.ts'
import {lockedVersion} from '../locks/locked-version.ts'
import {readManifest} from '../workspace/workspace.ts'
import type {RouteCall} from './route-calls.ts'

export interface ExpressRoute extends Pick<RouteCall, 'call' | 'path' | 'fault' | 'isAtOnce'> {
  at: FileLocation
  /** Of the lock file, or as package.json asks for it. */
  version: string
  by: string
  command: FileLocation
}

interface Program {
  by: string
  command: FileLocation
  origin: string
  sources: readonly TextFile[]
}

/** The first versions of 5 that were only for trying it took other paths. */
const isFive = (version: unknown): version is string =>
  typeof version === 'string' && /^[\^~]?5\.\d{1,9}(?:\.\d{1,9})?$/.test(version)

export async function loadExpressRoutes(inputs: Inputs, facts: FactStore): Promise<Fact<ExpressRoute[]>> {
  const {reader} = inputs
  const paths = (await facts.value('files')) ?? noFiles
  const manifests = await reader.texts(paths.named('package.json').slice(0, 100))
  if (!manifests.some(({text}) => /"express"\s{0,20}:\s{0,20}"[\^~]?5\./.test(text))) return known([])
  // An override may bring back the one that reads the paths of Express 4.
  const settings = [...manifests, ...(await reader.texts(paths.named('pnpm-workspace.yaml')))]
  if (settings.some(({text}) => text.includes('path-to-regexp'))) return known([])
  if (paths.ending('.patch').some((path) => /path-to-regexp|express|router/.test(path))) return known([])
  const locked = (await lockedVersion(reader))('express')
  const found = new Map<string, ExpressRoute>()
  // With the parser, which is large.
  const {refusedRoutes} = await import('./route-calls.ts')
  for (const {by, command, origin, sources} of await programs(inputs, facts)) {
    const declared = (await readManifest(reader, origin))?.dependencies?.express
    if (!isFive(declared) || !isFive(locked ?? declared)) continue
    for (const file of sources) {
      if (!/["']express["']/.test(file.text) || isOfAnother(file.path, origin, paths)) continue
      for (const {start, end, ...route} of refusedRoutes(file)) {
        const key = `${file.path} ${start}`
        const at = file.span(start, end)
        if (!found.has(key)) found.set(key, {...route, at, version: locked ?? declared, by, command})
      }
    }
  }
  return known([...found.values()])
}

/** What is started as it is, and what is started as a compiler or a bundler has made it. */
async function programs(inputs: Inputs, facts: FactStore): Promise<Program[]> {
  const [readers, started] = await Promise.all([facts.need('sourceReaders'), startedSources(inputs, facts)])
  const asTheyAre = readers.flatMap(({kind, when, origin, ...each}) =>
    kind === 'program' && when !== 'build' && origin !== undefined ? [{...each, origin}] : [],
  )
  return [...asTheyAre, ...started.map(({sources, ...each}) => ({...each, sources: sources.map(({file}) => file)}))]
}

/** Whether a package.json that is nearer to the file may bring another Express. */
function isOfAnother(path: string, origin: string, paths: Files): boolean {
  for (let folder = posix.dirname(path); folder !== (origin || '.') && folder !== '.'; folder = posix.dirname(folder))
    if (paths.has(posix.join(folder, 'package.json'))) return true
  return false
}
