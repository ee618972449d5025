/** Packages of a member that a build takes along with the member's sources, and that stayed in the stage of the install. */
import {isBuiltin} from 'node:module'
import {posix} from 'node:path'
import {flagOf, instructionsBefore, lineage, type Stage} from '../../dockerfile/parse.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {placedCopies} from '../../image/files/context-path.ts'
import {stageIndex} from '../../image/files/copy-sources.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {lacks} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import {importSpecifiers, packageName} from '../imports/import-specifiers.ts'
import {isKept} from '../imports/is-kept.ts'
import {resolvedImport} from '../imports/resolved-import.ts'
import {installsWithin} from '../installs/uninstalled-tools.ts'
import {isolatedInstall} from './isolated-installs.ts'
import type {LeftModules} from './left-modules.ts'
import {memberEntry} from './member-entry.ts'
import {type Manifest, readManifest} from './workspace.ts'
import {importOf} from './workspace-sources.ts'

interface Workspace {
  reader: ProjectReader
  tracked: Files
  stages: readonly Stage[]
  root: Manifest
  members: ReadonlySet<string>
  /** The member that a command runs in. */
  memberOf(command: BuildCommand): string | undefined
}

/** What takes the sources of other members along, and looks for their packages from where those really are. */
const bundles =
  /^(?:next build|vite build|astro build|react-router build|remix (?:vite:)?build|nuxt build|nuxi build|(?:vue-)?tsc)\b/
/** Settings by which packages are looked for elsewhere. */
const resolving = /symlinks|\balias\b|\bdedupe\b|\bresolve\s*[.:]|\bpaths\b/i
const settings = ['next', 'vite', 'astro', 'nuxt', 'react-router', 'remix']
/** pnpm before 10 lays these in the root of its own accord. */
const hoisted = /eslint|prettier|^@types\//
const mostFiles = 60

export async function leftPackages(
  commands: readonly BuildCommand[],
  {reader, tracked, stages, root, members, memberOf}: Workspace,
): Promise<LeftModules[]> {
  const found: LeftModules[] = []
  const told = new Set<Stage>()
  for (const [index, command] of commands.entries()) {
    const {moment, by, at} = command
    const text = [programOf(command) ?? '', ...command.words.slice(1).map((word) => word ?? '')].join(' ')
    if (told.has(moment.stage) || command.conditional || !command.decisive || !bundles.test(text)) continue
    const user = memberOf(command)
    const modules = user === undefined ? undefined : modulesOf(command, user)
    if (user === undefined || !modules || installsWithin(commands.slice(0, index), moment.stage)) continue
    const other = stages[stageIndex(modules.from, stages, moment.stage) ?? -1]
    const install =
      other &&
      (await isolatedInstall(
        commands,
        new Set(lineage(other)),
        {reader, tracked},
        ({folder}) => folder === modules.workspace,
      ))
    if (install?.manager !== 'pnpm' || (await looksElsewhere(user))) continue
    const lost = await lostPackage(command, user, modules.root)
    if (!lost) continue
    const {member, name} = lost
    told.add(moment.stage)
    found.push({
      ...{program: name, isImport: true, by: by ?? text, at, copy: modules.at, install: install.at},
      ...{manager: install.manager, manifest: posix.join(member, 'package.json'), from: modules.from},
      source: posix.join(modules.workspace, member, 'node_modules'),
      place: posix.join(modules.root, member, 'node_modules'),
      isByHand: false,
      isOfMember: true,
    })
  }
  return found

  /** The first package that a member asks for alone whose sources the build takes along, and that is not beside it. */
  async function lostPackage(
    command: BuildCommand,
    user: string,
    top: string,
  ): Promise<{member: string; name: string} | undefined> {
    for (const member of members) {
      const manifest = member === user ? undefined : await readManifest(reader, member)
      const name = manifest?.name
      if (!manifest || name === undefined) continue
      // It may be known by `paths` of tsconfig.json alone.
      const place = posix.join(top, member)
      const isThere = command.moment.files.ownSource(posix.join(place, 'package.json'), tracked)
      if (isThere !== posix.join(member, 'package.json') || !lacks(command, posix.join(place, 'node_modules'))) continue
      const imported = await importOf(name, user, {reader, paths: tracked}, {subpaths: true, onlyKept: true})
      const entry = imported && (await memberEntry(reader, member, `.${imported.specifier.slice(name.length)}`))
      const lost = await firstImport(entry?.targets ?? [], (each) => asks(manifest, each))
      if (lost !== undefined) return {member, name: lost}
    }
    return undefined
  }

  /** The first package of those that only the member asks for, in files and those that they import. */
  async function firstImport(entries: readonly string[], fits: (name: string) => boolean): Promise<string | undefined> {
    const next = entries.filter((path) => tracked.has(path) && !/\.d\.[cm]?ts$/.test(path))
    const seen = new Set<string>()
    for (let path = next.shift(); path !== undefined && seen.size < mostFiles; path = next.shift()) {
      const file = seen.has(path) ? undefined : await reader.text(path)
      seen.add(path)
      for (const each of file ? importSpecifiers(file.text) : []) {
        if (
          !file ||
          !((await isKept(file, each)) || /^\W*export\b/.test(file.text.slice(0, each.start).split('\n').at(-1) ?? ''))
        )
          continue
        if (/^\.{1,2}(?:\/|$)/.test(each.text)) {
          const target = resolvedImport(posix.join(posix.dirname(path), each.text), tracked)
          if (target !== undefined) next.push(target)
        } else if (!each.isDynamic && !isBuiltin(each.text)) {
          const name = packageName(each.text)
          if (fits(name) && !asks(root, name) && !hoisted.test(name)) return name
        }
      }
    }
    return undefined
  }

  /** Whether the settings of a member's build may name other folders for packages. */
  async function looksElsewhere(user: string): Promise<boolean> {
    const names = tracked
      .beginning(...settings.map((name) => `${name}.config`), 'tsconfig')
      .filter((path) => posix.dirname(path) === (user || '.') || posix.dirname(path) === '.')
    const texts = await reader.texts(names)
    return texts.some(({path, text}) =>
      /tsconfig/.test(path)
        ? /preserveSymlinks|"(?:\*|[a-z@][\w/@.-]{0,100})"\s{0,9}:\s{0,9}\[[^\]]{0,500}node_modules\/[@\w]/.test(text)
        : resolving.test(text),
    )
  }
}

const asks = (manifest: Manifest | undefined, name: string): boolean =>
  manifest !== undefined &&
  [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies].some((each) => Object.hasOwn(each, name))

interface Modules {
  at: LeftModules['copy']
  from: string
  workspace: string
  root: string
}

/** The COPY of the root's node_modules from the stage of the install; undefined where others may bring those of all members. */
function modulesOf({moment, folder}: BuildCommand, user: string): Modules | undefined {
  const all = [...placedCopies(instructionsBefore(moment.stage, moment.instruction))]
  const copies = all.filter(({instruction: {text}}) => text.includes('node_modules'))
  const top = folder.endsWith(`/${user}`) ? folder.slice(0, -user.length - 1) || '/' : undefined
  if (
    top === undefined ||
    !copies.every(({sources, target}) => sources.length === 1 && posix.basename(target) === 'node_modules')
  )
    return undefined
  const own = copies.find(({target}) => target === posix.join(top, 'node_modules'))
  const from = own && flagOf(own.instruction, 'from')
  const source = posix.resolve('/', own?.sources[0] ?? '/')
  if (!own || from === undefined || posix.basename(source) !== 'node_modules') return undefined
  // A whole folder of another stage has the node_modules in it.
  const isWhole = all.some(
    ({instruction, target}) =>
      !copies.some((each) => each.instruction === instruction) && flagOf(instruction, 'from') && isBelow(target, top),
  )
  return isWhole ? undefined : {at: own.instruction.at, from, workspace: posix.dirname(source), root: top}
}
