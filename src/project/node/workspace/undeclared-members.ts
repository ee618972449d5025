/** Members of the workspace that another one imports and does not declare, where only what is declared is there. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Inputs} from '../../inputs.ts'
import {hoists} from './hoist-settings.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from './workspace.ts'
import {exportedSources, importOf, isLedElsewhere} from './workspace-sources.ts'

export interface UndeclaredMember {
  name: string
  /** The package.json that does not name it. */
  manifest: string
  at: FileLocation
  /** What leaves it out: `pnpm` links what is declared, `turbo prune` keeps no other. */
  by: 'pnpm' | 'turbo prune'
}

/** `pnpm -r run build`, `turbo run build`: of all members. */
const everyBuild = /^(?:pnpm (?:-r|--recursive|recursive)|turbo(?: run)?) (?:run )?build(?! .*(?:--filter|-F\b))/

export async function loadUndeclaredMembers({reader}: Inputs, facts: FactStore): Promise<Fact<UndeclaredMember[]>> {
  const [[{commands}, paths], image] = await Promise.all([
    facts.needAll('buildCommands', 'files'),
    facts.value('image'),
  ])
  const texts = commands.map(({words}) => words.map((word) => word ?? '?').join(' '))
  const prunes = texts.some((text) => /^(?:npx |pnpm |bunx |yarn )?(?:dlx |exec )?turbo(?:@\S+)? prune\b/.test(text))
  const root = await readManifest(reader, '')
  const pnpm = await pnpmGlobs(reader, 'pnpm-workspace.yaml')
  const isStrict =
    pnpm !== undefined && texts.some((text) => /^pnpm (?:i|install)\b/.test(text)) && !(await isHoisted())
  const globs = pnpm ?? root?.workspaces
  if (!globs || !root || !(prunes || isStrict)) return known([])
  const members = new Map<string, Manifest>()
  for (const folder of memberFolders(globs, '', paths)) {
    const manifest = await readManifest(reader, folder)
    if (manifest?.name !== undefined) members.set(manifest.name, manifest)
  }
  const found: UndeclaredMember[] = []
  const named = await namedMembers(members)
  const built = withDeclared(named, members)
  for (const user of built) {
    // What is only imported is read as far as it is.
    const only = named.includes(user) ? undefined : await exportedSources(user.folder, {reader, paths})
    for (const [name, member] of members) {
      if (member === user || declares(user, name) || declares(root, name)) continue
      // What another one declares is there, and found from the folder above.
      if (!isStrict && built.has(member)) continue
      const {at} = (await importOf(name, user.folder, {reader, paths}, {subpaths: true, only})) ?? {}
      if (!at || !(image?.copies(at.file) ?? true) || (await isLedElsewhere(name, user.folder, {reader, paths})))
        continue
      found.push({name, manifest: `${user.folder}/package.json`, at, by: isStrict ? 'pnpm' : 'turbo prune'})
    }
  }
  return known(found)

  async function isHoisted(): Promise<boolean> {
    const settings = await Promise.all(['.npmrc', 'pnpm-workspace.yaml'].map((path) => reader.text(path)))
    return settings.some((file) => file && hoists.test(file.text))
  }

  /** Those that a command names, or all that have a build where it builds all. */
  async function namedMembers(all: ReadonlyMap<string, Manifest>): Promise<Manifest[]> {
    const isRecursive = texts.some((text) => everyBuild.test(text))
    const found: Manifest[] = []
    for (const member of all.values()) {
      const {name, folder} = member
      const manifest = isRecursive ? await reader.text(`${folder}/package.json`) : undefined
      const hasBuild = /"build"\s*:/.test(manifest?.text ?? '')
      if (hasBuild || texts.some((text) => isNamed(text, name ?? folder, folder))) found.push(member)
    }
    return found
  }

  function isNamed(text: string, name: string, folder: string): boolean {
    const words = text.split(/[\s=]+/).map((word) => word.replace(/^["']|["']$/g, '').replace(/^\.\/|\.\.\.$|\/$/g, ''))
    return /\b(?:build|prune|deploy|tsc|start)\b/.test(text) && (words.includes(name) || words.includes(folder))
  }
}

/** … and what they declare in turn. */
function withDeclared(named: readonly Manifest[], all: ReadonlyMap<string, Manifest>): ReadonlySet<Manifest> {
  const next = [...named]
  const built = new Set<Manifest>()
  for (let member = next.pop(); member; member = next.pop()) {
    if (built.has(member)) continue
    built.add(member)
    next.push(...[...all].filter(([name]) => declares(member as Manifest, name)).map(([, each]) => each))
  }
  return built
}

const declares = ({dependencies, devDependencies, peerDependencies}: Manifest, name: string): boolean =>
  [dependencies, devDependencies, peerDependencies].some((table) => Object.hasOwn(table, name))
