/** The compiler of protocol buffers, which build scripts of Rust start where cargo builds. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {codeOf} from '../../code/code.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {nameParts} from '../base/base-images.ts'
import {heldOf} from '../image.ts'
import {sourceAt} from '../moment.ts'

export interface LackingProtoc {
  /** The cargo command. */
  at: FileLocation
  listedAt: FileLocation | undefined
  /** `tonic_build`, and where build.rs calls it. */
  crate: string
  call: FileLocation
  distribution: 'debian' | 'alpine'
}

const builds = /^cargo (?:b|build|install --path|auditable build)\b/
/** What brings protoc along, or reads the files without it. */
const others = /\bprotoc(?!ol)|protobuf|protox/i
/** tonic-build takes prost-build 0.11 since 0.8, and hands on to tonic-prost-build since 0.14 (their Cargo.toml). */
const asked =
  /^(?:tonic-build[ \t]{0,9}=[^\n]{0,80}?"[=^~]?0\.(?:[89]|1\d)\b|(?:tonic-prost-build|prost-build)[ \t]{0,9}=[^\n]{0,80}?"[=^~]?0\.1[1-9]\b)/m
const calls =
  /\b(tonic_build|tonic_prost_build|prost_build)::[\s\S]{0,600}?\bcompile_(?:protos|fds)?\w*\(|\b(tonic_build|prost_build)::compile\w*\(/

/**
 * "Could not find `protoc`": since 0.11 prost-build has none of its own (its CHANGELOG), and the images of Rust have none
 * either.
 */
export async function loadLackingProtoc({reader}: Inputs, facts: FactStore): Promise<Fact<LackingProtoc[]>> {
  const [[{commands}, image], files] = await Promise.all([
    facts.needAll('buildCommands', 'image'),
    facts.value('files'),
  ])
  const tracked = files ?? noFiles
  const paths = tracked.only((path) => image.copies(path))
  const [lock, another] = await reader.texts(paths.named('Cargo.lock'))
  const [, minor = ''] = /^name = "prost-build"\r?\nversion = "0\.(\d{1,3})\./m.exec(lock?.text ?? '') ?? []
  // Without a lock in git it is of Cargo.toml which prost-build comes.
  const manifests = lock ? [] : await reader.texts(paths.named('Cargo.toml'))
  const isNew = lock ? Number(minor) >= 11 : manifests.some(({text}) => asked.test(text))
  const said = [lock?.text ?? '', ...manifests.map(({text}) => text)]
  if (another || !isNew || said.some((text) => others.test(text.replaceAll('"protobuf"', '')))) return known([])
  const texts = image.stages.flatMap(({stage}) => stage.instructions.map(({text}) => text))
  if (texts.some((text) => others.test(text))) return known([])
  for (const command of commands) {
    if (command.conditional || !builds.test(command.words.map((word) => word ?? '?').join(' '))) continue
    const {held, commands: same} = heldOf(image, command)
    const then = same[0]?.packagesThen
    const [name = '', tag = ''] = nameParts(held?.root.image ?? '')
    if (!held || !then || !/^(?:rust|lukemathwalker\/cargo-chef)$/.test(name)) continue
    // Of a workspace it is not known here which members are built.
    const script = await reader.text(sourceAt(command.moment, posix.join(command.folder, 'build.rs'), tracked))
    const code = script && codeOf(script)
    const match = code && calls.exec(code.text)
    if (
      !script ||
      !match ||
      /\bcfg!|#\[cfg|protoc_path|skip_protoc_run|file_descriptor_set_path|env::set_var/.test(code.text)
    )
      continue
    if (!then.lack((each) => others.test(each))) continue
    const distribution = /alpine/.test(tag) ? 'alpine' : 'debian'
    const crate = match[1] ?? match[2] ?? ''
    const call = script.span(match.index, match.index + crate.length)
    return known([{at: command.at, listedAt: then.listedAt, crate, call, distribution}])
  }
  return known([])
}
