/** Tailwind CSS as a plugin of PostCSS: from version 4 on the package of that name is none, and says so when it is called. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {withoutSlashComments} from '../../code/comments.ts'
import {noFiles} from '../../files/files.ts'
import {toolReads} from '../../image/files/tool-files.ts'
import {unchangedAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {lockedVersion} from '../locks/locked-version.ts'
import {readManifest} from '../workspace/workspace.ts'

export interface MovedPlugin {
  /** `next build`, and what runs it. */
  program: string
  by: string | undefined
  version: string
  at: FileLocation
  command: FileLocation
  /** The build surely comes to it. */
  sure: boolean
}

/** `tailwindcss: {}`, `require('tailwindcss')`, `plugins: ['tailwindcss']`; `@tailwindcss/postcss` is the new one. */
const asPlugin =
  /(?<![@\w/-])(["']?)tailwindcss\1\s*:|\brequire\(\s*["']tailwindcss["']\s*\)|\bfrom\s+["']tailwindcss["']|\[\s*["']tailwindcss["']\s*[\],]/

export async function loadMovedPlugins({reader}: Inputs, facts: FactStore): Promise<Fact<MovedPlugin[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const tracked = files ?? noFiles
  const found: MovedPlugin[] = []
  for (const command of commands) {
    const reading = toolReads(command)
    const names = reading?.reads.flatMap(({files: all}) => all.filter((name) => /^postcss\.config\./.test(name))) ?? []
    if (!reading || names.length === 0 || command.conditional) continue
    const sources = names.map((name) => unchangedAt(command, posix.join(command.folder, name), tracked))
    const path = sources.find((each) => each !== undefined)
    const file = path === undefined ? undefined : await reader.text(path)
    const match = file && asPlugin.exec(withoutSlashComments(file.text))
    if (!path || !match || found.some(({at}) => at.file === path)) continue
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path)
    const version = await versionIn(folder)
    const start = match.index + match[0].indexOf('tailwindcss')
    if (version === undefined || !hasStyles(folder)) continue
    found.push({
      program: reading.name,
      by: command.by,
      version,
      at: file.span(start, start + 'tailwindcss'.length),
      command: command.at,
      sure: command.decisive,
    })
  }
  return known(found)

  /** `4.1.2`, or `4` where only package.json tells. */
  async function versionIn(folder: string): Promise<string | undefined> {
    const manifest = await readManifest(reader, folder)
    const asked = manifest?.dependencies.tailwindcss ?? manifest?.devDependencies.tailwindcss
    const locks = await Promise.all([...new Set([folder, ''])].map((each) => lockedVersion(reader, each)))
    const version =
      locks.map((versionOf) => versionOf('tailwindcss')).find((each) => each !== undefined) ??
      /^[\^~]?(4)(?:\.|$)/.exec(asked ?? '')?.[1]
    return /^[4-9]\d*(?:\.|$)/.test(version ?? '') ? version : undefined
  }

  /** PostCSS, and with it this configuration, is loaded for the first style. */
  function hasStyles(folder: string): boolean {
    const below = folder === '' ? '' : `${folder}/`
    return tracked.ending('.css', '.scss', '.vue', '.svelte').some((each) => each.startsWith(below))
  }
}
