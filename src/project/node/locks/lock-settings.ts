/**
 * Settings that pnpm-lock.yaml was made with, and whose file is not there when a frozen install runs: it ends with
 * ERR_PNPM_LOCKFILE_CONFIG_MISMATCH (tried with pnpm 9 and 10).
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {lacks, unchangedAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {isFrozen, isRenewed, mends} from './lock-gaps.ts'

export interface LockSetting {
  /** `overrides`; undefined of a file that counts as a whole: .pnpmfile.cjs. */
  setting: string | undefined
  /** The file that sets it, and its place there. */
  file: string
  at: FileLocation
  /** Where the install would read it. */
  place: string
  command: string
  install: FileLocation
  lock: FileLocation
  /** The line of .dockerignore that leaves the file out. */
  rule: FileLocation | undefined
  /** A step of a workflow brings the lock file in line before it deploys. */
  isMended: boolean
}

interface Setting {
  name?: string
  /** As the lock file has it, and the file that sets it. */
  locked: RegExp
  set: RegExp
  /** In package.json, which may set it, too. */
  own?: string
  /** In the files that may set it as well. */
  elsewhere?: RegExp
}

const peers = {name: 'autoInstallPeers', locked: /^ {2}autoInstallPeers: false$/m, elsewhere: /auto-?install-?peers/i}
const injected = {
  name: 'injectWorkspacePackages',
  locked: /^ {2}injectWorkspacePackages: true$/m,
  elsewhere: /inject-?workspace-?packages/i,
}
const table = (name: string, locked = new RegExp(`^${name}:`, 'm')): Setting => ({
  ...{name, locked, own: name},
  set: new RegExp(`^${name}:`, 'm'),
})

/** What pnpm compares (pnpm, getOutdatedLockfileSetting), by the file that it is written in. */
const settingsOf: ReadonlyMap<string, readonly Setting[]> = new Map([
  [
    'pnpm-workspace.yaml',
    [
      table('overrides'),
      {name: 'catalogs', locked: /^catalogs:/m, set: /^catalogs?:/m},
      table('packageExtensions', /^packageExtensionsChecksum:/m),
      table('patchedDependencies'),
      table('ignoredOptionalDependencies'),
      {...peers, set: /^autoInstallPeers:\s*false\b/m},
      {...injected, set: /^injectWorkspacePackages:\s*true\b/m},
    ],
  ],
  [
    '.npmrc',
    [
      {...peers, set: /^auto-install-peers\s*=\s*false\b/m},
      {...injected, set: /^inject-workspace-packages\s*=\s*true\b/m},
    ],
  ],
  ['.pnpmfile.cjs', [{locked: /^pnpmfileChecksum:/m, set: /\S/}]],
])

/** What says settings in another way. */
const configures = /\b(?:pnpm|npm)\s+(?:config|set)\b|\b(?:pnpm|npm)_config_/i

export async function loadLockSettings({reader}: Inputs, facts: FactStore): Promise<Fact<LockSetting[]>> {
  const [{commands}, context, files, workflows] = await Promise.all([
    facts.need('buildCommands'),
    facts.need('buildContext'),
    facts.value('files'),
    facts.value('workflows'),
  ])
  const paths = files ?? noFiles
  const steps = workflows?.leadUp.map(({step}) => step.run?.text ?? '') ?? []
  const found: LockSetting[] = []
  for (const command of commands) {
    const request = readRequest(command.words)
    if (request?.manager !== 'pnpm' || request.kind !== 'install' || command.conditional || !command.decisive) continue
    if (command.by !== undefined || !isFrozen(request, command) || isRenewed('pnpm', command)) continue
    if (isConfigured(command)) continue
    const folder = posix.resolve(command.folder, request.folder ?? '.')
    const read = async (name: string) => reader.text(unchangedAt(command, posix.join(folder, name), paths))
    const [lock, root] = await Promise.all([read('pnpm-lock.yaml'), read('package.json')])
    const manifest = root && parseJson(root)
    if (!lock || !root || !manifest || !('value' in manifest) || !/^lockfileVersion: '9/.test(lock.text)) continue
    const base = posix.dirname(root.path)
    for (const [name, settings] of settingsOf) {
      const own = posix.join(base, name)
      const file = paths.has(own) ? await reader.text(own) : undefined
      if (!file || !places(folder, name).every((place) => lacks(command, place))) continue
      const others = await Promise.all([...settingsOf.keys()].filter((other) => other !== name).map(read))
      const lost = settings.find((each) => isLost(each, {file, lock, manifest: manifest.value, others}))
      if (!lost) continue
      const index = file.text.search(lost.set)
      found.push({
        ...{setting: lost.name, file: own, place: posix.join(folder, name)},
        at: lost.name === undefined ? file.whole : file.span(index, file.text.indexOf(':', index)),
        command: command.words.slice(0, 3).join(' '),
        ...{install: command.at, lock: lock.whole},
        rule: (await context.leftOut(`/${own}`)) ? await context.ruleFor(`/${own}`) : undefined,
        isMended: steps.some((text) => mends('pnpm', text)),
      })
      break
    }
  }
  return known(found)
}

/** pnpm looks for the list of the workspace in the folders above, too. */
const places = (folder: string, name: string): string[] =>
  (name === 'pnpm-workspace.yaml' ? withAbove(folder) : [folder]).map((each) => posix.join(each, name))

/** Whether a command, a variable or a flag says settings, be it of another file. */
const isConfigured = ({words, moment, before}: BuildCommand): boolean =>
  words.some((word) => word === undefined || /^--(?:config|ignore-workspace|ignore-pnpmfile|pnpmfile)\b/.test(word)) ||
  [...moment.variables.keys()].some((name) => /^p?npm_config_/i.test(name)) ||
  [before, ...moment.unknown.map(({text = ''}) => text)].some((text) => configures.test(text))

function isLost(
  {locked, set, own, elsewhere}: Setting,
  seen: {
    file: TextFile
    lock: TextFile
    manifest: Record<string, unknown>
    others: readonly (TextFile | undefined)[]
  },
): boolean {
  const {pnpm, resolutions} = seen.manifest
  const isOwn = own !== undefined && isTable(pnpm) && pnpm[own] !== undefined
  if (isOwn || (own === 'overrides' && resolutions !== undefined)) return false
  if (elsewhere && seen.others.some((other) => other && elsewhere.test(other.text))) return false
  return locked.test(seen.lock.text) && set.test(seen.file.text)
}
