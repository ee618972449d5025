/** Folders and files of the project that its code reads while it runs, and that the image does not have. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf} from '../../dockerfile/parse.ts'
import {absentProviders} from '../../dotnet/absent-providers.ts'
import {unpublishedFiles} from '../../dotnet/unpublished-files.ts'
import {foldersAbove} from '../../files/folders-above.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {isBelow, overlaps} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {commandFolders} from '../../migrations/command-folders.ts'
import {siteBuild} from '../../node/output/site-builds.ts'
import {startedScript} from '../../node/scripts/started-script.ts'
import {laravelReads} from '../../php/read-files.ts'
import {textOf as commandText, startedCommands} from '../../processes/processes.ts'
import {blocksAround, type Code, closing, placeOf, textOf} from '../code.ts'
import {codeContext} from '../code-context.ts'
import type {Entry} from '../entry.ts'
import {crateCode, inPlace, startedCode} from '../started-code.ts'
import {type FolderReader, folderReaders} from './folder-readers.ts'
import {frameworkFolders} from './framework-folders.ts'
import {leftOutNames} from './left-out-names.ts'
import {isAskedFor, isOptional} from './optional-reads.ts'
import {argumentOf, type PathExpression, pathExpression} from './path-expression.ts'

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
  /** Of a folder that a build writes: its tool, and where it has it. */
  written: WrittenFolder | undefined
  /** The reader is a framework, which loads it by itself. */
  byItself?: true
  /** The project has no such folder at all, nor says anything of it. */
  isNowhere?: true
  /** The program surely stops, or most likely, as it asks for the folder itself. */
  opened?: 'surely' | 'likely'
  /** The COPY that brings it to the same path from the root, and not from the folder of the app. */
  aside?: FileLocation
  /** The tool that makes the image's part of the project and leaves it out. */
  leftBy?: string
}

interface WrittenFolder {
  tool: string
  stage: string
  folder: string
}

export async function loadReadFolders(inputs: Inputs, facts: FactStore): Promise<Fact<MissingFolder[]>> {
  const [[build, paths, context], commands, flyConfig] = await Promise.all([
    facts.needAll('build', 'files', 'buildContext'),
    facts.value('buildCommands'),
    facts.value('flyConfig'),
  ])
  const {final, has} = build
  const {reader} = inputs
  const cwd = final.config.workingDir || '/'
  const {mounts = [], files: copied = []} = flyConfig?.config ?? {}
  const covered = [...mounts.map(({destination}) => destination), ...copied.map((each) => each.guest_path)].flatMap(
    (each) => (each ? [each] : []),
  )
  const isCovered = (place: string): boolean => covered.some((other) => isBelow(place, other))
  const {started} = await startedCommands(facts)
  const code = await codeContext(inputs, facts)
  const found: MissingFolder[] = []
  let writtenByBuilds: Map<string, WrittenFolder> | undefined
  const seen = new Set<string>()
  for (const {by, command} of inPlace(started)) {
    const {entry, files: own} = await startedCode(command.words, code)
    const files = [...own, ...(await crateCode(entry, code))]
    const makers = files.filter(({text}) => makesFolders.test(text))
    for (const each of files) {
      if (seen.has(each.file.path)) continue
      seen.add(each.file.path)
      for (const kind of folderReaders) await look(by, kind, each, {entry, script: startedScript({command}), makers})
    }
  }
  const processes = await facts.value('processes')
  for (const each of frameworkFolders(build, paths, processes?.commands ?? [])) {
    const {framework, marker, path, place, stops, by} = each
    const at = (await reader.text(marker))?.whole
    if (!at || covered.some((other) => overlaps(place, other)) || found.some((other) => other.path === path)) continue
    const rest = {stops, rule: await ruleFor(path), beside: lastCopy(), written: undefined, byItself: true as const}
    found.push({by, reader: framework, path, place, at, ...rest})
  }
  const env = new Set([...final.config.env.keys(), ...Object.keys(flyConfig?.config.env ?? {})])
  const commandsOfMachines = inPlace(started).map(({command, ...each}) => ({
    ...each,
    text: commandText(command),
    at: command.at,
  }))
  for (const {tool, ...each} of await commandFolders(build, {paths, reader, commands: commandsOfMachines, env})) {
    if (isCovered(each.place) || found.some((other) => other.path === each.path)) continue
    const rest = {stops: false, rule: await ruleFor(each.path), beside: lastCopy(), written: undefined}
    found.push({...each, ...rest, reader: tool, byItself: true})
  }
  const [starter] = processes?.commands ?? []
  for (const each of starter ? await leftOutNames(final, {paths, context, reader}) : []) {
    if (isCovered(each.place) || found.some((other) => isBelow(`/${each.path}`, `/${other.path}`))) continue
    const rest = {stops: false, rule: await ruleFor(each.path), beside: lastCopy(), written: undefined}
    found.push({...each, ...rest, by: starter?.by ?? '', reader: 'the code'})
  }
  for (const each of await laravelReads(build, {paths, reader, started: processes?.commands ?? []})) {
    // A folder that is left out is told once, with all that is in it.
    if (isCovered(each.place) || found.some((other) => isBelow(`/${each.path}`, `/${other.path}`))) continue
    found.push({...each, stops: false, rule: await ruleFor(each.path), beside: lastCopy(), written: undefined})
  }
  const dotnet = {build, paths, reader, commands: commands?.commands ?? [], started: processes?.commands ?? []}
  for (const {by, reader: name, path, place, at} of await unpublishedFiles(dotnet)) {
    if (isCovered(place)) continue
    const rest = {stops: false, rule: undefined, beside: lastCopy(), written: undefined, leftBy: 'dotnet publish'}
    found.push({by, reader: name, path, place, at, ...rest})
  }
  for (const {isCertain, ...each} of await absentProviders(dotnet, covered)) {
    const opened = isCertain ? ('surely' as const) : ('likely' as const)
    found.push({...each, stops: true, rule: undefined, beside: lastCopy(), written: undefined, opened})
  }
  return known(found)

  async function look(
    by: string,
    kind: FolderReader,
    each: Code,
    {entry, script, makers}: {entry: Entry | undefined; script: string | undefined; makers: readonly Code[]},
  ): Promise<void> {
    if (kind.language !== each.language || kind.unless?.test(each.text) || (kind.needs && !kind.needs.test(each.text)))
      return
    for (const match of each.bare.matchAll(kind.call)) {
      if (kind.atTop && blocksAround(each, match.index).length > 0) continue
      const last = match.index + match[0].length
      const open = kind.isPath
        ? each.bare.indexOf('(', match.index)
        : '([{'.includes(each.bare[last] ?? ' ')
          ? last
          : each.bare.lastIndexOf('(', last)
      const end = kind.isStatement ? endOfLine(each, last) : closing(each, open) + 1
      if (kind.first && !kind.first.test(textOf(each, argumentOf(each, open, 0) ?? {start: 0, end: 0}))) continue
      if (kind.follows && !kind.follows.test(each.text.slice(end, end + 500))) continue
      const argument = kind.isPath
        ? {start: match.index, end}
        : kind.argument === -1
          ? {start: last, end: kind.isStatement ? end : end - 1}
          : argumentOf(each, open, kind.argument)
      const read = argument
        ? kind.scheme
          ? addressedPath(each, textOf(each, argument), kind.scheme)
          : pathExpression(each, argument)
        : kind.standard !== undefined
          ? ({from: 'cwd', path: kind.standard} as const)
          : undefined
      // What is for a developer's build, for the tests or for a feature.
      const isForBuilds =
        /\bdebug_assertions\b/.test(each.text) || /\bcfg(?:!|_if!)?\s?[({]/.test(each.text.slice(0, match.index))
      if (read?.from === 'manifest' && isForBuilds) continue
      const target = read && placesOf(read, each, entry, script)
      if (!target || ((kind.isStatement || kind.ofFile) && read?.from !== 'file') || kind.besides?.test(target.path))
        continue
      const {path, place} = target
      if (found.some((other) => isBelow(`/${path}`, `/${other.path}`))) continue
      const held = kind.isFile ? final.files.get(place) !== undefined : has(place) !== 'no'
      const isOwn = paths.has(path) || paths.hasFolder(path)
      const written = isOwn || kind.isStatement ? undefined : await writtenBy(path, kind)
      // A page that a build writes is in no list: it comes with the folder that a COPY takes from the stage.
      const comesAlong = kind.isFile && written !== undefined && has(place) !== 'no'
      if (path === '.' || held || comesAlong || mayBring(final, place)) continue
      const aside = isOwn ? undefined : copiedTo(`/${posix.relative(cwd, place)}`)
      const isNowhere = !isOwn && !written && !aside && kind.stopsUnless !== undefined && (await isUnheardOf(path))
      if (!isOwn && !written && !isNowhere && !aside) continue
      if (covered.some((other) => overlaps(place, other))) continue
      if (isOwn && posix.basename(path) === 'public' && (await isTakenAlong(posix.dirname(path)))) continue
      const line = each.file.text.slice(each.file.text.lastIndexOf('\n', match.index) + 1, match.index)
      if (isOptional(each, match, line) || (kind.isLater && argument && isAskedFor(each, argument))) continue
      const isMade = makers.some((maker) => maker === each || maker.text.includes(posix.basename(path)))
      // What lies there in the project came from trying the app out.
      if (isMade && isFilledLater.test(path)) continue
      // At the left margin it is no function's and no branch's.
      const stops =
        kind.stopsUnless !== undefined &&
        !kind.stopsUnless.test(each.text.slice(open, end)) &&
        /^\S/.test(line) &&
        !isConditional.test(line) &&
        // The code may make the folder itself, here or in another file that names it.
        !isMade
      if (isNowhere && (!stops || isMade)) continue
      const rule = await ruleFor(path)
      found.push({
        by,
        reader: kind.name,
        path,
        place,
        at: placeOf(each, {start: match.index, end}),
        stops,
        rule,
        beside: lastCopy(path),
        written,
        ...(isNowhere && {isNowhere}),
        ...(aside && {aside}),
      })
    }
  }

  /** It is not on this computer either, and nothing that may write it or leave it out names it. */
  async function isUnheardOf(path: string): Promise<boolean> {
    const name = posix.basename(path)
    const {folders, links} = reader.listing(posix.dirname(path))
    if (folders.includes(name) || links.includes(name)) return false
    const writers = [
      ...paths.ending('Dockerfile', '.sh', '.yml', '.yaml'),
      ...paths.named('.gitignore', 'package.json', 'Makefile', 'justfile', 'Procfile'),
      ...paths.named(
        ...['vite', 'webpack', 'next', 'svelte'].flatMap((tool) =>
          ['js', 'ts', 'mjs'].map((end) => `${tool}.config.${end}`),
        ),
      ),
    ]
    const texts = await reader.texts(writers)
    return !texts.some(({text}) => text.includes(name))
  }

  /** The COPY that brings something to a place at the top of the image, where the app runs in a folder below. */
  function copiedTo(place: string): FileLocation | undefined {
    if (cwd === '/' || place.startsWith('/..')) return undefined
    return allInstructions(final.stage).find((each) => {
      const target = copyOf(each)?.target ?? ''
      return target.startsWith('/') && posix.normalize(target).replace(/\/$/, '') === place
    })?.at
  }

  async function ruleFor(path: string): Promise<FileLocation | undefined> {
    return context.ruleFor(`/${path}`)
  }

  /** Where the path is in the project, and where in the image. */
  function placesOf(
    {from, path: written}: PathExpression,
    {file}: Code,
    entry: Entry | undefined,
    script: string | undefined,
  ): {path: string; place: string} | undefined {
    const [plain = ''] = /^[^*]*/.exec(written) ?? []
    const relative = plain === written ? written.replace(/(?<!\/)\/+$/, '') : posix.dirname(`${plain}x`)
    if (relative.startsWith('/') || relative === '') return undefined
    if (from === 'cwd') {
      const roots = projectFolders(entry?.path ?? file.path)
      const all = roots.map((root) => posix.join(root, relative))
      // A member of a workspace is mostly started from the top.
      const path = all.find((each) => paths.has(each) || paths.hasFolder(each)) ?? all[0]
      return path === undefined ? undefined : {path, place: posix.resolve(cwd, relative)}
    }
    if (from === 'manifest') return builtPlace(file.path, relative)
    for (const [place, {source}] of final.files.files()) {
      if (source !== file.path) continue
      return {
        path: posix.join(posix.dirname(file.path), relative),
        place: posix.resolve(posix.dirname(place), relative),
      }
    }
    // Compiled: what lies beside the file that is started is compiled, or bundled, to the folder of that one.
    const root = entry?.kind === 'node' ? projectFolders(entry.path)[0] : undefined
    if (!script || root === undefined || posix.dirname(file.path) !== posix.dirname(entry?.path ?? '')) return undefined
    const place = posix.resolve(cwd, posix.dirname(script), relative)
    const below = posix.relative(cwd, place)
    return below.startsWith('..') ? undefined : {path: posix.join(root, below), place}
  }

  /** The compiler writes where the crate lay into the program: in the last stage that must be there, too. */
  function builtPlace(source: string, relative: string): {path: string; place: string} | undefined {
    let folder = posix.dirname(source)
    while (folder !== '.' && !paths.has(posix.join(folder, 'Cargo.toml'))) folder = posix.dirname(folder)
    const path = posix.join(folder, relative)
    const builds = (commands?.commands ?? []).filter(
      (command) => programOf(command) === 'cargo' && /^(?:build|install|leptos)$/.test(command.words[1] ?? ''),
    )
    const manifest = posix.join(folder, 'Cargo.toml')
    const places = builds.flatMap(({moment}) =>
      [...moment.files.files((names) => names.named('Cargo.toml'))].flatMap(([place, entry]) =>
        entry.source === manifest ? [posix.dirname(place)] : [],
      ),
    )
    const [only, another] = new Set(places)
    return only === undefined || another !== undefined || path.startsWith('..')
      ? undefined
      : {path, place: posix.resolve(only, relative)}
  }

  /** What the builds of the stages write, by the folders of the project. */
  async function writtenFolders(): Promise<ReadonlyMap<string, WrittenFolder>> {
    if (writtenByBuilds) return writtenByBuilds
    writtenByBuilds = new Map()
    for (const command of commands?.commands ?? []) {
      const site = await siteBuild(command, {reader, paths})
      for (const folder of site?.folders ?? []) {
        const path = posix.join(site?.origin ?? '', posix.relative(command.folder, folder))
        const {name, index} = command.moment.stage
        writtenByBuilds.set(path, {tool: site?.tool ?? '', stage: name ?? String(index), folder})
      }
    }
    return writtenByBuilds
  }

  /** Of a page the folder in which a build writes it. */
  async function writtenBy(path: string, {isFile}: FolderReader): Promise<WrittenFolder | undefined> {
    const folders = await writtenFolders()
    const folder = folders.get(posix.dirname(path))
    const page = isFile && folder ? {...folder, folder: posix.join(folder.folder, posix.basename(path))} : undefined
    return folders.get(path) ?? page
  }

  /** Whether a tool copies public/ of this folder into what it writes. */
  async function isTakenAlong(folder: string): Promise<boolean> {
    const sites = await Promise.all((commands?.commands ?? []).map((each) => siteBuild(each, {reader, paths})))
    return sites.some(
      (site) =>
        /^(?:vite|react-scripts|vue-cli|astro)/.test(site?.tool ?? '') &&
        posix.join(site?.origin ?? '', '.') === folder,
    )
  }

  /** The folders above that have a manifest, the nearest first: where one develops. */
  function projectFolders(path: string): string[] {
    const manifests = ['package.json', 'go.mod', 'Cargo.toml', 'pyproject.toml', 'requirements.txt', 'Pipfile']
    return [path, ...foldersAbove(path)].filter((folder) =>
      manifests.some((name) => paths.has(posix.join(folder, name))),
    )
  }

  /** The last that brings a file of the same kind, else the last of the project's files, or of what a stage makes of them. */
  function lastCopy(path = ''): FileLocation {
    const instructions = allInstructions(final.stage)
    const copies = instructions.filter(({keyword}) => keyword === 'COPY' || keyword === 'ADD')
    const kind = posix.extname(path)
    const beside = copies.findLast((each) => kind && copyOf(each)?.sources.some((source) => source.endsWith(kind)))
    const stages = build.stages.flatMap(({stage: {name, index}}) => [name, String(index)])
    const own = copies.findLast((each) => {
      const from = flagOf(each, 'from')
      return from === undefined || stages.includes(from.toLowerCase())
    })
    return (beside ?? own ?? copies.at(-1))?.at ?? final.stage.at
  }
}

/** The relative path of an address: `"file://migrations"`, or the one constant of the file that is called so. */
function addressedPath({bare, text}: Code, written: string, scheme: string): PathExpression | undefined {
  const [only, another] = /^\w+$/.test(written)
    ? [...bare.matchAll(new RegExp(`\\b${written}(?:\\s+string)?\\s*:?=\\s*(?=["\`])`, 'g'))].map(
        ({0: {length}, index}) => text.slice(index + length, text.indexOf('\n', index)),
      )
    : [written]
  const [, address = ''] = /^["`]([^"`\n]*)["`]\s*$/.exec(another === undefined ? (only ?? '') : '') ?? []
  const path = address.startsWith(scheme) ? address.slice(scheme.length) : ''
  return /^[\w.@-][\w.@/-]*$/.test(path) ? {from: 'cwd', path} : undefined
}

const makesFolders = /\bmk_?dirs?(?:Sync|p)?\s*\(|\bmakedirs\s*\(|\bensureDir/i

const isFilledLater = /(?:^|\/)(?:uploads?|media|te?mp|cache|logs?)$/

const endOfLine = ({bare}: Code, from: number): number => {
  const end = bare.indexOf('\n', from)
  return end < 0 ? bare.length : end
}

/** What stands before a call that is made later, or perhaps not. */
const isConditional = /\b(?:if|else|unless|function|lambda|while|for)\b|=>|&&|\|\||\?/
