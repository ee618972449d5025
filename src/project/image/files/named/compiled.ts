/** Cargo, Go, .NET, Maven, Gradle and Swift: the parts of a project that its manifests name. */
import {posix} from 'node:path'
import {blank} from '../../../code/code.ts'
import {withoutMarkupComments, withoutSlashComments} from '../../../code/comments.ts'
import {escapePattern} from '../../../escape-pattern.ts'
import type {TextFile} from '../../../files/text.ts'
import {takesValue} from '../../../toolchains/dotnet.ts'
import type {Moment} from '../../moment.ts'
import {withAbove} from '../image-path.ts'
import {matches, type Named, type Naming} from './naming.ts'

const below = (name: string) => (path: string) => `${path.replace(/(?<!\/)\/+$/, '')}/${name}`

/**
 * "failed to load manifest for workspace member", "failed to get `x` as a dependency": Cargo reads every member and
 * every path dependency, optional ones and those of tests too, before it does anything.
 */
function* cargo({path, text: written}: TextFile, command: string, moment: Moment): Generator<Named> {
  const {files, workingDir} = moment
  const text = written.replace(/^[ \t]*#.*$|\s#[^"'\n#]*$/gm, blank)
  const manifest = {to: below('Cargo.toml')}
  const [excluded = ''] = /^exclude\s*=\s*\[[^\]]*\]/m.exec(text) ?? []
  for (const list of text.matchAll(/^(?:default-)?members\s*=\s*\[([^\]]*)\]/gm)) {
    const offset = list.index + list[0].indexOf('[')
    const names = list[0].slice(list[0].indexOf('['))
    for (const each of matches(names, /"([^"]+)"/g, manifest)) {
      yield {...each, start: each.start + offset, end: each.end + offset}
    }
    for (const {0: whole, 1: folder = '', index} of names.matchAll(/"([\w./-]+)\/\*"/g)) {
      const start = offset + index + 1
      for (const member of membersIn(folder, path, moment).filter((each) => !excluded.includes(`"${each}"`)))
        yield {path: below('Cargo.toml')(member), start, end: start + whole.length - 2, sure: true}
    }
  }
  // What no member takes of [workspace.dependencies] is not read.
  const shared = /^\[workspace\.dependencies\][ \t]*\n(?:(?!\[).*\n?)*/m.exec(text)
  const isShared = ({start}: Named) =>
    shared !== null && start >= shared.index && start < shared.index + shared[0].length
  for (const each of matches(text, /^[\w-]+\s*=\s*\{[^}\n]{0,1000}\bpath\s*=\s*"([^"]+)"/gm, manifest))
    yield {...each, sure: !isShared(each)}
  yield* matches(
    text,
    /^\[(?:[\w.'"()=,-]+\.)?(?:dev-|build-)?dependencies\.[\w-]+\][ \t]*\n(?:(?!\[).*\n)*?path\s*=\s*"([^"]+)"/gm,
    manifest,
  )
  if (/\b(build|b|install|run)\b/.test(command)) {
    yield* matches(text, /^\[lib\][ \t]*\n(?:(?!\[).*\n)*?path\s*=\s*"([^"]+)"/gm)
    // Of a package that others need no program is built, of several may be only the one that is asked for.
    const near = files.get(posix.join(workingDir, 'Cargo.toml'))
    const sure = near?.kind === 'file' && near.source === path && !/\s(?:-p|--package)\b/.test(command)
    const bins = /^\[\[bin\]\][ \t]*\n(?!(?:(?!\[).*\n)*?required-features)(?:(?!\[).*\n)*?path\s*=\s*"([^"]+)"/gm
    // The file of a program is looked for where it is compiled, and not before.
    const asked = [...command.matchAll(/\s--bin[= ](\S+)/g)].map(([, name]) => name)
    const isAsked = ({start}: Named) =>
      asked.length === 0 || asked.includes(/\bname\s*=\s*"([^"]+)"/.exec(sectionAt(text, start))?.[1])
    if (!/\s--(?:lib|example)\b/.test(command))
      for (const each of matches(text, bins, {sure})) if (isAsked(each)) yield each
    yield* matches(text, /^build\s*=\s*"([^"]+)"/gm)
  }
  // `cargo metadata`, which chef asks, looks for none of them.
  if (!/\b(metadata|chef)\b/.test(command)) yield* statedTargets(text)
}

/** The folders with a manifest that the stage has in one that `crates/*` names, from the workspace's own. */
function membersIn(folder: string, manifest: string, {files, workingDir}: Moment): string[] {
  const root = withAbove(workingDir).find((each) => {
    const own = files.get(posix.join(each, 'Cargo.toml'))
    return own?.kind === 'file' && own.source === manifest
  })
  const place = root === undefined ? undefined : posix.join(root, folder)
  const within = place === undefined ? undefined : files.get(place)
  if (place === undefined || within?.kind !== 'folder') return []
  return [...within.entries.keys()].flatMap((name) =>
    files.get(posix.join(place, name, 'Cargo.toml')) ? posix.join(folder, name) : [],
  )
}

/** Where Cargo looks for the file of a target whose section names none, which it does while it loads the manifest. */
const targetFolders = {bench: 'benches', test: 'tests', example: 'examples', bin: 'src/bin'} as const

/** "can't find `pack` bench at `benches/pack.rs` or `benches/pack/main.rs`": in whatever member, and whatever is built. */
function* statedTargets(text: string): Generator<Named> {
  for (const match of text.matchAll(/^\[\[(bench|test|example|bin)\]\][ \t]*\n(?:(?!\[).*\n?)*/gm)) {
    const [section, kind] = match
    const name = /^name\s*=\s*"([\w-]+)"/m.exec(section)
    if (!name?.[1] || /^path\s*=/m.test(section)) continue
    const start = match.index + name.index + name[0].lastIndexOf(name[1])
    const folder = targetFolders[kind as keyof typeof targetFolders]
    for (const path of [`${folder}/${name[1]}.rs`, `${folder}/${name[1]}/main.rs`])
      yield {path, start, end: start + name[1].length, sure: true}
  }
}

/** The lines of the [section] that an offset is in. */
function sectionAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n[', offset) + 1
  const end = text.indexOf('\n[', offset)
  return text.slice(start, end < 0 ? undefined : end)
}

/** `replace x => ./y` of a module that is required: its go.mod is read whatever is built. */
function* goMod({text}: TextFile, command: string, {files, workingDir}: Moment): Generator<Named> {
  // go then builds from that folder, and asks no other.
  if (!/^go mod\b/.test(command) && files.get(`${workingDir}/vendor/modules.txt`)) return
  for (const match of text.matchAll(/^[ \t]*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\.{1,2}\/\S+)/gm)) {
    const [line, module = '', path = ''] = match
    const escaped = escapePattern(module)
    if (!new RegExp(`^[ \\t]*(?:require\\s+)?${escaped}\\s+v\\d`, 'm').test(text)) continue
    const start = match.index + line.lastIndexOf(path)
    yield {path: below('go.mod')(path), start, end: start + path.length, sure: true}
  }
}

function* goWork({text}: TextFile): Generator<Named> {
  yield* matches(text, /^[ \t]*(?:use\s+)?(\.{0,2}\/?[\w./-]{0,300}\/[\w./-]+|\.\/[\w.-]+)\s*$/gm, {
    to: below('go.mod'),
  })
}

/** MSB3202: a solution names each of its projects. */
function* solution({text}: TextFile): Generator<Named> {
  const to = (path: string) => path.replaceAll('\\', '/')
  yield* matches(text, /^Project\("[^"]*"\)\s*=\s*"[^"]*",\s*"([^"]+\.(?:cs|fs|vb)proj)"/gm, {to})
  yield* matches(text, /<Project Path="([^"]+\.(?:cs|fs|vb)proj)"/g, {to})
}

/** The compiler then misses what the code takes from the other project. */
function* projectReferences({text}: TextFile): Generator<Named> {
  const to = (path: string) => path.replaceAll('\\', '/')
  yield* matches(withoutMarkupComments(text), /<ProjectReference\s+Include="([^"]+)"/g, {to, sure: false})
}

/** "Child module … does not exist": Maven reads every module, whichever it builds. */
function* mavenModules({text: written}: TextFile): Generator<Named> {
  const text = withoutMarkupComments(written).replace(/<profiles>[\s\S]*?(?:<\/profiles>|$)/g, blank)
  yield* matches(text, /<module>\s*([^<\s]+)\s*<\/module>/g, {
    to: (path) => (/\.xml$/.test(path) ? path : below('pom.xml')(path)),
  })
}

/** "Unresolved reference: libs": the catalog of versions is read where the build begins (docs.gradle.org, "Version catalogs"). */
function* gradleCatalog({text: written}: TextFile): Generator<Named> {
  const code = withoutSlashComments(written)
  const text = code.replace(/"[^"$\n]*"|'[^'\n]*'/g, blank)
  const match = /(?<![\w.$"'/-])libs\.[a-z]\w*/.exec(text)
  if (!match || /\b(?:val|def|var) libs\b/.test(text)) return
  yield {path: 'gradle/libs.versions.toml', start: match.index, end: match.index + match[0].length, sure: true}
}

/**
 * "The package at … cannot be accessed": Swift's package manager reads each package that is named by its path. Of those
 * that only others name it may leave out what no product of the program needs.
 */
function* swiftPackages({text: written}: TextFile): Generator<Named> {
  const text = withoutSlashComments(written)
  const sure = /\.executable(?:Target)?\(/.test(text) && !/\bif\b|\?\s*\[/.test(text)
  const pattern = /\.package\(\s{0,50}(?:name:\s{0,50}"[^"\n]{0,200}",\s{0,50})?path:\s{0,50}"([^"\\\n]+)"/g
  yield* matches(text, pattern, {to: below('Package.swift'), sure})
}

/**
 * "Source files for target … should be located under …", "invalid custom path": Swift's package manager looks at the folder
 * of every target of the package that it builds, tests among them. With a path that is the folder; else Sources/NAME.
 */
function* swiftTargets({text: written}: TextFile): Generator<Named> {
  const text = withoutSlashComments(written)
  const sure = !/\bif\b|\?\s*\[|\bcanImport\b/.test(text)
  const targets = [...text.matchAll(/\.(executableTarget|target|testTarget)\(\s{0,50}name:\s{0,50}"([\w-]+)"/g)]
  for (const [index, {0: whole, 1: kind, 2: name = '', index: at}] of targets.entries()) {
    // What the next one says is not of this one.
    const body = text.slice(at, targets[index + 1]?.index)
    const [path, custom] = /\bpath:\s{0,50}"([^"\\\n]+)"/.exec(body) ?? []
    const start = at + (path === undefined ? whole.length - name.length - 1 : body.indexOf(path))
    const end = start + (path === undefined ? name.length : path.length)
    yield {path: custom ?? `${kind === 'testTarget' ? 'Tests' : 'Sources'}/${name}`, start, end, sure}
  }
}

const projectsOf = (endings: RegExp) => (text: string) =>
  text.split(' ').flatMap((word) => (endings.test(word) && !word.startsWith('-') ? word.replaceAll('\\', '/') : []))

/** The solution that is named, or the one that lies in the folder, where nothing is named and no project lies beside it. */
function solutionOf(text: string, beside: () => readonly string[]): string[] {
  const [, , ...words] = text.split(' ')
  const isNamed = words.some((word, index) => !word.startsWith('-') && !takesValue.test(words[index - 1] ?? ''))
  if (isNamed) return projectsOf(/\.slnx?$/)(text)
  const own = beside().filter((name) => /\.(?:slnx?|(?:cs|fs|vb)proj)$/.test(name))
  return own.length === 1 ? own.filter((name) => /\.slnx?$/.test(name)) : []
}

export const compiled: readonly Naming[] = [
  {
    runs: /^cargo (\+\S+ )?(build|b|check|test|fetch|run|metadata|chef prepare|leptos build)\b/,
    without: /--manifest-path/,
    begins: () => ['Cargo.toml'],
    above: true,
    names: cargo,
    follows: true,
  },
  {
    runs: /^go (build|mod (download|verify|tidy|vendor)|install|test|run|generate|vet|list)\b/,
    without: /@|\s-C\b|-modfile/,
    begins: () => ['go.mod'],
    above: true,
    names: goMod,
  },
  {
    runs: /^go (build|mod download|install|test|run|generate|vet|list)\b/,
    without: /@|\s-C\b|-modfile/,
    begins: () => ['go.work'],
    above: true,
    names: (file, _, {variables}) => (variables.get('GOWORK') === 'off' ? [] : goWork(file)),
  },
  {runs: /^dotnet (restore|build|publish|test)\b/, begins: solutionOf, names: solution},
  {
    runs: /^dotnet (build|publish)\b/,
    begins: projectsOf(/\.(cs|fs|vb)proj$/),
    names: projectReferences,
    follows: true,
  },
  {
    runs: /^swift (build|run|test|package (resolve|update))\b/,
    without: /--package-path|--chdir|\s-C\b/,
    begins: () => ['Package.swift'],
    above: true,
    names: swiftPackages,
    follows: true,
  },
  {
    runs: /^swift (build|run|test)\b/,
    without: /--package-path|--chdir|\s-C\b/,
    begins: () => ['Package.swift'],
    above: true,
    names: swiftTargets,
  },
  {
    runs: /^gradlew?\b(?!.* (?:-v|--version|init)\b)/,
    without: /\s(?:-p|-b|-c|--project-dir|--build-file|--settings-file|--include-build)\b/,
    begins: () => ['build.gradle.kts', 'build.gradle'],
    names: gradleCatalog,
  },
  {
    runs: /^mvnw? /,
    without: /\s(-N|--non-recursive|-f|--file)\b/,
    begins: () => ['pom.xml'],
    names: mavenModules,
    follows: true,
  },
]
