import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {sourceAt} from '../../image/moment.ts'
import {readRequest} from '../scripts/package-runner.ts'

/** An install of a workspace that lays the packages of each member into the member's own node_modules, as links. */
export interface IsolatedInstall {
  manager: 'pnpm' | 'bun'
  /** The folder of the workspace. */
  root: string
  at: FileLocation
}

/** Another kind of links, a store of each member, or one elsewhere. */
const otherLayout = /node-?linker|\blinker\b|shared-?workspace-?lockfile|virtual-?store-?dir/i

const newestBun = /^oven\/bun(?::(?:latest|1|slim|alpine|debian|1-(?:slim|alpine|debian)))?$/

/** No version before 1.3 writes that. */
export const isMarked = (lock: string | undefined): boolean => /"configVersion": 1/.test(lock ?? '')

/** Whether the Bun of an image knows this layout: the newest one is what a tag without a minor version stands for. */
export function isIsolatingBun(image: string, lock: string | undefined): boolean {
  const [, minor] = /^oven\/bun:1\.(\d+)/.exec(image) ?? []
  return minor === undefined ? isMarked(lock) && newestBun.test(image) : Number(minor) >= 3
}

/**
 * The install that has run in one of the stages and fits: of pnpm, or of bun from 1.3 on in a workspace, where the lock
 * file does not keep the layout of before (bun.com, "Isolated installs").
 */
export async function isolatedInstall(
  commands: readonly BuildCommand[],
  stages: ReadonlySet<BuildCommand['moment']['stage']>,
  {reader, tracked}: {reader: ProjectReader; tracked: Files},
  fits: (command: BuildCommand) => boolean,
): Promise<IsolatedInstall | undefined> {
  for (const command of commands) {
    const {words, moment, folder, conditional, at} = command
    const request = readRequest(words)
    const manager = request?.manager
    if (conditional || request?.kind !== 'install' || request.folder !== undefined || !stages.has(moment.stage))
      continue
    if ((manager !== 'pnpm' && manager !== 'bun') || !fits(command)) continue
    const settings =
      manager === 'pnpm' ? ['pnpm-workspace.yaml', '.npmrc'] : ['package.json', 'bunfig.toml', 'bun.lock']
    const texts = await Promise.all(
      settings.map(async (name) => {
        const source = sourceAt(moment, posix.join(folder, name), tracked)
        return source === undefined ? undefined : (await reader.text(source))?.text
      }),
    )
    if (texts[0] === undefined || texts.some((text) => otherLayout.test(text ?? ''))) continue
    const isNew = isIsolatingBun(rootImage(moment.stage) ?? '', texts[2])
    const isIsolated =
      manager === 'pnpm' ||
      (isNew &&
        /"workspaces"/.test(texts[0]) &&
        (isMarked(texts[2]) || (texts[2] === undefined && !moment.files.get(posix.join(folder, 'bun.lockb')))))
    if (isIsolated) return {manager, root: folder, at}
  }
  return undefined
}
