import {isBuiltin} from 'node:module'
import {posix} from 'node:path'
import {isApart} from '../../files/apart.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {withAbove} from '../../image/files/image-path.ts'
import type {Listener} from '../../image/servers/listeners.ts'
import {packageName} from '../../node/imports/import-specifiers.ts'
import {readManifest} from '../../node/workspace/workspace.ts'
import {goPackage} from '../go.ts'
import {imports, javascriptModules, type Modules} from '../javascript.ts'
import {aspnetSources} from './aspnet-sources.ts'
import type {Framework} from './frameworks.ts'
import {railsSources} from './rails-sources.ts'
import {springSources} from './spring-sources.ts'

/** The files in which the routes of a server stand. */
export interface Sources {
  language: Framework['language']
  files: TextFile[]
  /** What else may answer for a path: a file that is handed out, or the web server in front. */
  mayAnswer?: (path: string) => boolean
  /** A framework that this server cannot run. */
  not?: string
  /** What every path begins with: another one has no route. */
  prefix?: string
}

export interface Project {
  reader: ProjectReader
  paths: Files
  /** The names of the packages of a workspace. */
  packages: ReadonlySet<string>
  /** What the image and [env] set; undefined: nothing does. */
  variable(name: string): {value: string | undefined} | undefined
}

const notServed = /(?:^|\/)migrations\//
/** Of folders that stand apart by their names, what is called so, or lies in the program's own, is a part of it. */
const served =
  /(?:^|\/)(?:src|app|lib)\/(?:[^/]+\/){0,20}(?:docs?|examples?|specs?|vendor)\/|(?:^|\/)(?:docs?|examples?|specs?|vendor)\/(?:[^/]+\/){0,20}(?:urls|views|routes?|routers?|controllers?|handlers?)\.\w+$/
const isServed = (path: string): boolean => !notServed.test(path) && (!isApart(path) || served.test(path))
const pythonServers = /^(?:uvicorn|gunicorn|hypercorn|daphne|granian|flask run|fastapi run|waitress-serve)$/

/** What a release of Phoenix starts stands in no command. */
export const phoenixSources = async ({reader, paths}: Project): Promise<Sources> => ({
  language: 'elixir',
  files: await reader.texts(paths.ending('.ex').filter((path) => path.startsWith('lib/') && isServed(path))),
})

export async function sourcesOf({entry, server}: Listener, project: Project): Promise<Sources | undefined> {
  const {reader, paths} = project
  const all = (...endings: string[]) => reader.texts(paths.ending(...endings).filter(isServed))
  if (pythonServers.test(server) || entry?.kind === 'python') {
    const files = await all('.py')
    if (files.some((file) => bringsRouters(file, paths))) return undefined
    return {language: 'python', files, ...(/^(?:uvicorn|hypercorn|daphne|granian)$/.test(server) && {not: 'aiohttp'})}
  }
  // Thruster hands requests on to what it starts.
  if (/^(?:puma|rails server|thrust)$/.test(server)) return railsSources(project)
  if (server === 'dotnet') return aspnetSources(await all('.cs'), paths)
  if (server === 'java') return springSources(await all('.java', '.kt', '.groovy'), project)
  if (!entry) return undefined
  if (entry.kind === 'go')
    return {language: 'go', files: (await goPackage(entry.path, paths, reader)).map(({file}) => file)}
  if (entry.kind === 'rust') return {language: 'rust', files: await all('.rs')}
  const modules = await javascriptModules(entry.path, paths, reader)
  return (await isFollowed(entry.path, modules, project))
    ? {language: 'javascript', files: modules.files.map(({file}) => file)}
    : undefined
}

const routers = /\b(?:include_router|register_blueprint)\s*\(\s*([A-Za-z_]\w*)/g

/** Whether a router comes from a package: `from shop_common.health import router`. */
function bringsRouters({text}: TextFile, paths: Files): boolean {
  return [...text.matchAll(routers)].some(([, name = '']) => {
    const [, from, as] = new RegExp(importOf(name), 'm').exec(text) ?? []
    const [first = ''] = (from ?? as ?? '.').split('.')
    return first !== '' && !paths.hasFolderNamed(first) && paths.named(`${first}.py`).length === 0
  })
}

/** `from a.b import (x, name)`, `import a as name`, `import name` */
const importOf = (name: string): string =>
  `^[ \\t]*(?:from[ \\t]+(\\S{1,200})[ \\t]+import[ \\t]+(?:\\([^)]{0,2000}|[^(\\n]{0,500})(?<!\\w)${name}\\b|import[ \\t]+(?=(\\w[\\w.]{0,200}))(?:[\\w.]{1,200}[ \\t]+as[ \\t]+)?${name}\\b)`

/**
 * Whether every module is read but those of packages that package.json names: what a member of the workspace brings, what
 * an alias of tsconfig.json names, and what is made while the image is built, may have routes.
 */
async function isFollowed(entry: string, {files, imported}: Modules, {reader, packages}: Project): Promise<boolean> {
  const folders = withAbove(posix.join('/', posix.dirname(entry))).map((folder) => folder.slice(1))
  const manifests = await Promise.all(folders.map((folder) => readManifest(reader, folder)))
  const named = new Set(
    manifests.flatMap((each) =>
      [each?.dependencies, each?.devDependencies].flatMap((table) => Object.keys(table ?? {})),
    ),
  )
  return files.every((code) =>
    [...code.text.matchAll(imports)].every(([, name = '']) => {
      if (/^(?:bun|npm|jsr|https?):|^bun$|\.(?:json|css|html|txt|md|sql|graphql|ya?ml)$/.test(name)) return true
      if (isBuiltin(name) || imported(code, name)) return true
      const own = packageName(name)
      return named.has(own) && !packages.has(own)
    }),
  )
}
