/** The members of a workspace of uv that a `uv sync` installs. */
import {posix} from 'node:path'
import {type Document, isTable} from '../../../documents/document.ts'
import {parseToml} from '../../../documents/toml.ts'
import type {Files} from '../../../files/files.ts'
import type {ProjectReader} from '../../../files/reader.ts'
import {normalizeName, parseRequirement} from '../../../python/packages/pep508.ts'
import type {BuildCommand} from '../../build-commands.ts'
import {sourceAt, unchangedAt} from '../../moment.ts'

interface Manifest {
  /** Its folder, relative to that of the workspace. */
  folder: string
  document: Document
}

/** A member that is installed: its manifest's place in the image, and its path in the project. */
export interface WorkspaceMember {
  place: string
  path: string
  document: Document
  /** The member that needs it, or the top. */
  by: Document
}

const leavesOut =
  /^--(?:no-install-(?:workspace|local|package)|only-(?:group|dev)|no-sources|directory|project|script|inexact|isolated)\b/

/** What of the workspace the environment gets; none where the folder of the command is not the top of one. */
export async function installedMembers(
  command: BuildCommand,
  {reader, project}: {reader: ProjectReader; project: Files},
): Promise<WorkspaceMember[]> {
  const {moment, folder, words} = command
  if (words.some((word) => word === undefined || leavesOut.test(word))) return []
  if (
    [...moment.variables.keys()].some((name) =>
      /^UV_(?:NO_INSTALL_\w+|NO_SOURCES|PROJECT|WORKING_DIR(?:ECTORY)?)$/.test(name),
    )
  )
    return []
  const path = posix.join(folder, 'pyproject.toml')
  const source = unchangedAt(command, path, project)
  const top = source === undefined ? undefined : await manifest(source)
  const workspace = top && uvOf(top).workspace
  if (source === undefined || !top || !isTable(workspace)) return []
  const members = new Map<string, Manifest>()
  const origin = posix.dirname(source)
  const isMember = memberTest(workspace)
  for (const each of project.named('pyproject.toml')) {
    const below = posix.relative(origin, posix.dirname(each))
    if (!isMember(below)) continue
    const document = await manifest(each)
    const name = document && nameOf(document)
    if (name) members.set(name, {folder: below, document})
  }
  const asked = words.flatMap((word, index) => (words[index - 1] === '--package' ? [word ?? ''] : []))
  const all = words.includes('--all-packages')
  const starts = all ? [...members.values()] : asked.flatMap((name) => members.get(normalizeName(name)) ?? [])
  // A member that is asked for by its name may be called otherwise in another way of writing it.
  if (!all && words.some((word) => word?.startsWith('--package')) && starts.length === 0) return []
  const found = new Map<string, WorkspaceMember>()
  const add = ({folder: below, document}: Manifest, by: Document) => {
    const own = posix.join(below, 'pyproject.toml')
    found.set(below, {place: posix.join(folder, own), path: posix.join(origin, own), document, by})
  }
  // With all of them those that nothing needs may be missing: uv then knows less of them, unless the lock file does.
  const queue: Manifest[] = starts.length > 0 ? starts : [{folder: '', document: top}]
  for (const each of starts)
    if (sourceAt(moment, posix.join(folder, each.folder, 'pyproject.toml'), project)) add(each, top)
  const seen = new Set<Document>()
  for (let each = queue.shift(); each; each = queue.shift()) {
    if (seen.has(each.document)) continue
    seen.add(each.document)
    for (const name of neededBy(each.document, top)) {
      const member = members.get(name)
      if (!member) continue
      if (!found.has(member.folder)) add(member, each.document)
      queue.push(member)
    }
  }
  return [...found.values()]

  async function manifest(file: string): Promise<Document | undefined> {
    const text = await reader.text(file)
    const document = text && parseToml(text)
    return document && 'value' in document ? document : undefined
  }
}

const uvOf = ({value: {tool}}: Document): Record<string, unknown> => (isTable(tool) && isTable(tool.uv) ? tool.uv : {})

/** One without a build is not installed itself, but what it needs. */
export const isBuilt = (document: Document): boolean =>
  'build-system' in document.value && uvOf(document).package !== false

function nameOf({value: {project}}: Document): string | undefined {
  return isTable(project) && typeof project.name === 'string' ? normalizeName(project.name) : undefined
}

/** `members` and `exclude`: a folder, or a `*` as the last part. */
function memberTest({members, exclude}: Record<string, unknown>): (folder: string) => boolean {
  const tests = [members, exclude].map((patterns) =>
    (Array.isArray(patterns) ? patterns : []).map((each) => posix.normalize(String(each)).replace(/\/$/, '')),
  )
  const fits = (folder: string, pattern: string) =>
    pattern === folder || (pattern.endsWith('/*') && posix.dirname(folder) === pattern.slice(0, -2))
  const [own = [], left = []] = tests
  return (folder) => own.some((each) => fits(folder, each)) && !left.some((each) => fits(folder, each))
}

/** What a package depends on of its workspace, on every system. */
function neededBy(document: Document, top: Document): string[] {
  const {project} = document.value
  const listed = isTable(project) && Array.isArray(project.dependencies) ? project.dependencies : []
  const sources = [document, top].map((each) => uvOf(each).sources).filter(isTable)
  return listed.flatMap((text) => {
    const parsed = parseRequirement(String(text))
    if ('invalid' in parsed || parsed.marker) return []
    const source = sources
      .map((each) => Object.entries(each).find(([name]) => normalizeName(name) === parsed.name)?.[1])
      .find((each) => each !== undefined)
    return isTable(source) && source.workspace === true && source.marker === undefined ? [parsed.name] : []
  })
}
