/** Files that are called like a configuration of flyctl, and are none. */

import type {TextFile} from '../files/text.ts'
import {configKeys} from '../fly-config/keys.ts'

/** `{{range .Env}}`, `{% if %}`, `<% end %}` on a line of their own: a program writes the configuration from this. */
const ofTemplateEngine = /^[ \t]*(?:\{\{-?[ \t]*(?:range|if|with|else|end|define|template|block)\b|\{%|<%)/m

/**
 * Whether flyctl would find nothing of its own in this file: settings of another program in a `fly.toml`, or data in a
 * `fly.json`. A file without any key is a configuration, as flyctl takes it.
 */
export function isOther({path, text}: TextFile): boolean {
  if (ofTemplateEngine.test(text)) return true
  const keys = path.endsWith('.toml') ? keysOfToml(text) : path.endsWith('.json') ? keysOfJson(text) : keysOfYaml(text)
  return keys.length > 0 && !keys.some((key) => Object.hasOwn(configKeys.keys ?? {}, key))
}

/** What stands above the first table, and the first parts of the names of the tables. */
function keysOfToml(text: string): string[] {
  const outside = text.replace(/("""|''')[\s\S]{0,20000}?\1/g, '""')
  const table = /^[ \t]*\[/m.exec(outside)?.index ?? outside.length
  const above = outside.slice(0, table).matchAll(/^[ \t]*["']?([\w-]{1,100})["']?[ \t]*[.=]/gm)
  const tables = outside.slice(table).matchAll(/^[ \t]*\[\[?[ \t]*["']?([\w-]{1,100})["']?[ \t]*[.\]]/gm)
  return [...above, ...tables].map(([, key = '']) => key)
}

/** A list of flyctl's is none; what does not parse may be meant for flyctl. */
function keysOfJson(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return ['[]']
    return typeof value === 'object' && value !== null ? Object.keys(value) : []
  } catch {
    return []
  }
}

const keysOfYaml = (text: string): string[] =>
  [...text.matchAll(/^["']?([\w-]{1,100})["']?[ \t]*:(?=\s)/gm)].map(([, key = '']) => key)
