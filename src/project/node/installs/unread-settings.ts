import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {Tracked} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {lacks} from '../../image/moment.ts'
import type {Request} from '../scripts/package-runner.ts'

/** A file of settings, and the one by which an install lays out the packages in another way. */
const layouts: readonly {manager: Request['manager']; file: string; setting: RegExp; without: string}[] = [
  // Without it Yarn writes .pnp.cjs, which node does not load by itself (yarnpkg.com/configuration/yarnrc).
  {
    manager: 'yarn',
    file: '.yarnrc.yml',
    setting: /^nodeLinker:\s*["']?(?:node-modules|pnpm)\b.*$/m,
    without: 'makes no node_modules',
  },
  {
    manager: 'pnpm',
    file: '.npmrc',
    setting: /^(?:node-linker\s*=\s*hoisted|shamefully-hoist\s*=\s*true)\s*$/m,
    without: 'hides from the project’s code the packages that it does not declare',
  },
]

export interface UnreadSettings {
  file: string
  /** As it is written, and where. */
  setting: string
  at: FileLocation
  /** What the install does without it. */
  without: string
}

/** The settings of the project that an install of its packages does not find. `folder` is where package.json lies. */
export async function unreadSettings(
  command: BuildCommand,
  {manager, folder, origin}: {manager: Request['manager']; folder: string; origin: string},
  {reader, tracked}: {reader: ProjectReader; tracked: Tracked},
): Promise<UnreadSettings | undefined> {
  for (const {manager: other, file, setting, without} of layouts) {
    const path = posix.join(origin, file)
    if (other !== manager || !tracked.has(path) || !lacks(command, posix.join(folder, file))) continue
    const text = await reader.text(path)
    const match = text && setting.exec(text.text)
    if (match)
      return {file: path, setting: match[0].trim(), at: text.span(match.index, match.index + match[0].length), without}
  }
  return undefined
}
