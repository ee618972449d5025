/** Packages of Hex that are compiled from C wherever they are, as their mix.exs has elixir_make and no archive is fetched; and crates of Rust. */
import {posix} from 'node:path'
import {mountsOf, mountTarget} from '../dockerfile/parse.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {overlaps} from '../image/files/image-path.ts'
import type {Image} from '../image/image.ts'
import {sourceAt} from '../image/moment.ts'
import type {Lack} from '../image/programs/fetched-programs.ts'
import type {Project} from '../image/programs/missing-tasks.ts'
import {mountsOnPath, programsAt} from '../image/programs/programs-at.ts'
import {programOf} from '../image/shell/command.ts'

const natives = ['bcrypt_elixir', 'argon2_elixir', 'picosat_elixir']

/** `"make" not found in the path`: elixir_make raises (lib/elixir_make/compiler.ex). */
export async function nativeLack(command: BuildCommand, image: Image, project: Project): Promise<Lack | undefined> {
  const {moment, folder, words} = command
  if (programOf(command) !== 'mix' || !/^(?:deps\.compile|compile|release)$/.test(words[1] ?? '')) return undefined
  if (words.length > 2 && words[1] === 'deps.compile') return undefined
  const built = posix.join(folder, '_build')
  // Where it was compiled before, or in another stage, nothing is done.
  const isCached = mountsOf(moment.instruction).some((mount) =>
    overlaps(posix.resolve(folder, mountTarget(mount) ?? '/'), built),
  )
  const isCopied = moment.unknown.some(({by, path}) => by === 'copy' && overlaps(path, built))
  if (isCached || isCopied || mountsOnPath(command)) return undefined
  const read = (name: string) => project.reader.text(sourceAt(moment, posix.join(folder, name), project.tracked))
  const [manifest, lock] = await Promise.all([read('mix.exs'), read('mix.lock')])
  const lacks = (program: string): boolean => programsAt(command, image)?.has(program, true) === 'no'
  if (/^(?:compile|release)$/.test(words[1] ?? '') && /^[^#\n]{0,300}\{:rustler,/m.test(manifest?.text ?? '')) {
    const by = lacks('cargo') && (await crateModule(posix.dirname(manifest?.path ?? 'mix.exs'), project))
    if (by) return {command, program: 'cargo', by, says: '(ErlangError) Erlang error: :enoent'}
  }
  const name = natives.find(
    (each) =>
      lock?.text.includes(`"${each}": {:hex`) &&
      new RegExp(`^[^#\\n]{0,300}\\{:${each},\\s{0,99}"[^"\\n]{0,300}"\\s{0,99}\\}`, 'm').test(manifest?.text ?? ''),
  )
  if (name === undefined || moment.variables.has('MAKE') || /\bMAKE=/.test(moment.instruction.text)) return undefined
  if (!lacks('make')) return undefined
  return {command, program: 'make', by: name, says: 'make not found in the path'}
}

/** A module of the project whose crate is compiled with it: Rustler asks `cargo metadata` first (lib/rustler/compiler.ex). */
async function crateModule(folder: string, {reader, tracked}: Project): Promise<string | undefined> {
  const lib = posix.join(folder, 'lib/')
  const files = await reader.texts(tracked.ending('.ex').filter((path) => path.startsWith(lib)))
  const found = files.find(
    // One that is loaded as it is, or is told by a variable to be.
    ({text}) => /^\s{0,20}use Rustler[,\s]/m.test(text) && !/skip_compilation\?|load_data|@env|get_env/.test(text),
  )
  const [, name] = (found && /^\s{0,20}defmodule\s+([\w.]+)/m.exec(found.text)) ?? []
  const config = posix.join(folder, 'config/')
  const settings = await reader.texts(tracked.ending('.exs').filter((path) => path.startsWith(config)))
  return settings.some(({text}) => text.includes('skip_compilation?')) ? undefined : name
}
