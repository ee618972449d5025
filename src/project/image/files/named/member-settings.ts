/** Settings of TypeScript that stand in another member of the workspace: `"extends": "@shop/tsconfig/base.json"`. */
import {posix} from 'node:path'
import {withoutSlashComments} from '../../../code/comments.ts'
import {readManifest} from '../../../node/workspace/workspace.ts'
import type {BuildCommand} from '../../build-commands.ts'
import {lacks, mayBeChanged, sourceAt} from '../../moment.ts'
import {besideOf} from '../build-files.ts'
import type {MissingPart, Parts} from '../named-files.ts'
import {projectsOf} from './packages.ts'

/** What reads tsconfig.json. */
export const readsSettings = /^(?:tsc|vue-tsc|vite build|next build|nest build|tsup)\b/

/** What has a member in node_modules as files of its own, and not as a link to its folder. */
const copies = /inject|install-links/i
/** Of a package that is named with no file in it another setting is taken. */
const ofPackage = /"extends"\s{0,99}:\s{0,99}"((?:@[\w.-]+\/)?[\w-][\w.-]*)\/([^"]+)"/

/**
 * node_modules has a link to the folder of the member, which leads nowhere where no COPY brings that: TypeScript says that
 * the file is not found (TS6053), and ends with an error.
 */
export async function memberSettings(
  text: string,
  command: BuildCommand,
  parts: Parts,
): Promise<Omit<MissingPart, 'command'>[]> {
  const {reader, project, context} = parts
  const {moment, folder, at} = command
  const found: Omit<MissingPart, 'command'>[] = []
  for (const place of projectsOf(text).map((name) => posix.resolve(folder, name))) {
    const source = sourceAt(moment, place, project)
    const file = source === undefined || mayBeChanged(command, place) ? undefined : await reader.text(source)
    const written = file && ofPackage.exec(withoutSlashComments(file.text))
    const [, name = '', rest = ''] = written ?? []
    const root = source === undefined ? undefined : topOf(posix.dirname(place), posix.dirname(source))
    if (!file || !written || root === undefined) continue
    const member = await memberOf(name)
    const path = [rest, `${rest}.json`]
      .map((each) => posix.join(member ?? '.', each))
      .find((each) => member !== undefined && project.has(each))
    if (path === undefined || !lacks(command, posix.join(root, path))) continue
    const settings = await reader.texts(['.npmrc', 'pnpm-workspace.yaml', 'package.json', '.yarnrc.yml'])
    if (copies.test(moment.instruction.text) || settings.some((each) => copies.test(each.text))) continue
    const start = file.text.indexOf(`"${name}/${rest}"`)
    found.push({
      ...{path, place: posix.join(root, path), at, file: file.path},
      ...{named: file.span(start, start + name.length + rest.length + 3), sure: /^(?:vue-)?tsc\b/.test(text)},
      ...{rule: await context.ruleFor(`/${path}`), beside: besideOf(moment.files.get(folder))},
    })
  }
  return found

  async function memberOf(name: string): Promise<string | undefined> {
    for (const manifest of project.named('package.json')) {
      const own = posix.dirname(manifest)
      if (!manifest.includes('node_modules/') && (await readManifest(reader, own))?.name === name) return own
    }
    return undefined
  }
}

/** Where the image has the top of the project, of which a folder stands there: `/app` of `/app/apps/api`. */
const topOf = (folder: string, origin: string): string | undefined =>
  folder.endsWith(`/${origin}`) ? folder.slice(0, -origin.length - 1) || '/' : undefined
