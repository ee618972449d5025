/** Files and settings with which Next.js does not build at all (tried with 15.5 and 16.4). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {type Files, noFiles, scripts} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {askedVersion, makesPages} from '../output/next-build.ts'
import type {SourceReader} from '../source/source-readers.ts'
import {type OldSetting, oldSettings} from './next-settings.ts'

export interface NextFault extends Pick<SourceReader, 'by' | 'command'> {
  /**
   * `webpack`: settings of webpack, and 16 builds with Turbopack. `proxy`: middleware.ts beside proxy.ts. `layout`: a page of
   * `app` without a layout around it. `ppr`, `untyped`: a setting that 16 has no more.
   */
  kind: 'webpack' | 'proxy' | 'layout' | OldSetting['kind']
  /** `next.config.ts`, `app/page.tsx`. */
  file: string
  /** Of `proxy`: the other file. */
  other?: string
  /** Of a setting: its name. */
  what?: string
  at: FileLocation
  /** Another package makes the settings in the end. */
  isCertain: boolean
}

type Found = Omit<NextFault, 'by' | 'command'>

const versions = /^[~^]?(1[56])\.\d/

export async function loadNextFaults({reader}: Inputs, facts: FactStore): Promise<Fact<NextFault[]>> {
  const [readers, {commands}, programs] = await facts.needAll('sourceReaders', 'buildCommands', 'tscPrograms')
  const paths = (await facts.value('files')) ?? noFiles
  const found = new Map<string, NextFault>()
  for (const {kind, tool, sources, origin = '', by, command} of readers) {
    const build = commands.find((each) => each.at === command && makesPages(each))
    if (kind !== 'bundler' || tool !== 'next build' || !build) continue
    const manifest = await reader.text(posix.join(origin, 'package.json'))
    const [, version] = versions.exec(askedVersion(manifest, 'next') ?? '') ?? []
    const configs = sources.filter(({path}) => scripts('next.config').includes(posix.relative(origin, path)))
    const ofWebpack = version === '16' && !build.words.includes('--webpack') ? configs.flatMap(webpackSettings) : []
    const checked = programs.find(({name, command}) => name === 'next build' && command === build)?.sources ?? []
    const old = version === '16' ? configs.flatMap((file) => settingFaults(file, checked.includes(file.path))) : []
    const others = version === undefined ? [] : pagesWithoutLayout(sources, origin, paths)
    const proxies = version === '16' ? twoProxies(sources, origin, paths) : []
    for (const each of [...ofWebpack, ...old, ...proxies, ...others])
      found.set(`${each.kind} ${each.file} ${each.what}`, {...each, by, command})
  }
  return known([...found.values()])
}

const settingFaults = (file: TextFile, isChecked: boolean): Found[] =>
  oldSettings(file, isChecked).map(({kind, what, start, length}) => ({
    kind,
    what,
    file: file.path,
    at: file.span(start, start + length),
    isCertain: true,
  }))

/** `webpack: (config) => …`, where nothing is said of Turbopack. */
function webpackSettings(file: TextFile): Found[] {
  const match = /^[ \t]{1,8}(webpack)\s{0,9}(?:\(|:\s{0,9}(?:async\s{0,9})?(?:\(|function\b|\w{1,50}\s{0,9}=>))/m.exec(
    file.text,
  )
  if (!match || /turbopack|process\.env|process\.argv/i.test(file.text) || addsTurbopack.test(file.text)) return []
  const start = match.index + match[0].indexOf('webpack')
  const isCertain = !/\brequire\(|^import\s(?!type\b)|\.\.\.|\bawait\b/m.test(file.text)
  return [{kind: 'webpack', file: file.path, at: file.span(start, start + 'webpack'.length), isCertain}]
}

/** What these make of the settings has a `turbopack` of its own. */
const addsTurbopack =
  /["'](?:@payloadcms\/next\/withPayload|@sentry\/nextjs|@next\/mdx|next-intl\/plugin|fumadocs-mdx\/next|nextra)["']/

function twoProxies(sources: readonly TextFile[], origin: string, paths: Files): Found[] {
  const folder = ['app', 'pages'].some((name) => paths.hasFolder(posix.join(origin, name)))
    ? origin
    : posix.join(origin, 'src')
  const named = (name: string) =>
    sources.find(({path}) => scripts(name).some((each) => posix.join(folder, each) === path))
  const [first, second] = [named('middleware'), named('proxy')]
  return first && second
    ? [{kind: 'proxy', file: first.path, other: second.path, at: first.whole, isCertain: true}]
    : []
}

const layouts = ['tsx', 'jsx', 'ts', 'js'].map((ending) => `layout.${ending}`)

/** The first of them: one layout is what all of them lack. */
function pagesWithoutLayout(sources: readonly TextFile[], origin: string, paths: Files): Found[] {
  const root = ['app', 'src/app'].map((name) => posix.join(origin, name)).find((folder) => paths.hasFolder(folder))
  if (root === undefined) return []
  const isBare = ({path}: TextFile): boolean => {
    if (!path.startsWith(`${root}/`) || !/\/page\.[jt]sx?$/.test(path)) return false
    const segments = posix.relative(root, posix.dirname(path)).split('/').filter(Boolean)
    // A slot and an intercepting route are shown in the layout of others.
    if (segments.some((segment) => /^[@_]|^\(\.|^%5F/.test(segment))) return false
    const folders = [root, ...segments.map((_, index) => posix.join(root, ...segments.slice(0, index + 1)))]
    return !folders.some((folder) => layouts.some((name) => paths.has(posix.join(folder, name))))
  }
  const bare = sources.filter(isBare)
  const [first] = bare.toSorted((one, two) => one.path.length - two.path.length)
  return first ? [{kind: 'layout', file: first.path, at: first.whole, isCertain: true}] : []
}
