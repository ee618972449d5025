import {dirname, join} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {ProjectReader} from '../reader.ts'
import type {TextFile} from '../text.ts'
import {type ParsedRequirement, parseRequirement} from './pep508.ts'

/** A declared package and where it is declared. */
export interface Requirement extends ParsedRequirement {
  at: FileLocation
}

/** A requirements file as pip reads it, with those it includes. */
export interface RequirementsFile {
  file: TextFile
  /** Of the file itself and of every file it includes with -r. */
  requirements: Requirement[]
  problems: {message: string; at: FileLocation}[]
  /** Every package is known: nothing is installed from a URL, a path or a file that cannot be read. */
  complete: boolean
}

/** Options that take their value from the next word (pip/_internal/req/req_file.py, SUPPORTED_OPTIONS). */
const known =
  /^(-i|-f|-r|-c|-e|--index-url|--pypi-url|--extra-index-url|--find-links|--requirement|--constraint|--editable|--no-index|--no-binary|--only-binary|--prefer-binary|--require-hashes|--pre|--trusted-host|--use-feature|--hash|--global-option|--config-settings?|--process-dependency-links|--always-unzip|-Z)(?=[\s=]|$)/

/** Reads a requirements file the way pip does (req_file.py): continuation lines, comments, options, includes. */
export async function readRequirements(
  reader: ProjectReader,
  path: string,
  including: readonly string[] = [],
): Promise<RequirementsFile | undefined> {
  // PowerShell's `>` writes UTF-16, which pip reads.
  const read = await reader.read(path, {utf16: true})
  if (!read.ok) return undefined
  const {file} = read
  const result: RequirementsFile = {file, requirements: [], problems: [], complete: true}
  for (const {text, line, endLine} of logicalLines(file)) {
    const at: FileLocation = {...file.lineSpan(line), endLine, endColumn: file.line(endLine).trimEnd().length + 1}
    const include = /^(?:-r|--requirement)(?:\s+|=|(?=[^\s=]))(.+)$/.exec(text)
    const constraint = /^(?:-c|--constraint)(?:\s|=)/.test(text)
    if (include) await addIncluded(include[1]?.trim() as string, at)
    else if (constraint) continue
    else if (/^(-e|--editable)(?:\s|=)/.test(text)) result.complete = false
    else if (text.startsWith('-')) {
      if (!known.test(text)) result.problems.push({message: `pip has no option ${text.split(/[\s=]/)[0]} here`, at})
    } else addRequirement(text, at)
  }
  return result

  async function addIncluded(name: string, at: FileLocation): Promise<void> {
    if (/^[a-z+]+:\/\//i.test(name)) {
      result.complete = false
      return
    }
    // Includes are relative to the file that includes them.
    const target = join(dirname(file.absolute), name)
    if (including.includes(target)) {
      result.problems.push({message: `${name} includes this file again, which pip refuses`, at})
      return
    }
    const included = await readRequirements(reader, target, [...including, file.absolute])
    if (!included) {
      result.complete = false
      result.problems.push({message: `${reader.display(target)}, which it includes, does not exist`, at})
      return
    }
    result.requirements.push(...included.requirements)
    result.problems.push(...included.problems)
    result.complete &&= included.complete
  }

  function addRequirement(text: string, at: FileLocation): void {
    // `requirement --hash=…`: options begin at the first word that starts with a dash.
    const bare = text.split(/\s+(?=-)/)[0] as string
    if (bare.includes('$'))
      result.complete = false // ${NAME} is filled in from the environment
    else if (isUrlOrPath(bare)) result.complete = false
    else {
      const parsed = parseRequirement(bare)
      if ('invalid' in parsed)
        result.problems.push({message: `pip cannot read "${shorten(bare)}": ${parsed.invalid}`, at})
      else {
        if (parsed.url) result.complete = false
        result.requirements.push({...parsed, at})
      }
    }
  }
}

/** pip takes a URL, a version-control address, an archive or an existing folder before it tries a requirement. */
function isUrlOrPath(text: string): boolean {
  const word = text.replace(/\[[^\]]*\]$/, '')
  if (/^[a-z][a-z0-9+.-]*:/i.test(word) && !/^[A-Za-z0-9._-]+\s*(\[|@|[=<>!~;])/.test(word)) return true
  return /^(\.|\/|~)/.test(word) || /\.(whl|zip|tar(\.\w+)?|tgz|tbz)$/.test(word) || /^[\w.-]+\/[\w./-]+$/.test(word)
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** Lines joined at a trailing backslash, comments and blank lines left out. */
function* logicalLines(file: TextFile): Iterable<{text: string; line: number; endLine: number}> {
  let joined = ''
  let start = 0
  for (let number = 1; number <= file.lineCount; number++) {
    const line = file.line(number).replace(/^\ufeff/, '')
    if (!joined) start = number
    const comment = /^\s*#/.test(line)
    if (line.endsWith('\\') && !comment && number < file.lineCount) {
      joined += `${line.slice(0, -1)} `
      continue
    }
    const text = (joined + line).replace(/(^|\s+)#.*$/, '').trim()
    joined = ''
    if (text) yield {text, line: start, endLine: number}
  }
}
