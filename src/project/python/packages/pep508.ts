import {satisfies, valid, validRange} from '@renovatebot/pep440'

/** One requirement as PEP 508 writes it: `name[extra] >=1,<2 ; marker`, or `name @ url`. */
export interface ParsedRequirement {
  /** Normalised by PEP 503: lower case, runs of `-_.` are one `-`. */
  name: string
  /** As it is written. */
  written: string
  extras: string[]
  /** As written; '' means any version. */
  specifier: string
  url?: string | undefined
  marker?: string | undefined
}

export const normalizeName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

const shape =
  /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?![A-Za-z0-9._-])\s*(?:\[([^\]]*)\]\s*)?(?:@\s*(\S+)|\(([^)]*)\)|((?:[^;@]*[^;@\s])?))?\s*(?:;(.*))?$/s
const extra = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/

/**
 * The requirement, or why pip refuses it (packaging.requirements, the grammar of PEP 508). `legacy`: pip before 24.1
 * still reads such a version.
 */
export function parseRequirement(text: string): ParsedRequirement | {invalid: string; legacy?: boolean} {
  const match = shape.exec(text)
  if (!match) return {invalid: 'it is no requirement (a name, then a version such as ==1.2)'}
  const [, name = '', extrasText, url, bracketed, bare, marker] = match
  const extras = extrasText?.trim() ? extrasText.split(',').map((entry) => entry.trim()) : []
  const badExtra = extras.find((entry) => !extra.test(entry))
  if (badExtra !== undefined) return {invalid: `"${badExtra}" is no name of an extra`}
  const specifier = (bracketed ?? bare ?? '').trim()
  const invalid = specifier && whyInvalid(specifier)
  if (invalid) return invalid
  return {
    name: normalizeName(name),
    written: name,
    extras: extras.map(normalizeName),
    specifier,
    url,
    marker: marker?.trim(),
  }
}

function whyInvalid(specifier: string): {invalid: string; legacy?: boolean} | undefined {
  for (const part of specifier.split(',').map((entry) => entry.trim())) {
    // packaging allows a trailing comma
    if (part === '' && specifier.trim().endsWith(',')) continue
    if (/^=[^=]/.test(part)) return {invalid: `"${part}" has one =, a version is pinned with ==`}
    if (/^===\s*\S+$/.test(part)) continue // any text may follow ===
    const shaped = /^(==|~=|!=|<=|>=|<|>)\s*[^\s=<>~]+$/.test(part)
    if (!shaped || !validRange(part.replace(/\s+/g, ''))) {
      const invalid = `"${part}" is no version specifier (==, >=, <=, <, >, ~= or != and a version)`
      return {invalid, legacy: shaped}
    }
  }
  return undefined
}

/** `1.2` of `==1.2` and `===1.2`, which no other version satisfies; undefined of all else. */
export const pinnedVersion = (specifier: string): string | undefined => /^===?\s*([\w.!]+)$/.exec(specifier)?.[1]

/** FastAPI 0.111 alone depended on what is its extra `standard` before and after (its release notes). */
export const bringsStandard = ({name, specifier}: Pick<ParsedRequirement, 'name' | 'specifier'>): boolean =>
  name === 'fastapi' && specifier.includes('0.111')

/**
 * Whether a Python version can satisfy a specifier. `3.12` stands for every 3.12.x: it can when any of them does.
 * undefined when the specifier cannot be read.
 */
export function pythonSatisfies(version: string, specifier: string): boolean | undefined {
  const range = specifier.replace(/\s+/g, '')
  if (!range) return true
  if (!validRange(range)) return undefined
  const candidates =
    version.split('.').length >= 3 ? [version] : Array.from({length: 40}, (_, patch) => `${version}.${patch}`)
  return candidates.some((candidate) => valid(candidate) && satisfies(candidate, range, {prereleases: true}))
}
