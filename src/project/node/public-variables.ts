import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../apart.ts'
import {type Files, javascript} from '../files.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {programOf} from '../image/shell.ts'
import type {Inputs} from '../inputs.ts'
import {hasDotenv} from './dotenv-files.ts'

/** A variable that a build tool writes into the pages of the browser, and whose value [env] of fly.toml has alone. */
export interface PublicVariable {
  name: string
  /** `next build`, and the place of its command in the Dockerfile. */
  tool: string
  at: FileLocation
  /** Where the code reads it. */
  read: FileLocation
}

/** The tools, the prefix of what they take along, and how code reads it: only there is it replaced as the tool builds. */
const tools: readonly {pattern: RegExp; name: string; prefix: string; reads: string}[] = [
  {pattern: /^next build\b/, name: 'next build', prefix: 'NEXT_PUBLIC_', reads: 'process.env.'},
  {pattern: /^vite build\b/, name: 'vite build', prefix: 'VITE_', reads: 'import.meta.env.'},
  {pattern: /^react-scripts build\b/, name: 'react-scripts build', prefix: 'REACT_APP_', reads: 'process.env.'},
  {pattern: /^vue-cli-service build\b/, name: 'vue-cli-service build', prefix: 'VUE_APP_', reads: 'process.env.'},
  {pattern: /^gatsby build\b/, name: 'gatsby build', prefix: 'GATSBY_', reads: 'process.env.'},
  {pattern: /^astro build\b/, name: 'astro build', prefix: 'PUBLIC_', reads: 'import.meta.env.'},
]

/** Packages and files that hand values to the browser when the app runs. */
const atRunTime = /next-runtime-env|runtime-env|import-meta-env|react-env|env-inject|envsubst|vite-plugin-env/

export async function loadPublicVariables({reader}: Inputs, facts: FactStore): Promise<Fact<PublicVariable[]>> {
  const [flyConfig, build, files] = await Promise.all([
    facts.get('flyConfig'),
    facts.get('buildCommands'),
    facts.get('files'),
  ])
  if (flyConfig.state !== 'ok') return flyConfig
  if (build.state !== 'ok') return build
  if (files.state !== 'ok') return files
  const set = Object.keys(flyConfig.value.config.env ?? {})
  const found: PublicVariable[] = []
  for (const {pattern, name: tool, prefix, reads} of tools) {
    const candidates = set.filter((name) => name.startsWith(prefix))
    const commands = build.value.commands.filter((each) =>
      pattern.test([programOf(each), ...each.words.slice(1)].join(' ')),
    )
    const [command] = commands
    if (candidates.length === 0 || !command) continue
    const missing = candidates.filter((name) => !commands.some((each) => knows(each, name)))
    for (const name of missing) {
      const read = await readIn(files.value, `${reads}${name}`, name)
      if (read) found.push({name, tool, at: command.at, read})
    }
  }
  return known(found)

  /** The first place of the code that reads it; undefined where a script or a package may fill it in later. */
  async function readIn(paths: Files, text: string, name: string): Promise<FileLocation | undefined> {
    let read: FileLocation | undefined
    const code = new Set(paths.ending(...javascript, '.vue', '.svelte', '.astro'))
    const others = [
      ...paths.named('package.json', '.env', '.env.production'),
      ...paths.ending('.sh'),
      ...paths.ending('').filter((path) => path.includes('entrypoint')),
    ]
    for (const path of [...new Set([...code, ...others])].sort()) {
      const isCode = code.has(path) && !isApart(path)
      const fills = /(?:^|\/)package\.json$|\.sh$|(?:^|\/)\.env(?:\.production)?$|entrypoint/.test(path)
      if (!isCode && !fills) continue
      const file = await reader.text(path)
      if (!file) continue
      if (fills && (file.text.includes(name) || atRunTime.test(file.text))) return undefined
      const at = read || !isCode ? -1 : file.text.search(new RegExp(`${text.replaceAll('.', '\\.')}\\b`))
      if (at >= 0) read = file.span(at, at + text.length)
    }
    return read
  }
}

/** Whether the build may have a value: by ENV or ARG, in its RUN, or from a file of settings in its folder. */
function knows({moment, folder}: BuildCommand, name: string): boolean {
  return (
    moment.variables.has(name) ||
    moment.instruction.text.includes(name) ||
    /type=secret/.test(moment.instruction.flags.join(' ')) ||
    hasDotenv(moment, folder)
  )
}
