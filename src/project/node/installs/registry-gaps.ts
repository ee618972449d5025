/** Installs that do not find the registry, or the token, that the packages of the project want. */
import {posix} from 'node:path'
import type {FileLocation, Severity} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {lineage, rootImage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {hexGaps} from '../../elixir/hex-repositories.ts'
import {noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {ignoredPaths} from '../../git/git.ts'
import {basePrograms} from '../../image/base/base-programs.ts'
import {isBelow, withAbove} from '../../image/files/image-path.ts'
import {lacks} from '../../image/moment.ts'
import {mayInstallAnything} from '../../image/programs/programs.ts'
import type {Inputs} from '../../inputs.ts'
import {imageVersion} from '../../toolchains/image-versions.ts'
import {isClassic} from '../locks/manager-rules.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'
import {isPnpmUnfilled} from '../locks/pnpm-version.ts'
import {type Install, installsOf} from './installs.ts'
import {type RegistrySettings, readSettings} from './npm-settings.ts'
import {startGaps} from './start-settings.ts'

export interface RegistryGap {
  /** `npm ci`. */
  text: string
  at: FileLocation
  /** The line of the settings. */
  settings: FileLocation
  /**
   * `settings`: they are not in the image by then. `variable`: one that they name is not set. `unfilled`: it may be, and
   * this pnpm does not fill it in. `start`: it is not set when the machines start. `token`: nothing names one at all.
   * `repository`: one of Hex that nothing makes known.
   */
  kind: 'settings' | 'variable' | 'unfilled' | 'start' | 'token' | 'repository'
  /** Of all but `settings`, `token` and `repository`. */
  variable: string | undefined
  /** The scope or the host whose packages are wanted; undefined where the program stops at the settings themselves. */
  wants: string | undefined
  /** The line `ARG NAME`, which a deploy may fill in. */
  argument: FileLocation | undefined
  severity: Severity
}

/** Another way to the registry: settings that are made, or those of a user. */
const otherwise = /npmrc|\b(?:npm|pnpm|yarn|bun) (?:config|set|login|adduser|logout)\b|_auth|npm_config_|registry/i

/** Files in which a token may stand, of whatever package manager. */
const settingsNames = ['.npmrc', '.yarnrc.yml', '.yarnrc', 'bunfig.toml']

/** It asks for a token whoever reads, also for what is public (docs.github.com, "Working with the npm registry"). */
const alwaysAsks = 'npm.pkg.github.com'

export async function loadRegistryGaps({reader}: Inputs, facts: FactStore): Promise<Fact<RegistryGap[]>> {
  const [installs, files, deploy] = await Promise.all([
    installsOf(reader, facts),
    facts.value('files'),
    facts.value('deployCommands'),
  ])
  const tracked = files ?? noFiles
  const found: RegistryGap[] = []
  for (const install of installs) {
    const before = found.length
    for (const name of ['.npmrc', '.yarnrc.yml']) {
      const there = await install.find(name)
      const own = posix.join(posix.dirname(install.manifest.path), name)
      // What deploys may fill the variables in.
      if (there) found.push(...(deploy?.makes(name) ? [] : unset(install, readSettings(there))))
      else if (name === '.npmrc' && tracked.has(own) && isAbsent(install, name)) {
        const file = await reader.text(own)
        const gap = file && missing(install, readSettings(file))
        if (gap) found.push(gap)
      }
    }
    const gap = found.length === before && (await withoutToken(install, reader))
    // What deploys lays the settings there, or adds the token to them.
    if (gap && !settingsNames.some((name) => deploy?.makes(name))) found.push(gap)
  }
  const hex = (await hexGaps(reader, facts)).map(({text, at, locked, repository}): RegistryGap => {
    const rest = {variable: undefined, argument: undefined, severity: 'error'} as const
    return {text, at, settings: locked, kind: 'repository', wants: repository, ...rest}
  })
  return known([...found, ...(await startGaps(reader, facts)), ...hex])
}

/** Whether the file is surely not there, and nothing else of the image says what it does. */
function isAbsent(install: Install, name: string): boolean {
  const {command, folder} = install
  const {moment} = command
  return (
    withAbove(folder).every((each) => lacks(command, posix.join(each, name))) &&
    !mayHaveSettings(install) &&
    ![...moment.files.files((names) => names.named(name))].some(([path]) => path.endsWith(`/${name}`))
  )
}

/** By a command, a variable or a secret that the RUN mounts. */
function mayHaveSettings({command: {moment}, before}: Install): boolean {
  const texts = [...before, moment.instruction.text, ...moment.instruction.flags.map(([, value]) => value)]
  return (
    texts.some((text) => otherwise.test(text) || text.includes('type=secret')) ||
    [...moment.variables.keys()].some((key) => /^(?:npm|pnpm|yarn|bun)_/i.test(key))
  )
}

function missing(install: Install, {scopes, tokens}: RegistrySettings): RegistryGap | undefined {
  const {text, command, request} = install
  for (const {scope, host, at} of scopes) {
    const isLocked = isFetched(install, host)
    const needsToken = tokens.some((each) => each.host === host)
    // The lock file has the whole address, which needs no settings.
    if (isLocked ? !needsToken : !asksFor(install, scope)) continue
    // It knows that registry by itself.
    if (scope === '@jsr' && request.manager !== 'npm') continue
    const severity = isLocked && host === alwaysAsks && !mayLeaveOut(install) ? 'error' : 'warning'
    return {
      text,
      at: command.at,
      settings: at,
      kind: 'settings',
      variable: undefined,
      wants: scope,
      argument: undefined,
      severity,
    }
  }
  return undefined
}

/** No settings of the image name a token, and nothing else does, for a registry that gives nothing without one. */
async function withoutToken(install: Install, reader: ProjectReader): Promise<RegistryGap | undefined> {
  const {text, command, folder, lock, manifest} = install
  const host = `//${alwaysAsks}/`
  // An image of somebody's own may have settings for the user.
  if (!basePrograms(rootImage(command.moment.stage) ?? '')) return undefined
  if (!lock || !isFetched(install, alwaysAsks) || mayHaveSettings(install)) return undefined
  if (install.before.some(mayInstallAnything) || command.words.includes('--offline')) return undefined
  // What is copied unseen into the folder of the user, or into that of the packages.
  const isCopied = (place: string) =>
    command.moment.unknown.some(({by, path}) => by === 'copy' && isBelow(posix.join(place, '.npmrc'), path))
  if (['/root', '/home/node', '/home/bun', ...withAbove(folder)].some(isCopied)) return undefined
  for (const name of settingsNames) {
    for (const [path, {source}] of command.moment.files.files((names) => names.named(name))) {
      if (!path.endsWith(`/${name}`)) continue
      const file = await reader.text(source)
      if (!file || /auth|password/i.test(file.text)) return undefined
    }
  }
  const at = lock.text.indexOf(host)
  // Settings that git ignores are on the computers of those who have a token.
  const own = settingsNames.map((name) => posix.join(posix.dirname(manifest.path), name))
  const isIgnored = (await ignoredPaths(reader.root, own)).size > 0
  // Of a part of the workspace it is not known which packages it needs.
  const isPart = /--filter|-F\b|--workspace|-w\b|focus/.test(command.words.join(' '))
  return {
    text,
    at: command.at,
    settings: lock.span(at, at + host.length),
    kind: 'token',
    variable: undefined,
    wants: alwaysAsks,
    argument: undefined,
    severity: isPart || isIgnored || mayLeaveOut(install) ? 'warning' : 'error',
  }
}

const leavesDev = ({words, moment}: Install['command']): boolean =>
  words.some((word) => /^(?:--omit=dev|--production|--prod|-P|--only=prod\w*)$/.test(word ?? '')) ||
  words.join(' ').includes('--omit dev') ||
  moment.variables.get('NODE_ENV') === 'production'

/** Whether the install fetches a package that the lock file has from this host; what it leaves out asks for nothing. */
function isFetched({lock, command}: Install, host: string): boolean {
  if (!lock?.text.includes(`//${host}/`)) return false
  const isLeft = leavesDev(command)
  const locked = Object.values(npmLockPackages(lock) ?? {})
  // npm goes on without an optional package that it does not get.
  return (
    locked.length === 0 ||
    locked.some(
      (each) =>
        isTable(each) &&
        !(isLeft && (each.dev === true || each.devOptional === true)) &&
        each.optional !== true &&
        String(each.resolved).includes(`//${host}/`),
    )
  )
}

/** Of the other lock files it is not read which packages are those of development. */
const mayLeaveOut = ({lock, command}: Install): boolean =>
  leavesDev(command) && (lock === undefined || npmLockPackages(lock) === undefined)

/** Whether package.json asks the registry for a package of this scope. */
function asksFor({value, command}: Install, scope: string): boolean {
  return ['dependencies', ...(leavesDev(command) ? [] : ['devDependencies'])].some((table) =>
    Object.entries(isTable(value[table]) ? value[table] : {}).some(
      ([name, spec]) => name.startsWith(`${scope}/`) && !/^[a-z+]+:|\//i.test(String(spec)),
    ),
  )
}

/** Of settings that are there: the variables that nothing sets. */
function unset(install: Install, settings: RegistrySettings): RegistryGap[] {
  const {text, command} = install
  const {variables, tokens, scopes} = settings
  const common = {text, at: command.at}
  const stops = stopsAtVariables(install, settings)
  if (stops) {
    const first = variables.find(({name}) => !isSet(install, name))
    const argument = first && argumentOf(install, first.name)
    return first
      ? [
          {
            ...common,
            settings: first.at,
            kind: 'variable',
            variable: first.name,
            wants: undefined,
            argument,
            severity: argument ? 'warning' : 'error',
          },
        ]
      : []
  }
  for (const {host, variable, at} of tokens) {
    const own = scopes.filter((each) => each.host === host)
    const isLocked = isFetched(install, host)
    // npm's own registry takes a wrong token for none.
    if (!variable || host === 'registry.npmjs.org' || !(isLocked || own.some(({scope}) => asksFor(install, scope))))
      continue
    const base = {...common, settings: at, variable, wants: host}
    if (!isSet(install, variable)) {
      const argument = argumentOf(install, variable)
      const isWanted = own.some(({scope}) => asksFor(install, scope)) || (isLocked && !mayLeaveOut(install))
      const isSure = host === alwaysAsks && !argument && isWanted
      return [{...base, kind: 'variable', argument, severity: isSure ? 'error' : 'warning'}]
    }
    if (
      install.request.manager === 'pnpm' &&
      isPnpmUnfilled(install.packageManager, install.before) &&
      !isTrusted(install)
    )
      return [{...base, kind: 'unfilled', argument: undefined, severity: 'warning'}]
  }
  return []
}

/**
 * Yarn 1 and npm 6 stop at a variable that is not set, whatever they are to do ("Failed to replace env in config"), and
 * so does a newer Yarn at one of .yarnrc.yml ("Environment variable not found").
 */
function stopsAtVariables(install: Install, {file}: RegistrySettings): boolean {
  const {request, command, packageManager, before, lock} = install
  const isBerry = /^yarn@[2-9]/.test(packageManager ?? '') || /^__metadata:/m.test(lock?.text ?? '')
  if (file.path.endsWith('.yarnrc.yml'))
    return request.manager === 'yarn' && isBerry && !command.moment.files.get(posix.join(install.folder, '.env.yarn'))
  if (request.manager === 'yarn')
    return (
      !isBerry && isClassic(install) && !before.some((each) => /^corepack\b|^yarn set|yarn@(?:berry|[2-9])/.test(each))
    )
  const node = imageVersion(rootImage(command.moment.stage) ?? '', 'Node')
  return (
    request.manager === 'npm' && Number.parseInt(node ?? '99', 10) < 15 && !before.some((each) => /\bnpm@/.test(each))
  )
}

/** By ENV, by an ARG that has a value, in the RUN itself, or from a secret that it mounts. */
const isSet = ({command: {moment, words}}: Install, name: string): boolean =>
  moment.variables.has(name) ||
  moment.instruction.text.includes(name) ||
  words.some((word) => word?.includes(name)) ||
  moment.instruction.flags.some(([, value]) => value.includes(name) || /type=secret[^\n]{0,200}npmrc/.test(value)) ||
  /--env-file|\bsource\b|set -a|^\s*\. /.test(moment.instruction.text)

const argumentOf = ({command}: Install, name: string): FileLocation | undefined =>
  lineage(command.moment.stage)
    .flatMap(({instructions}) => instructions)
    .find(({keyword, words}) => keyword === 'ARG' && words.some((word) => word === name))?.at

/** The settings count as the user's own. */
const isTrusted = ({command: {moment}, before}: Install): boolean =>
  moment.files.get('/root/.npmrc') !== undefined ||
  [...moment.variables.keys()].some((key) => /^p?npm_config_/i.test(key)) ||
  [...before, moment.instruction.text].some((text) => otherwise.test(text))
