import {isTable} from '../../documents/document.ts'

/** The scripts of a package.json by their names, as npm runs them; what is no text is none. */
export function scriptsOf(manifest: unknown): Readonly<Record<string, string>> {
  const scripts = isTable(manifest) ? manifest.scripts : undefined
  const written = isTable(scripts) ? Object.entries(scripts) : []
  return Object.fromEntries(written.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}
