/** What gcc links into everything that is loaded by musl, on the images of Rust that were made without it. */
import type {TextFile} from '../../files/text.ts'
import {nameParts} from '../base/base-images.ts'
import type {BuildCommands} from '../build-commands.ts'
import {heldOf, type Image} from '../image.ts'
import type {LackingCrateNeed} from './rust-crates.ts'

/** Packages of Alpine that come without libc-dev (their `depend`). */
const without =
  /^(?:ca-certificates|gcc|git|curl|wget|openssl|openssl-dev|openssl-libs-static|pkgconf|pkgconfig|perl|make|cmake|bash|tzdata|unzip|zip|jq|sqlite|sqlite-dev|sqlite-static|zlib-dev|zlib-static|openssh-client|lld|mold)$/

/**
 * Until December 2025 the Alpine images of Rust had gcc alone (rust-lang/docker-rust, "Add `musl-dev`"): a proc macro is a
 * library, which cc links with crti.o and libc.so of musl-dev, whatever the target ("cannot find crti.o"). The tags that
 * name a version of before stay as they are.
 */
export function withoutMusl(
  commands: BuildCommands['commands'],
  image: Image,
  lock: TextFile | undefined,
): LackingCrateNeed | undefined {
  for (const command of commands) {
    const text = command.words.map((word) => word ?? '?').join(' ')
    const [, named] = /^cargo install (?:--?[\w-]{1,40} ){0,20}([a-z][\w-]*)(?:@\S+)?(?: |$)/.exec(text) ?? []
    const isOwn = /^cargo (?:b|build|chef cook|install --path|leptos build|auditable build)\b/.test(text)
    // What is installed by its name is a program of the command line, whose options are read by a proc macro of clap.
    const crate = isOwn ? 'proc-macro2' : named && tools.has(named) ? named : undefined
    const macros = lock?.text.indexOf('name = "proc-macro2"') ?? -1
    if (!crate || command.conditional || (isOwn && macros < 0)) continue
    const {held, commands: same} = heldOf(image, command)
    const then = same[0]?.packagesThen
    const [name, tag = ''] = nameParts(held?.root.image ?? '')
    const [, minor] = /^1\.(\d{1,3})(?:\.\d{1,3})?-alpine/.exec(tag) ?? []
    if (name !== 'rust' || !minor || Number(minor) > 90) continue
    if (!then?.lack((each) => !without.test(each))) continue
    return {
      crate,
      needing: crate,
      what: 'crti.o of musl-dev, with which cc links every proc macro',
      lacks: 'build',
      at: command.at,
      listedAt: then.listedAt,
      names: 'musl-dev',
      distribution: 'alpine',
      crateAt: isOwn && lock ? lock.span(macros, macros + 'name = "proc-macro2"'.length) : command.at,
    }
  }
  return undefined
}

/** Programs with a proc macro among their dependencies (their Cargo.toml: clap with `derive`, serde with `derive`). */
const tools: ReadonlySet<string> = new Set(
  'cargo-chef sqlx-cli sea-orm-cli diesel_cli trunk cargo-leptos cargo-watch dioxus-cli wasm-pack cargo-auditable refinery_cli'.split(
    ' ',
  ),
)
