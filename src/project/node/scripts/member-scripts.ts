/** Scripts that run in the packages of a workspace, one after the other. */
import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import {type Moment, sourceAt} from '../../image/moment.ts'
import {memberFolders, pnpmGlobs, readManifest} from '../workspace/workspace.ts'
import {isOwnCommand, type Request} from './package-runner.ts'
import type {Place, Project, Started} from './started-scripts.ts'

export interface MemberScript {
  /** What runs them: each looks for the packages where it is told to. */
  runner: 'npm' | 'pnpm' | 'yarn' | 'turbo'
  name: string
  /** Of the packages whose folders this pattern finds; undefined for all of them. */
  filter: string | undefined
}

/** Flags that change neither which packages are meant nor what becomes of a failure. */
const plainFlags =
  /^(?:-r|--recursive|--parallel|--stream|--sequential|--aggregate-output|--if-present|--workspaces|-ws|--silent|-s|--(?:workspace-)?concurrency=\d+%?|--reporter=[\w-]+|-[Aptv]+|--all|--topological|--topological-dev|--verbose|--force|--no-daemon|--no-cache|--output-logs=[\w-]+|--log-order=\w+|--ui=\w+)$/

/**
 * `pnpm -r run build`, `pnpm --filter "./packages/*" build`, `npm run build --workspaces`, `yarn workspaces foreach -A run
 * build`, `turbo run build`.
 */
export function memberScript([program, ...rest]: readonly (string | undefined)[]): MemberScript | undefined {
  const runner = runners.find((each) => each === program)
  if (!runner || rest.includes(undefined)) return undefined
  const words = rest
    .join(' ')
    .replace(/(^|\s)(?:--filter|-F)[ =]/g, '$1--filter=')
    .replace(/^workspaces (?:foreach (?=.*\brun )|(?=run ))/, runner === 'yarn' ? '--all ' : '$&')
    .split(' ')
  const [filter, another] = words.flatMap((word) => /^--filter=(.*)$/.exec(word)?.[1] ?? [])
  const isEvery = runner === 'turbo' || words.some((word) => everyFlag[runner].test(word))
  // Another filter means packages by their names, by what depends on them, or by what has changed.
  if (another !== undefined) return undefined
  if (filter === undefined ? !isEvery : runner !== 'pnpm' || !/^\.\/[\w@./-]*\*+$/.test(filter)) return undefined
  const flags = words.filter((word) => word.startsWith('-') && !word.startsWith('--filter='))
  const [first, ...others] = words.filter((word) => word !== '' && !word.startsWith('-'))
  const isRun = first === 'run' || first === 'run-script'
  const [name, more] = isRun ? others : [first, ...others]
  if (!name || more !== undefined || !flags.every((flag) => plainFlags.test(flag))) return undefined
  // Without `run` it may be a command of its own.
  if (!isRun && runner !== 'turbo' && (runner !== 'pnpm' || isOwnCommand('pnpm', name))) return undefined
  return {runner, name, filter}
}

const runners = ['npm', 'pnpm', 'yarn', 'turbo'] as const
const everyFlag = {npm: /^(?:-ws|--workspaces)$/, pnpm: /^(?:-r|--recursive)$/, yarn: /^(?:-(?=\w*A)\w+|--all)$/}

/** The packages of the workspace of which a command runs a script, as far as their package.json is there. */
export async function membersWith(
  {runner, filter}: MemberScript,
  root: Place,
  {moment, folder: cwd}: Started,
  project: Project,
): Promise<Place[]> {
  if (!root.file) return []
  const {reader, tracked} = project
  const ofPnpm = runner === 'npm' || runner === 'yarn' ? undefined : workspaceAbove(root.folder, moment, tracked)
  const top = ofPnpm ?? (runner === 'pnpm' ? undefined : topOf(root, root.file.path))
  if (!top) return []
  const globs = ofPnpm
    ? await pnpmGlobs(reader, posix.join(top.origin, 'pnpm-workspace.yaml'))
    : (await readManifest(reader, originOf(top)))?.workspaces
  // A pattern of folders is meant from where pnpm runs.
  if (!globs || (filter !== undefined && cwd !== top.folder)) return []
  const found = filter === undefined ? undefined : new Set(memberFolders([filter], originOf(top), tracked))
  const places = await placesOf(top, memberFolders(globs, originOf(top), tracked), moment, project)
  return places.filter(({folder}) => !found || found.has(posix.relative(top.folder, folder)))
}

/** pnpm runs the scripts of every member of the workspace whose package.json is there (pnpm install is recursive). */
export async function installedMembers(
  root: Place,
  {manager, flags}: Request,
  {moment}: Started,
  project: Project,
): Promise<Place[]> {
  if (manager !== 'pnpm' || !root.file || flags.includes('--ignore-workspace')) return []
  const top = workspaceAbove(root.folder, moment, project.tracked) ?? topOf(root, root.file.path)
  const {reader} = project
  const settings = (await reader.text(posix.join(top.origin, '.npmrc')))?.text ?? ''
  if (top.folder !== root.folder && /^[ \t]*recursive-install\s*=\s*false/m.test(settings)) return []
  const globs = await pnpmGlobs(reader, posix.join(top.origin, 'pnpm-workspace.yaml'))
  const folders = globs ? ['', ...memberFolders(globs, originOf(top), project.tracked)] : []
  return (await placesOf(top, folders, moment, project)).filter(({folder}) => folder !== root.folder)
}

/** A workspace in the image, and the folder of the context that it is a copy of. */
interface Workspace {
  folder: string
  origin: string
}

const originOf = ({origin}: Workspace): string => (origin === '.' ? '' : origin)

const topOf = ({folder}: Place, manifest: string): Workspace => ({folder, origin: posix.dirname(manifest)})

/** The workspace in whose folder, or below it, pnpm runs: also in a member's folder it installs all of it. */
export function workspaceAbove(folder: string, moment: Moment, tracked: Files): Workspace | undefined {
  const source = sourceAt(moment, posix.join(folder, 'pnpm-workspace.yaml'), tracked)
  if (source !== undefined) return {folder, origin: posix.dirname(source)}
  return folder === '/' ? undefined : workspaceAbove(posix.dirname(folder), moment, tracked)
}

async function placesOf(
  top: Workspace,
  folders: readonly string[],
  moment: Moment,
  {reader, tracked}: Project,
): Promise<Place[]> {
  const places = folders.map(async (each): Promise<Place> => {
    const folder = posix.join(top.folder, each)
    const source = sourceAt(moment, posix.join(folder, 'package.json'), tracked)
    return {folder, file: await reader.text(source)}
  })
  return (await Promise.all(places)).filter(({file}) => file)
}
