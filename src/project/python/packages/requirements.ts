import {dirname, join} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {redact} from '../../../redact.ts'
import {shorten} from '../../../wording.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {type ParsedRequirement, parseRequirement} from './pep508.ts'

/** A declared package and where it is declared. */
export interface Requirement extends ParsedRequirement {
  at: FileLocation
}

/** A requirements file as pip reads it, with those it includes. */
export interface RequirementsFile {
  /** Of the file itself and of every file it includes with -r. */
  requirements: Requirement[]
  problems: RequirementsProblem[]
  /** Every package is known: nothing is installed from a URL, a path or a file that cannot be read. */
  complete: boolean
  /** It names an index or a folder of its own, which may hold built packages. */
  ownIndex: boolean
  /** The lines that name a git repository which pip clones: without a marker that may leave it out. */
  clones: FileLocation[]
}

export interface RequirementsProblem {
  message: string
  at: FileLocation
  /** No pip reads it, and no step of a build can mend it. */
  proven: boolean
  hint: string
}

const asPipWants = 'Correct the line as pip wants it: name==1.2, name>=1,<2, or -r FILE.'

/**
 * pip's options in a requirements file, and whether they take a value (pip/_internal/req/req_file.py). optparse also
 * takes an unambiguous beginning of a long one.
 */
const options: Readonly<Record<string, boolean>> = {
  '-i': true,
  '--index-url': true,
  '--pypi-url': true,
  '--extra-index-url': true,
  '-f': true,
  '--find-links': true,
  '-r': true,
  '--requirement': true,
  '-c': true,
  '--constraint': true,
  '-e': true,
  '--editable': true,
  '--no-index': false,
  '--no-binary': true,
  '--only-binary': true,
  '--prefer-binary': false,
  '--require-hashes': false,
  '--no-require-hashes': false,
  '--pre': false,
  '--all-releases': true,
  '--only-final': true,
  '--trusted-host': true,
  '--use-feature': true,
  '--hash': true,
  '--global-option': true,
  '--config-settings': true,
  '--config-setting': true,
  '--process-dependency-links': false,
  '--always-unzip': false,
  '-Z': false,
}

/** Reads a requirements file the way pip does: continuation lines, comments, options, includes. */
export async function readRequirements(
  reader: ProjectReader,
  path: string,
  including: readonly string[] = [],
): Promise<RequirementsFile | undefined> {
  // PowerShell's `>` writes UTF-16, which pip reads.
  const read = await reader.read(path, {utf16: true})
  if (!read.ok) return undefined
  const {file} = read
  const result: RequirementsFile = {requirements: [], problems: [], complete: true, ownIndex: false, clones: []}
  for (const {text, line, endLine} of logicalLines(file)) {
    const at: FileLocation = {...file.lineSpan(line), endLine, endColumn: file.line(endLine).trimEnd().length + 1}
    // A requirement ends where the first word begins with a dash; what follows are options.
    const dash = text.search(/(?<=^|\s)-/)
    const requirement = dash < 0 ? text : text.slice(0, dash).trimEnd()
    if (requirement) addRequirement(requirement, at)
    else await addOptions(dash < 0 ? '' : text.slice(dash), at)
  }
  return result

  async function addOptions(text: string, at: FileLocation): Promise<void> {
    const words = text.match(/"[^"]*"|'[^']*'|(?:[^\s"'=]|=(?!["']))+(?:=(?:"[^"]*"|'[^']*'))?|\S+/g) ?? []
    for (let index = 0; index < words.length; index++) {
      const {name, value: attached} = optionOf(words[index] as string)
      if (name === undefined) {
        const message = `pip has no option ${(words[index] as string).split('=')[0]} here`
        result.problems.push({message, at, proven: (words[index] as string).startsWith('--'), hint: asPipWants})
        return
      }
      const value = options[name] ? (attached ?? words[++index])?.replace(/^(["'])(.*)\1$/, '$2') : undefined
      if ((name === '-r' || name === '--requirement') && value) await addIncluded(value, at)
      else if (name === '-e' || name === '--editable') {
        result.complete = false
        if (isClone(value ?? '')) result.clones.push(at)
      } else if (/^(-i|-f|--index-url|--pypi-url|--extra-index-url|--find-links)$/.test(name)) result.ownIndex = true
    }
  }

  async function addIncluded(name: string, at: FileLocation): Promise<void> {
    // A URL, or a name that the environment completes.
    if (/^[a-z+]+:\/\//i.test(name) || name.includes('$')) {
      result.complete = false
      return
    }
    // Includes are relative to the file that includes them.
    const target = join(dirname(file.absolute), name)
    if (including.includes(target) || target === file.absolute) {
      const message = `${name} includes this file again, which pip refuses`
      result.problems.push({message, at, proven: true, hint: 'Take the line out.'})
      return
    }
    const included = await readRequirements(reader, target, [...including, file.absolute])
    if (!included) {
      result.complete = false
      // A step of the build may make it, or a COPY lay another file beside this one.
      if ((await reader.kindOf(target)) === 'missing') {
        const message = `${reader.display(target)}, which it includes, does not exist`
        result.problems.push({message, at, proven: false, hint: 'Add the file, or take the line out.'})
      }
      return
    }
    result.requirements.push(...included.requirements)
    result.problems.push(...included.problems)
    result.complete &&= included.complete
    result.ownIndex ||= included.ownIndex
    result.clones.push(...included.clones)
  }

  function addRequirement(text: string, at: FileLocation): void {
    if (isClone(text)) result.clones.push(at)
    // ${NAME} is filled in from the environment; a line of that length is no requirement that a person wrote.
    if (text.includes('$') || text.length > 2000 || isUrlOrPath(text)) {
      result.complete = false
      return
    }
    const parsed = parseRequirement(text)
    if ('invalid' in parsed) {
      const message = `pip cannot read "${shorten(redact(text), 60)}": ${parsed.invalid}`
      result.problems.push({message, at, proven: !parsed.legacy, hint: asPipWants})
      result.complete = false
    } else {
      if (parsed.url) result.complete = false
      result.requirements.push({...parsed, at})
      const problem = parsed.marker === undefined ? ofAnotherComputer(parsed) : undefined
      if (problem) result.problems.push({...problem, at, proven: true})
    }
  }
}

/**
 * What `pip freeze` writes where it runs and nobody else has: the folders in which conda builds its packages, those of
 * Windows and macOS, and the part of setuptools that Debian and Ubuntu make a package of.
 */
function ofAnotherComputer({name, url, specifier}: ParsedRequirement): {message: string; hint: string} | undefined {
  const folder =
    /^file:\/\/(\/(?:[A-Za-z]:\/|croot\/|Users\/|private\/|b\/abs_|tmp\/build\/|opt\/conda\/conda-bld\/|home\/conda\/|feedstock_root\/)[^#]{0,80})/.exec(
      url ?? '',
    )?.[1]
  if (folder !== undefined)
    return {
      message: `pip looks for ${name} in ${folder}, a folder of the computer on which the list was made: it stops there`,
      hint: `Name the version in its place, as pip list --format=freeze writes it: ${name}==VERSION`,
    }
  if (name === 'pkg-resources' && specifier === '==0.0.0')
    return {
      message:
        'pip finds no package pkg-resources: it is a part of setuptools, which pip freeze lists on Debian and Ubuntu',
      hint: 'Take the line out.',
    }
  return undefined
}

/** The option that a word is, with what is attached to it: `--name=value`, `-rvalue`. */
function optionOf(word: string): {name: string | undefined; value: string | undefined} {
  if (!word.startsWith('--')) {
    const name = Object.keys(options).find((option) => option.length === 2 && word.startsWith(option))
    return {name, value: word.length > 2 ? word.slice(2) : undefined}
  }
  const [long = '', value] = word.split(/=(.*)/s)
  const name = long in options ? long : Object.keys(options).find((option) => option.startsWith(long))
  return {name, value}
}

/** `git+https://…` alone or behind `name @`, and no marker. */
const isClone = (text: string): boolean => /^([\w.-]+\s*(\[[^\]]*\]\s*)?@\s*)?git\+(https?|ssh|git):[^;]*$/.test(text)

/** pip takes a URL, a version-control address, an archive or an existing folder before it tries a requirement. */
function isUrlOrPath(text: string): boolean {
  const word = text
    .replace(/(?<!\s)\s*;.*$/s, '')
    .replace(/\[[^\][]*\]$/, '')
    .trim()
  if (/^[a-z][a-z0-9+.-]*:/i.test(word) && !/^[A-Za-z0-9._-]+\s*(\[|@|[=<>!~;])/.test(word)) return true
  return /^(\.|\/|~)/.test(word) || /\.(whl|zip|tar(\.\w+)?|tgz|tbz)$/.test(word) || /^[\w.-]+\/[\w./-]+$/.test(word)
}

/** Lines joined at a trailing backslash, comments and blank lines left out. Python also ends lines elsewhere. */
function* logicalLines(file: TextFile): Iterable<{text: string; line: number; endLine: number}> {
  let joined = ''
  let start = 0
  for (let number = 1; number <= file.lineCount; number++) {
    for (const line of file
      .line(number)
      .replace(/^\ufeff/, '')
      .split(/[\r\v\f\u0085\u2028\u2029]/)) {
      if (!joined) start = number
      const comment = /^\s*#/.test(line)
      if (line.endsWith('\\') && !comment) {
        joined += line.slice(0, -1)
        continue
      }
      yield* whole(comment ? `${joined} ` : joined + line, number)
      joined = ''
    }
  }
  yield* whole(joined, file.lineCount)

  function* whole(line: string, endLine: number): Iterable<{text: string; line: number; endLine: number}> {
    const text = line.replace(/(^|(?<!\s)\s+)#.*$/s, '').trim()
    if (text) yield {text, line: start, endLine}
  }
}
