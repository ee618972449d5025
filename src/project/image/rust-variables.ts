/** Variables that the compiler of Rust stops without: those of env!, and what sqlx checks its queries with. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {codeOf} from '../code/code.ts'
import type {TextFile} from '../files/text.ts'
import type {BuildCommand} from './build-commands.ts'
import {mayBring} from './may-hold.ts'
import type {Project} from './programs/missing-tasks.ts'
import {programOf} from './shell/command.ts'

export interface CompileRead {
  name: string
  read: FileLocation
  isCertain: boolean
}

/** cargo sets these itself (doc.rust-lang.org/cargo/reference/environment-variables.html). */
const given = /^(?:CARGO(?:_\w+)?|OUT_DIR|TARGET|HOST|PROFILE|RUSTC|NUM_JOBS|OPT_LEVEL|DEBUG)$/
/** What hands variables to the compiler. */
const handsOver = /rustc-env|vergen|shadow_rs|\bbuilt\b|dotenv|println!\(\s*"cargo:{1,2}/

/** The sources that `cargo build` compiles in its folder; undefined for another command. */
export async function rustSources(command: BuildCommand, {reader, tracked}: Project): Promise<TextFile[] | undefined> {
  const isBuild = programOf(command) === 'cargo' && /^(?:build|b|install|leptos)$/.test(command.words[1] ?? '')
  if (!isBuild || (command.words[1] === 'install' && !command.words.includes('--path'))) return undefined
  const folder = command.moment.files.get(command.folder)
  if (folder?.kind !== 'folder' || folder.entries.get('Cargo.toml')?.kind !== 'file') return undefined
  const sources: string[] = []
  for (const [path, entry] of command.moment.files.filesOf(folder, (names) => names.ending('.rs'))) {
    const skipped = /\/(?:tests|benches|examples|target|node_modules)\//.test(path)
    if (entry.kind === 'file' && path.endsWith('.rs') && !skipped && tracked.has(entry.source))
      sources.push(entry.source)
  }
  // More are the sources of a large workspace, of which a part is compiled.
  if (sources.length > 400) return undefined
  return reader.texts(sources)
}

/**
 * Whether a file is surely a part of the package in the folder of the build: every module on the way to it is declared,
 * and none with a condition.
 */
export function isCompiled({path}: TextFile, sources: readonly TextFile[]): boolean {
  const [, crate = '', below = ''] = /^((?:[^/]{1,200}\/){0,30}?)?src\/(.*)\.rs$/s.exec(path) ?? []
  if (!below || /(?:^|\/)bin\//.test(below)) return false
  const own = sources.filter((file) => file.path.startsWith(`${crate}src/`))
  const modules = /^(?:main|lib)$/.test(below) ? [] : below.replace(/\/mod$/, '').split('/')
  return modules.every((name) => {
    const declared = new RegExp(
      `^([^\\n]{0,200}\\n)?[ \\t]{0,20}(?:pub(?:\\([^)\\n]{0,50}\\))?[ \\t]+)?mod[ \\t]+${name}[ \\t]*;`,
      'm',
    )
    const lines = own.flatMap((file) => declared.exec(codeOf(file)?.bare ?? '')?.[0] ?? [])
    return lines.length > 0 && lines.every((line) => !line.includes('#['))
  })
}

export function compileReads(files: readonly TextFile[], {words, folder, moment}: BuildCommand): CompileRead[] {
  if (files.some((file) => /(?:^|\/)build\.rs$/.test(file.path) && handsOver.test(file.text))) return []
  // .cargo/config.toml may set them.
  if (['.cargo/config.toml', '.cargo/config'].some((path) => moment.files.get(posix.join(folder, path)))) return []
  const isPart = words.some((word) => /^(?:-p|--package|--bin|--lib|--example|--exclude)(?:=|$)/.test(word ?? ''))
  return files.flatMap((file) => {
    const code = file.text.includes('env!') ? codeOf(file) : undefined
    if (!code) return []
    const chosen = /#!?\[cfg/.test(code.bare)
    return [...code.text.matchAll(/(?<![\w!])env!\(\s*"([A-Z_][A-Z0-9_]*)"\s*[,)]/g)].flatMap((match) => {
      const name = match[1] as string
      const start = match.index + match[0].indexOf(name)
      const isMain = /(?:^|\/)src\/(?:main|lib)\.rs$/.test(file.path)
      if (given.test(name)) return []
      return [{name, read: file.span(start, start + name.length), isCertain: isMain && !isPart && !chosen}]
    })
  })
}

/** "set `DATABASE_URL` to use query macros online, or run `cargo sqlx prepare`": there are no checked queries. */
export function queryReads(files: readonly TextFile[], {moment, folder}: BuildCommand): CompileRead[] {
  const {stage, unknown} = moment
  const places = ['.sqlx', 'sqlx-data.json', '.env'].map((name) => posix.join(folder, name))
  if (places.some((path) => moment.files.get(path) || mayBring({stage, unknown}, path))) return []
  for (const file of files) {
    const code = file.text.includes('sqlx') ? codeOf(file) : undefined
    const match = /\b(?:sqlx::)?query(?:_as|_scalar|_file|_file_as|_file_scalar)?(?:_unchecked)?!\s*[({[]/.exec(
      code?.bare ?? '',
    )
    if (!match) continue
    // Members of a workspace may keep theirs in their own folders.
    const crate = posix.join(folder, file.path.replace(/(?:^|\/)src\/.*$/s, ''))
    if (moment.files.get(posix.join(crate, '.sqlx'))) continue
    const read = file.span(match.index, match.index + match[0].length - 1)
    return [
      {
        name: 'DATABASE_URL',
        read,
        isCertain: /^\/?src\//.test(file.path) && isCompiled(file, files) && !/#!?\[cfg/.test(code?.bare ?? ''),
      },
    ]
  }
  return []
}
