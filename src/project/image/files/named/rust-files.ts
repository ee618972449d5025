/** What the compiler of Rust reads beside the sources: the files that macros take in while a crate is compiled. */
import {posix} from 'node:path'
import {blank, codeOf} from '../../../code/code.ts'
import {isTable} from '../../../documents/document.ts'
import type {Files} from '../../../files/files.ts'
import type {TextFile} from '../../../files/text.ts'
import {builtPackages, membersOf, type Package, packageAt, workspaceAbove} from '../../../toolchains/cargo-packages.ts'
import type {BuildCommand} from '../../build-commands.ts'
import type {Unknown} from '../../build-stage.ts'
import {lacks, sourceAt} from '../../moment.ts'
import {flagValue, stepOf} from '../../outputs/output.ts'
import {besideOf} from '../build-files.ts'
import {isBelow} from '../image-path.ts'
import type {MissingPart, Parts} from '../named-files.ts'

interface Taken {
  path: string
  /** It is relative to the folder of Cargo.toml, and not to that of the source. */
  ofCrate: boolean
  start: number
  end: number
}

/**
 * "couldn't read", "error canonicalizing migration directory", "folder does not exist", "template not found": files that
 * the project has and the stage does not, named in a source that is surely compiled, or else likely.
 */
export async function rustFiles(command: BuildCommand, {reader, project, context}: Parts): Promise<MissingPart[]> {
  const {moment, folder, words, at} = command
  if (words.some((word) => /^--(?:manifest-path|example|test|bench)\b|^-C/.test(word ?? ''))) return []
  const step = stepOf(command, {reader, tracked: project})
  const near = packageAt(await step.find('Cargo.toml', posix.resolve(folder, flagValue(words, '--path') ?? '.')))
  if (!near) return []
  const root = (await workspaceAbove(step, near)) ?? near
  const packages = await builtPackages(step, near, root, await membersOf(step, root))
  const found: MissingPart[] = []
  for (const each of packages) {
    const crate = posix.dirname(each.file.path)
    const tops = new Set<string>()
    const sources = await sourcesOf(each, tops)
    const candidates = ({path}: TextFile, name: string): string[] => {
      const below = tops.has(path) ? posix.dirname(path) : path.replace(/\.rs$/, '')
      return [`${below}/${name}.rs`, `${below}/${name}/mod.rs`].map((each) => posix.normalize(each))
    }
    // build.rs runs first, and may write what the others take in.
    const script = sources.find(({file}) => /(?:^|\/)build\.rs$/.test(file.path))?.file
    const writes = script !== undefined && writers.test(script.text)
    for (const {file, sure} of sources) {
      const isWritten = script !== undefined && /\bsrc\b|\bout_dir\b/.test(script.text)
      for (const {name, start, end} of sure && !writes && !isWritten ? declaredIn(file) : []) {
        // A generator is told of the folder or of the name.
        if ([command.before, ...moment.unknown.map(({text = ''}) => text)].some((text) => text.includes(name))) continue
        const places = candidates(file, name).map((path) => placeIn(crate, each, {path}))
        if (places.some((place) => !lacks(command, place))) continue
        const own = candidates(file, name)
        const path = own.find((candidate) => project.has(candidate)) ?? (own[0] as string)
        if (found.some((other) => other.path === path)) continue
        const nowhere = !own.some((candidate) => project.has(candidate))
        found.push({
          ...{path, place: placeIn(crate, each, {path}), command: 'cargo build', at, file: file.path},
          ...{named: file.span(start, end), verb: 'declares', sure: !nowhere, nowhere},
          rule: nowhere ? undefined : await context.ruleFor(`/${path}`),
          beside: besideOf(moment.files.get(crate)),
        })
      }
      for (const {path, ofCrate, start, end} of takenBy(file)) {
        if (path.startsWith('templates/') && setsTemplates(each, project)) continue
        const place = posix.resolve(ofCrate ? crate : posix.dirname(placeIn(crate, each, file)), path)
        const own = posix.join(posix.dirname(each.file.text.path), posix.relative(crate, place))
        if (own.startsWith('..') || found.some((other) => other.path === own)) continue
        if (!(project.has(own) || project.hasFolder(own)) || !lacks(command, place)) continue
        // What another stage makes, as pages, is laid into a folder of its own.
        const isMade = ({by, path: folder}: Unknown) => by === 'copy' && folder !== crate && isBelow(place, folder)
        if (moment.unknown.some(isMade)) continue
        const mayWrite = writes && file !== script
        if (mayWrite && script.text.includes(posix.basename(path))) continue
        const rule = await context.ruleFor(`/${own}`)
        const beside = besideOf(moment.files.get(crate))
        const named = file.span(start, end)
        found.push({
          path: own,
          place,
          command: 'cargo build',
          at,
          file: file.path,
          named,
          sure: sure && !mayWrite,
          rule,
          beside,
        })
      }
    }
  }
  return found

  /** The sources that a package is compiled of: those of its programs and its library, and their modules. */
  async function sourcesOf(
    {file, document, isNeeded}: Package,
    tops: Set<string>,
  ): Promise<{file: TextFile; sure: boolean}[]> {
    const crate = posix.dirname(file.path)
    const programs = (await step.names(posix.join(crate, 'src/bin'))).map((name) =>
      name.endsWith('.rs') ? `src/bin/${name}` : `src/bin/${name}/main.rs`,
    )
    const {bin, lib} = document.value
    const bins = isNeeded || !Array.isArray(bin) ? [] : bin
    // What asks for a feature is built with that alone.
    const stated = [...bins, lib].flatMap((each) =>
      isTable(each) && typeof each.path === 'string' && !('required-features' in each) ? each.path : [],
    )
    // Which of several programs is asked for is not looked at.
    const isOne = !words.some((word) => /^--(?:bin|lib)\b/.test(word ?? '')) || programs.length + stated.length < 2
    const own = isNeeded ? [] : ['src/main.rs', ...programs]
    const next = ['src/lib.rs', 'build.rs', ...own, ...stated].map((path) => ({path, sure: isOne}))
    const read: {file: TextFile; sure: boolean}[] = []
    const seen = new Set<string>()
    for (let each = next.pop(); each && seen.size < 400; each = next.pop()) {
      if (seen.has(each.path)) continue
      seen.add(each.path)
      const source = sourceAt(moment, posix.join(crate, each.path), project)
      const text = await reader.text(source)
      if (!text) continue
      const sure = each.sure && !/#!?\[cfg\((?!test\))/.test(text.text)
      read.push({file: text, sure})
      const isTop =
        /(?:^|\/)(?:main|lib|mod|build)\.rs$/.test(each.path) || [...programs, ...stated].includes(each.path)
      if (isTop) tops.add(text.path)
      const below = isTop ? posix.dirname(each.path) : each.path.replace(/\.rs$/, '')
      for (const name of modulesOf(text)) {
        next.push({path: `${below}/${name}.rs`, sure}, {path: `${below}/${name}/mod.rs`, sure})
      }
    }
    return read
  }
}

const writers = /\bCommand::new\b|\bfs::(?:write|copy|rename|create_dir)|\bFile::create\b/

/** Askama, Rinja and Sailfish may look for templates elsewhere. */
const setsTemplates = ({file: {text}}: Package, project: Files): boolean =>
  ['askama', 'rinja', 'sailfish'].some((name) => project.has(posix.join(posix.dirname(text.path), `${name}.toml`)))

/** Where a source of a package stands in the image. */
const placeIn = (crate: string, {file: {text}}: Package, source: Pick<TextFile, 'path'>): string =>
  posix.join(crate, posix.relative(posix.dirname(text.path), source.path))

/** `mod orders;` at the left edge, with no attribute above it, which may name another file or a condition. */
function* declaredIn(file: TextFile): Generator<{name: string; start: number; end: number}> {
  const bare = codeOf(file)?.bare ?? ''
  if (/\bmacro_rules!/.test(bare)) return
  for (const match of bare.matchAll(/^(?:pub(?:\([\w: ]{1,60}\))? )?mod (\w+);/gm)) {
    const before = bare.slice(0, match.index).trimEnd()
    const end = match.index + match[0].length
    if (!before.endsWith(']') || /#!\[[^\]\n]{0,200}\]$/.test(before))
      yield {name: match[1] as string, start: match.index, end}
  }
}

/** `mod orders;`, without those that are for tests. */
function* modulesOf({text}: TextFile): Generator<string> {
  for (const match of text.matchAll(/^[ \t]*(#\[cfg[^\n]{0,200}\]\s{0,20})?(?:pub(?:\([\w: ]{1,60}\))? )?mod (\w+);/gm))
    if (!match[1]) yield match[2] as string
}

const macros: readonly {
  pattern: RegExp
  ofCrate: boolean
  /** The path that a match comes to; the first group unless said otherwise. */
  to?: (path: string | undefined) => string
}[] = [
  {pattern: /\binclude(?:_str|_bytes)?!\s{0,20}[({[]\s{0,200}"([^"\\\n]+)"/g, ofCrate: false},
  {
    pattern:
      /\binclude(?:_str|_bytes)?!\s{0,20}\(\s{0,200}concat!\(\s{0,200}env!\(\s{0,20}"CARGO_MANIFEST_DIR"\s{0,20}\),\s{0,200}"\/([^"\\\n]+)"\s{0,200},?\s{0,200}\)/g,
    ofCrate: true,
  },
  {pattern: /\binclude_dir!\s{0,20}\(\s{0,200}"\$CARGO_MANIFEST_DIR\/([^"\\\n]+)"/g, ofCrate: true},
  // sqlx, diesel and refinery look for `migrations` where nothing else is said.
  {
    pattern: /\bsqlx::migrate!\s{0,20}\(\s{0,200}(?:"([^"\\\n]+)"\s{0,200})?\)/g,
    ofCrate: true,
    to: (path?: string) => path ?? 'migrations',
  },
  {
    pattern: /\bembed_migrations!\s{0,20}\(\s{0,200}(?:"([^"\\\n]+)"\s{0,200})?\)/g,
    ofCrate: true,
    to: (path?: string) => path ?? 'migrations',
  },
  {
    pattern:
      /\bquery_file(?:_as|_scalar)?(?:_unchecked)?!\s{0,20}\(\s{0,200}(?:[\w:<>]+\s{0,20},\s{0,200})?"([^"\\\n]+\.sql)"/g,
    ofCrate: true,
  },
  // Askama, Rinja and Sailfish.
  {
    pattern: /#\[template\((?![^)\n]{0,300}\bconfig\b)[^)\n]{0,300}\bpath\s{0,20}=\s{0,20}"([^"\\\n]+)"/g,
    ofCrate: true,
    to: (path?: string) => `templates/${path}`,
  },
  {
    pattern:
      /\b(?:Rust)?Embed\b[^\n]{0,200}\)\]\s{0,50}#\[folder\s{0,20}=\s{0,20}"(?:\$CARGO_MANIFEST_DIR\/)?([^"\\\n$]+)"\](?!\s{0,50}#\[allow_missing)/g,
    ofCrate: true,
  },
]

/** `#[cfg(test)]`, and a function that is a test: the compiler leaves out what follows. */
const tests = /#\[(?:cfg\((?:all\()?test\b|(?:\w+::)*(?:\w*test|test_case|bench)\s{0,20}[\](])/

/** A macro of the project's own takes in what it names where it is used. */
const ownMacros = /\bmacro_rules!\s{0,20}\w{1,100}(?!\w)[^}]{0,2000}(?:\}(?!\n(?! ))[^}]{0,2000}){0,500}\}/g

/** What the macros of a source take in; what stands behind its tests is left aside. */
function* takenBy(file: TextFile): Generator<Taken> {
  if (!/include|migrat|Embed|query_file|#\[template|\.proto"/.test(file.text)) return
  const code = codeOf(file)
  const written = code?.text.split(tests)[0] ?? ''
  const text = written.replace(ownMacros, blank)
  for (const {pattern, ofCrate, to = (path?: string) => path ?? ''} of macros) {
    for (const match of text.matchAll(pattern)) {
      const line = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index)
      // In a string it is a text.
      if (code?.bare[match.index] !== text[match.index]) continue
      const isConditional =
        /cfg_attr\([^\]]*$/.test(text.slice(Math.max(0, match.index - 300), match.index)) ||
        /#\[cfg\([^\n]{0,300}\]\s{0,20}$/.test(text.slice(0, match.index - line.length))
      if (!isConditional) yield {path: to(match[1]), ofCrate, start: match.index, end: match.index + match[0].length}
    }
  }
  // A script of a build that looks before it reads says so.
  if (!/(?:^|\/)build\.rs$/.test(file.path) || /\bif\b|\bexists\(/.test(code?.bare ?? '')) return
  for (const match of text.matchAll(/"([\w./-]+\.proto)"/g))
    yield {path: match[1] as string, ofCrate: true, start: match.index, end: match.index + match[0].length}
}
