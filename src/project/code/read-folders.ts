/** Folders and files of the project that its code reads while it runs, and that the image does not have. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {flagOf, lineage} from '../dockerfile/parse.ts'
import {isBelow} from '../image/image-path.ts'
import {sourceIn} from '../image/listeners.ts'
import {mayBring} from '../image/may-hold.ts'
import {peel} from '../image/server-name.ts'
import type {Inputs} from '../inputs.ts'
import {startedBy} from '../processes.ts'
import {ProjectTree} from '../project-tree.ts'
import {startedModules} from '../python/started-modules.ts'
import {blocksAround, type Code, closing, codeOf, type Language, placeOf} from './code.ts'
import type {CodeContext} from './code-servers.ts'
import {type Entry, entryOf} from './entry.ts'
import {goPackage} from './go.ts'
import {javascriptModules} from './javascript.ts'
import {argumentOf, pathExpression} from './path-expression.ts'

export interface MissingFolder {
  by: string
  /** `express.static`. */
  reader: string
  /** In the project, and in the image. */
  path: string
  place: string
  /** The call. */
  at: FileLocation
  /** The program surely stops there when it starts. */
  stops: boolean
  /** The line of the ignore file that leaves it out. */
  rule: FileLocation | undefined
  /** The COPY beside which it would stand, or FROM. */
  beside: FileLocation
}

interface Kind {
  language: Language
  /** Up to the opening bracket of the call. */
  call: RegExp
  name: string
  argument: number | string
  /** Where the argument may be left out: what is read then. */
  standard?: string
  /** It looks for the folder when it is made, unless the call has this. */
  stopsUnless?: RegExp
  /** The file must have that, or must not. */
  needs?: RegExp
  unless?: RegExp
  /** Only where it stands in no function and no branch, which may be for another time. */
  atTop?: boolean
}

const kinds: readonly Kind[] = [
  {language: 'javascript', call: /\bexpress\.static\s*\(/g, name: 'express.static', argument: 0},
  {language: 'javascript', call: /\bserveStatic\s*\(/g, name: 'serveStatic', argument: 0},
  {
    language: 'javascript',
    call: /\breaddirSync\s*\(/g,
    name: 'readdirSync',
    argument: 0,
    unless: /existsSync|mkdirSync/,
    atTop: true,
  },
  {
    language: 'javascript',
    call: /\breadFileSync\s*\(/g,
    name: 'readFileSync',
    argument: 0,
    unless: /existsSync|writeFileSync|\btry\b/,
    atTop: true,
  },
  {
    language: 'javascript',
    call: /\bmigrate\s*\([^(){}]*(?=\{)/g,
    name: 'drizzle',
    argument: 'migrationsFolder',
    needs: /drizzle-orm/,
  },
  {
    language: 'javascript',
    call: /\bmigrate\.load\s*\(\s*(?=\{)/g,
    name: 'migrate',
    argument: 'migrationsDirectory',
    standard: 'migrations',
    needs: /["']migrate["']/,
  },
  // starlette/staticfiles.py: "Directory '…' does not exist".
  {
    language: 'python',
    call: /\bStaticFiles\s*\(/g,
    name: 'StaticFiles',
    argument: 'directory',
    stopsUnless: /check_dir\s*=\s*False/,
  },
  {language: 'python', call: /\bJinja2Templates\s*\(/g, name: 'Jinja2Templates', argument: 'directory'},
  {language: 'go', call: /\bhttp\.Dir\s*\(/g, name: 'http.Dir', argument: 0},
  {
    language: 'go',
    call: /\.(?:ParseGlob|ParseFiles|LoadHTMLGlob|LoadHTMLFiles)\s*\(/g,
    name: 'html/template',
    argument: 0,
    unless: /embed\.FS|ParseFS/,
  },
  {
    language: 'go',
    call: /\bgoose\.Up(?:Context)?\s*\([^()"`]*(?=["`])/g,
    name: 'goose',
    argument: -1,
    unless: /SetBaseFS/,
  },
  {language: 'rust', call: /\bServeDir::new\s*\(/g, name: 'ServeDir', argument: 0},
  {language: 'rust', call: /\bTera::new\s*\(/g, name: 'Tera', argument: 0},
]

export async function loadReadFolders(inputs: Inputs, facts: FactStore): Promise<Fact<MissingFolder[]>> {
  const [build, files, context, image, flyConfig] = await Promise.all([
    facts.get('build'),
    facts.get('files'),
    facts.get('buildContext'),
    facts.value('image'),
    facts.value('flyConfig'),
  ])
  if (build.state !== 'ok') return build
  if (files.state !== 'ok') return files
  if (context.state !== 'ok') return context
  const {final, has} = build.value
  const {reader} = inputs
  const {paths} = files.value
  const project = new ProjectTree(paths)
  const cwd = final.config.workingDir || '/'
  const {mounts = [], files: copied = []} = flyConfig?.config ?? {}
  const covered = [...mounts.map(({destination}) => destination), ...copied.map((each) => each.guest_path)]
  const unknown = () => undefined
  const {started} = await startedBy(inputs, facts, {inShell: unknown, outside: unknown, packageScripts: true})
  const code: CodeContext = {reader, paths, image, source: sourceIn(build.value, paths)}
  const found: MissingFolder[] = []
  const seen = new Set<string>()
  for (const {by, command, certain} of started) {
    if (!certain || started.some((each) => each.by === by && /^(cd|pushd)$/.test(each.command.words[0] ?? ''))) continue
    const words = command.words.map((text) => ({text, fixed: true}))
    const entry = entryOf(peel(words), code)
    for (const each of await codesOf(entry, command.words.join(' '), code)) {
      if (seen.has(each.file.path)) continue
      seen.add(each.file.path)
      for (const kind of kinds) await look(by, kind, each, entry)
    }
  }
  return known(found)

  async function look(by: string, kind: Kind, each: Code, entry: Entry | undefined): Promise<void> {
    if (kind.language !== each.language || kind.unless?.test(each.text) || (kind.needs && !kind.needs.test(each.text)))
      return
    for (const match of each.bare.matchAll(kind.call)) {
      if (kind.atTop && blocksAround(each, match.index).length > 0) continue
      const last = match.index + match[0].length
      const open = '([{'.includes(each.bare[last] ?? ' ') ? last : each.bare.lastIndexOf('(', last)
      const end = closing(each, open) + 1
      const written = kind.argument === -1 ? {start: last, end: end - 1} : argumentOf(each, open, kind.argument)
      const read = written
        ? pathExpression(each, written)
        : kind.standard !== undefined
          ? ({from: 'cwd', path: kind.standard} as const)
          : undefined
      const target = read && placesOf(read, each, entry)
      if (!target || found.some(({path}) => path === target.path)) continue
      const {path, place} = target
      if (!project.has(path) || path === '.' || has(place) !== 'no' || mayBring(final, place)) continue
      if (covered.some((other = '') => other && (isBelow(place, other) || isBelow(other, place)))) continue
      const line = each.file.text.slice(each.file.text.lastIndexOf('\n', match.index) + 1, match.index)
      // At the left margin it is no function's and no branch's.
      const stops =
        kind.stopsUnless !== undefined && !kind.stopsUnless.test(each.text.slice(open, end)) && /^\S/.test(line)
      const rule = await ruleFor(path)
      found.push({
        by,
        reader: kind.name,
        path,
        place,
        at: placeOf(each, {start: match.index, end}),
        stops,
        rule,
        beside: lastCopy(),
      })
    }
  }

  async function ruleFor(path: string): Promise<FileLocation | undefined> {
    return context.state === 'ok' ? context.value.ruleFor(`/${path}`) : undefined
  }

  /** Where the path is in the project, and where in the image. */
  function placesOf(
    {from, path: written}: {from: 'cwd' | 'file'; path: string},
    {file}: Code,
    entry: Entry | undefined,
  ): {path: string; place: string} | undefined {
    const [plain = ''] = /^[^*]*/.exec(written) ?? []
    const relative = plain === written ? written.replace(/\/+$/, '') : posix.dirname(`${plain}x`)
    if (relative.startsWith('/') || relative === '') return undefined
    if (from === 'cwd') {
      const root = projectFolder(entry?.path ?? file.path)
      return root === undefined ? undefined : {path: posix.join(root, relative), place: posix.resolve(cwd, relative)}
    }
    for (const [place, {source}] of final.files.files()) {
      if (source !== file.path) continue
      return {
        path: posix.join(posix.dirname(file.path), relative),
        place: posix.resolve(posix.dirname(place), relative),
      }
    }
    return undefined
  }

  /** The nearest folder above that has a manifest: where one develops. */
  function projectFolder(path: string): string | undefined {
    const manifests = ['package.json', 'go.mod', 'Cargo.toml', 'pyproject.toml', 'requirements.txt', 'Pipfile']
    for (let folder = path; ; folder = posix.dirname(folder)) {
      if (manifests.some((name) => project.files.has(posix.join(folder, name)))) return folder
      if (folder === '.' || folder === '/') return undefined
    }
  }

  function lastCopy(): FileLocation {
    const instructions = lineage(final.stage).flatMap((each) => each.instructions)
    const copies = instructions.filter(({keyword}) => keyword === 'COPY' || keyword === 'ADD')
    const own = copies.findLast((each) => flagOf(each, 'from') === undefined)
    return (own ?? copies.at(-1))?.at ?? final.stage.at
  }
}

/** The files of the project that run. */
async function codesOf(entry: Entry | undefined, text: string, {paths, reader}: CodeContext): Promise<Code[]> {
  if (entry?.kind === 'go') return goPackage(entry.path, paths, reader)
  if (entry && /^(node|bun|deno)$/.test(entry.kind)) {
    return (await javascriptModules(entry.path, new Set(paths), reader)).files
  }
  const rust =
    entry?.kind === 'rust'
      ? paths.filter((path) => path.endsWith('.rs') && path.startsWith(`${posix.dirname(entry.path)}/`))
      : []
  const python =
    entry === undefined || entry.kind === 'python' ? [...(await startedModules([text], paths, reader))] : []
  const files = await Promise.all([...rust, ...python].map((path) => reader.text(path)))
  return files.flatMap((file) => (file && codeOf(file)) ?? [])
}
