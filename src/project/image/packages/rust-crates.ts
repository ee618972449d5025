/** Programs that build scripts of crates start, and libraries that crates are linked to, where a stage has none of them. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {lineage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {nameParts} from '../base/base-images.ts'
import {heldOf} from '../image.ts'
import {featuresOf, type LinkedCrate, linkedCrate} from './rust-dependencies.ts'
import {withoutMusl} from './rust-musl.ts'
import {withoutLibraryAt} from './rust-openssl.ts'

export interface LackingCrateNeed extends LinkedCrate {
  /** `rdkafka-sys`, and what its build script needs: `cmake`. */
  needing: string
  what: string
  /** Where it lacks: where cargo builds, or where the program runs. */
  lacks: 'build' | 'run'
  /** The cargo command, or the COPY of the program. */
  at: FileLocation
  listedAt: FileLocation | undefined
  /** The packages that bring it to the stage at `at`. */
  names: string
  distribution: 'debian' | 'alpine'
}

interface Need {
  crates: readonly string[]
  what: string
  debian: string
  alpine: string
  /** Whatever the Dockerfile says of it. */
  words: RegExp
  /** The full images of Rust have it: they are made from buildpack-deps. */
  inFull?: boolean
  /** In the lock, among what the crate needs: only with it, or only without it, the need is there. */
  only?: string
  unless?: string
  /** A crate that has it in every lock, used or not. */
  idleBeside?: string
  /** The library that the program loads, and its package in Debian. */
  library?: {file: string; debian: string}
}

/** From the build scripts of the crates. */
const needs: readonly Need[] = [
  {
    crates: ['tikv-jemalloc-sys', 'jemalloc-sys'],
    what: 'make',
    debian: 'make',
    alpine: 'make',
    words: /\bmake\b|build-essential|build-base|jemalloc/i,
    inFull: true,
  },
  {
    crates: ['openssl-src'],
    what: 'make and perl',
    debian: 'make perl',
    alpine: 'make perl',
    words: /\bmake\b|build-essential|build-base|\bperl\b|OPENSSL_/,
    inFull: true,
  },
  {
    crates: ['rdkafka-sys'],
    what: 'make and a C++ compiler',
    debian: 'build-essential',
    alpine: 'build-base bash',
    words: /\bmake\b|build-essential|build-base|rdkafka/,
    inFull: true,
    unless: 'cmake',
  },
  {
    crates: `rdkafka-sys audiopus_sys opusic-sys grpcio-sys boring-sys whisper-rs-sys llama-cpp-sys-2 paho-mqtt-sys
      snmalloc-sys libz-ng-sys aws-lc-fips-sys`.split(/\s+/),
    what: 'cmake',
    debian: 'cmake',
    alpine: 'cmake make g++',
    words: /cmake|rdkafka|opus|\bLIB_/i,
    only: 'cmake',
  },
  {
    crates: [
      'librocksdb-sys',
      'ffmpeg-sys-next',
      'whisper-rs-sys',
      'llama-cpp-sys-2',
      'leptonica-sys',
      'tesseract-sys',
    ],
    what: 'libclang, by which bindgen reads headers',
    debian: 'libclang-dev',
    alpine: 'clang-dev',
    words: /clang|llvm|rocksdb|ffmpeg|bindgen/i,
    only: 'bindgen',
  },
  {
    crates: ['pq-sys'],
    what: 'libpq, to which it is linked',
    debian: 'libpq-dev',
    alpine: 'libpq-dev',
    words: /libpq|postgres|PQ_/i,
    inFull: true,
    unless: 'pq-src',
    library: {file: 'libpq.so.5', debian: 'libpq5'},
  },
  {
    crates: ['mysqlclient-sys'],
    what: 'the client library of MySQL, to which it is linked',
    debian: 'default-libmysqlclient-dev',
    alpine: 'mariadb-connector-c-dev',
    words: /mysql|maria/i,
    inFull: true,
    unless: 'mysqlclient-src',
    library: {file: 'libmariadb.so.3', debian: 'libmariadb3'},
  },
  {
    crates: ['libsqlite3-sys'],
    what: 'SQLite, to which it is linked',
    debian: 'libsqlite3-dev',
    alpine: 'sqlite-dev',
    words: /sqlite3?(?:-dev|-libs|-0|-static)|SQLITE3_|SQLITE3?_LIB/i,
    inFull: true,
    // By its feature `bundled` it compiles its own.
    unless: 'cc',
    // A lock has it for each sqlx, whichever database that is for (`sqlx-sqlite?/…` of its features).
    idleBeside: 'sqlx-sqlite',
    library: {file: 'libsqlite3.so.0', debian: 'libsqlite3-0'},
  },
]

const builds = /^cargo (?:b|build|chef cook|install --path|leptos build|auditable build)\b/
/** Another system is built for, or other features than those of the lock. */
const others = /--no-default-features|zigbuild|\bcross\b|--target[ =](?!x86_64-unknown-linux-gnu)/
/** Packages that bring none of these along: neither make, cmake and libclang nor the libraries (their Depends). */
const harmless =
  /^(?:ca-certificates|gcc|g\+\+|musl-dev|musl-tools|curl|wget|git|unzip|protobuf-compiler|protoc|protobuf|protobuf-dev|libc6-dev|zlib1g-dev|zlib-dev|tzdata|binutils|pkg-config|pkgconf|pkgconfig|openssl|libssl3|libssl-dev|openssl-dev|openssl-libs-static|bash|lld|mold|libsasl2-dev|libsasl2-modules|libsasl2-2|libzstd-dev|xz-utils|jq|sqlite3|libpq-dev|libsqlite3-dev|sqlite-dev|make|build-essential|build-base|perl|cmake|openssh-client|gnupg)$/
/** Of Debian's, what a program runs with (packages.debian.org). */
const ofRuntime =
  /^(?:ca-certificates|openssl|libssl3(?:t64)?|libssl-dev|tzdata|tini|dumb-init|procps|libgcc-s1|libstdc\+\+6|libc6|zlib1g|locales|bash|netcat-openbsd|curl|wget|jq|iputils-ping|dnsutils|vim|nano|less|htop)$/

export async function loadLackingCrateNeeds({reader}: Inputs, facts: FactStore): Promise<Fact<LackingCrateNeed[]>> {
  const [[{commands}, image], files] = await Promise.all([
    facts.needAll('buildCommands', 'image'),
    facts.value('files'),
  ])
  const building = commands.filter(({words}) => builds.test(words.map((word) => word ?? '?').join(' ')))
  const paths = (files ?? noFiles).only((path) => image.copies(path))
  const [lock, another] = building.length > 0 ? await reader.texts(paths.named('Cargo.lock')) : []
  const unlinked = withoutMusl(commands, image, lock)
  if (!lock || another) return known(unlinked ? [unlinked] : [])
  const texts = image.stages.flatMap(({stage}) => stage.instructions.map(({text}) => text))
  if (unlinked || texts.some((text) => others.test(text))) return known(unlinked ? [unlinked] : [])
  const blocks = new Map(
    lock.text.split('[[package]]').map((block) => [/^name = "([^"]+)"/m.exec(block)?.[1] ?? '', block]),
  )
  const asked = needs.flatMap((need) => {
    const {crates, only, unless, idleBeside} = need
    if (idleBeside && blocks.has(idleBeside)) return []
    const needing = crates.find((crate) => {
      const listed = [...(blocks.get(crate)?.matchAll(/^ "([^" ]+)/gm) ?? [])].map(([, name]) => name)
      return blocks.has(crate) && (!only || listed.includes(only)) && !(unless && listed.includes(unless))
    })
    return needing ? {...need, needing} : []
  })
  if (asked.length === 0) return known([])
  const manifests = await reader.texts(paths.named('Cargo.toml'))
  const words = new Set(texts.join('\n').match(/[\w-]+/g))
  const found: LackingCrateNeed[] = []
  for (const {needing, what, debian, alpine, inFull, library, words: own} of asked) {
    const crate = linkedCrate(needing, lock, manifests, words)
    // A feature that nobody asks for here may be what brings it.
    if (!crate || manifests.some(({text}) => new RegExp(`\\b${crate.crate}\\??/`).test(featuresOf(text)))) continue
    const isNamed = (each: readonly string[]) => each.some((text) => own.test(text))
    const lacking = (isNamed(texts) ? [] : building).flatMap((command) => {
      const {held, commands: same} = heldOf(image, command)
      const then = same[0]?.packagesThen
      const [name = '', tag = ''] = nameParts(held?.root.image ?? '')
      if (!then || command.conditional || !/^(?:rust|lukemathwalker\/cargo-chef)$/.test(name)) return []
      const isSmall = /alpine|slim/.test(tag)
      if ((inFull && !isSmall) || !then.lack((each) => !harmless.test(each))) return []
      const distribution = tag.includes('alpine') ? ('alpine' as const) : ('debian' as const)
      return {at: command.at, listedAt: then.listedAt, distribution}
    })
    const [first] = lacking
    if (first) {
      const names = first.distribution === 'alpine' ? alpine : debian
      found.push({needing, what, lacks: 'build', ...first, names, ...crate})
      continue
    }
    const ofFinal = lineage(image.final.stage).flatMap(({instructions}) => instructions.map(({text}) => text))
    const run = library && !isNamed(ofFinal) && withoutLibraryAt(image, ofRuntime)
    if (run)
      found.push({
        needing,
        what: library.file,
        lacks: 'run',
        ...run,
        names: library.debian,
        distribution: 'debian',
        ...crate,
      })
  }
  return known(found)
}
