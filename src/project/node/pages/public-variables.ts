import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {declaredArguments} from '../../dockerfile/arguments.ts'
import {lineage} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, javascript} from '../../files/files.ts'
import type {OtherConfig} from '../../fly-config/other-configs.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {originOf} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import {isArgument} from '../../image/variable-reads.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import type {Workflows} from '../../workflows/workflows.ts'
import {hasDotenv} from './dotenv-files.ts'
import {packageReads} from './package-reads.ts'
import {type PublicTool, pageAddresses} from './page-addresses.ts'
import {rewriteVariables} from './rewrites.ts'
import {runnerVariables} from './runner-variables.ts'

/** A variable that a build tool writes into the pages of the browser, or into the server's rewrites, and does not have. */
export interface PublicVariable {
  name: string
  /** `next build`, and the place of its command in the Dockerfile. */
  tool: string
  at: FileLocation
  /** The FROM of its stage. */
  stage: FileLocation
  /** Where the code reads it. */
  read: FileLocation
  /**
   * Where it stands in vain: in [env] of fly.toml, for the machines, in the environment of the step that deploys, in the
   * configuration of another app of the same build, in a .env.production that the image does not have, or without a value
   * under [build.args].
   */
  given:
    | {
        for: 'machines' | 'flyctl' | 'other' | 'builds at home' | 'nothing'
        at: FileLocation
        file?: string
        /** The line of .dockerignore that leaves that file out. */
        rule?: FileLocation | undefined
      }
    | undefined
  /** What the pages call without it: an address of the computer at home; undefined where they get no address. */
  instead: string | undefined
  /** The code takes it for granted. */
  isAsserted: boolean
  /** A step of a workflow builds, before the image is made. */
  isRunner?: boolean
  /** Not into the pages: into the addresses that the server of Next sends requests on to. */
  isRewrite?: true
}

/** The tools, the prefix of what they take along, and how code reads it: only there is it replaced as the tool builds. */
const tools: readonly (PublicTool & {pattern: RegExp; name: string})[] = [
  {pattern: /^next build\b/, name: 'next build', prefix: 'NEXT_PUBLIC_', reads: 'process.env.'},
  {pattern: /^vite build\b/, name: 'vite build', prefix: 'VITE_', reads: 'import.meta.env.'},
  // Vite builds these, too.
  {pattern: /^react-router build\b/, name: 'react-router build', prefix: 'VITE_', reads: 'import.meta.env.'},
  {pattern: /^remix vite:build\b/, name: 'remix vite:build', prefix: 'VITE_', reads: 'import.meta.env.'},
  {pattern: /^react-scripts build\b/, name: 'react-scripts build', prefix: 'REACT_APP_', reads: 'process.env.'},
  {pattern: /^vue-cli-service build\b/, name: 'vue-cli-service build', prefix: 'VUE_APP_', reads: 'process.env.'},
  {pattern: /^gatsby build\b/, name: 'gatsby build', prefix: 'GATSBY_', reads: 'process.env.'},
  {pattern: /^astro build\b/, name: 'astro build', prefix: 'PUBLIC_', reads: 'import.meta.env.'},
]

/** Programs that may start flyctl with --build-arg. */
const deploys = /(?:^|\/)(?:scripts?|tools?|bin)\/[^/]+\.\w+$|(?:^|\/)(?:deploy|release)[\w.-]*\.\w+$/

/** What runs beside the app, or answers requests: there a variable that the build does not have is read when it runs. */
const noPage = /(?:^|\/)(?:scripts?|pages\/api)\/|(?:^|\/)app\/(?:[^\n]{0,300}\/)?route\.[jt]s$/

/** What the code takes without a value: an address of the app's own, which another app replaces. */
const ofItsOwn = '(?!\\s*(?:\\|\\||\\?\\?)\\s*["\'`](?:https?|wss?)://(?!localhost|127\\.|0\\.0))'

/** What only a computer at home answers. */
const atHome = /^(?:https?|wss?):\/\/(?:localhost|127\.)\S*$/

/** Packages and files that hand values to the browser when the app runs. */
const atRunTime = /next-runtime-env|runtime-env|import-meta-env|react-env|env-inject|envsubst|vite-plugin-env/
const fills = /(?:^|\/)package\.json$|\.sh$|(?:^|\/)\.env(?:\.production)?$|entrypoint/

export async function loadPublicVariables({reader}: Inputs, facts: FactStore): Promise<Fact<PublicVariable[]>> {
  const [flyConfig, build, files] = await facts.needAll('flyConfig', 'buildCommands', 'files')
  const set = Object.keys(flyConfig.config.env ?? {})
  const ofSteps = givenToFlyctl((await facts.value('workflows'))?.deploys ?? [], flyConfig.file)
  const others = (await facts.value('otherConfigs')) ?? []
  const context = await facts.value('buildContext')
  const own = await facts.value('deployCommands')
  /** An ARG is handed over by whoever deploys: what the project's own deploys hand over is seen. */
  const isHanded = (name: string) => !own?.commands.length || own.passing(name) !== undefined
  const {started} = await startedCommands(facts)
  const found: PublicVariable[] = []
  for (const tool of tools) {
    // Built anew when the machine starts, where it has what [env] says.
    if (started.some(({command}) => tool.pattern.test([programOf(command), ...command.words.slice(1)].join(' '))))
      continue
    const commands = build.commands.filter((each) =>
      tool.pattern.test([programOf(each), ...each.words.slice(1)].join(' ')),
    )
    const [command] = commands
    if (!command) continue
    const {at, moment} = command
    const common = {tool: tool.name, at, stage: moment.stage.at}
    const lacks = (name: string) => !commands.some((each) => knows(each, name))
    const given: [name: string, PublicVariable['given']][] = [
      ...set.map((name): [string, PublicVariable['given']] => [
        name,
        {for: 'machines', at: flyConfig.keyAt('env', name)},
      ]),
      ...[...ofSteps].filter(([name]) => !set.includes(name)),
    ]
    for (const [name, place] of given.filter(([each]) => each.startsWith(tool.prefix) && lacks(each))) {
      const read = (await isFilledIn(files, name)) ? undefined : await readIn(files, tool.reads, name)
      if (read) found.push({...common, name, read, given: place, instead: undefined, isAsserted: false})
    }
    for (const {name, at: place, file} of lentElsewhere(others, tool.prefix, lacks)) {
      const isTold = given.some(([each]) => each === name)
      if (isTold || !isArgument(moment, name) || (await isFilledIn(files, name))) continue
      const read = await readIn(files, tool.reads, name, ofItsOwn)
      const where = {for: 'other', at: place, file} as const
      if (read) found.push({...common, name, read, given: where, instead: undefined, isAsserted: false})
    }
    // One Dockerfile may build several apps, each with settings of its own.
    const origins = new Set<string>()
    for (const each of commands) {
      const {at, moment, folder} = each
      const origin = hasDotenv(moment, folder) ? undefined : originOf(moment, folder, files)
      if (origin === undefined || origins.has(origin)) continue
      origins.add(origin)
      const common = {tool: tool.name, at, stage: moment.stage.at}
      const hasMode = each.words.some((word) => word === undefined || /^(?:--mode|-m)\b/.test(word))
      const settings = hasMode ? [] : ['.env.production', '.env'].map((file) => posix.join(origin, file))
      for (const {name, at: place, file} of (await Promise.all(settings.map(leftOut))).flat()) {
        const isTold = given.some(([other]) => other === name) || found.some((other) => other.name === name)
        if (!name.startsWith(tool.prefix) || isTold || !lacks(name) || isArgument(moment, name)) continue
        const read = (await isFilledIn(files, name, file)) ? undefined : await readIn(files, tool.reads, name)
        const rule = await context?.ruleFor(`/${file}`)
        const where = {for: 'builds at home', at: place, file, rule} as const
        if (read) found.push({...common, name, read, given: where, instead: undefined, isAsserted: false})
      }
      for (const rewrite of tool.name === 'next build' ? await rewriteVariables(origin, files, reader) : []) {
        const {name, instead} = rewrite
        const place = given.find(([other]) => other === name)?.[1]
        // What the pages read of it is told above.
        if (!place || name.startsWith(tool.prefix) || flyConfig.config.env?.[name] === instead) continue
        if (!lacks(name) || (await isFilledIn(files, name))) continue
        found.push({...common, ...rewrite, given: place, isAsserted: false, isRewrite: true})
      }
      for (const name of new Set(
        lineage(moment.stage).flatMap((each) => [...declaredArguments(each.instructions).keys()]),
      )) {
        const value = moment.variables.get(name)
        const isTold = given.some(([other]) => other === name)
        if (!name.startsWith(tool.prefix) || isTold || !atHome.test(value ?? '')) continue
        const read = (await isFilledIn(files, name)) ? undefined : await readIn(files, tool.reads, name)
        if (read) found.push({...common, name, read, given: undefined, instead: value, isAsserted: false})
      }
      const needed = [
        ...(await pageAddresses(tool, origin, files, reader)),
        ...(await packageReads(tool.name, origin, files, reader)),
      ]
      for (const address of needed) {
        const {name} = address
        const isEmpty = flyConfig.config.build?.args?.[name] === ''
        const isTold = given.some(([other]) => other === name) || found.some((other) => other.name === name)
        if (isTold || !lacks(name) || (isArgument(moment, name) && !isEmpty && isHanded(name))) continue
        if (await isFilledIn(files, name)) continue
        const place = isEmpty ? ({for: 'nothing', at: flyConfig.keyAt('build', 'args', name)} as const) : undefined
        found.push({...common, ...address, given: place})
      }
    }
  }
  return known(found.length > 0 ? found : await runnerVariables(tools, files, reader, facts))

  /** The variables that a file of settings has a value for: no COPY brings it. */
  async function leftOut(path: string): Promise<{name: string; at: FileLocation; file: string}[]> {
    const file = files?.has(path) ? await reader.text(path) : undefined
    // What a computer at home calls itself helps no page.
    const lines = file?.text.matchAll(
      /^[ \t]{0,20}(?:export[ \t]{1,20})?(\w{1,100})[ \t]{0,20}=[ \t]{0,20}["']?(?!\w{1,10}:\/\/(?:localhost|127\.))[^\s#"']/gm,
    )
    return [...(lines ?? [])].flatMap(({0: line, 1: name = '', index}) => {
      const start = index + line.indexOf(name)
      return file ? [{name, at: file.span(start, start + name.length), file: path}] : []
    })
  }

  /** The first place of the code that reads it. */
  async function readIn(paths: Files, reads: string, name: string, behind = ''): Promise<FileLocation | undefined> {
    const object = escapePattern(reads.slice(0, -1))
    // Vite puts all of import.meta.env into the code, others each variable by its dot.
    const asKey = reads.startsWith('import.') ? `|\\[["']${name}["']\\]` : ''
    const pattern = new RegExp(`${object}(?:\\.${name}\\b${asKey})${behind}`)
    for (const path of paths.ending(...javascript, '.vue', '.svelte', '.astro').toSorted()) {
      const file = isApart(path) || noPage.test(path) ? undefined : await reader.text(path)
      const found = file && pattern.exec(file.text)
      // `window.ENV?.VITE_API ?? import.meta.env.VITE_API`: the server hands it out.
      const line = found && file.line(file.position(found.index).line)
      if (line && /\bwindow\.|\bglobalThis\b/.test(line)) continue
      if (file && found) return file.span(found.index, found.index + found[0].length)
    }
    return undefined
  }

  /** Whether a script, a package or a file of settings may fill it in later. */
  async function isFilledIn(paths: Files, name: string, except?: string): Promise<boolean> {
    const others = [
      ...paths.named('package.json', '.env', '.env.production'),
      ...paths.ending('.sh'),
      ...paths.ending('').filter((path) => path.includes('entrypoint')),
      ...paths.ending(...javascript, '.py').filter((path) => deploys.test(path)),
    ].filter((path) => path !== except && (fills.test(path) || deploys.test(path)))
    for (const path of new Set(others)) {
      const text = path.endsWith('.sh')
        ? done((await reader.text(path))?.text)
        : ((await reader.text(path))?.text ?? '')
      if (text.includes(name) || atRunTime.test(text)) return true
    }
    return false
  }
}

/**
 * What another configuration gives to the same build, where this one gives it nothing of the kind. One app may well do
 * without what counts its visitors or reports its errors.
 */
function lentElsewhere(others: readonly OtherConfig[], prefix: string, lacks: (name: string) => boolean) {
  const first = others.flatMap(({args, file}) => {
    const own = [...args].filter(([name]) => name.startsWith(prefix))
    return own.length > 0 && own.every(([name]) => lacks(name)) ? [own.map(([name, at]) => ({name, at, file}))] : []
  })[0]
  return (first ?? []).filter(({name}) => !optional.test(name))
}
const optional =
  /SENTRY|DSN|ANALYTIC|POSTHOG|PLAUSIBLE|UMAMI|GTM|_GA_?|GTAG|MEASUREMENT|PIXEL|TRACK|HOTJAR|CLARITY|MIXPANEL|AMPLITUDE|SEGMENT|DEBUG|VERSION|COMMIT|SHA|BUILD|FEATURE|FLAG|ENV(?:IRONMENT)?$|MODE$|NAME$|TITLE/

/**
 * What the step that deploys has in its own environment, and does nothing with: flyctl hands none of it to the build, and
 * a step before may write it into a file.
 */
function givenToFlyctl(deploys: Workflows['deploys'], config: string): Map<string, PublicVariable['given']> {
  const own = deploys.filter((each) => each.config === config)
  const found = own.flatMap(({call: {step, before, script, written}}) =>
    [...step.env].flatMap(([name, {at}]): [string, PublicVariable['given']][] => {
      const isOfStep = (at.line ?? 0) >= (step.at.line ?? 0)
      return isOfStep && !`${before}\n${script}\n${written}`.includes(name) ? [[name, {for: 'flyctl', at}]] : []
    }),
  )
  return new Map(found)
}

/** A script without what it only says: an echo that goes into no file. */
const done = (text = ''): string => text.replace(/^[ \t]*(?:#|echo\b|printf\b)[^\n>|]*$/gm, '')

/** Whether the build may have a value: by ENV or ARG, in its RUN, or from a file of settings in its folder. */
function knows({moment, folder}: BuildCommand, name: string): boolean {
  const value = moment.variables.get(name)
  return (
    // ENV NAME=$NAME of an ARG that nothing hands over.
    (value !== undefined && (value !== '' || !isArgument(moment, name))) ||
    moment.instruction.text.includes(name) ||
    /type=secret/.test(moment.instruction.flags.join(' ')) ||
    hasDotenv(moment, folder)
  )
}
