import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {copies} from '../../image/files/context-path.ts'
import {lacks} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from './workspace.ts'

/** A member of a workspace that the build needs, that a COPY would bring, and that the ignore file leaves out. */
export interface HiddenMember {
  folder: string
  name: string | undefined
  /** The member that depends on it, or the command that builds it. */
  neededBy: {folder: string; at: FileLocation} | {command: string; at: FileLocation}
  /** The nearest line that lets another member through, else the rule that leaves this one out. */
  at: FileLocation
  /** The pattern that lets it through stands beside others. */
  isAllowList: boolean
}

/** What fetches a member from the registry all the same. */
const isLocal = (spec: string | undefined): boolean => /^(workspace|file|link):/.test(spec ?? '')

export async function loadHiddenMembers({reader}: Inputs, facts: FactStore): Promise<Fact<HiddenMember[]>> {
  const [build, {commands}, context, files] = await facts.needAll('build', 'buildCommands', 'buildContext', 'files')
  const {ignoreFile} = context
  const root = ignoreFile && files.has('package.json') ? await readManifest(reader, '') : undefined
  if (!ignoreFile || !root) return known([])
  const globs = (await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? root.workspaces
  const folders = globs ? memberFolders(globs, '', files) : []
  const instructions = build.stages.flatMap(({stage}) => allInstructions(stage))
  const hidden: string[] = []
  for (const folder of folders) {
    const manifest = `${folder}/package.json`
    if (copies(manifest, instructions) && context.leftOut(`/${manifest}`)) hidden.push(folder)
  }
  if (hidden.length === 0) return known([])
  const brought = new Set<string>()
  for (const stage of build.stages) {
    for (const [path, {source}] of stage.files.files((names) => names.named('package.json')))
      if (path.endsWith('/package.json')) brought.add(source)
  }
  const present: Manifest[] = []
  for (const folder of folders) {
    if (!brought.has(`${folder}/package.json`)) continue
    const manifest = await readManifest(reader, folder)
    if (manifest) present.push(manifest)
  }
  const found: HiddenMember[] = []
  for (const folder of hidden) {
    const manifest = await readManifest(reader, folder)
    if (!manifest || brought.has(`${folder}/package.json`)) continue
    const {name} = manifest
    const neededBy = buildOf(folder, name) ?? (name === undefined ? undefined : await userOf(name, folder))
    if (!neededBy) continue
    const sibling = lineBeside(ignoreFile, folder)
    const at = sibling ?? (await context.ruleFor(`/${folder}/package.json`)) ?? ignoreFile.whole
    found.push({folder, name, neededBy, at, isAllowList: sibling !== undefined})
  }
  return known(found)

  /** A command that names the member, or runs in its folder. */
  function buildOf(folder: string, name: string | undefined): HiddenMember['neededBy'] | undefined {
    for (const command of commands) {
      if (command.conditional || !command.decisive) continue
      // What a script says of members may be meant for a workspace that has them; where it goes, there must be a folder.
      const names = command.by === undefined ? namedMembers(command) : []
      const isNamed = names.some((each) => each === name || each.replace(/^\.\//, '').replace(/\/$/, '') === folder)
      if (!isNamed && !runsIn(command, folder)) continue
      return {command: command.words.slice(0, 5).join(' '), at: command.at}
    }
    return undefined
  }

  /** A member that is there and that is bound to the folder, not to what the registry has. */
  async function userOf(name: string, folder: string): Promise<HiddenMember['neededBy'] | undefined> {
    for (const {folder: user, dependencies, peerDependencies} of present) {
      const specs = [dependencies, peerDependencies].map((each) => (Object.hasOwn(each, name) ? each[name] : undefined))
      if (user === folder || !specs.some(isLocal)) continue
      const file = await reader.text(posix.join(user, 'package.json'))
      const start = file?.text.indexOf(`${JSON.stringify(name)}:`) ?? -1
      if (file) return {folder: user, at: start < 0 ? file.whole : file.span(start, start + name.length + 2)}
    }
    return undefined
  }
}

/** `--filter NAME`, `-w NAME`, `yarn workspace NAME`; a pattern names no member. */
function namedMembers({words}: BuildCommand): string[] {
  if (!/(^|\/)(pnpm|npm|yarn|bun|turbo|nx|lerna)$/.test(words[0] ?? '')) return []
  return words.flatMap((word = '', index) => {
    const [, value] = /^(?:--filter|--workspace|--scope)=(.+)$/.exec(word) ?? []
    const before = words[index - 1] ?? ''
    const isValue =
      /^(?:--filter|-F|--workspace|--scope|workspace)$/.test(before) || (before === '-w' && /npm$/.test(words[0] ?? ''))
    const name = (value ?? (isValue ? word : undefined))?.replace(/\.\.\.$/, '')
    return name && !/[*{!^]/.test(name) ? [name] : []
  })
}

/** The folder of the image stands below that of the manifest of the whole, and nothing else is seen to make it. */
function runsIn(command: BuildCommand, member: string): boolean {
  const {folder, moment} = command
  // Who goes there does not make it.
  const before = command.before.replace(/\b(?:cd|pushd)\s{1,9}\S{1,300}/g, '')
  if (!folder.endsWith(`/${member}`) || !lacks({moment, before}, folder)) return false
  const root = moment.files.get(posix.join(folder.slice(0, -member.length), 'package.json'))
  return root?.kind === 'file' && root.source === 'package.json'
}

/** The last line that lets a neighbour through: `!packages/other`. */
function lineBeside(file: TextFile, folder: string): FileLocation | undefined {
  const above = posix.dirname(folder)
  for (let number = file.lineCount; number > 0; number--) {
    const pattern = file.line(number).trim()
    if (above !== '.' && pattern.replace(/^!\s*(\.?\/)?/, '!').startsWith(`!${above}/`)) return file.lineSpan(number)
  }
  return undefined
}
