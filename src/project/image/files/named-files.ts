import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {BuildContext} from '../../context/build-context.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {repositoryPrefix} from '../../git/repository-prefix.ts'
import type {Inputs} from '../../inputs.ts'
import {lostImports} from '../../node/typescript/lost-imports.ts'
import type {BuildCommand} from '../build-commands.ts'
import {holds, lacks, mayBeChanged, momentOf, sourceAt} from '../moment.ts'
import {programOf} from '../shell/command.ts'
import {besideOf} from './build-files.ts'
import {withAbove} from './image-path.ts'
import {compiled} from './named/compiled.ts'
import {elixirFiles} from './named/elixir-files.ts'
import {goPackages} from './named/go-packages.ts'
import {interpreted, uvProject} from './named/interpreted.ts'
import {memberSettings, readsSettings} from './named/member-settings.ts'
import type {Naming} from './named/naming.ts'
import {packages} from './named/packages.ts'
import {rustFiles} from './named/rust-files.ts'
import {installedMembers, isBuilt} from './named/uv-workspace.ts'

/** A part of the project that one of its files names, and that is not in the stage when a command reads that file. */
export interface MissingPart {
  /** The path in the project, and in the image. */
  path: string
  place: string
  /** `cargo build`. */
  command: string
  at: FileLocation
  /** The file that names it, and where. */
  file: string
  named: FileLocation
  /** What the file does with it: `names`. */
  verb?: string
  /** The command surely stops; else that is likely. */
  sure: boolean
  /** What becomes of the command, if it does not stop. */
  without?: string
  /** The project has no such part: it is made before a deploy, or was not committed. */
  nowhere?: boolean
  /** What would make it of files that are there: `templ generate`. */
  generator?: string | undefined
  /** The line of .dockerignore that leaves it out; undefined where no COPY brings it. */
  rule: FileLocation | undefined
  /** Where what names it is brought, or the files beside that. */
  beside: FileLocation | undefined
}

export interface Parts {
  reader: ProjectReader
  project: Files
  context: BuildContext
  /** The folder that is built is all of its repository; else a deploy may begin further up. */
  isWhole: boolean
}

export async function loadNamedFiles({reader, env}: Inputs, facts: FactStore): Promise<Fact<MissingPart[]>> {
  const [{commands}, context, files] = await facts.needAll('buildCommands', 'buildContext', 'files')
  const isWhole = (await repositoryPrefix(reader, env)) === ''
  const parts: Parts = {reader, context, project: files, isWhole}
  const found: MissingPart[] = []
  for (const command of commands) {
    if (command.conditional || !command.decisive) continue
    // An argument that is not known says nothing of what is built.
    const text = [programOf(command), ...command.words.slice(1).map((word) => word ?? '$')].join(' ')
    for (const naming of [...compiled, ...interpreted, ...packages]) {
      if (naming.runs.test(text) && !naming.without?.test(text))
        found.push(...(await missing(naming, text, command, parts)))
    }
    if (readsSettings.test(text)) {
      const lost = await memberSettings(text, command, parts)
      found.push(...lost.map((each) => ({...each, command: nameOf(text)})))
    }
    if (/^uv sync\b/.test(text)) found.push(...(await uvMembers(text, command, parts)))
    if (/^go (build|install|run)\b/.test(text)) found.push(...(await goPackages(command, parts)))
    if (/^cargo (build|b|install --path|leptos build)\b/.test(text)) found.push(...(await rustFiles(command, parts)))
    if (/^mix (compile|release)\b/.test(text)) found.push(...(await elixirFiles(command, parts)))
  }
  const programs = (await facts.value('tscPrograms')) ?? []
  for (const {program, path, place, file, named} of await lostImports(programs, {reader, paths: files})) {
    const {command, name} = program
    found.push({
      ...{path, place, command: command.by ?? name, at: command.at, file, named, verb: 'imports'},
      // SWC, which nest may build with, looks for nothing.
      ...{sure: name !== 'nest build', rule: await context.ruleFor(`/${path}`)},
      ...{beside: besideOf(command.moment.files.get(command.folder))},
    })
  }
  for (const {tool, by, lost = [], leadsElsewhere, mayBeWritten} of (await facts.value('sourceReaders')) ?? []) {
    for (const {command, path, place, file, named, isAlias} of lost) {
      if (found.some((each) => each.path === path && each.at === command.at)) continue
      found.push({
        ...{path, place, command: by || tool, at: command.at, file, named, verb: 'imports'},
        ...{sure: !isAlias && !leadsElsewhere && !mayBeWritten, rule: await context.ruleFor(`/${path}`)},
        ...{beside: besideOf(command.moment.files.get(command.folder))},
      })
    }
  }
  return known(found)
}

/** Members that no COPY brings, and what those read that are there. */
async function uvMembers(text: string, command: BuildCommand, parts: Parts): Promise<MissingPart[]> {
  const found: MissingPart[] = []
  for (const {place, path, document, by} of await installedMembers(command, parts)) {
    if (!lacks(command, place)) {
      found.push(...(await missing({...uvProject, begins: () => [place]}, text, command, parts)))
      continue
    }
    // As the lock file has it, one without a build is not installed.
    const isFrozen = command.words.includes('--frozen') || command.moment.variables.has('UV_FROZEN')
    if (isFrozen && !isBuilt(document)) continue
    const named = by.at(['project', 'dependencies'])
    found.push({
      ...{path, place, command: nameOf(text), at: command.at, file: named.file, named},
      ...{sure: true, rule: await parts.context.ruleFor(`/${path}`)},
      beside: besideOf(command.moment.files.get(command.folder)),
    })
  }
  return found
}

/** These name the manifest for every command. */
const elsewhere = [
  'BUNDLE_GEMFILE',
  'UV_PROJECT',
  'UV_WORKING_DIRECTORY',
  'MIX_EXS',
  'GOFLAGS',
  'GOWORK',
  'YARN_IGNORE_PATH',
]

async function missing(naming: Naming, text: string, command: BuildCommand, parts: Parts): Promise<MissingPart[]> {
  const {moment, folder} = command
  const {reader, project, context, isWhole} = parts
  if (elsewhere.some((name) => moment.variables.has(name) || moment.instruction.text.includes(`${name}=`))) return []
  const found: MissingPart[] = []
  const beside = () => {
    const entry = moment.files.get(folder)
    return entry?.kind === 'folder' ? [...entry.entries.keys()] : []
  }
  const next = naming.begins(text, beside).flatMap((name) => {
    const places = (naming.above ? withAbove(folder) : [folder]).map((each) => posix.resolve(each, name))
    const place = places.find((each) => sourceAt(moment, each, project) !== undefined)
    return place === undefined ? [] : [{place, as: text}]
  })
  const seen = new Set<string>()
  for (let each = next.shift(); each !== undefined; each = next.shift()) {
    const {place} = each
    const source = sourceAt(moment, place, project)
    if (source === undefined || seen.has(`${place} ${each.as}`)) continue
    seen.add(`${place} ${each.as}`)
    if (mayBeChanged(command, place)) continue
    const file = await reader.text(source)
    if (!file) continue
    for (const {path: written, start, end, sure, fromCwd, verb, without, nowhere, as} of naming.names(
      file,
      each.as,
      moment,
    )) {
      const from = fromCwd ? folder : posix.dirname(place)
      const own = (target: string) => posix.join(posix.dirname(source), posix.relative(posix.dirname(place), target))
      for (const target of targetsOf(posix.resolve(from, written), own, project)) {
        if (naming.follows) next.push({place: target, as: as ?? each.as})
        const path = own(target)
        // With the folder what is in it is missing, too.
        if (found.some((other) => target.startsWith(`${other.place}/`) || other.place === target)) continue
        // What is beside the folder that is built is no part of it.
        const isOutside = path.startsWith('../')
        const isNowhere = !(isOutside || project.has(path) || project.hasFolder(path))
        // Where the folder around it is not there, either, something else is told.
        if (isNowhere && (!nowhere || !moment.files.get(posix.dirname(target)))) continue
        // git ignores it, and the computer that deploys has it.
        if (isNowhere && (await reader.kindOf(path)) === 'file') continue
        if (!lacks(command, target)) continue
        if (isOutside && holds(momentOf(command), target) !== 'no') continue
        const named = file.span(start, end)
        const rule = isOutside ? undefined : await context.ruleFor(`/${path}`)
        const reading = moment.files.get(place)
        const beside = reading?.kind === 'file' ? reading.at : besideOf(moment.files.get(posix.dirname(place)))
        found.push({
          path,
          place: target,
          command: nameOf(text),
          at: command.at,
          file: source,
          named,
          sure: sure && (isWhole || !isOutside),
          ...(verb && {verb}),
          ...(without && {without}),
          ...(isNowhere && {nowhere: true}),
          rule,
          beside,
        })
      }
    }
  }
  return found
}

/** What a name comes to: itself, or of `*.gemspec` the files of that ending which the project has there. */
function targetsOf(target: string, own: (target: string) => string, project: Files): string[] {
  const [, folder, ending] = /^(.*)\/\*(\.\w+)$/.exec(target) ?? []
  if (folder === undefined || ending === undefined) return [target]
  const paths = project.in(own(folder || '/')).filter((path) => path.endsWith(ending))
  return paths.map((path) => posix.join(folder || '/', posix.basename(path)))
}

/** The program and its verb: `uv pip install`, `go mod download`, `tsc`. */
export const nameOf = (text: string): string => {
  const words = text.split(' ')
  const end = words.findIndex((word, index) => index > 0 && !/^[a-z][a-z.:-]*$/.test(word))
  return words.slice(0, Math.min(end < 0 ? words.length : end, 3)).join(' ')
}
