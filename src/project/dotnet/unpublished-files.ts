/** Files of the project that code of .NET reads from the folder it runs in, and that `dotnet publish` does not take along. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {blocksAround, type Code, closing, codeOf, placeOf, textOf} from '../code/code.ts'
import {argumentOf} from '../code/folders/path-expression.ts'
import {allInstructions, flagOf} from '../dockerfile/parse.ts'
import {escapePattern} from '../escape-pattern.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Build} from '../image/build.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {copyOf} from '../image/files/context-path.ts'
import {isBelow} from '../image/files/image-path.ts'
import {flagValue} from '../image/outputs/output.ts'
import {programOf} from '../image/shell/command.ts'
import type {StartedCommand} from '../processes/processes.ts'

export interface UnpublishedFile {
  by: string
  /** `File.ReadAllText`. */
  reader: string
  path: string
  place: string
  at: FileLocation
}

/** The image, and what it is made of and starts. */
export interface Around {
  build: Build
  paths: Files
  reader: ProjectReader
  commands: readonly BuildCommand[]
  started: readonly StartedCommand[]
}

const reads =
  /\bFile\.(?:ReadAll(?:Text|Lines|Bytes)|ReadLines|Open(?:Read|Text))(?:Async)?\s{0,20}\(|\bnew StreamReader\s{0,20}\(/g
/** The folder that the program runs in, which is that of its content, too. */
const here =
  /^(?:(?:System\.)?Environment\.CurrentDirectory|(?:System\.IO\.)?Directory\.GetCurrentDirectory\(\)|[\w.]{0,100}\bContentRootPath)$/
/** What the SDK for the web publishes by itself (learn.microsoft.com, "ASP.NET Core directory structure"). */
const published = /^wwwroot\/|\.(?:json|config|cshtml|razor|cs|resx)$/i

/** Patterns and lists of a project file, and what it imports, may take any file along. */
const takesMore = /\b(?:Include|Update)="(?:[^"]{0,200}[\\/])?\*|="[^"]{0,200}@\(|<Import\s/
/** Code that asks for the file, is for development, or moves to another folder. */
const goesOtherWays = /\.Exists\b|\bSetCurrentDirectory\b|\bIsDevelopment\b|^[ \t]*#if\b/m

export async function unpublishedFiles(around: Around): Promise<UnpublishedFile[]> {
  const {build, paths, reader, started} = around
  const {final} = build
  const [only, another] = started.flatMap(({by, text, certain}) => {
    const [, program] = /^(?:exec )?(?:\S{1,100}\/)?dotnet (?:\S{0,200}\/)?([\w.-]+)\.dll(?:\s|$)/.exec(text) ?? []
    return program !== undefined && certain ? {by, program} : []
  })
  const [manifest, other] = only && !another ? paths.named(`${only.program}.csproj`) : []
  if (!only || manifest === undefined || other !== undefined) return []
  const projects = await projectsOf(manifest, reader)
  const settings = await reader.texts(paths.named('Directory.Build.props', 'Directory.Build.targets'))
  const [own] = projects
  if (!own || !/Sdk="Microsoft\.NET\.Sdk\.Web"/.test(own.text) || own.text.includes('<AssemblyName>')) return []
  const said = [...projects, ...settings].map(({text}) => text).join('\n')
  const runs = build.stages
    .flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'RUN').map(({text}) => text))
    .join('\n')
  if (takesMore.test(said)) return []
  const found: UnpublishedFile[] = []
  const folders = projects.map(({path}) => posix.dirname(path))
  const sources = await reader.texts(sourcesIn(folders, paths))
  if (sources.some(({text}) => /\b(?:SetCurrentDirectory|UseContentRoot)\b/.test(text))) return []
  for (const file of sources) {
    const code = codeOf(file)
    if (!code || goesOtherWays.test(code.bare)) continue
    for (const {0: call, index} of code.bare.matchAll(reads)) {
      const open = index + call.length - 1
      const argument = argumentOf(code, open, 0)
      const relative = argument && relativePath(code, textOf(code, argument))
      if (relative === undefined || published.test(relative)) continue
      const path = posix.join(posix.dirname(manifest), relative)
      const place = posix.resolve(final.config.workingDir || '/', relative)
      const [top = ''] = relative.split('/')
      if (!paths.has(path) || found.some((each) => each.path === path)) continue
      // A project file may take it along by its name, its folder or a pattern; a RUN may copy it.
      const names = [top, posix.basename(relative)]
      if (names.some((name) => said.includes(name) || runs.includes(name))) continue
      if (blocksAround(onOneLine(code), index).some((header) => /\btry\b|IsDevelopment/.test(header))) continue
      const before = file.text.slice(0, index)
      if (before.lastIndexOf('#if ') > before.lastIndexOf('#endif')) continue
      const writes = new RegExp(
        `(?:Write\\w{0,40}|Create|Copy|Move|StreamWriter)\\s{0,9}\\([^;]{0,300}${escapePattern(posix.basename(relative))}`,
      )
      if (sources.some(({text}) => writes.test(text))) continue
      if (final.files.get(place) || !comesOfPublish(place, around)) continue
      const at = placeOf(code, {start: index, end: closing(code, open) + 1})
      found.push({by: only.by, reader: call.replace(/\s{0,20}\($/, ''), path, place, at})
    }
  }
  return found
}

/** In C# the brace of a block stands on a line of its own mostly. */
export const onOneLine = (code: Code): Code => ({
  ...code,
  bare: code.bare.replace(/\r?\n(?=[ \t]{0,80}\{)/g, (end) => ' '.repeat(end.length)),
})

/** The project with those that it refers to. */
export async function projectsOf(manifest: string, reader: ProjectReader): Promise<{path: string; text: string}[]> {
  const found = new Map<string, string>()
  const next = [manifest]
  for (let path = next.pop(); path !== undefined && found.size < 50; path = next.pop()) {
    const text = found.has(path) ? undefined : (await reader.text(path))?.text
    if (text === undefined) continue
    found.set(path, text)
    for (const [, written = ''] of text.matchAll(/<ProjectReference\s[^>]{0,200}?Include="([^"]{1,300})"/g))
      next.push(posix.join(posix.dirname(path), written.replaceAll('\\', '/')))
  }
  return [...found].map(([path, text]) => ({path, text}))
}

export const sourcesIn = (folders: readonly string[], paths: Files): string[] =>
  paths
    .ending('.cs')
    .filter((path) => folders.some((folder) => isBelow(`/${path}`, posix.resolve('/', folder))))
    .filter((path) => !/(?:^|\/)(?:bin|obj)\/|tests?\//i.test(path))

/** `"Resources/mail.html"`, `Path.Combine(Environment.CurrentDirectory, "Resources", "mail.html")`, or a variable that is one. */
function relativePath(code: Code, written: string): string | undefined {
  const [, inner] = /^(?:System\.IO\.)?Path\.Combine\s{0,20}\(([\s\S]{1,600})\)$/.exec(written) ?? []
  if (inner !== undefined) {
    const [first = '', ...rest] = inner.split(',').map((each) => each.trim())
    const names = (here.test(first) ? rest : [first, ...rest]).map((each) => /^@?"([\w .@/-]{1,200})"$/.exec(each)?.[1])
    return names.length > 0 && names.every((each) => each !== undefined) ? plain(names.join('/')) : undefined
  }
  const [, literal] = /^@?"([\w .@/-]{1,300})"$/.exec(written) ?? []
  if (literal !== undefined) return plain(literal)
  if (!/^[a-z]\w{0,60}$/.test(written)) return undefined
  const given = [...code.bare.matchAll(new RegExp(`\\b${written}\\s{0,20}=(?![=>])\\s{0,20}`, 'g'))]
  const [only, another] = given
  if (!only || another) return undefined
  const start = only.index + only[0].length
  const end = code.bare.indexOf(';', start)
  const value = code.text.slice(start, end).trim()
  return end < 0 || /^[a-z]\w*$/.test(value) ? undefined : relativePath(code, value)
}

const plain = (path: string): string | undefined =>
  path.startsWith('/') || path.split('/').includes('..') || !path.includes('.') ? undefined : posix.normalize(path)

/** Whether the folder of a place is what `dotnet publish` writes, and nothing else of the last stage comes there unseen. */
export function comesOfPublish(place: string, {build: {final}, commands}: Around): boolean {
  const outputs = commands.flatMap((command) => {
    const output = flagValue(command.words, '-o') ?? flagValue(command.words, '--output')
    const isPublish = programOf(command) === 'dotnet' && command.words[1] === 'publish' && output !== undefined
    return isPublish ? posix.resolve(command.folder, output) : []
  })
  let workdir = '/'
  let comes = false
  for (const instruction of allInstructions(final.stage)) {
    workdir = instruction.keyword === 'WORKDIR' ? posix.resolve(workdir, instruction.words.join(' ')) : workdir
    const copy = copyOf(instruction)
    if (!copy || flagOf(instruction, 'from') === undefined) continue
    if (!isBelow(place, posix.resolve(workdir, copy.target))) continue
    const isOutput = copy.sources.every((source) => outputs.includes(posix.resolve('/', source.replace(/\/\.?$/, ''))))
    // A part of the folder that has a name of its own has other files.
    if (!isOutput && posix.resolve(workdir, copy.target) === posix.dirname(place)) return false
    comes ||= isOutput
  }
  return comes
}
