/** `litestream restore` to a database that a volume still has, or with an option that there is no longer. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {machineVariable} from '../environment/set-variables.ts'
import type {TextFile} from '../files/text.ts'
import {imagePath, isBelow} from '../image/files/image-path.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'
import {scriptAt, startedCommands} from '../processes/processes.ts'

export interface LitestreamRestore {
  /** The command that starts it. */
  by: string
  at: FileLocation
  /** It surely runs, and what starts it ends with it. */
  certain: boolean
  /** The database, and the folder of the volume that keeps it. */
  kept?: {path: string; volume: string}
  /** The release of litestream that does not know `-v`. */
  release?: string
}

/**
 * Those that stop what they stand in: litestream ends with "cannot restore, output path already exists" where the database is
 * there, but for `-if-db-not-exists` (its replica.go, `Restore`).
 */
export async function loadLitestreamRestores(_: Inputs, facts: FactStore): Promise<Fact<LitestreamRestore[]>> {
  const [read, flyConfig, image, dockerfile] = await Promise.all([
    startedCommands(facts),
    facts.value('flyConfig'),
    facts.value('image'),
    facts.value('dockerfile'),
  ])
  const setting = machineVariable(flyConfig, image)
  const volumes = (flyConfig?.mounts ?? []).flatMap(({destination}) => destination || [])
  const release = withoutVerbose(dockerfile?.file.text ?? '')
  const found: LitestreamRestore[] = []
  for (const {by, command, certain} of read.started) {
    if (programOf(command) !== 'litestream' || command.words[1] !== 'restore') continue
    const script = scriptAt(read, command.at)
    const line = command.at.line ?? 1
    const text = script ? lineOf(script, line) : ''
    if (!command.decisive && !(script && command.conditional && endsAt(script, line))) continue
    if (/\|\||^\s*(?:if|elif|while|until|!)\s/.test(text)) continue
    if (release !== undefined && command.words.some((word) => word === '-v' || word === '--v')) {
      found.push({by, at: command.at, certain, release})
      continue
    }
    // The release command has no volume; the database is asked for before, or taken away.
    if (by === 'release_command' || volumes.length === 0 || looks.test(script?.text ?? '')) continue
    const written = command.words.slice(2).map((word, index) => word ?? wordAt(text, index))
    const place = written.includes(undefined) ? undefined : outputOf(written as string[])
    const path = place && filled(place, script)
    const volume = path && volumes.find((each) => isBelow(path, imagePath('/', each)))
    if (path && volume && !found.some(({kept}) => kept?.path === path))
      found.push({by, at: command.at, certain, kept: {path, volume}})
  }
  return known(found)

  /** With what [env], the image or the script itself sets. */
  function filled(text: string, script: TextFile | undefined): string | undefined {
    const value = text.replace(/\$\{(\w+)(?::-([^}$]*))?\}|\$(\w+)/g, (whole, braced, standard, plain) => {
      const name = braced ?? plain
      return assignments(script, name) ?? setting(name)?.value ?? standard ?? whole
    })
    return value.startsWith('/') && !value.includes('$') ? posix.normalize(value) : undefined
  }
}

/** Its releases say all from 0.3.13 on, and take `-v` no longer (benbjohnson/litestream, pull request 517). */
function withoutVerbose(dockerfile: string): string | undefined {
  const named = dockerfile.matchAll(/litestream[^\s]{0,80}?[:/=_-]["']?v?(0\.\d+\.\d+)(?![\w.])/gi)
  const releases = [...new Set([...named].map(([, release = '']) => release))]
  const isNewer = (release: string) => {
    const [, minor = 0, patch = 0] = release.split('.').map(Number)
    return minor > 4 || (minor === 3 && patch >= 13)
  }
  return releases.length > 0 && releases.every(isNewer) ? releases[0] : undefined
}

/** `[ -f "$DB" ]`, and what takes the database away. */
const looks = /(?:\[\[?|\btest)\s{1,9}!?\s{0,9}-[efs]\s|^[^#\n]{0,200}\b(?:rm|mv)\s/m

/** The one value that a script gives a variable; nothing where there are several. */
function assignments(script: TextFile | undefined, name: string): string | undefined {
  const pattern = new RegExp(`^[ \\t]{0,40}(?:export |readonly |local )*${name}=(["']?)([\\w./-]+)\\1[ \\t]*$`, 'gm')
  const [only, another] = [...(script?.text ?? '').matchAll(pattern)]
  return another ? undefined : only?.[2]
}

/** Whether a failure in a branch ends the script: under `set -e`, and not in a function, whose failure may be caught. */
function endsAt(script: TextFile, line: number): boolean {
  const above = Array.from({length: line - 1}, (_, index) => script.line(index + 1))
  const begun = above.findLastIndex((each) => /^\s{0,40}(?:function\s+[\w-]+|[\w-]+\s?\(\))/.test(each))
  const isInside = begun >= 0 && !above.slice(begun).some((each) => each.startsWith('}'))
  const exits = above.some((each) => /^\s{0,40}set\s+(?:-\w{0,9}e|-o\s+errexit)|^#!\S+\s+-\w{0,9}e\b/.test(each))
  return exits && !isInside && !/^\s{0,40}set\s+\+\w{0,9}e/m.test(script.text)
}

/** A command on its lines. */
function lineOf(file: TextFile, first: number): string {
  let text = ''
  for (let number = first; number <= file.lineCount; number++) {
    const line = file.line(number)
    text += line.replace(/\\\s*$/, ' ')
    if (!/\\\s*$/.test(line)) break
  }
  return text
}

/** A word as it is written, its quotes taken off. */
function wordAt(text: string, index: number): string | undefined {
  const [, rest = ''] = /\blitestream\s+restore\s+(.*)/.exec(text) ?? []
  return rest.split(/\s+/)[index]?.replace(/^(["'])(.*)\1$/, '$2')
}

const withValue = /^--?(?:config|o|replica|generation|index|timestamp|parallelism|txid|level)$/

/** `-o PATH`, else the database itself; undefined where an option is given that ends well, or that is not known. */
function outputOf(words: readonly string[]): string | undefined {
  let last: string | undefined
  let output: string | undefined
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string
    if (/^--?if-db-not-exists\b/.test(word)) return undefined
    if (withValue.test(word)) {
      index++
      if (/^--?o$/.test(word)) output = words[index]
    } else if (/^--?o=/.test(word)) output = word.replace(/^--?o=/, '')
    else if (!word.startsWith('-')) last = word
  }
  return output ?? last
}
