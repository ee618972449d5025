/** The packages of a Cargo workspace, as a step of the build sees them. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {Document} from '../documents/document.ts'
import {isTable} from '../documents/document.ts'
import {parseToml} from '../documents/toml.ts'
import {isBelow} from '../image/files/image-path.ts'
import type {StepFile, StepProject} from './step-project.ts'

export interface Package {
  file: StepFile
  document: Document
  /** Others need its library: of its programs none is built. */
  isNeeded?: true
}

export function packageAt(file: StepFile | undefined): Package | undefined {
  if (!file) return undefined
  const document = parseToml(file.text)
  return 'value' in document ? {file, document} : undefined
}

export async function workspaceAbove(project: StepProject, {file, document}: Package): Promise<Package | undefined> {
  if (isTable(document.value.workspace)) return undefined
  for (let folder = posix.dirname(posix.dirname(file.path)); ; folder = posix.dirname(folder)) {
    const above = packageAt(await project.find('Cargo.toml', folder))
    if (!above || isTable(above.document.value.workspace)) return above
    folder = posix.dirname(above.file.path)
    if (folder === '/') return undefined
  }
}

/** The packages that `members` names, as far as they are in the image; of a pattern only the last part may be a `*`. */
export async function membersOf(project: StepProject, root: Package): Promise<Package[]> {
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
export async function builtPackages(
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
      if (needed) queue.push({...needed, isNeeded: true})
    }
  }
  return [...found.values()].filter(({document}) => isTable(document.value.package))
}

/** What is in a workspace without being named: the packages that its own depend on by their path, for whatever use. */
export async function neededMembers(
  project: StepProject,
  root: Package,
  members: readonly Package[],
): Promise<Package[]> {
  const found = new Map<string, Package>()
  const queue = [...members]
  for (let each = queue.shift(); each; each = queue.shift()) {
    if (found.has(each.file.path)) continue
    found.set(each.file.path, each)
    for (const use of ['dependencies', 'dev-dependencies', 'build-dependencies']) {
      for (const path of pathDependencies(each, root, use)) {
        const needed = packageAt(await project.read(posix.join(path, 'Cargo.toml')))
        if (needed) queue.push(needed)
      }
    }
  }
  return [...found.values()]
}

/** The folders of the packages that one depends on by their path, its own or that of the workspace. */
function pathDependencies({file, document}: Package, root: Package, use?: string): string[] {
  const dependencies = document.value[use ?? 'dependencies']
  const shared = isTable(root.document.value.workspace) ? root.document.value.workspace.dependencies : undefined
  return Object.entries(isTable(dependencies) ? dependencies : {}).flatMap(([name, value]) => {
    if (!isTable(value) || (value.optional === true && use === undefined)) return []
    if (typeof value.path === 'string') return [posix.resolve(posix.dirname(file.path), value.path)]
    const inherited =
      value.workspace === true && isTable(shared) && Object.hasOwn(shared, name) ? shared[name] : undefined
    return isTable(inherited) && typeof inherited.path === 'string'
      ? [posix.resolve(posix.dirname(root.file.path), inherited.path)]
      : []
  })
}

/** What a manifest says in [package], of its own or with `.workspace = true`. */
export function stated(document: Document, root: Package, key: 'edition' | 'rust-version') {
  return valueAt(document, ['package', key, 'workspace'])?.value === 'true'
    ? valueAt(root.document, ['workspace', 'package', key])
    : valueAt(document, ['package', key])
}

export function valueAt(document: Document, path: readonly string[]): {value: string; at: FileLocation} | undefined {
  let value: unknown = document.value
  for (const key of path) value = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return typeof value === 'string' || typeof value === 'boolean'
    ? {value: String(value), at: document.at(path)}
    : undefined
}
