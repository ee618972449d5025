import {posix} from 'node:path'
import {type Code, codeOf} from '../../../code/code.ts'
import type {BuildCommand} from '../../build-commands.ts'
import {lacks, mayBeChanged, sourceAt} from '../../moment.ts'
import {besideOf} from '../build-files.ts'
import type {MissingPart, Parts} from '../named-files.ts'

/** A value of a module attribute that stands in the body of a module: it is worked out while the module is compiled. */
const attribute = /^ {2}@(\w+)[ \t]+(\S[^\n]*(?:\n {4,}[^\n]+)*)/gm
/** What ends the compilation where the file is not there. */
const reads = /\bFile\.(?:read|stream)!\(/
/** NimblePublisher reads all files of a pattern while its module is compiled: none is no mistake. */
const publishes = /^ {2}use NimblePublisher,?\s[\s\S]{0,300}?\bfrom:\s{0,9}"([\w./-]+?)\/[^"/]{0,100}\*/m
/** The files of a pattern, as `for file <- Path.wildcard("posts/*.md") do` or an attribute goes through them: none is no mistake, either. */
const lists = /\bPath\.wildcard\(/
const listing = /^ {2}(?:@(\w+)[ \t]+|for [^\n<]{1,100}<-\s{1,20})(\S[^\n]*(?:\n {4,}[^\n]+)*)/gm
/** What looks first, catches the failure, or runs later. */
const asks = /\b(?:if|unless|case|cond|with|for|try|rescue|fn|and|or)\b|&|\|\|/

/**
 * The files that modules of a mix project read when they are compiled, `@terms File.read!(@terms_path)`: those that the
 * project has and the stage does not. "could not read file …: no such file or directory", and mix compile stops.
 */
export async function elixirFiles(command: BuildCommand, {reader, project, context}: Parts): Promise<MissingPart[]> {
  const {moment, folder, at} = command
  const lib = moment.files.get(posix.join(folder, 'lib'))
  const manifest = sourceAt(moment, posix.join(folder, 'mix.exs'), project)
  if (lib?.kind !== 'folder' || manifest === undefined) return []
  const origin = posix.dirname(manifest)
  const found = new Map<string, MissingPart>()
  const {instructions} = moment.stage
  const later = instructions.slice(instructions.indexOf(moment.instruction) + 1)
  const compilesAgain = later.some(
    ({keyword, text}) => keyword === 'RUN' && /--force\b|\bmix clean\b|_build/.test(text),
  )
  for (const [place] of moment.files.filesOf(lib, undefined, posix.join(folder, 'lib'))) {
    const source = place.endsWith('.ex') ? sourceAt(moment, place, project) : undefined
    const file = await reader.text(source)
    const code = file && [reads, publishes, lists].some((each) => each.test(file.text)) ? codeOf(file) : undefined
    if (!code || mayBeChanged(command, place)) continue
    for (const {path: written, start, end, without} of foldersIn(code, posix.dirname(place), folder)) {
      const target = posix.resolve(folder, written)
      const path = posix.join(origin, posix.relative(folder, target))
      if (compilesAgain || found.has(path) || !project.hasFolder(path) || !lacks(command, target)) continue
      const rule = await context.ruleFor(`/${path}`)
      const [named, beside] = [code.file.span(start, end), besideOf(moment.files.get(folder))]
      found.set(path, {
        ...{path, place: target, command: 'mix compile', at, file: code.file.path, named},
        ...{sure: false, without, rule, beside},
      })
    }
    for (const {path: target, start, end} of filesReadIn(code, posix.dirname(place), folder)) {
      const path = posix.join(origin, posix.relative(folder, target))
      if (found.has(path) || !project.has(path) || !lacks(command, target)) continue
      const rule = await context.ruleFor(`/${path}`)
      const named = code.file.span(start, end)
      const beside = besideOf(moment.files.get(posix.dirname(place)))
      found.set(path, {
        ...{path, place: target, command: 'mix compile', at, file: code.file.path, named},
        ...{sure: true, rule, beside},
      })
    }
  }
  return [...found.values()]
}

/** The folders whose files a module publishes or goes through while it is compiled. */
function* foldersIn(
  {text, bare}: Code,
  dir: string,
  cwd: string,
): Generator<{path: string; start: number; end: number; without: string}> {
  const match = publishes.exec(text)
  const [whole = '', path = ''] = match ?? []
  // In the text of a @moduledoc it is an example.
  if (match && !path.startsWith('/') && bare.startsWith('  use', match.index)) {
    const without = 'finds nothing to publish and makes an empty site'
    yield {path, start: match.index + 2, end: match.index + whole.length, without}
  }
  // It looks again by itself, or is a task, which runs where the project is.
  if (!lists.test(bare) || bare.includes('__mix_recompile__?') || dir.includes('/mix/tasks')) return
  const known = new Map<string, string>()
  for (const {0: statement, 1: name = '', 2: value = '', index} of text.matchAll(listing)) {
    if (!/[@f]/.test(bare[index + 2] ?? '') || name === 'external_resource') continue
    const [expression = ''] = value.split(/\sdo\b/, 1)
    const plain = pathOf(expression, known, dir)
    if (name && plain !== undefined) known.set(name, plain)
    else known.delete(name)
    // Before the first * it is a folder.
    const [, folder] = /^([^*{?[]+)\/[^/]*[*{?[]/.exec(patternOf(expression, known, dir) ?? '') ?? []
    if (!folder || posix.resolve(cwd, folder) === cwd || asks.test(expression.split(lists, 1)[0] ?? '')) continue
    const end = index + statement.length - value.length + expression.trimEnd().length
    yield {path: folder, start: index + 2, end, without: 'finds none of the files and compiles nothing of them in'}
  }
}

/** `Path.wildcard("posts/*.md")`, `Path.join(["posts", "*.md"]) |> Path.expand() |> Path.wildcard()` */
function patternOf(expression: string, known: ReadonlyMap<string, string>, dir: string): string | undefined {
  const [first = '', ...steps] = expression.split('|>').map((each) => each.trim())
  const [, inner] = /^Path\.wildcard\(\s{0,50}([\s\S]{1,300})$/.exec(first) ?? []
  if (inner !== undefined) return pathOf(inner, known, dir)
  const last = steps.findIndex((each) => each.startsWith('Path.wildcard('))
  const isPath = steps.slice(0, last).every((each) => /^Path\.(?:relative_to_cwd|expand)\(\)$/.test(each))
  return last < 0 || !isPath ? undefined : pathOf(first, known, dir)
}

/** The paths that attributes read, in the image: `dir` is the folder of the source, `cwd` that of the project. */
function* filesReadIn(
  {text: written, bare}: Code,
  dir: string,
  cwd: string,
): Generator<{path: string; start: number; end: number}> {
  const known = new Map<string, string>()
  for (const {1: name = '', 2: value = '', index, 0: whole} of written.matchAll(attribute)) {
    // In the text of a @moduledoc it is an example.
    if (bare[index + 2] !== '@') continue
    // The same without what stands in strings.
    const code = bare.slice(index + whole.length - value.length, index + whole.length)
    const read = reads.exec(code)
    const path = pathOf(read ? value.slice(read.index + read[0].length) : value, known, dir)
    // A stream opens its file when something goes through it.
    const isLater = read?.[0].includes('stream') && !/\bEnum\./.test(code)
    if (!read && path !== undefined) known.set(name, path)
    else known.delete(name)
    if (asks.test(code)) continue
    if (read && path !== undefined && !isLater)
      yield {path: posix.resolve(cwd, path), start: index + 2, end: index + whole.length}
    for (const {0: piped, 1: from = '', index: at} of value.matchAll(pipedReads)) {
      const path = code[at + piped.length - 1] === '(' ? pathOf(from, known, dir) : undefined
      const start = index + whole.length - value.length + at
      if (path !== undefined) yield {path: posix.resolve(cwd, path), start, end: start + piped.length}
    }
  }
}

/** `@path |> File.read!()`, also among other things: `%{terms: @path |> File.read!() |> parse()}`. */
const pipedReads = /(@\w+|"[^"\\#\n]{1,300}"|Path\.(?:join|expand)\([^()\n]{1,300}\))\s{0,50}\|>\s{0,50}File\.read!\(/g

const part = /^(?:"([^"\\#]{1,300})"|(__DIR__)|@(\w+))\s*,?\s*/

/** `Path.join(@dir, "a.md")`, `Path.expand("../a", __DIR__)`, `Path.join([__DIR__, "..", "a"])`, `"a.md"`, `@path`. */
function pathOf(value: string, known: ReadonlyMap<string, string>, dir: string): string | undefined {
  // `@external_resource path = Path.join(…)`
  const written = value.replace(/^[a-z_]\w*\s*=\s*/, '')
  const call = /^Path\.(join|expand)\(\s*(\[?)\s*/.exec(written)
  if (!call) {
    const [whole = '', plain, here, name] = part.exec(written) ?? []
    const isAlone = /^\s*(?:$|[)\n])/.test(written.slice(whole.length))
    return isAlone ? (plain ?? (here ? dir : known.get(name ?? ''))) : undefined
  }
  const parts: string[] = []
  let rest = written.slice(call[0].length)
  for (let match = part.exec(rest); match; match = part.exec(rest)) {
    const [whole, plain, here, name] = match
    const value = plain ?? (here ? dir : known.get(name ?? ''))
    if (value === undefined) return undefined
    parts.push(value)
    rest = rest.slice(whole.length)
  }
  if (!/^\]?\s*\)\s*(?:$|[)\n]|\|>\s*Path\.expand\(\))/.test(rest) || parts.length === 0) return undefined
  const [first = '', base] = parts
  if (call[1] === 'join') return posix.join(...parts)
  return base === undefined ? first : posix.resolve(base, first)
}
