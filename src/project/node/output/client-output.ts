import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {flagOf, lineage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {overlaps} from '../../image/files/image-path.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {commandsOf, stageNamed} from './site-builds.ts'

/** A build whose server is copied into the last stage, and what browsers load of it is not. */
export interface ClientGap {
  /** `remix build`. */
  tool: string
  stage: string
  /** The folders of the stage: what is copied, and what is not. */
  server: string
  client: string
  /** Where the client's folder would be in the image. */
  place: string
  /** The build only leaves them to the server: they are files of the project. */
  isSource: boolean
  at: FileLocation
  related: FileLocation[]
}

interface Pair {
  /** The command. */
  builds: RegExp
  /** The folder of the server, or a file in it, relative to where the build runs. */
  server: RegExp
  /** That of the client; `$1` is what the server's folder begins with. */
  client: string
  /** Configurations, and words in them by which it is otherwise: other folders, or files of another host. */
  config: RegExp
  unless: RegExp
  /** The project must have files there: the build only reads them. */
  isSource?: boolean
}

const pairs: readonly Pair[] = [
  {
    builds: /^remix build\b/,
    server: /^build(?:\/index\.js)?$/,
    client: 'public/build',
    config: /^remix\.config\.[cm]?js$/,
    unless: /assetsBuildDirectory|serverBuildPath|serverBuildDirectory|publicPath\s*:\s*["'`]http/,
  },
  {
    builds: /^(?:remix vite:build|react-router build)\b/,
    server: /^build\/server(?:\/index\.js)?$/,
    client: 'build/client',
    config: /^(?:vite|react-router)\.config\.[cm]?[jt]s$/,
    unless: /buildDirectory|\bbase\s*:\s*["'`]http/,
  },
  {
    builds: /^(?:nuxt|nuxi|vinxi|nitro|vite) build\b/,
    server: /^\.output\/server(?:\/index\.mjs)?$/,
    client: '.output/public',
    config: /^(?:nuxt|app|nitro|vite)\.config\.[cm]?[jt]s$/,
    unless: /cdnURL|serveStatic|publicDir/,
  },
  {
    builds: /^astro build\b/,
    server: /^dist\/server(?:\/entry\.mjs)?$/,
    client: 'dist/client',
    config: /^astro\.config\.[cm]?[jt]s$/,
    unless: /assetsPrefix|build\s{0,20}:\s{0,20}\{[^}]{0,500}\b(?:client|server)\b/,
  },
  {
    builds: /^ng build\b/,
    server: /^(dist\/[\w.-]+)\/server(?:\/server\.mjs)?$/,
    client: '$1/browser',
    config: /^angular\.json$/,
    unless: /deployUrl|"browser"\s*:\s*""/,
  },
  {
    builds: /^next build\b/,
    server: /^\.next$/,
    client: 'public',
    config: /^next\.config\.[cm]?[jt]s$/,
    unless: /standalone|["']export["']/,
    isSource: true,
  },
]

export async function loadClientOutput({reader}: Inputs, facts: FactStore): Promise<Fact<ClientGap[]>> {
  const [[{final, stages}, {commands}], files] = await Promise.all([
    facts.needAll('build', 'buildCommands'),
    facts.value('files'),
  ])
  const paths = files ?? noFiles
  const copies = lineage(final.stage).flatMap(({instructions}) =>
    instructions.flatMap((instruction) => {
      const copy = copyOf(instruction)
      return copy ? [{...copy, from: flagOf(instruction, 'from'), at: instruction.at}] : []
    }),
  )
  const textOf = (command: BuildCommand) => [programOf(command), ...command.words.slice(1)].join(' ')
  const own = commandsOf(final, commands).map(textOf)
  const found: ClientGap[] = []
  for (const {sources, target, from, at} of copies) {
    if (from === undefined || target.includes('$')) continue
    const source = stageNamed(from, stages, final.stage)
    const run = source ? commandsOf(source, commands) : []
    for (const pair of pairs) {
      const [command, another] = run.filter((each) => pair.builds.test(textOf(each)))
      if (!command || another || own.some((text) => pair.builds.test(text))) continue
      for (const each of sources) {
        const server = posix.resolve('/', each)
        const match = pair.server.exec(posix.relative(command.folder, server))
        if (!match) continue
        const client = posix.join(command.folder, pair.client.replace('$1', match[1] ?? ''))
        if (copies.some((other) => other.sources.some((one) => overlaps(posix.resolve('/', one), client)))) continue
        const to = posix.resolve('/', final.config.workingDir, target)
        const place = posix.resolve(to, posix.relative(server, client))
        const configs = await configsOf(command, pair)
        if (!configs || final.files.get(place) || brings(posix.basename(place))) continue
        const tool = textOf(command).split(' ').slice(0, 2).join(' ')
        found.push({
          tool,
          stage: from,
          server,
          client,
          place,
          isSource: pair.isSource ?? false,
          at,
          related: [command.at, ...configs],
        })
      }
    }
  }
  return known(found)

  /** Whether a RUN of the last stage may make it. */
  function brings(name: string): boolean {
    return final.unknown.some(
      ({by, text = ''}) => by === 'run' && (text.includes(name) || /\b(?:cp|mv|ln|tar|rsync)\b/.test(text)),
    )
  }

  /** The configurations, or a file of the folder; undefined where they say otherwise or there is nothing to copy. */
  async function configsOf({moment, folder}: BuildCommand, pair: Pair): Promise<FileLocation[] | undefined> {
    const manifest = moment.files.get(posix.join(folder, 'package.json'))
    if (manifest?.kind !== 'file' || !paths.has(manifest.source)) return undefined
    const origin = manifest.source.slice(0, -'package.json'.length)
    const names = paths.in(posix.dirname(manifest.source)).filter((path) => pair.config.test(posix.basename(path)))
    const read = await reader.texts(names)
    if (read.some(({text}) => pair.unless.test(text))) return undefined
    const asset = paths.under(`${origin}${pair.client}`).find((path) => !/\/\.git(?:keep|ignore)$/.test(path))
    if (pair.isSource) return asset === undefined ? undefined : [{file: asset}]
    return read.map((file) => file.whole)
  }
}
