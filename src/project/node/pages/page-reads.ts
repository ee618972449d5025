/**
 * What a build of Next.js or SvelteKit stops without: both load the modules of all pages and routes while they build
 * ("Collecting page data", "analyse"), and what stands in no function of them runs then.
 */
import {posix} from 'node:path'
import {inSeries} from '../../../wording.ts'
import {type Code, codeOf} from '../../code/code.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {originOf} from '../../image/moment.ts'
import {dummies, isArgument, mentions, them, type VariableReads} from '../../image/variable-reads.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {isPage, scriptsIn} from '../imports/page-scripts.ts'
import {pathAliases} from '../imports/path-aliases.ts'
import {isCalled} from '../imports/script-imports.ts'
import {staticVariables, topLevelDemands} from '../imports/top-level-demands.ts'
import {hasDotenv} from './dotenv-files.ts'

const tools = [
  {
    command: /^next build\b/,
    name: 'next build',
    entries:
      /^(?:next\.config\.[cm]?[jt]s$|(?:src\/)?(?:app\/(?:.{1,300}\/)?(?:page|route|layout)\.[jt]sx?$|pages\/.+\.[jt]sx?$))/,
    aliases: [
      ['@/', 'src/'],
      ['@/', ''],
      ['~/', 'src/'],
      ['~/', ''],
    ],
  },
  {
    command: /^vite build\b/,
    name: 'vite build',
    entries:
      /^src\/routes\/(?:.{1,300}\/)?\+(?:(?:server|(?:page|layout)(?:\.server)?)\.[jt]s|(?:page|layout|error)(?:@[^/]{0,100})?\.svelte)$/,
    aliases: [['$lib/', 'src/lib/']],
  },
] as const

const mostFiles = 600
const endings = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '/index.ts', '/index.tsx', '/index.js']

export async function pageReads(
  command: BuildCommand,
  {reader, tracked}: {reader: ProjectReader; tracked: Files},
): Promise<VariableReads | undefined> {
  const text = command.words.map((word) => word ?? '?').join(' ')
  const tool = tools.find((each) => each.command.test(text))
  const {moment, folder} = command
  const origin = tool && originOf(moment, folder, tracked)
  if (!tool || origin === undefined || hasDotenv(moment, folder)) return undefined
  const within = (path: string) => posix.relative(origin || '.', path)
  // A script of package.json may set one for its command, and the settings of the tool for the code.
  const settings = tracked
    .under(origin || '.')
    .filter((path) => /^(?:package\.json|(?:next|vite)\.config\.[cm]?[jt]s)$/.test(within(path)))
  const texts = await Promise.all(
    [...settings, 'package.json'].map(async (path) => (await reader.text(path))?.text ?? ''),
  )
  const isSet = (name: string): boolean =>
    moment.variables.has(name) ||
    mentions(command, name) ||
    isArgument(moment, name) ||
    texts.some((each) => isNamed(each, name))
  const names: VariableReads['names'] = []
  const written = new Set<string>()
  let aliases: ReturnType<typeof pathAliases> | undefined
  const next = tracked.under(origin || '.').filter((path) => tool.entries.test(within(path)))
  const seen = new Set<string>()
  for (let path = next.shift(); path !== undefined && seen.size < mostFiles; path = next.shift()) {
    const file = seen.has(path) ? undefined : await reader.text(path)
    seen.add(path)
    if (file && isPage(path)) {
      next.push(...readPage(file))
      continue
    }
    const code = file && codeOf(file)
    if (!code || isOfBuild(code) || /^\s*["']use server["']/.test(code.text)) continue
    // One that is not there is enough: the module ends with it.
    const demand = topLevelDemands(code, isSet, texts).find(({name}) => !isSet(name))
    if (demand) names.push({name: demand.name, read: demand.at, isCertain: false})
    if (demand && staticVariables(code.file.text).some(({name}) => name === demand.name)) written.add(demand.name)
    for (const specifier of importSpecifiers(code.file.text)) {
      if (specifier.isDynamic) continue
      const source = sourceOf(path, specifier.text) ?? (await aliased(path, specifier.text))
      if (source && isKept(code.file.text, specifier)) next.push(source)
    }
  }
  return {
    command: tool.name,
    names,
    hint: (some) =>
      some.some((name) => written.has(name) && !isOfPages(name))
        ? `Import ${inSeries(some)} from $env/dynamic/private (env.${some[0]}), which reads ${them(some)} when the app runs: $env/static writes ${them(some)} into the build.`
        : hint(some),
  }

  /** What a page of Svelte imports; what else stands in it runs when it is shown. */
  function readPage(file: TextFile): string[] {
    const script = scriptsIn(file.path, file.text)
    const built = staticVariables(script).find(({name}) => !isSet(name))
    if (built)
      names.push({name: built.name, read: file.span(built.start, built.start + built.length), isCertain: false})
    return importSpecifiers(script).flatMap((specifier) => {
      const isShown = /\bimport\s{1,9}[A-Z]\w{0,99}\s{1,9}from\s{0,9}["']$/.test(script.slice(0, specifier.start))
      const source = isShown && specifier.text.endsWith('.svelte') ? sourceOf(file.path, specifier.text) : undefined
      return source === undefined ? [] : [source]
    })
  }

  /** By `paths` of tsconfig.json, which Next.js goes by. */
  async function aliased(from: string, specifier: string): Promise<string | undefined> {
    if (tool?.name !== 'next build' || !/^[@~#$]\w{0,40}\//.test(specifier)) return undefined
    aliases ??= pathAliases({reader, paths: tracked})
    return fileOf((await aliases)(specifier, from).own)
  }

  function sourceOf(from: string, specifier: string): string | undefined {
    const targets = specifier.startsWith('.')
      ? [posix.join(posix.dirname(from), specifier)]
      : (tool?.aliases ?? []).flatMap(([alias, place]) =>
          specifier.startsWith(alias) ? [posix.join(origin ?? '', place, specifier.slice(alias.length))] : [],
        )
    return fileOf(targets)
  }

  function fileOf(targets: readonly string[]): string | undefined {
    return targets
      .flatMap((target) => endings.map((ending) => target.replace(/\.jsx?$/, '') + ending))
      .find((path) => tracked.has(path))
  }
}

/** Whether a text names a variable, and does more than to read it. */
const isNamed = (text: string, name: string): boolean =>
  text.includes(name) &&
  text.replace(new RegExp(`\\bprocess\\.env\\.${name}\\b(?!\\s*(?:\\|\\||\\?\\?)?=(?!=))`, 'g'), '').includes(name)

/** By their names Next.js, SvelteKit and Vite write them into what the browser gets. */
const isOfPages = (name: string): boolean => /PUBLIC_|^VITE_/.test(name)

/** What the pages show must be right, everything else only be there. */
const hint = (names: readonly string[]): string =>
  names.some(isOfPages)
    ? `Hand ${them(names)} to the build, which writes ${them(names)} into the pages: ARG ${names.join(' ')} before it, and ${inSeries(names)} under [build.args] of fly.toml.`
    : `Give ${them(names)} a value that is good for the build alone: RUN ${dummies(names)} … (the real one is there when the app starts). Or make what needs it within a function, at its first use.`

/** The code asks whether this is the build: `building` of SvelteKit, NEXT_PHASE of Next.js. */
const isOfBuild = ({text}: Code): boolean =>
  /\bbuilding\b[^;\n]{0,100}\$app\/environment|NEXT_PHASE|phase-production-build/.test(text)

/** What is passed on, and an import of which a name is called or is an element: one of types alone is gone by then. */
function isKept(text: string, specifier: ReturnType<typeof importSpecifiers>[number]): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\nexport', specifier.start), 0), specifier.start)
  if (/^\n?export\b[^;]{0,500}\bfrom\s*["']$/.test(line) || isCalled(text, specifier)) return true
  const from = text.lastIndexOf('import', specifier.start)
  const names = text.slice(from + 'import'.length, specifier.start - 1).match(/\b[A-Z]\w*/g) ?? []
  return names.some((name) => text.includes(`<${name}`) && new RegExp(`(?<![\\w$])<${name}[\\s/>]`).test(text))
}
