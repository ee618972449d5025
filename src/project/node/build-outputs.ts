import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {flagOf, lineage} from '../dockerfile/parse.ts'
import {isTable} from '../documents/document.ts'
import {parseLoosely} from '../documents/json.ts'
import {noFiles} from '../files.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {stageIndex} from '../image/build-stage.ts'
import {copyOf} from '../image/context-path.ts'
import {sourceAt} from '../image/moment.ts'
import {programOf} from '../image/shell.ts'
import type {Inputs} from '../inputs.ts'

/** A folder that is copied from the stage of a build, and that is not the one this build writes. */
export interface OtherOutput {
  /** The COPY. */
  at: FileLocation
  stage: string
  /** As the COPY has it, and what the build writes in its place. */
  copied: string
  written: string
  /** `vite build`. */
  tool: string
  /** What starts the tool, and what its folder comes from. */
  related: FileLocation[]
}

interface Tool {
  /** The command. */
  builds: RegExp
  config: RegExp
  /** Words in its configuration by which the folder is another one. */
  moved: RegExp
  writes: string
  /** Packages that let the same command write elsewhere. */
  unless?: RegExp
}

/** What each writes when nothing says otherwise (the tools' own pages on their configuration). */
const tools: readonly Tool[] = [
  {
    builds: /^vite build$/,
    config: /^vite\.config\.[cm]?[jt]s$/,
    moved: /outDir|\broot\b/,
    writes: 'dist',
    unless:
      /^(?:@sveltejs\/kit|@remix-run\/dev|@react-router\/dev|solid-start|@solidjs\/start|@tanstack\/.*start.*|vinxi|nitro|nitropack|@builder\.io\/qwik.*|@qwik\.dev\/.*|vite-plugin-ssr|vike|vite-ssg|vite-plugin-.*|laravel-vite-plugin|@crxjs\/.*|@redwoodjs\/.*|waku|@analogjs\/.*|electron-vite|rwsdk)$/,
  },
  {
    builds: /^react-scripts build$/,
    config: /^\.env(?:\.\w+)*$/,
    moved: /BUILD_PATH/,
    writes: 'build',
    unless: /^(?:react-app-rewired|@craco\/craco)$/,
  },
  {builds: /^vue-cli-service build$/, config: /^vue\.config\.[cm]?js$/, moved: /outputDir/, writes: 'dist'},
  {builds: /^astro build$/, config: /^astro\.config\.[cm]?[jt]s$/, moved: /outDir|adapter/, writes: 'dist'},
  {builds: /^gatsby build$/, config: /^gatsby-config\.[cm]?[jt]s$/, moved: /^\b$/, writes: 'public'},
  {builds: /^docusaurus build$/, config: /^docusaurus\.config\.[cm]?[jt]s$/, moved: /^\b$/, writes: 'build'},
  {
    builds: /^next build$/,
    config: /^next\.config\.[cm]?[jt]s$/,
    moved: /distDir|output\s*:|process\.env|withNx|require\(["']\./,
    writes: '.next',
  },
]

/** Names that such folders have. */
const outputs = /^(?:dist|build|out|output|public|_site|www|\.next|\.output)$/
/** What a stage may run beside it, that writes no such folder. */
const harmless =
  /^(?:npm|pnpm|yarn|bun|npx|corepack|node-gyp|apt-get|apt|apk|echo|rm|mkdir|export|set|test|husky|prisma|eslint|vue-tsc|tsc|cross-env|env)$/

export async function loadBuildOutputs({reader}: Inputs, facts: FactStore): Promise<Fact<OtherOutput[]>> {
  const [build, dockerfile, commands, files] = await Promise.all([
    facts.get('build'),
    facts.get('dockerfile'),
    facts.get('buildCommands'),
    facts.value('files'),
  ])
  if (build.state !== 'ok') return build
  if (dockerfile.state !== 'ok') return dockerfile
  if (commands.state !== 'ok') return commands
  const paths = files ?? noFiles
  const tracked = paths
  const found: OtherOutput[] = []
  for (const {stage} of build.value.stages) {
    for (const instruction of stage.instructions) {
      const name = flagOf(instruction, 'from')
      const copy = copyOf(instruction)
      if (name === undefined || name.includes('$') || !copy) continue
      const index = dockerfile.value.stages.some((each) => each.name === name || String(each.index) === name)
        ? stageIndex(name, dockerfile.value.stages, stage)
        : undefined
      const source = build.value.stages.find((each) => each.stage.index === index)
      if (!source) continue
      const own = commands.value.commands.filter(({moment}) => lineage(source.stage).includes(moment.stage))
      for (const copied of copy.sources) {
        const plain = posix.resolve('/', copied)
        if (/[*?$[]/.test(copied) || !outputs.test(posix.basename(plain)) || source.files.get(plain)) continue
        const other = await otherOutput(plain, own)
        if (other) found.push({at: instruction.at, stage: name, copied, ...other})
      }
    }
  }
  return known(found)

  /** undefined where something may write the folder that is copied, or it cannot be told what the build writes. */
  async function otherOutput(
    folder: string,
    own: readonly BuildCommand[],
  ): Promise<Pick<OtherOutput, 'written' | 'tool' | 'related'> | undefined> {
    const name = posix.basename(folder)
    const builds = own.flatMap((command) =>
      tools.filter(({builds}) => builds.test(textOf(command))).map((tool) => ({tool, command})),
    )
    const [only, another] = builds
    if (!only || another || only.command.folder !== posix.dirname(folder)) return undefined
    const {tool, command} = only
    const others = own.filter((each) => each !== command)
    if (tool.writes === name || others.some((each) => !harmless.test(programOf(each) ?? '') || mentions(each, name)))
      return undefined
    const place = (file: string) => sourceAt(command.moment, posix.join(command.folder, file), tracked)
    const manifest = place('package.json')
    const json = manifest === undefined ? undefined : parseLoosely((await reader.text(manifest))?.text ?? '')
    if (manifest === undefined || !json) return undefined
    const packages = [json.dependencies, json.devDependencies].flatMap((each) =>
      isTable(each) ? Object.keys(each) : [],
    )
    if (packages.some((each) => tool.unless?.test(each))) return undefined
    const configs = paths.in(posix.dirname(manifest)).filter((path) => tool.config.test(posix.basename(path)))
    // tsc writes where it is told to, and it may be told of this folder.
    const told = paths.in(posix.dirname(manifest)).filter((path) => /^tsconfig[\w.]*\.json$/.test(posix.basename(path)))
    const compiles = others.some((each) => /^(?:vue-)?tsc$/.test(programOf(each) ?? ''))
    for (const path of [...configs, ...(compiles ? told : [])]) {
      const text = (await reader.text(path))?.text ?? ''
      if (configs.includes(path) ? tool.moved.test(text) : text.includes(name)) return undefined
    }
    const variables = [...command.moment.variables.keys()]
    if (variables.some((each) => /^(?:BUILD_PATH|OUT_?DIR|OUTPUT_?DIR)$/i.test(each))) return undefined
    return {
      written: posix.join(posix.dirname(folder), tool.writes),
      tool: textOf(command),
      related: [command.at, ...configs.map((file) => ({file})), {file: manifest}],
    }
  }
}

const textOf = (command: BuildCommand): string =>
  [programOf(command), ...command.words.slice(1).map((word) => word ?? '?')].join(' ')

/** `npm run build` names a script, and what that runs is among the commands. */
const mentions = ({words}: BuildCommand, name: string): boolean =>
  !/^(?:npm|pnpm|yarn|bun)$/.test(words[0] ?? '') &&
  words.some((word) => word === undefined || word.split(/[/=]/).includes(name))
