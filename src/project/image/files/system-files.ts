/** What programs of Go and Rust find in a full system, and not in the image that they are copied into. */

import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {copiesFrom, lineage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {nameParts} from '../base/base-images.ts'
import type {Build} from '../build.ts'
import type {Image} from '../image.ts'
import {leavesOutRecommended} from '../packages/recommended.ts'
import {type NeededFile, neededByGo, neededByRust} from '../packages/system-needs.ts'
import {overlaps} from './image-path.ts'

/** Something of the system that the program reads and that the image has not. */
export interface SystemFileGap extends Omit<NeededFile, 'at'> {
  neededAt: FileLocation
  /** The base of the image. */
  image: string
  /** Where its packages are listed, or its FROM. */
  at: FileLocation
  /** How the base gets packages; undefined: it has nothing of the kind. */
  manager: 'apt' | 'apk' | undefined
  /** The stage that builds the program, as COPY --from names it. */
  builder: string
}

/** Where Go and OpenSSL look for certificates (crypto/x509/root_linux.go), and Go for time zones (time/zoneinfo_unix.go). */
const places: Readonly<Record<NeededFile['kind'], readonly string[]>> = {
  certificates: ['/etc/ssl', '/etc/pki', '/usr/share/ca-certificates', '/usr/lib/ssl'],
  'time zones': ['/usr/share/zoneinfo', '/usr/lib/zoneinfo', '/usr/local/go/lib/time', '/usr/lib/go/lib/time'],
}
/** Variables that lead elsewhere. */
const variables: Readonly<Record<NeededFile['kind'], RegExp>> = {
  certificates: /^SSL_CERT_(?:FILE|DIR)$/,
  'time zones': /^ZONEINFO$/,
}
/** Packages of Debian that neither need nor recommend ca-certificates (packages.debian.org). */
const withoutCertificates =
  /^(?:tzdata|tini|dumb-init|libssl(?:3|3t64|1\.1)|openssl|libsqlite3-0|sqlite3|libpq5|netcat-openbsd|procps|libgcc-s1|libc6|zlib1g|locales)$/

/** Those that recommend it. */
const recommending = /^(?:curl|libcurl4|wget|git)$/

export async function loadSystemFiles({reader}: Inputs, facts: FactStore): Promise<Fact<SystemFileGap[]>> {
  const [[build, image], files, flyConfig] = await Promise.all([
    facts.needAll('build', 'image'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const {final, stages} = image
  const base = lineage(final.stage)[0]
  const paths = (files ?? noFiles).only((path) => image.copies(path))
  const builds = (pattern: RegExp) =>
    stages.find(
      (each) =>
        each !== final &&
        each.commands.some(({words}) => pattern.test(words.map((word) => word ?? '').join(' '))) &&
        copiesFrom(final.stage, each.stage),
    )?.stage
  const go = builds(/^go (?:build|install)\b/)
  const rust = go ? undefined : builds(/^cargo (?:b|build|install|leptos|auditable)\b/)
  const builder = go ?? rust
  const lacking = (['certificates', 'time zones'] as const).filter((kind) => lacks(kind, build, image))
  if (!builder || !base?.image || lacking.length === 0) return known([])
  const env = {...Object.fromEntries(build.final.config.env), ...flyConfig?.config.env}
  const isSet = (kind: NeededFile['kind']) => Object.keys(env).some((name) => variables[kind].test(name))
  const project = {
    paths,
    text: (path: string): Promise<TextFile | undefined> => reader.text(path),
    zone: typeof env.TZ === 'string' ? zoneSet(env.TZ) : undefined,
    commands: stages.flatMap(({stage}) => stage.instructions.map(({text}) => text)).join('\n'),
  }
  const needed = go ? await neededByGo(project) : await neededByRust(project)
  const system = final.release?.name
  const common = {
    image: base.image,
    at: final.packages.listedAt ?? base.at,
    manager: system === 'scratch' ? undefined : system === 'alpine' ? ('apk' as const) : ('apt' as const),
    builder: builder.name ?? String(builder.index),
  }
  return known(
    needed.flatMap(({at: neededAt, ...each}) =>
      lacking.includes(each.kind) && !isSet(each.kind) ? {...each, neededAt, ...common} : [],
    ),
  )

  function zoneSet(value: string): NeededFile | undefined {
    const at = flyConfig?.config.env?.TZ === undefined ? final.env.get('TZ')?.at : flyConfig.at('env', 'TZ')
    return at && {kind: 'time zones', what: value, by: 'TZ', at}
  }
}

/** Whether the image surely has none: its base does not, no package brings them, and no COPY may. */
function lacks(kind: NeededFile['kind'], {final: built}: Build, {final}: Image): boolean {
  const name = nameParts(final.root.image ?? '')[0]
  const {packages} = final
  const runs = lineage(final.stage).flatMap(({instructions}) => instructions.filter(({keyword}) => keyword === 'RUN'))
  const isBare = leavesOutRecommended(runs.map(({text}) => text))
  const without =
    name === 'scratch' ||
    (kind === 'certificates'
      ? /^(?:debian|ubuntu)$/.test(name) &&
        !packages.opaque &&
        [...packages.named].every((each) => withoutCertificates.test(each) || (isBare && recommending.test(each)))
      : name === 'alpine' && packages.lack(/^(?:tzdata|go|py3-tz|postgresql.*|php.*)/))
  if (!without) return false
  const words = kind === 'certificates' ? /\bcerts?\b|ssl|ca-|\.pem|\.crt/ : /zoneinfo|tzdata/
  return (
    places[kind].every((place) => !built.files.get(place)) &&
    !built.unknown.some(
      ({by, path, text = ''}) =>
        (by === 'run' && words.test(text.replace(/\blibssl[\w.]{1,10}/g, ''))) ||
        (by === 'copy' && places[kind].some((place) => overlaps(place, path))),
    )
  )
}
