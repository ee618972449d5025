import {lineage, rootImage, type Stage} from '../dockerfile/parse.ts'
import type {ProjectReader} from '../files/reader.ts'
import {nameParts} from '../image/base/base-images.ts'
import type {Moment} from '../image/moment.ts'

/** The extensions of a PHP that apt-get installs by a list of the project, as the images of `fly launch` for Laravel have it. */
export interface ListedExtensions {
  image: string
  isPhp: false
  /** The list. */
  path: string
  lacks(name: string): boolean
}

/** `apt-get -y --no-install-recommends install $(cat /tmp/php-packages.txt)` */
const lists = /\bapt-get\s[^;&|]{0,200}\binstall\b[^;&|]{0,300}\$\(cat\s+(\/[\w./-]{1,200})\)/
/** Each has a package of its own in Debian, Ubuntu and the archive of Ondřej Surý: php8.4-redis. What PHP has itself is none of them. */
const ownPackages = /^(?:amqp|apcu|bcmath|gd|grpc|imagick|imap|intl|ldap|memcached|mongodb|redis|soap|swoole|zip)$/
/** What brings extensions by other names, or may: a script, pecl, files of another image. */
const otherwise =
  /\bpecl\b|\bphpize\b|\bpie install|install-php-extensions|--from=\S{1,200} \/usr(?:\/(?:local|lib))?\/?(?:\s|$)|lib\/php\/|\|\s*(?:sudo\s+)?(?:ba)?sh\b|(?:^|[\s;&|])(?:ba|da)?sh\s+(?!-)\S+\.sh|\$\((?!cat |nproc)|\bxargs\b|\bmake\b|\bphp\S{0,50}-(?:\$|\{|\*)/
/** A RUN that is a program of the project's. */
const ownProgram = /(?:^|[;&|]\s{0,9})\.?\/(?!usr\/)[\w./-]+/

/** undefined where the stage has no such list, or another way to extensions. `until`: what counts is what has run by then. */
export async function listedIn(
  stage: Stage,
  moments: readonly Moment[],
  reader: ProjectReader,
  until?: Moment,
): Promise<ListedExtensions | undefined> {
  const image = rootImage(stage) ?? ''
  if (!/^(?:debian|ubuntu)$/.test(nameParts(image)[0])) return undefined
  const own = new Set(lineage(stage))
  const past = moments.filter(({stage: each}) => own.has(each))
  const before = until ? past.slice(0, past.indexOf(until) + 1) : past
  const listIn = ({instruction: {text}}: Moment): string | undefined => lists.exec(text.replace(/\\\r?\n/g, ' '))?.[1]
  const installing = before.find((each) => listIn(each) !== undefined)
  const place = (installing && listIn(installing)) ?? ''
  const entry = installing?.files.get(place)
  const list = entry?.kind === 'file' ? await reader.text(entry.source) : undefined
  if (!list) return undefined
  const texts = lineage(stage).flatMap(({instructions}) =>
    instructions.map(({text, flags}) => `${flags.map((flag) => `--${flag.join('=')}`).join(' ')} ${text}`),
  )
  const runs = lineage(stage).flatMap(({instructions}) => instructions.filter(({keyword}) => keyword === 'RUN'))
  const others = runs.filter(({text}) => text !== installing?.instruction.text && /\$\(cat /.test(text))
  if (others.length > 0 || runs.some(({text}) => ownProgram.test(text.trim()))) return undefined
  if ([list.text, ...texts].some((text) => otherwise.test(text))) return undefined
  return {
    image,
    isPhp: false,
    path: list.path,
    lacks: (name) => ownPackages.test(name) && ![list.text, ...texts].some((text) => mentions(text, name)),
  }
}

/** `docker-php-ext-install pdo_mysql`, `pecl install redis-6.0.2`, `php83-gd`. */
export const mentions = (text: string, name: string): boolean =>
  new RegExp(`(?:^|[^a-z_])${name}(?:[^a-z_]|$)`, 'i').test(text)
