import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {Document} from '../documents/document.ts'
import {isTable} from '../documents/document.ts'
import {parseToml} from '../documents/toml.ts'
import {isBelow} from '../image/image-path.ts'
import {letChain} from './let-chains.ts'
import {atLeast} from './ranges.ts'
import type {Demand, Rule} from './rule.ts'
import type {StepFile, StepProject} from './step-project.ts'

/** The first cargo that knows an edition, a resolver, a version of Cargo.lock (the releases' notes). */
const editions = new Map([
  ['2018', '1.31'],
  ['2021', '1.56'],
  ['2024', '1.85'],
])
const resolvers = new Map([
  ['2', '1.51'],
  ['3', '1.84'],
])
const locks = new Map([
  ['3', '1.53'],
  ['4', '1.78'],
])

interface Package {
  file: StepFile
  document: Document
}

/**
 * cargo refuses what it does not know in any manifest of the workspace, and a package that it builds whose rust-version
 * is newer. Where a rust-toolchain file lies, rustup of the official images fetches what that names.
 */
export const rust: Rule = {
  language: 'Rust',
  command:
    /^cargo (?:build|b|fetch|test|run|rustc|check|clippy|auditable build|leptos build|install\b.* --path)\b(?!.* (?:--manifest-path|-C\b))/,
  replaced:
    /\brustup\s+(?:update|default|install|override|toolchain|self)|RUSTUP_TOOLCHAIN|cargo\s+\+|sh\.rustup\.rs|RUSTC_BOOTSTRAP/,
  precision: 2,
  async demands(project, has) {
    if ((await project.find('rust-toolchain')) || (await project.find('rust-toolchain.toml'))) return []
    const near = packageAt(await project.find('Cargo.toml'))
    if (!near) return []
    const root = (await workspaceAbove(project, near)) ?? near
    const members = [root, ...(await membersOf(project, root))]
    const demands: Demand[] = []
    const demand = (version: string | undefined, said: string, at: FileLocation) => {
      if (version) demands.push({range: atLeast(version), said: `${said}, which takes ${version}`, at})
    }
    for (const {document} of members) {
      const edition = stated(document, root, 'edition')
      if (edition) demand(editions.get(edition.value), `${edition.at.file} says edition ${edition.value}`, edition.at)
    }
    const resolver =
      valueAt(root.document, ['workspace', 'resolver']) ?? valueAt(root.document, ['package', 'resolver'])
    if (resolver)
      demand(resolvers.get(resolver.value), `${root.file.text.path} says resolver ${resolver.value}`, resolver.at)
    const lockPath = posix.join(posix.dirname(root.file.path), 'Cargo.lock')
    const lock = await project.read(lockPath)
    if (!lock && !project.mayHave(lockPath) && has.includes('.')) {
      const said = `there is no Cargo.lock, so that cargo takes the newest dependencies, which may want a newer one`
      const hint = 'Commit Cargo.lock and copy it, or take a tag that moves on: rust:1, rust:1-slim, …'
      demands.push({range: [], said, at: root.file.text.whole, likely: true, hint})
    }
    const [, version = ''] = (lock && /^version = (\d)$/m.exec(lock.text.text.slice(0, 500))) ?? []
    if (lock) {
      const line =
        lock.text.text
          .slice(0, 500)
          .split('\n')
          .findIndex((each) => each.startsWith('version = ')) + 1
      demand(locks.get(version), `${lock.text.path} has version ${version}`, lock.text.lineSpan(line))
    }
    const built = await builtPackages(project, near, root, members)
    if (!project.words.includes('--ignore-rust-version')) {
      for (const {document} of built) {
        const minimum = stated(document, root, 'rust-version')
        if (!minimum) continue
        demands.push({
          range: atLeast(minimum.value),
          said: `${minimum.at.file} asks for ${minimum.value}`,
          at: minimum.at,
        })
      }
    }
    for (const {file, document} of built) {
      if (stated(document, root, 'edition')?.value !== '2024') continue
      const chain = await letChain(project, posix.dirname(file.path))
      if (!chain) continue
      demands.push({range: atLeast('1.88'), said: `${chain.file} has an if with && let, which takes 1.88`, at: chain})
    }
    // What is proven is told rather than what is likely.
    return demands.sort((a, b) => Number(a.likely ?? false) - Number(b.likely ?? false))
  },
}

function packageAt(file: StepFile | undefined): Package | undefined {
  if (!file) return undefined
  const document = parseToml(file.text)
  return 'value' in document ? {file, document} : undefined
}

async function workspaceAbove(project: StepProject, {file, document}: Package): Promise<Package | undefined> {
  if (isTable(document.value.workspace)) return undefined
  for (let folder = posix.dirname(posix.dirname(file.path)); ; folder = posix.dirname(folder)) {
    const above = packageAt(await project.find('Cargo.toml', folder))
    if (!above || isTable(above.document.value.workspace)) return above
    folder = posix.dirname(above.file.path)
    if (folder === '/') return undefined
  }
}

/** The packages that `members` names, as far as they are in the image; of a pattern only the last part may be a `*`. */
async function membersOf(project: StepProject, root: Package): Promise<Package[]> {
  const folder = posix.dirname(root.file.path)
  const workspace = root.document.value.workspace
  const members = isTable(workspace) && Array.isArray(workspace.members) ? workspace.members : []
  const left = isTable(workspace) && Array.isArray(workspace.exclude) ? workspace.exclude.map(String) : []
  const isLeft = (path: string) => left.some((each) => isBelow(path, posix.join(folder, each)))
  const found: Package[] = []
  for (const member of members.filter((each) => typeof each === 'string')) {
    const parent = posix.join(folder, posix.dirname(member))
    const folders = member.endsWith('/*')
      ? (await project.names(parent)).map((name) => posix.join(parent, name))
      : [posix.join(folder, member)]
    for (const each of folders.filter((path) => !isLeft(path))) {
      const read = packageAt(await project.read(posix.join(each, 'Cargo.toml')))
      if (read) found.push(read)
    }
  }
  return found
}

/**
 * What a command builds: the packages that it names, else that of its folder, else all; and those that they need. None
 * where it names programs of packages that are not looked for, or the workspace has its own idea of all.
 */
async function builtPackages(
  project: StepProject,
  near: Package,
  root: Package,
  members: readonly Package[],
): Promise<Package[]> {
  const {words} = project
  const named = words.flatMap((word, index) =>
    /^(?:-p|--package)$/.test(words[index - 1] ?? '') ? [word] : (/^(?:-p|--package)=?(.+)$/.exec(word)?.[1] ?? []),
  )
  const hasPackage = isTable(near.document.value.package)
  const workspace = root.document.value.workspace
  const unclear =
    words.some((word) => /^--(?:bin|example|exclude)\b/.test(word)) ||
    (isTable(workspace) && 'default-members' in workspace)
  if (!hasPackage && named.length === 0 && unclear) return []
  const everything = words.includes('--workspace') || words.includes('--all') || (!hasPackage && named.length === 0)
  const first = everything
    ? members
    : named.length > 0
      ? members.filter(({document}) => named.includes(valueAt(document, ['package', 'name'])?.value ?? ''))
      : [near]
  const found = new Map<string, Package>()
  const queue = [...first]
  for (let each = queue.shift(); each; each = queue.shift()) {
    if (found.has(each.file.path)) continue
    found.set(each.file.path, each)
    for (const path of pathDependencies(each, root)) {
      const needed = packageAt(await project.read(posix.join(path, 'Cargo.toml')))
      if (needed) queue.push(needed)
    }
  }
  return [...found.values()].filter(({document}) => isTable(document.value.package))
}

/** The folders of the packages that one depends on by their path, its own or that of the workspace. */
function pathDependencies({file, document}: Package, root: Package): string[] {
  const {dependencies} = document.value
  const shared = isTable(root.document.value.workspace) ? root.document.value.workspace.dependencies : undefined
  return Object.entries(isTable(dependencies) ? dependencies : {}).flatMap(([name, value]) => {
    if (!isTable(value) || value.optional === true) return []
    if (typeof value.path === 'string') return [posix.resolve(posix.dirname(file.path), value.path)]
    const inherited =
      value.workspace === true && isTable(shared) && Object.hasOwn(shared, name) ? shared[name] : undefined
    return isTable(inherited) && typeof inherited.path === 'string'
      ? [posix.resolve(posix.dirname(root.file.path), inherited.path)]
      : []
  })
}

/** What a manifest says in [package], of its own or with `.workspace = true`. */
function stated(document: Document, root: Package, key: 'edition' | 'rust-version') {
  return valueAt(document, ['package', key, 'workspace'])?.value === 'true'
    ? valueAt(root.document, ['workspace', 'package', key])
    : valueAt(document, ['package', key])
}

function valueAt(document: Document, path: readonly string[]): {value: string; at: FileLocation} | undefined {
  let value: unknown = document.value
  for (const key of path) value = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return typeof value === 'string' || typeof value === 'boolean'
    ? {value: String(value), at: document.at(path)}
    : undefined
}
