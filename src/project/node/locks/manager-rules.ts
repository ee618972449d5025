import {posix} from 'node:path'
import type {FailsAt, FileLocation, Severity} from '../../../check.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import type {TextFile} from '../../files/text.ts'
import {plainName} from '../../image/base/base-images.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {holds} from '../../image/moment.ts'
import {imageVersion} from '../../toolchains/image-versions.ts'
import type {Install} from '../installs/installs.ts'

/** An install by a package manager that does not go with the project's files. */
export interface ManagerGap {
  message: string
  at: FileLocation
  related: FileLocation[]
  hint: string
  severity: Severity
  failsAt?: FailsAt
}

export function gap(
  {command, manifest}: Install,
  message: string,
  hint: string,
  related: FileLocation[],
  severity: Severity,
): ManagerGap {
  return {message, at: command.at, related: related.length > 0 ? related : [manifest.whole], hint, severity}
}

/** Node's own images have Yarn 1; elsewhere npm installs it under this name. */
export function isClassic({command, before}: Install): boolean {
  const image = rootImage(command.moment.stage) ?? ''
  return (
    imageVersion(image, 'Node') !== undefined ||
    /^node(?:[:@]|$)/.test(plainName(image)) ||
    before.some((text) =>
      /^npm (?:install|i|add)\b(?=.*\s(?:-g|--global)\b).*\syarn(?:@1[.\d]*|@latest)?(?:\s|$)/.test(text),
    )
  )
}

/** Whether the image surely has a Yarn of 2024 or later: Node from 18 on, by a tag that moves. */
export function isNew({command}: Install): boolean {
  const version = imageVersion(rootImage(command.moment.stage) ?? '', 'Node')
  return version !== undefined && /^\d+$/.test(version) && Number(version) >= 20
}

/** "This project is configured to use pnpm", by corepack and by pnpm 10. */
export function otherManager(install: Install): ManagerGap | undefined {
  const {packageManager, request, before, command, text, manifest} = install
  const [, wanted] = /^(npm|pnpm|yarn)@/.exec(packageManager ?? '') ?? []
  const {manager} = request
  if (!wanted || wanted === manager || (manager !== 'pnpm' && manager !== 'yarn')) return undefined
  const {variables} = command.moment
  if (
    ['COREPACK_ENABLE_STRICT', 'COREPACK_ENABLE_PROJECT_SPEC'].some(
      (name) => variables.get(name) === '0' || command.moment.instruction.text.includes(`${name}=0`),
    )
  )
    return undefined
  const enabled = before.some((each) => {
    const [, names = ''] = /^corepack enable\b((?: [a-z]+)*)/.exec(each) ?? ['', undefined]
    return /^corepack enable\b/.test(each) && (names === '' || names.split(' ').includes(manager))
  })
  if (!enabled || before.some((each) => new RegExp(`^npm (?:install|i|add)\\b.*\\s${manager}(?:@|\\s|$)`).test(each)))
    return undefined
  return gap(
    install,
    `${text} stops: corepack lets ${manager} run in no project whose packageManager is ${packageManager}`,
    `Take the same one in both: ${wanted} in the Dockerfile, or "packageManager": "${manager}@…" in ${manifest.path}.`,
    [install.at],
    'error',
  )
}

/** EUNSUPPORTEDPROTOCOL of npm, also of `npm ci`, whatever the lock says (tried with npm 8, 10 and 11). */
export function protocols(
  install: Install,
  value: Record<string, unknown>,
  manifest: TextFile = install.manifest,
): ManagerGap | undefined {
  const {request, text, command} = install
  if (request.manager !== 'npm' || !/^npm (?:install|i|ci|clean-install)\b/.test(command.words.join(' ')))
    return undefined
  for (const table of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    for (const [name, spec] of Object.entries((value[table] as Record<string, unknown> | undefined) ?? {})) {
      const [, protocol] = typeof spec === 'string' ? (/^(workspace|catalog|portal):/.exec(spec) ?? []) : []
      if (!protocol) continue
      return gap(
        install,
        `${text} stops: npm does not know ${protocol}:, which ${manifest.path} asks for ${name} with`,
        'Install with the package manager that the project uses (pnpm, Yarn or Bun).',
        [manifest.whole],
        'error',
      )
    }
  }
  return undefined
}

const locks = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb']

/**
 * A member of a workspace that is installed alone, where it asks for another by `workspace:`: pnpm ends with
 * ERR_PNPM_WORKSPACE_PKG_NOT_FOUND, Bun with "failed to resolve", Yarn 1 asks the registry (tried with pnpm 10, Bun 1.4 and
 * Yarn 1.22). By a lock file pnpm goes on, and links a folder that is not there.
 */
export function memberAlone(install: Install): ManagerGap | undefined {
  const {command, request, text, folder, manifest, value} = install
  if (request.manager === 'npm' || value.workspaces !== undefined) return undefined
  const {moment} = command
  const folders = withAbove(folder)
  const mayBe = (name: string, places = folders) =>
    places.some((each) => holds(moment, posix.join(each, name)) !== 'no')
  const above = folders.filter((each) => each !== folder)
  if ([...locks, 'pnpm-workspace.yaml'].some((name) => mayBe(name)) || mayBe('package.json', above)) return undefined
  const isProduction =
    moment.variables.get('NODE_ENV') === 'production' ||
    command.words.some((word = '') => /^(?:-P$|-D$|--prod|--dev|--omit|--only)/.test(word))
  const tables = ['dependencies', ...(isProduction ? [] : ['devDependencies'])]
  for (const table of tables) {
    for (const [name, spec] of Object.entries((value[table] as Record<string, unknown> | undefined) ?? {})) {
      if (typeof spec !== 'string' || !spec.startsWith('workspace:')) continue
      // `overrides` and `resolutions` may say that it is something else.
      if (manifest.text.split(`"${name}"`).length > 2) continue
      return gap(
        install,
        `${text} stops: ${manifest.path} asks for ${name} of the workspace, and the workspace is not in the image`,
        'Build from the top of the workspace: copy its package.json, its lock file and the package.json of each member that is needed, and install there.',
        [manifest.whole],
        // A deploy may begin at the top of the workspace, with another folder for its context.
        'warning',
      )
    }
  }
  return undefined
}
