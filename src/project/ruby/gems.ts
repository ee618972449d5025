import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {isNear, noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {type GemDrift, gemDrift} from './gemfile.ts'

/** A gem that `bundle install` surely installs, whatever groups it leaves out. */
export interface Gem {
  version: string
  /** Built for Linux: nothing is compiled. */
  precompiled: boolean
  /** The lock has it for other systems only, `x86_64-darwin`: neither built for Linux nor as sources. */
  onlyFor: string | undefined
  /** Where the Gemfile names it itself. */
  named: FileLocation | undefined
  /** … with `require: false`: Bundler.require leaves it aside. */
  unrequired: boolean
  at: FileLocation
}

export interface GemLock {
  gems: ReadonlyMap<string, Gem>
  /** Of all gems of the lock, for whatever group or system. */
  names: ReadonlySet<string>
  /** The systems that it was resolved for. */
  platforms: {names: string[]; at: FileLocation} | undefined
  /** Where it is not what the Gemfile asks for. */
  drift: readonly GemDrift[]
  /** The gems among them that are cloned with git. */
  clones: readonly {name: string; at: FileLocation}[]
}

/** Each Gemfile.lock, by its path. */
export type Gems = ReadonlyMap<string, GemLock>

export async function loadGems({reader}: Inputs, facts: FactStore): Promise<Fact<Gems>> {
  const paths = ((await facts.value('files')) ?? noFiles).only(isNear)
  const found = new Map<string, GemLock>()
  for (const path of paths.named('Gemfile.lock')) {
    const [lock, gemfile] = [await reader.text(path), await reader.text(path.replace(/\.lock$/, ''))]
    if (!lock || !gemfile) continue
    const gems = installed(lock, ungrouped(gemfile))
    const clones = clonedOf(lock).filter(({name}) => gems.has(name))
    const names = new Set([...lock.text.matchAll(/^ {4}([\w.-]+) \(/gm)].map(([, name = '']) => name))
    found.set(path, {gems, names, platforms: platformsOf(lock), drift: gemDrift(gemfile, lock), clones})
  }
  return found.size > 0 ? known(found) : absent('there is no Gemfile.lock')
}

/** The gems that the Gemfile names outside of every block and condition. */
function ungrouped(gemfile: TextFile): ReadonlyMap<string, {at: FileLocation; unrequired: boolean}> {
  const names = new Map<string, {at: FileLocation; unrequired: boolean}>()
  let depth = 0
  for (let number = 1; number <= gemfile.lineCount; number++) {
    const line = gemfile.line(number).replace(/#.*$/s, '').trim()
    const name = /^gem\s*(?:\(\s*)?["']([\w.-]+)["']/.exec(line)?.[1]
    const statement = name && depth === 0 ? statementAt(gemfile, number) : ''
    if (name && depth === 0 && !/\b(groups?|platforms?|install_if)\b|\s(if|unless)\s/.test(statement))
      names.set(name, {at: gemfile.lineSpan(number), unrequired: /\brequire\b/.test(statement)})
    if (/\bdo(\s*\|[^|]*\|)?$|\)\s*\{$/.test(line) || /^(if|unless|case|begin|def)\b/.test(line)) depth++
    if (/^(?:end\b|\}$)/.test(line)) depth--
  }
  return names
}

/** A line, with those that it goes on in: the groups of a gem may stand below it. */
function statementAt(file: TextFile, number: number): string {
  let text = ''
  for (let next = number; next <= Math.min(number + 20, file.lineCount); next++) {
    const line = file.line(next).replace(/#.*$/s, '').trim()
    text += ` ${line}`
    if (line !== '' && !/[,([\\]$/.test(line)) break
  }
  return text
}

/** What the lock has of these gems, and of what they depend on. */
function installed(lock: TextFile, roots: ReturnType<typeof ungrouped>): ReadonlyMap<string, Gem> {
  const gems = new Map<string, Gem & {needs: string[]}>()
  let current: string | undefined
  for (let number = 1; number <= lock.lineCount; number++) {
    const line = lock.line(number)
    const [, name, version = '', platform] = /^ {4}([\w.-]+) \(([\d.\w]+)(?:-([\w-]+))?\)$/.exec(line) ?? []
    const need = /^ {6}([\w.-]+)/.exec(line)?.[1]
    if (name) {
      current = name
      const known = gems.get(name)
      const precompiled = (known?.precompiled ?? false) || /linux/.test(platform ?? '')
      const isForeign = platform !== undefined && !/linux|^ruby$|^java$/.test(platform)
      const onlyFor = isForeign && (!known || known.onlyFor) ? platform : undefined
      gems.set(name, {
        version,
        precompiled,
        onlyFor,
        named: roots.get(name)?.at,
        unrequired: roots.get(name)?.unrequired ?? false,
        at: lock.lineSpan(number),
        needs: known?.needs ?? [],
      })
    } else if (need && current) gems.get(current)?.needs.push(need)
    else current = undefined
  }
  const reached = new Map<string, Gem>()
  const visit = (name: string): void => {
    const gem = gems.get(name)
    if (!gem || reached.has(name)) return
    reached.set(name, gem)
    gem.needs.forEach(visit)
  }
  for (const name of roots.keys()) visit(name)
  return reached
}

function platformsOf(lock: TextFile): GemLock['platforms'] {
  for (let number = 1; number <= lock.lineCount; number++) {
    if (lock.line(number) !== 'PLATFORMS') continue
    const names: string[] = []
    for (let next = number + 1; /^ {2}\S/.test(lock.line(next)); next++) names.push(lock.line(next).trim())
    return {names, at: lock.lineSpan(number)}
  }
  return undefined
}

/** The gems of the GIT sections. */
function clonedOf(lock: TextFile): GemLock['clones'] {
  const found: {name: string; at: FileLocation}[] = []
  let inside = false
  for (let number = 1; number <= lock.lineCount; number++) {
    const line = lock.line(number)
    if (/^\S/.test(line)) inside = line.trim() === 'GIT'
    const [, name] = (inside && /^ {4}([\w.-]+) \(/.exec(line)) || []
    if (name) found.push({name, at: lock.lineSpan(number)})
  }
  return found
}
