import {parseJson} from '../documents/json.ts'
import {escapePattern} from '../escape-pattern.ts'
import type {ProjectReader} from '../reader.ts'

/** The version of a package in the lock file of the working directory; undefined for none and for several. */
export async function lockedVersion(reader: ProjectReader): Promise<(name: string) => string | undefined> {
  const npm = await reader.text('package-lock.json')
  const pnpm = await reader.text('pnpm-lock.yaml')
  const yarn = await reader.text('yarn.lock')
  const parsed = npm && parseJson(npm)
  const tree = parsed && 'value' in parsed ? (parsed.value as NpmLock) : undefined
  return (name) => {
    const escaped = escapePattern(name)
    const found = new Set<string | undefined>()
    const entry = tree?.packages?.[`node_modules/${name}`] ?? tree?.dependencies?.[name]
    if (entry) found.add(entry.version)
    // `  'name@1.2.3(peer@1)':`, and before version 6 of the file `  /name/1.2.3:`
    for (const [, version] of matches(pnpm?.text, `^ +'?/?${escaped}[@/](\\d[\\w.+-]*)`)) found.add(version)
    // `name@^1.0.0, name@^1.2.0:`, then `  version "1.2.3"` or `  version: 1.2.3`
    for (const [, version] of matches(yarn?.text, `^"?${escaped}@.*:\\n +version:? "?(\\d[\\w.+-]*)`))
      found.add(version)
    return found.size === 1 ? [...found][0] : undefined
  }
}

interface NpmLock {
  packages?: Record<string, {version?: string}>
  dependencies?: Record<string, {version?: string}>
}

const matches = (text: string | undefined, pattern: string) => (text ?? '').matchAll(new RegExp(pattern, 'gm'))
