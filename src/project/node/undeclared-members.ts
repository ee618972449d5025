/** Members of the workspace that another one imports and does not declare, where only what is declared is there. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Inputs} from '../inputs.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from './workspace.ts'
import {importOf, isLedElsewhere} from './workspace-sources.ts'

export interface UndeclaredMember {
  name: string
  /** The package.json that does not name it. */
  manifest: string
  at: FileLocation
  /** What leaves it out: `pnpm` links what is declared, `turbo prune` keeps no other. */
  by: 'pnpm' | 'turbo prune'
}

/** Settings by which pnpm lays everything where all find it. */
const hoists = /^[ \t]*["']?(?:shamefully-?hoist|public-?hoist-?pattern|node-?linker)\b/im

export async function loadUndeclaredMembers({reader}: Inputs, facts: FactStore): Promise<Fact<UndeclaredMember[]>> {
  const [commands, files] = await Promise.all([facts.get('buildCommands'), facts.get('files')])
  if (commands.state !== 'ok') return commands
  if (files.state !== 'ok') return files
  const {paths} = files.value
  const texts = commands.value.commands.map(({words}) => words.map((word) => word ?? '?').join(' '))
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
  for (const user of builtMembers(members)) {
    for (const [name, {folder}] of members) {
      if (folder === user.folder || declares(user, name) || declares(root, name)) continue
      const at = await importOf(name, user.folder, {reader, paths}, true)
      if (!at || (await isLedElsewhere(name, user.folder, {reader, paths}))) continue
      found.push({name, manifest: `${user.folder}/package.json`, at, by: isStrict ? 'pnpm' : 'turbo prune'})
    }
  }
  return known(found)

  async function isHoisted(): Promise<boolean> {
    const settings = await Promise.all(['.npmrc', 'pnpm-workspace.yaml'].map((path) => reader.text(path)))
    return settings.some((file) => file && hoists.test(file.text))
  }

  /** Those that a command names or runs in, and what they declare in turn. */
  function builtMembers(all: ReadonlyMap<string, Manifest>): Iterable<Manifest> {
    const built = new Set<Manifest>()
    const next = [...all.values()].filter(({name, folder}) =>
      texts.some((text) => isNamed(text, name ?? folder, folder)),
    )
    for (let member = next.pop(); member; member = next.pop()) {
      if (built.has(member)) continue
      built.add(member)
      next.push(...[...all].filter(([name]) => declares(member as Manifest, name)).map(([, each]) => each))
    }
    return built
  }

  function isNamed(text: string, name: string, folder: string): boolean {
    const words = text.split(/[\s=]+/).map((word) => word.replace(/^["']|["']$/g, '').replace(/^\.\/|\.\.\.$|\/$/g, ''))
    return /\b(?:build|prune|deploy|tsc|start)\b/.test(text) && (words.includes(name) || words.includes(folder))
  }
}

const declares = ({dependencies, devDependencies, peerDependencies}: Manifest, name: string): boolean =>
  [dependencies, devDependencies, peerDependencies].some((table) => Object.hasOwn(table, name))
