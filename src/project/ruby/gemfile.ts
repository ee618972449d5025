import type {FileLocation} from '../../check.ts'
import {blank} from '../code/code.ts'
import type {TextFile} from '../files/text.ts'

/** Where the Gemfile and the DEPENDENCIES of its lock say something else: Bundler then has to change the lock. */
export interface GemDrift {
  /** `added`: the lock has it not; `deleted`: the Gemfile has it not; `changed`: they want other versions. */
  kind: 'added' | 'deleted' | 'changed'
  name: string
  /** What the Gemfile wants, and what the lock has. */
  wanted: string
  locked: string
  at: FileLocation
}

interface Dependency {
  name: string
  /** `~> 7.1, >= 7.1.2`, in an order of its own; undefined where it is not written out. */
  versions: string | undefined
  at: FileLocation
}

/** Code with which not every gem stands in the file as it is. */
const isProgram =
  /\b(?:if|unless|case|while|each\w*|times|map|for|def|eval_gemfile|gemspec|instance_eval|eval|load|require_relative|plugin|component|send)\b|\bgem\b[ (]*(?!["'\s(])/

/** Bundler compares names and versions (Bundler::Definition#ensure_equivalent_gemfile_and_lockfile). */
export function gemDrift(gemfile: TextFile, lock: TextFile): GemDrift[] {
  const text = gemfile.text.replace(/^=begin[\s\S]*?^=end/gm, blank).replace(/(?<=^|\s)#(?!\{)[^\n]*/g, blank)
  const strings = text.replace(/"[^"\n]*"|'[^'\n]*'/g, (found) => found[0] + ' '.repeat(found.length - 2) + found[0])
  const named = dependenciesOf(gemfile, text)
  const locked = lockedOf(lock)
  // What a program adds or leaves out is not known.
  if (isProgram.test(strings) || named.length === 0 || locked.size === 0) return []
  // Each gem is seen where it stands at the beginning of a line, and nowhere else.
  if ((strings.match(/(?<![\w.:])gem(?![\w:])/g) ?? []).length !== named.length) return []
  const found: GemDrift[] = []
  for (const {name, versions, at} of named) {
    const other = locked.get(name)
    const isOnce = named.filter((each) => each.name === name).length === 1
    if (!other) found.push({kind: 'added', name, wanted: versions ?? '', locked: '', at})
    else if (isOnce && versions !== undefined && versions !== other.versions)
      found.push({kind: 'changed', name, wanted: versions, locked: other.versions ?? '', at})
  }
  for (const {name, versions, at} of locked.values()) {
    if (!named.some((each) => each.name === name))
      found.push({kind: 'deleted', name, wanted: '', locked: versions ?? '', at})
  }
  return found
}

function dependenciesOf(file: TextFile, text: string): Dependency[] {
  const calls =
    /^[ \t]{0,80}gem[ \t]{0,20}\(?[ \t]{0,20}(["'])([\w.-]+)\1((?:[ \t]{0,40},\s{0,80}\[?[ \t]{0,20}(["'])[^"'\n]{0,200}\4\]?){0,20})([ \t]{0,40},\s{0,80}([\w:"'[*]{1,100}))?/gm
  return [...text.matchAll(calls)].map(({0: whole, 2: name = '', 3: list = '', 6: next = '', index}) => {
    const start = index + whole.indexOf('gem')
    // A variable or a constant may be a version.
    const isPlain = next === '' || /^(?::?\w+:|:\w|["']\w+["']:)/.test(next)
    const versions = [...list.matchAll(/(["'])([^"'\n]*)\1/g)].map((match) => match[2] as string)
    const isKnown = isPlain && !list.includes('#{')
    return {name, versions: isKnown ? ordered(versions) : undefined, at: file.lineSpan(file.position(start).line)}
  })
}

function lockedOf(lock: TextFile): ReadonlyMap<string, Dependency> {
  const found = new Map<string, Dependency>()
  let inside = false
  for (let number = 1; number <= lock.lineCount; number++) {
    const line = lock.line(number)
    if (/^\S/.test(line)) inside = line.trim() === 'DEPENDENCIES'
    const [, name, versions = ''] = (inside && /^ {2}([\w.-]+)(?: \(([^)]*)\))?!?\s*$/.exec(line)) || []
    if (name) found.set(name, {name, versions: ordered(versions.split(',')), at: lock.lineSpan(number)})
  }
  return found
}

/**
 * `7.1` is `= 7.1`, and `>= 0` is what nothing means; 1.0 is 1, but behind ~> (Gem::Requirement#==). `2.0-beta` is
 * `2.0.pre.beta` (Gem::Version).
 */
const ordered = (versions: readonly string[]): string => {
  const all = versions
    .map((each) => each.trim().replace(/^([~<>=!]{1,2})\s*/, '$1 '))
    .map((each) => each.replaceAll('-', '.pre.'))
    .map((each) => (/^\d/.test(each) ? `= ${each}` : each))
    .map((each) => (each.startsWith('~>') ? each : each.replace(/(?:\.0){1,20}$/, '')))
    .filter((each) => each !== '' && each !== '>= 0')
  return [...new Set(all)].sort().join(', ')
}
