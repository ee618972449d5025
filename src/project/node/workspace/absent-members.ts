/** Members of the workspace that the code in the image imports, and whose own code no COPY brings beside it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {flagOf, type Instruction, lineage} from '../../dockerfile/parse.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {isBelow, withAbove} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'
import {scriptsOf as scriptsIn} from '../scripts/scripts-of.ts'
import {startedScript} from '../scripts/started-script.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from './workspace.ts'
import {importOf, isLedElsewhere} from './workspace-sources.ts'

export interface AbsentMember {
  folder: string
  name: string
  /** It is there with its package.json alone. */
  hasManifest: boolean
  user: string
  importedAt: FileLocation
  /** The line that brings a neighbour, or what imports it. */
  at: FileLocation
  stage: string | undefined
}

/** What makes a folder for a member with the code of all that it needs in node_modules. */
const packs = /\bdeploy\b|\bpack\b|--install-links/
const bundlers =
  /^(?:vite|@remix-run\/dev|@react-router\/dev|@sveltejs\/kit|astro|next|nuxt|webpack|rollup|rolldown|esbuild|tsup|tsdown|parcel|@vercel\/ncc)$/
const code = /\.(?:[cm]?[jt]sx?|json)$/

export async function loadAbsentMembers({reader}: Inputs, facts: FactStore): Promise<Fact<AbsentMember[]>> {
  const [[build, paths], flyConfig, scripted] = await Promise.all([
    facts.needAll('build', 'files'),
    facts.value('flyConfig'),
    facts.value('buildCommands'),
  ])
  const root = paths.has('package.json') ? await readManifest(reader, '') : undefined
  const globs = (await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? root?.workspaces
  if (!root || !globs) return known([])
  const [npmLock, yarnLock] = await Promise.all(['package-lock.json', 'yarn.lock'].map((name) => reader.text(name)))
  const links = npmLock && npmLockPackages(npmLock)
  const members: (Manifest & {name: string})[] = []
  for (const folder of memberFolders(globs, '', paths)) {
    const manifest = await readManifest(reader, folder)
    if (manifest?.name !== undefined) members.push({...manifest, name: manifest.name})
  }
  const {started} = await startedCommands(facts)
  const starts = [
    ...started.map(({command}) => command.words.join(' ')),
    ...Object.values(flyConfig?.config.processes ?? {}),
  ]
  const runsOf = ({stage}: BuiltStage): string[] =>
    lineage(stage).flatMap(({instructions}) =>
      instructions.flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
    )
  const runs = build.stages.flatMap(runsOf)
  // What the scripts of package.json run there: `npm run build:web` may stand for `npm run build --workspace web`.
  const scriptsOf = ({stage}: BuiltStage) =>
    (scripted?.commands ?? []).filter(
      // An install runs scripts of members that are not built there.
      ({moment, by}) => by !== undefined && !by.startsWith('the ') && lineage(stage).includes(moment.stage),
    )
  const found: AbsentMember[] = []
  for (const stage of build.stages) {
    if (bringsPacked(stage)) continue
    const places = placesOf(stage)
    const {workingDir} = stage.config
    // What another stage builds may be whole there.
    const scripts = scriptsOf(stage)
    const own = [...runsOf(stage), ...scripts.map(({words}) => words.join(' '))]
    const texts = [...own, ...(stage === build.final ? starts : [])]
    const isUsed = (user: Manifest & {name: string}) => {
      const {name, folder} = user
      const place = places.get(folder)
      if (own.some((text) => isNamed(text, name, folder))) return true
      if (place !== undefined && scripts.some((each) => isInside(each.folder, place))) return true
      if (place === undefined || bringsBundle(stage, user, place)) return false
      return texts.some((text) => isNamed(text, name, folder)) || isInside(workingDir, place)
    }
    const seen = new Set<string>()
    const next = members.filter((each) => places.has(each.folder) && isUsed(each))
    for (let user = next.pop(); user; user = next.pop()) {
      if (seen.has(user.folder)) continue
      seen.add(user.folder)
      for (const member of members) {
        if (member === user || !isLinked(user, member) || isLaid(stage, user, member, places)) continue
        const place = placeOf(user, member, places)
        const missing = place === undefined ? undefined : await lackOf(stage, member, place)
        if (!missing) {
          if (places.has(member.folder)) next.push(member)
          continue
        }
        const from = await importIn(stage, user, member, places)
        if (!from || found.some(({folder}) => folder === member.folder)) continue
        const at =
          beside(
            stage,
            member.folder,
            [...places].filter(([folder]) => folder !== user?.folder && folder !== member.folder),
          ) ?? from.line
        const {folder, name} = member
        found.push({folder, name, ...missing, user: user.folder, importedAt: from.at, at, stage: stage.stage.name})
      }
    }
  }
  return known(found)

  /** Its node_modules come from a stage that may have laid the members themselves into them. */
  function bringsPacked({stage}: BuiltStage): boolean {
    const brings = lineage(stage).some(({instructions}) =>
      instructions.some((each) => each.keyword === 'COPY' && flagOf(each, 'from') && /node_modules/.test(each.text)),
    )
    return brings && runs.some((text) => packs.test(text))
  }

  /** Whether another stage has built what is started there, with a bundler: that may have the code of members in it. */
  function bringsBundle(
    {stage, config}: BuiltStage,
    {dependencies, devDependencies}: Manifest,
    place: string,
  ): boolean {
    const bundles = [dependencies, devDependencies].some((each) =>
      Object.keys(each).some((name) => bundlers.test(name)),
    )
    const brings = (each: Instruction): boolean => {
      if (!flagOf(each, 'from') || /node_modules/.test(each.text)) return false
      const target = posix.resolve(config.workingDir, copyOf(each)?.target ?? '/')
      return target.startsWith(`${place}/`)
    }
    return bundles && lineage(stage).some(({instructions}) => instructions.some(brings))
  }

  /** Whether node_modules have a link to the folder of the member, and no package of the registry. */
  function isLinked({dependencies, devDependencies}: Manifest, {name, folder}: Manifest & {name: string}): boolean {
    const [spec] = [dependencies, devDependencies].flatMap((each) => (Object.hasOwn(each, name) ? [each[name]] : []))
    if (spec === undefined) return false
    if (/^(?:workspace|link):/.test(spec)) return true
    if (links) return Object.hasOwn(links, folder)
    const isClassic = yarnLock && /^# yarn lockfile v1/m.test(yarnLock.text.slice(0, 300))
    return Boolean(isClassic) && !yarnLock?.text.includes(`\n"${name}@`) && !yarnLock?.text.includes(`\n${name}@`)
  }

  /** Whether a COPY lays the member itself into node_modules, in the place of the link. */
  function isLaid(
    {files: tree}: BuiltStage,
    user: Manifest,
    {name}: Manifest & {name: string},
    places: ReadonlyMap<string, string>,
  ): boolean {
    return withAbove(places.get(user.folder) ?? '/').some((folder) => {
      const held = tree.get(posix.join('/', folder, 'node_modules', name))
      return held?.kind === 'folder' && held.entries.size > 0
    })
  }

  /** Where the members lie that keep their places beside each other. */
  function placesOf(stage: BuiltStage): Map<string, string> {
    const places = new Map<string, string>()
    for (const [path, {source}] of stage.files.files((names) => names.named('package.json'))) {
      const folder = posix.dirname(source)
      if (members.some((each) => each.folder === folder) && path.endsWith(`/${source}`))
        places.set(folder, posix.dirname(path))
    }
    return places
  }

  async function lackOf(
    {stage, files: tree, unknown}: BuiltStage,
    {folder}: Manifest,
    place: string,
  ): Promise<{hasManifest: boolean} | undefined> {
    const manifest = posix.join(place, 'package.json')
    const own = paths.under(folder).filter((path) => code.test(path) && !path.endsWith('package.json'))
    const held = tree.get(place)
    const hasManifest = tree.get(manifest) !== undefined
    if (own.length === 0 || (held && held.kind !== 'folder')) return undefined
    if (held?.kind === 'folder' && held.entries.size > (hasManifest ? 1 : 0)) return undefined
    // What another stage has built.
    if (unknown.some(({by, path}) => by === 'copy' && isBelow(path, place))) return undefined
    return mayBring({stage, unknown}, hasManifest ? posix.join(place, 'src') : manifest) ? undefined : {hasManifest}
  }

  /** The import, where the file that has it is in the stage. */
  async function importIn(
    {files: tree}: BuiltStage,
    user: Manifest,
    {name}: Manifest & {name: string},
    places: ReadonlyMap<string, string>,
  ): Promise<{at: FileLocation; line: FileLocation} | undefined> {
    const from = await importOf(name, user.folder, {reader, paths}, {subpaths: true})
    if (!from || (await isLedElsewhere(name, user.folder, {reader, paths}))) return undefined
    const place = posix.join(places.get(user.folder) ?? '/', posix.relative(user.folder, from.at.file))
    const entry = tree.get(place)
    if (entry?.kind === 'file' && entry.source === from.at.file) return {at: from.at, line: entry.at}
    const manifest = tree.get(posix.join(places.get(user.folder) ?? '/', 'package.json'))
    if (tree !== build.final.files || manifest?.kind !== 'file' || !(await isCompiled(user, places))) return undefined
    // What is of types alone is in no JavaScript.
    const kept = await importOf(name, user.folder, {reader, paths}, {subpaths: true, onlyKept: true})
    return kept && {at: kept.at, line: manifest.at}
  }

  /** Whether node starts what tsc has made of the sources, file by file, and what they import is still imported there. */
  async function isCompiled({folder}: Manifest, places: ReadonlyMap<string, string>): Promise<boolean> {
    const place = places.get(folder) ?? '/'
    const [manifest, nest] = await Promise.all(
      ['package.json', 'nest-cli.json'].map((name) => reader.text(posix.join(folder, name))),
    )
    const script = scriptsIn(manifest && parseLoosely(manifest.text)).build ?? ''
    if (!/\b(?:tsc|nest build)\b/.test(script) || bundles.test(script) || /webpack/.test(nest?.text ?? '')) return false
    return started.some((each) => {
      const path = each.certain && each.folder !== undefined ? startedScript(each) : undefined
      const below = path === undefined ? '..' : posix.relative(place, posix.resolve(each.folder ?? '/', path))
      const [first = '..', more] = below.split('/')
      return first !== '..' && more !== undefined && !paths.hasFolder(posix.join(folder, first))
    })
  }
}

const bundles = /\b(?:esbuild|tsup|tsdown|webpack|rollup|rolldown|ncc|vite|bun build|unbuild|parcel|turbo|nx)\b/

const isInside = (folder: string, place: string): boolean => `${folder}/`.startsWith(`${place}/`)

/** A word of a command, `--filter NAME...`, `--cwd apps/web`. */
function isNamed(text: string, name: string, folder: string): boolean {
  const words = text.split(/[\s=;&|"'(),[\]]+/).map((word) => word.replace(/^(?:\.\/|\.\.\.)|\.\.\.$|\/$/g, ''))
  return words.some((word) => word === name || word === folder || word.startsWith(`${folder}/`))
}

const placeOf = (user: Manifest, member: Manifest, places: ReadonlyMap<string, string>): string | undefined => {
  const place = places.get(user.folder)
  return place === undefined ? undefined : posix.join(place, posix.relative(user.folder, member.folder))
}

/** The line that brings the code of the present member with the most in common. */
function beside(
  {files}: BuiltStage,
  member: string,
  places: readonly (readonly [folder: string, place: string])[],
): FileLocation | undefined {
  const shared = (folder: string) => {
    const parts = member.split('/')
    const index = folder.split('/').findIndex((part, at) => part !== parts[at])
    return index < 0 ? parts.length : index
  }
  const lines = places.flatMap(([folder, place]) => {
    const entry = files.get(posix.join(place, 'package.json'))
    return entry?.kind === 'file' ? {at: entry.at, shares: shared(folder)} : []
  })
  return lines.sort((a, b) => b.shares - a.shares || (b.at.line ?? 0) - (a.at.line ?? 0))[0]?.at
}
