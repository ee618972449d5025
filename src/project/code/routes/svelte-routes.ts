/** The routes of an app of SvelteKit are its files (svelte.dev/docs/kit/routing, and advanced-routing). */
import {posix} from 'node:path'
import {scripts} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {readManifest} from '../../node/workspace/workspace.ts'
import {exportedMethods} from './exported-methods.ts'
import type {AppRoutes, Route} from './routes.ts'
import type {Project} from './sources.ts'

/** Settings by which other files or other paths count, and those that another file may hold. */
const otherwise = /\b(?:files|trailingSlash|embedded)\s{0,9}:|\.\.\.|\bfrom\s{0,9}["']\./
/** Code by which a path leads elsewhere, or ends in another way. */
const changesPaths = /\breroute\b|\btrailingSlash\b/
const folder = 'src/routes'

/** Of the app at the top of the project, where its files alone say which paths there are. */
export async function svelteRoutes({reader, paths}: Project): Promise<AppRoutes | undefined> {
  const manifest = await readManifest(reader, '')
  const declared = {...manifest?.dependencies, ...manifest?.devDependencies}
  if (!('@sveltejs/kit' in declared) || paths.named('package.json').length > 1) return undefined
  const settings = await reader.texts(scripts('svelte.config').filter((path) => paths.has(path)))
  if (settings.length !== 1 || settings.some(({text}) => otherwise.test(text))) return undefined
  const base = settings.flatMap(({text}) => [...text.matchAll(/\bbase\s{0,9}:\s{0,9}([^\n]{1,200})/g)])
  const prefix = base.map(([, value = '']) => /^["'](\/[\w/-]{1,100})["'](?!\s{0,9}[?:+])/.exec(value)?.[1])
  if (base.length > 1 || prefix.includes(undefined)) return undefined
  const sources = await reader.texts(paths.under('src').filter((path) => /\.(?:[jt]s|svelte)$/.test(path)))
  if (sources.some(({text}) => changesPaths.test(text))) return undefined
  const routes = sources.flatMap((file) => (file.path.startsWith(`${folder}/`) ? ofFile(file) : []))
  if (routes.length === 0) return undefined
  return {
    framework: 'SvelteKit',
    slash: 'redirect',
    head: true,
    routes,
    ...(prefix[0] !== undefined && {prefix: prefix[0]}),
    // A hook may answer for a path that it names, or for all that it is asked.
    names: (path) =>
      paths.has(posix.join('static', path)) ||
      path.startsWith('/_app/') ||
      sources.some(({path: own, text}) => text.includes(path) || (isHook(own) && answers.test(text))),
  }
}

const isHook = (path: string): boolean => /^src\/hooks(?:\.server)?(?:\.[jt]s|\/)/.test(path)
const answers = /\bnew\s{1,9}Response\b|\bResponse\.|\b(?:json|text)\(/

/** `(shop)/orders/[id]/+server.ts` */
function ofFile({path, text, whole}: TextFile): Route[] {
  const parts = posix.dirname(posix.relative(folder, path)).split('/')
  const name = posix.basename(path)
  const segments = parts.filter((part) => part !== '.' && !/^\(.*\)$/.test(part))
  if (/^\+page(?:@.{0,100})?\.svelte$/.test(name)) return [{...pathOf(segments), method: 'GET', at: whole}]
  // What actions of a page answer is none of a health check.
  if (/^\+page\.server\.[jt]s$/.test(name) && /\bactions\b/.test(text))
    return [{...pathOf(segments), method: undefined, at: whole}]
  if (!/^\+server\.[jt]s$/.test(name)) return []
  const methods: (string | undefined)[] = exportedMethods(text) ?? [undefined]
  return methods.map((method) => ({...pathOf(segments), method, at: whole}))
}

/** `[id]` and `[id=number]` are any text, `[[lang]]` one or none, `[...rest]` all that is below; `[x+2e]` is a dot. */
function pathOf(segments: readonly string[]): {path: string; open: boolean} {
  const all = segments.findIndex((part) => /^\[\[|\[\.{3}/.test(part))
  const own = (all < 0 ? segments : segments.slice(0, all)).map((part) =>
    part
      .replace(/\[x\+([\da-f]{2})\]/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/^.{0,100}\[.{1,100}\].{0,100}$/, ':parameter'),
  )
  return {path: `/${own.join('/')}`, open: all >= 0}
}
