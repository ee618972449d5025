import {posix} from 'node:path'
import {instructionsBefore, rootImage} from '../../dockerfile/parse.ts'
import {parseJson} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import {anyText, exactly, matcherOf} from '../../files/glob.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {holds, type Moment, mayBeChanged, sourceAt} from '../../image/moment.ts'
import {imageVersion} from '../../toolchains/image-versions.ts'
import {installedMembers, memberScript, membersWith, workspaceAbove} from './member-scripts.ts'
import {hasDefault, isForTop, isScriptAlone, type Request, readRequest} from './package-runner.ts'
import {packagesOf} from './program-packages.ts'
import {scriptsOf} from './scripts-of.ts'

/** A script of a package.json in the image, or a program, that a command starts. */
export interface StartedScript {
  by: string
  /** The package.json that stands there; undefined where none is seen to. */
  file: TextFile | undefined
  /** The folder of that file, or where the command runs. */
  folder: string
  /** The script. */
  name?: string
  /** What it is handed. */
  more: readonly string[]
  /** Of a program: its words. */
  exec?: readonly string[]
  /** Nothing but a script can be meant, or a program may be. */
  mustExist: boolean | 'likely'
}

export interface Project {
  reader: ProjectReader
  tracked: Files
}

export type Started = Pick<BuildCommand, 'words' | 'moment' | 'folder' | 'before'>

export async function startedScripts(given: Started, project: Project): Promise<StartedScript[]> {
  const command = atTop(given, project)
  if (!command) return []
  const wrapped = unwrap(command.words)
  if (wrapped) return [{by: '', file: undefined, folder: command.folder, more: [], exec: wrapped, mustExist: false}]
  const task = turboTask(command.words)
  if (task) {
    const place = await packageOf(command, task, project)
    const isThere = place.file !== undefined && scriptNames(place.file).has(task.name)
    return isThere ? [{by: `turbo run ${task.name}`, ...place, name: task.name, more: [], mustExist: false}] : []
  }
  const everywhere = memberScript(command.words)
  if (everywhere) {
    const {runner, name} = everywhere
    const members = await membersWith(everywhere, await packageOf(command, undefined, project), command, project)
    return members
      .filter(({file}) => file && scriptNames(file).has(name))
      .map((place) => ({by: `${runner} run ${name}`, ...place, name, more: [], mustExist: false}))
  }
  const several = severalScripts(command.words)
  const request = several ? undefined : readRequest(command.words)
  if (!several && !request) return []
  const place = await packageOf(command, request, project)
  // `npm pkg delete scripts.prepare`: what is written in it may no longer be so.
  const isWritten = request?.kind !== 'program' && mayBeChanged(command, posix.join(place.folder, 'package.json'))
  if (place.file && isWritten) return []
  if (several)
    return matching(several, place.file).map((name) => ({
      by: `npm run ${name}`,
      ...place,
      name,
      more: [],
      mustExist: false,
    }))
  if (!request) return []
  const {manager, kind, name, args, mustExist} = request
  if (kind === 'program') {
    // `pnpm --filter shop exec vite build` runs in the folder of that package.
    const folder = request.member === undefined ? command.folder : place.file && place.folder
    return folder === undefined ? [] : [{by: '', ...place, folder, more: [], exec: args, mustExist}]
  }
  if (kind === 'install') {
    if (await withoutScripts(request, command.moment, place.folder, project)) return []
    if (/\bconfig\s+set\b[^;&|]{0,50}\bignore-scripts\b/.test(textBefore(command))) return []
    if (manager === 'npm' && isBeforeNpm7(command.moment)) return []
    const berry = manager === 'yarn' && project.tracked.named('.yarnrc.yml').length > 0
    // pnpm runs those of the root as well, whatever the filter is (tried with 7, 9 and 10).
    const isFiltered = manager === 'pnpm' && request.member !== undefined
    const root = isFiltered ? await packageOf(command, {...request, member: undefined}, project) : place
    const members = isFiltered
      ? place.folder !== root.folder
        ? [place]
        : []
      : await installedMembers(root, request, command, project)
    return [root, ...members].flatMap((each) => {
      const own = each.file ? scriptNames(each.file) : new Set<string>()
      return installScripts
        .filter((name) => own.has(name) && !(name === 'preinstall' && own.has('install')))
        .filter(
          (name) => name !== 'prepare' || !(berry || (manager === 'yarn' && isProduction(request, command.moment))),
        )
        .map((name) => ({by: `the ${name} script`, ...each, name, more: [], mustExist: false as const}))
    })
  }
  const scripts = place.file ? scriptNames(place.file) : new Set<string>()
  const isFile = manager === 'bun' && /\.[cm]?[jt]sx?$|\//.test(name)
  const server = place.file && posix.join(place.folder, 'server.js')
  if (scripts.has(name) || (mustExist && !isFile)) {
    const asked = mustExist && !hasDefault(name, server !== undefined && holds(command.moment, server) !== 'no')
    const sure = isScriptAlone(manager, name) || (packagesOf(name) === undefined && 'likely')
    return [{by: `${manager} run ${name}`, ...place, name, more: args, mustExist: asked && sure}]
  }
  // No package is known to have a program of such a name; pnpm passes over the members without the script.
  const isMeant = isScriptWord.test(name) || (isNoProgram(name, place.file) && isLikeOne(name, scripts))
  const asked = command.words[1] === name && isMeant && (manager === 'yarn' || manager === 'pnpm')
  if (place.file && request.member === undefined && asked && args.length === 0)
    return [{by: `${manager} run ${name}`, ...place, name, more: args, mustExist: 'likely'}]
  // No script of this name: a program of node_modules/.bin, or a file that bun runs.
  if (isFile && command.words[1] === 'run') return []
  const exec = isFile ? ['bun', 'run', name, ...args] : [name, ...args]
  const folder = request.member === undefined ? posix.resolve(command.folder, request.folder ?? '.') : place.folder
  return place.file && manager !== 'npm' ? [{by: '', ...place, folder, more: [], exec, mustExist}] : []
}

/** `pnpm -w run build`: for the package at the top of the workspace, wherever it is called; undefined where that is not seen. */
function atTop(command: Started, {tracked}: Project): Started | undefined {
  const request = readRequest(command.words)
  if (!request || !isForTop(request) || request.kind === 'install') return command
  const top = workspaceAbove(command.folder, command.moment, tracked)
  return top && {...command, folder: top.folder}
}

/** No package is known to have it, and none that is declared is called so: `lint-staged`, `tsc-alias`, `build-storybook`. */
const isNoProgram = (name: string, manifest: TextFile | undefined): boolean =>
  packagesOf(name) === undefined && !manifest?.text.includes(`"${name}"`) && !name.includes('storybook')

/** `yarn move-files`, where the script is called `move`, or the other way round. */
const isLikeOne = (name: string, scripts: ReadonlySet<string>): boolean =>
  [...scripts].some((script) => name.startsWith(`${script}-`) || script.startsWith(`${name}-`))

/** `yarn build`, without run. */
const isScriptWord = /^(?:build|compile|bundle|generate|codegen|migrate|seed|setup)$/

/** npm, pnpm, Yarn 1 and bun run them for the package itself; `install` brings `preinstall` along. */
const installScripts = ['preinstall', 'install', 'postinstall', 'prepare']

/** Whether an install leaves the scripts out: by a flag, or as .npmrc says. */
export async function withoutScripts(
  {flags}: Pick<Request, 'flags'>,
  moment: Moment,
  folder: string,
  {reader, tracked}: Pick<Project, 'reader' | 'tracked'>,
): Promise<boolean> {
  if (flags.some((flag) => /^--(ignore-scripts|package-lock-only|lockfile-only|mode|offline-only)$/.test(flag)))
    return true
  const source = sourceAt(moment, posix.join(folder, '.npmrc'), tracked)
  const text = source === undefined ? undefined : (await reader.text(source))?.text
  const {variables} = moment
  return (
    /^[ \t]*ignore-scripts\s*=\s*true/m.test(text ?? '') ||
    ['npm_config_ignore_scripts', 'NPM_CONFIG_IGNORE_SCRIPTS'].some((name) => variables.get(name) === 'true')
  )
}

/** npm 6, which came with Node up to 14, runs no scripts of the project as root: "cannot run in wd". */
const isBeforeNpm7 = ({stage}: Moment): boolean =>
  Number.parseInt(imageVersion(rootImage(stage) ?? '', 'Node') ?? '', 10) < 15

/** Yarn 1 then leaves `prepare` out; npm, pnpm and bun do not (tried with npm 10, pnpm 10, bun 1, Yarn 1.22). */
const isProduction = ({flags}: Request, {variables, instruction}: Moment): boolean =>
  flags.some((flag) => /^--prod(?:uction)?$/.test(flag)) ||
  variables.get('NODE_ENV') === 'production' ||
  /\bNODE_ENV=production\b/.test(instruction.text)

/** What the stage has run before. */
function textBefore({moment: {stage, instruction}, before}: Started): string {
  const earlier = instructionsBefore(stage, instruction).filter(({keyword}) => keyword === 'RUN')
  return [...earlier.map(({text}) => text), before].join('\n')
}

/** `cross-env A=1 vite build` and the like run what follows. */
function unwrap([program, ...rest]: readonly (string | undefined)[]): string[] | undefined {
  const words = rest.map((word) => word ?? '')
  if (rest.includes(undefined)) return undefined
  if (/^(cross-env|cross-env-shell)$/.test(program ?? '')) {
    const start = words.findIndex((word) => !/^\w+=/.test(word))
    return start < 0 ? undefined : words.slice(start)
  }
  if (/^(dotenv|dotenvx|env-cmd|infisical|doppler)$/.test(program ?? '')) {
    const start = words.indexOf('--')
    return start < 0 ? undefined : words.slice(start + 1)
  }
  return undefined
}

/** `turbo run build --filter=shop...`: the task of one member. Those of the members that it needs are not followed. */
function turboTask(words: readonly (string | undefined)[]): {name: string; member: string} | undefined {
  const [program, ...rest] = words
  if (!/^turbo(?:@[\w.-]+)?$/.test(program ?? '') || rest.includes(undefined)) return undefined
  const given = rest
    .join(' ')
    .replace(/\s--filter\s+/g, ' --filter=')
    .split(' ')
  const filters = given.flatMap((word) => /^--filter=["']?(.*?)["']?$/.exec(word)?.[1] ?? [])
  const [name, another] = given.filter((word) => word !== 'run' && !word.startsWith('-'))
  const [filter = '', ...others] = filters
  const member = filter.replace(/\.\.\.$/, '').replace(/^\.\//, '')
  const isOne = /^@?[\w-][\w./-]*$/.test(member) && others.length === 0 && another === undefined
  // `--dry` says what would be run.
  return name && isOne && !given.some((word) => /^--dry/.test(word)) ? {name, member} : undefined
}

/** `run-s a b:*` of npm-run-all. */
function severalScripts([program, ...rest]: readonly (string | undefined)[]): string[] | undefined {
  if (!/^(run-s|run-p|npm-run-all2?)$/.test(program ?? '')) return undefined
  return rest.filter((word) => word !== undefined && !word.startsWith('-')) as string[]
}

/** The scripts that the names and patterns of npm-run-all mean: `*` stops at a colon, `**` does not. */
function matching(patterns: readonly string[], file: TextFile | undefined): string[] {
  const names = file ? [...scriptNames(file)] : []
  return patterns.flatMap((pattern) => {
    const parts = pattern.split(/(\*+)/)
    return names.filter(
      matcherOf(
        parts.flatMap((part) =>
          part === '*' ? [{one: '[^:]', repeats: true}] : part.startsWith('*') ? [anyText] : exactly(part),
        ),
      ),
    )
  })
}

function scriptNames(file: TextFile): ReadonlySet<string> {
  const document = parseJson(file)
  return new Set(Object.keys(scriptsOf('value' in document ? document.value : undefined)))
}

export type Place = Pick<StartedScript, 'file' | 'folder'>

/** The package.json that counts: of the folder or above it, or of the member that a flag names. */
async function packageOf(
  {moment, folder: cwd}: Started,
  request: Partial<Pick<Request, 'folder' | 'member'>> | undefined,
  project: Project,
): Promise<Place> {
  const start = posix.resolve(cwd, request?.folder ?? '.')
  let folder = start
  let source: string | undefined
  for (;;) {
    const path = posix.join(folder, 'package.json')
    source = sourceAt(moment, path, project.tracked)
    if (source !== undefined || holds(moment, path) !== 'no' || folder === '/') break
    folder = posix.dirname(folder)
  }
  if (source === undefined) return {file: undefined, folder: start}
  if (request?.member === undefined) return {file: await project.reader.text(source), folder}
  const wanted = request.member.replace(/\.\.\.$/, '')
  const root = posix.dirname(source)
  for (const path of project.tracked.named('package.json')) {
    if (!path.includes('/') || (root !== '.' && !path.startsWith(`${root}/`))) continue
    const below = posix.relative(root, posix.dirname(path))
    const place = posix.join(folder, below)
    if (below === '' || sourceAt(moment, posix.join(place, 'package.json'), project.tracked) !== path) continue
    const file = await project.reader.text(path)
    const document = file && parseJson(file)
    if (!document || !('value' in document)) continue
    if (document.value.name === wanted || posix.normalize(wanted).replace(/\/$/, '') === below)
      return {file, folder: place}
  }
  return {file: undefined, folder: start}
}
