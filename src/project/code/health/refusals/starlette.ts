import {isApart} from '../../../files/apart.ts'
import type {TextFile} from '../../../files/text.ts'
import {type AppCode, placeOf, type Refusal} from './refusal.ts'

/** Of the one file that makes an app: others may make another one. */
export async function starletteRefusals({paths, reader, isCopied, given}: AppCode): Promise<(Refusal | undefined)[]> {
  const sources = await reader.texts(paths.ending('.py').filter((path) => !isApart(path) && isCopied(path)))
  const [app, another] = sources.filter(({text}) => /^\w+\s*(?::[^=\n]{1,100})?=\s*(?:FastAPI|Starlette)\(/m.test(text))
  if (!app || another) return []
  return [trustedHosts(app) ?? settingsHosts(app, sources, given), httpsRedirect(app)]
}

/** Other names get 400, "Invalid host header" (starlette/middleware/trustedhost.py); at the left margin it is in no branch. */
function trustedHosts(file: TextFile): Refusal | undefined {
  const adds =
    /^\w{1,100}\.add_middleware\(\s{0,50}TrustedHostMiddleware\s{0,9},\s{0,50}allowed_hosts\s{0,9}=\s{0,9}\[([\s\w"'.*,:-]{1,2000})\]/gm
  const [match, another] = file.text.matchAll(adds)
  const names = [...(match?.[1] ?? '').matchAll(/["']([^"']*)["']/g)].map(([, name = '']) => name)
  // An address of the machine's own kind.
  // Names alone: what a variable brings is not known.
  const isWritten = /^[\s,]*$/.test((match?.[1] ?? '').replace(/["'][^"']*["']/g, ''))
  if (!match || another || !isWritten || names.some((name) => name === '*' || /^[\d.]+$/.test(name))) return undefined
  return {by: 'Starlette', kind: 'host', believesHeader: false, exempt: '', at: placeOf(file, match)}
}

/** `allowed_hosts=settings.allowed_hosts`, by the default of the one class of settings, where that has names of the world outside. */
function settingsHosts(
  file: TextFile,
  sources: readonly TextFile[],
  given: (name: string) => unknown,
): Refusal | undefined {
  const adds =
    /^\w{1,100}\.add_middleware\(\s{0,50}TrustedHostMiddleware\s{0,9},\s{0,50}allowed_hosts\s{0,9}=\s{0,9}(?:\w{1,50}\.){1,3}(\w{1,50})\s{0,9},?\s{0,50}\)/m
  const match = adds.exec(file.text)
  const [, field = ''] = match ?? []
  if (!match || given(field.toUpperCase()) !== undefined) return undefined
  const pattern = new RegExp(`^ {4}${field}\\s{0,9}:[^=\\n]{1,100}=\\s{0,9}\\[([\\s\\w"'.*,:-]{1,2000})\\]`, 'im')
  const said = sources.flatMap(({text}) => {
    const list =
      /\bBaseSettings\b/.test(text) && !/env_prefix|validator/.test(text) ? pattern.exec(text)?.[1] : undefined
    return list === undefined ? [] : [list]
  })
  const [list, another] = said
  if (list === undefined || another !== undefined || !/^[\s,]*$/.test(list.replace(/["'][^"']*["']/g, '')))
    return undefined
  const names = [...list.matchAll(/["']([^"']*)["']/g)].map(([, name = '']) => name)
  // Else somebody sets the variable on Fly.io.
  const isOutside = names.some((name) => /\.(?!local\b|test\b|internal\b)[a-z]{2,}$/.test(name))
  if (!isOutside || names.some((name) => name === '*' || /^[\d.]+$/.test(name))) return undefined
  return {by: 'Starlette', kind: 'host', believesHeader: false, exempt: '', at: placeOf(file, match)}
}

/** The scheme is the one that a proxy tells the server (starlette/middleware/httpsredirect.py). */
function httpsRedirect(file: TextFile): Refusal | undefined {
  const match = /^\w{1,100}\.add_middleware\(\s{0,50}HTTPSRedirectMiddleware\s{0,50}\)/m.exec(file.text)
  return match
    ? {by: 'Starlette', kind: 'redirect', believesHeader: true, exempt: '', at: placeOf(file, match)}
    : undefined
}
