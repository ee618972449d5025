import {posix} from 'node:path'
import {parseJson} from '../../documents/json.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {sourceAt} from '../../image/moment.ts'
import type {MissingTask, Project} from '../../image/programs/missing-tasks.ts'
import {programOf} from '../../image/shell/command.ts'

interface Removed {
  runs: RegExp
  package: string
  /** The major version that has it no more. */
  since: number
  what: string
  instead: string
  /** Packages that lay another program of that name. */
  unless?: RegExp
}

/** What a major version of a tool took away: it stops there (CHANGELOG of Angular CLI 14; upgrade guides of Next.js 14 and 16). */
const removed: readonly Removed[] = [
  {
    runs: /^ng (?:build|b)\b.*\s--prod(?:=true)?(?=\s|$)/,
    package: '@angular/cli',
    since: 14,
    what: '--prod',
    instead: 'Write ng build --configuration production.',
    unless: /^(?:nx|@nrwl\/\S+|@nx\/\S+)$/,
  },
  {
    runs: /^next export\b/,
    package: 'next',
    since: 14,
    what: 'export',
    instead: "Set output: 'export' in the configuration of Next.js, and let next build write out/.",
  },
  {
    runs: /^next lint\b/,
    package: 'next',
    since: 16,
    what: 'lint',
    instead: 'Call eslint itself, or leave it out of the build.',
  },
]

/** "Unknown argument: prod": a command that the version of package.json no longer has. */
export async function removedCommand(
  command: BuildCommand,
  {reader, tracked}: Project,
): Promise<MissingTask | undefined> {
  const text = [programOf(command), ...command.words.slice(1).map((word) => word ?? '$')].join(' ')
  const gone = removed.find(({runs}) => runs.test(text))
  const source = gone && sourceAt(command.moment, posix.join(command.folder, 'package.json'), tracked)
  const file = await reader.text(source)
  const manifest = file && parseJson(file)
  if (!gone || !manifest || !('value' in manifest)) return undefined
  const tables = ['dependencies', 'devDependencies'].map(
    (name) => [name, (manifest.value as Record<string, unknown>)[name]] as const,
  )
  if (tables.some(([, packages]) => Object.keys(packages ?? {}).some((name) => gone.unless?.test(name))))
    return undefined
  for (const [table, packages] of tables) {
    const range = (packages as Record<string, unknown> | undefined)?.[gone.package]
    const [, major] = /^[\^~=]?\s*v?(\d+)(?:\.|$)/.exec(typeof range === 'string' ? range : '') ?? []
    if (major === undefined || Number(major) < gone.since) continue
    return {
      message: `${command.by ? `${text}, which ${command.by} runs,` : text} stops: ${gone.package} has no ${gone.what} since version ${gone.since}, and package.json asks for ${range}`,
      at: command.at,
      related: [command.written, manifest.at([table, gone.package])],
      hint: gone.instead,
    }
  }
  return undefined
}
