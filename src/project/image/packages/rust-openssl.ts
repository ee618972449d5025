/** OpenSSL, to which crates like native-tls are linked: its headers where cargo builds, its library where the program runs. */

import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf, rootImage} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {nameParts} from '../base/base-images.ts'
import {heldOf, type Image} from '../image.ts'
import {builderOf} from './linked-builds.ts'
import {featuresOf, type LinkedCrate, linkedCrate} from './rust-dependencies.ts'

/** What of OpenSSL a stage does not have. */
export interface LackingOpenssl extends LinkedCrate {
  /** Of the build the headers, or the program that finds them; of the final stage the library. */
  lacks: 'headers' | 'pkg-config' | 'library'
  /** The cargo command, or the COPY of the program. */
  at: FileLocation
  /** Where the packages of the stage are listed. */
  listedAt: FileLocation | undefined
  image: string
  distribution: 'debian' | 'alpine'
}

const builds = /^cargo (?:b|build|chef cook|install --path|leptos build|auditable build)\b/
const elsewhere = /\bOPENSSL_|--target\b|zigbuild|cross\b|RUSTFLAGS/
/** Packages that bring neither the headers of OpenSSL nor pkg-config (their Depends in Debian and Alpine). */
const others =
  /^(?:ca-certificates|gcc|g\+\+|clang|libclang-dev|lld|mold|make|cmake|musl-dev|musl-tools|build-essential|build-base|curl|wget|git|unzip|protobuf-compiler|protoc|libsqlite3-dev|sqlite-dev|sqlite3?|libc6-dev|zlib1g-dev|tzdata|perl|binutils|pkg-config|pkgconf|pkgconfig|openssl|libssl3|nodejs|npm|bash)$/
/** Those of Debian 12 that need no libssl3 (packages.debian.org). */
const withoutLibrary =
  /^(?:tzdata|tini|dumb-init|libsqlite3-0|sqlite3|procps|libgcc-s1|libstdc\+\+6|libc6|zlib1g|locales|bash|netcat-openbsd)$/

export async function loadLackingOpenssl({reader}: Inputs, facts: FactStore): Promise<Fact<LackingOpenssl[]>> {
  const [[{commands}, image], files] = await Promise.all([
    facts.needAll('buildCommands', 'image'),
    facts.value('files'),
  ])
  const paths = (files ?? noFiles).only((path) => image.copies(path))
  const [lock, another] = await reader.texts(paths.named('Cargo.lock'))
  const building = commands.filter(({words}) => builds.test(words.map((word) => word ?? '?').join(' ')))
  const [first] = building
  if (!first || !lock || another || !/^name = "openssl-sys"/m.test(lock.text)) return known([])
  // It may be compiled along.
  if (/^name = "openssl-src"/m.test(lock.text)) return known([])
  const texts = image.stages.flatMap(({stage}) => stage.instructions.map(({text}) => text))
  if (texts.some((text) => elsewhere.test(text))) return known([])
  const manifests = await reader.texts(paths.named('Cargo.toml'))
  if (manifests.some(({text}) => /native-tls|native_tls|default-tls|vendored|\bopenssl\//.test(featuresOf(text))))
    return known([])
  const crate = linkedCrate('openssl-sys', lock, manifests, new Set(texts.join('\n').match(/[\w-]+/g)))
  if (!crate) return known([])
  const found: LackingOpenssl[] = []
  for (const command of building) {
    const {held, commands: same} = heldOf(image, command)
    const then = same[0]?.packagesThen
    const [name = '', tag = ''] = nameParts(held?.root.image ?? '')
    const distribution = /alpine/.test(tag) ? 'alpine' : /slim/.test(tag) ? 'debian' : undefined
    if (!held || !then || !distribution || !/^(?:rust|lukemathwalker\/cargo-chef)$/.test(name) || command.conditional)
      continue
    const lacks = then.lack((each) => !others.test(each))
      ? 'headers'
      : distribution === 'debian' &&
          then.lack((each) => (!others.test(each) && each !== 'libssl-dev') || /^pkg-?conf/.test(each))
        ? 'pkg-config'
        : undefined
    if (!lacks) continue
    found.push({lacks, at: command.at, listedAt: then.listedAt, ...crate, image: held.root.image ?? name, distribution})
    break
  }
  const isBookworm =
    image.final.release?.name === 'bookworm' && nameParts(rootImage(image.final.stage) ?? '')[0] === 'debian'
  const run = found.length > 0 || !isBookworm ? undefined : withoutLibraryAt(image, withoutLibrary)
  return known(run ? [{lacks: 'library', ...run, ...crate, distribution: 'debian'}] : found)
}

/**
 * The COPY of what cargo links in another stage, into a Debian or Ubuntu that gets no package beside `harmless` ones. Of
 * OpenSSL that counts for Debian 12 alone: other releases have it in their images.
 */
export function withoutLibraryAt(
  {final, stages}: Image,
  harmless: RegExp,
): Pick<LackingOpenssl, 'at' | 'listedAt' | 'image'> | undefined {
  const name = rootImage(final.stage) ?? ''
  if (!/^(?:debian|ubuntu)$/.test(nameParts(name)[0] ?? '')) return undefined
  if (!final.packages.lack((each) => !harmless.test(each))) return undefined
  const own = allInstructions(final.stage)
  if (own.some(({keyword, text}) => keyword === 'COPY' && /\/lib(?:64|\/|\s)|ssl|\.so\b/.test(text))) return undefined
  for (const copy of own.filter(({keyword}) => keyword === 'COPY')) {
    const from = flagOf(copy, 'from')
    const source = stages.findLast(({stage}) => from && stage !== final.stage && isNamed(stage, from))
    const isAlpine = source?.release?.libc !== 'glibc'
    if (!source || isAlpine || !builderOf(source, copy.words.slice(0, -1), [])?.what.includes('cargo')) continue
    return {at: copy.at, listedAt: final.packages.listedAt, image: name}
  }
  return undefined
}
