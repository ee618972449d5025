/** What the sources of a workspace's member import, and what may lead such an import elsewhere. */

import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isApart} from '../../files/apart.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {isKept} from '../imports/is-kept.ts'
import {scriptsIn} from '../imports/page-scripts.ts'
import {resolvedImport} from '../imports/resolved-import.ts'
import {tsconfigs} from '../typescript/tsconfig.ts'

interface Project {
  reader: ProjectReader
  paths: Files
}

const notBuilt = /(^|\/)(?:scripts|stories|dist|build)\/|\.(?:stories|config)\.[cm]?[jt]sx?$/
const settings =
  /^(?:tsconfig[\w.-]*\.json|(?:vite|next|astro|nuxt|remix|react-router)[\w.-]*\.[cm]?[jt]s|nest-cli\.json)$/
const settingNames = ['tsconfig', 'vite', 'next', 'astro', 'nuxt', 'remix', 'react-router', 'nest-cli.json']
/** Where a member without a folder for its sources has them: what it starts with, beside its package.json. */
const firstFile = /^(?:index|main|server|app|worker|bot|middleware|instrumentation)\.[cm]?[jt]sx?$/
const sourceFolders = ['src', 'app', 'pages', 'lib', 'server', 'routes']
const mostFiles = 400

interface Asked {
  /** Its subpaths, too. */
  subpaths?: boolean
  /** In these files alone. */
  only?: ReadonlySet<string> | undefined
  /** Of its imports only those that a compiler keeps. */
  onlyKept?: boolean
}

/** The first import of a package, types left out, in what is built of a member. */
export async function importOf(
  name: string,
  origin: string,
  {reader, paths}: Project,
  {subpaths = false, only, onlyKept = false}: Asked = {},
): Promise<{at: FileLocation; specifier: string} | undefined> {
  const beside = paths.in(origin || '.').filter((path) => firstFile.test(posix.basename(path)))
  const sources = [...beside, ...paths.under(...sourceFolders.map((folder) => posix.join(origin, folder)))]
    .filter((path) => /\.(?:[cm]?[jt]sx?|svelte|vue|astro)$/.test(path) && !isApart(path) && !notBuilt.test(path))
    .filter((path) => only?.has(path) ?? true)
  for (const path of sources.slice(0, mostFiles)) {
    const file = await reader.text(path)
    if (!file?.text.includes(name)) continue
    for (const each of importSpecifiers(scriptsIn(path, file.text))) {
      const isIt = each.text === name || (subpaths && each.text.startsWith(`${name}/`))
      if (isIt && !isOverlooked(file.text, each.start) && (!onlyKept || (await isKept(file, each))))
        return {at: file.span(each.start, each.end), specifier: each.text}
    }
  }
  return undefined
}

/**
 * What others get of a member without a build of its own: the sources that its `exports` name, and those that these import in
 * turn. undefined where all of it may be read.
 */
export async function exportedSources(
  folder: string,
  {reader, paths}: Project,
): Promise<ReadonlySet<string> | undefined> {
  const file = await reader.text(posix.join(folder, 'package.json'))
  const document = file && parseJson(file)
  if (!document || !('value' in document)) return undefined
  const {exports, scripts} = document.value
  if (!isTable(exports) || (isTable(scripts) && Object.hasOwn(scripts, 'build'))) return undefined
  const targets = textsIn(exports).map((target) => posix.join(folder, target))
  if (targets.length === 0 || targets.some((target) => target.includes('*') || !paths.has(target))) return undefined
  const reached = new Set(targets)
  for (const path of reached) {
    const text = (await reader.text(path))?.text ?? ''
    for (const {text: specifier} of importSpecifiers(scriptsIn(path, text))) {
      const next = /^\.{1,2}(?:\/|$)/.test(specifier)
        ? resolvedImport(posix.join(posix.dirname(path), specifier), paths)
        : undefined
      if (next) reached.add(next)
    }
  }
  return reached
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : isTable(value) ? Object.values(value).flatMap(textsIn) : []

/** Whether the compiler is told to say nothing of a line. */
const isOverlooked = (text: string, start: number): boolean =>
  /@ts-nocheck\b/.test(text) || /@ts-(?:ignore|expect-error)\b[^\n]{0,500}\n[^\n]{0,500}$/.test(text.slice(0, start))

/** Whether a configuration near the member names the package, its scope as a whole, or conditions of its own. */
export async function isLedElsewhere(name: string, origin: string, {reader, paths}: Project): Promise<boolean> {
  const near = paths.beginning(...settingNames).filter((path) => {
    const folder = posix.dirname(path).replace(/^\.$/, '')
    const isNear = folder === '' || folder === origin || /(^|\/)(?:tsconfig|config)[\w-]*$/.test(folder)
    return isNear && settings.test(posix.basename(path))
  })
  const scope = /^@[^/]+\//.exec(name)?.[0]
  const names = [name, ...(scope ? [`${scope}*`] : [])]
  for (const path of near) {
    const isCompiler = /^tsconfig[\w.-]*\.json$/.test(posix.basename(path))
    const read = isCompiler ? await tsconfigs(path, {reader, paths}) : [await reader.text(path)]
    for (const {text} of read.filter((each) => each !== undefined)) {
      if (names.some((each) => text.includes(each)) || /"(?:customConditions|webpack|builder|noCheck)"/.test(text))
        return true
    }
  }
  // `declare module '@shop/db'`
  for (const path of paths.under(origin || '.').filter((each) => /\.d\.[cm]?ts$/.test(each))) {
    const text = (await reader.text(path))?.text ?? ''
    if (names.some((each) => new RegExp(`\\bmodule\\s+["']${escapePattern(each)}`).test(text))) return true
  }
  return false
}
