import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Files, scripts} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'

/** A variable of which `next build` makes the address that rewrites() or redirects() sends requests to. */
export interface RewriteVariable {
  name: string
  read: FileLocation
  /** The address that is taken without it. */
  instead: string | undefined
}

const destinations = /\bdestination\s*:\s*([^\n]{1,300})/g
const reads = /\bprocess\.env\.([A-Z]\w{0,100})\b/
const fallback = /^\s{0,100}(?:\|\||\?\?)\s{0,100}["'`](\w+:\/\/[^"'`]{1,200})["'`]/

/**
 * Next calls rewrites() while it builds and keeps the addresses in routes-manifest.json, by which the server goes. Silent
 * where the configuration asks for the environment: the addresses may be for the computer at home alone.
 */
export async function rewriteVariables(
  origin: string,
  paths: Files,
  reader: ProjectReader,
): Promise<RewriteVariable[]> {
  const path = scripts('next.config')
    .map((name) => posix.join(origin, name))
    .find((each) => paths.has(each))
  const file = await reader.text(path)
  if (!file || /\bNODE_ENV\b|\bPHASE_\w/.test(file.text) || !/\b(?:rewrites|redirects)\b/.test(file.text)) return []
  const {text} = file
  const found = new Map<string, RewriteVariable>()
  for (const [, value = ''] of text.matchAll(destinations)) {
    const own = reads.exec(value)?.[1]
    const [, constant] = /^`?\$\{\s?(\w{1,100})\s?\}|^(\w{1,100})\s?\+/.exec(value)?.filter(Boolean) ?? []
    const named =
      constant === undefined
        ? -1
        : text.search(
            new RegExp(`\\b(?:const|let|var)\\s{1,20}${constant}\\s{0,20}=\\s{0,50}\\(?\\s{0,50}process\\.env\\.`),
          )
    const from = own === undefined ? named : text.indexOf(`process.env.${own}`)
    const match = from < 0 ? undefined : reads.exec(text.slice(from))
    if (!match?.[1] || found.has(match[1])) continue
    const start = from + match.index
    const end = start + match[0].length
    const instead = fallback.exec(text.slice(end))?.[1]
    found.set(match[1], {name: match[1], read: file.span(start, end), instead})
  }
  return [...found.values()]
}
