/** What is known of a base image, from its name alone. */
export interface BaseImage {
  distribution: 'debian' | 'ubuntu' | 'alpine'
  /** `3.12` or `3.12.4`; undefined when the tag does not say. */
  python: string | undefined
  /** Compilers, make and the headers of libpq are in it (it is built on buildpack-deps). */
  hasBuildTools: boolean
  /** Python packages of its own choice are in it. */
  hasPackages: boolean
}

/** PATH of the official images, and of BuildKit where an image has none. */
export const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The variables that a base image surely sets and that a Dockerfile may name in a path: GOPATH is of docker-library/golang. */
export const baseVariables = (name: string): [name: string, value: string][] => [
  ['PATH', usualPath],
  ...(/(?:^|\/)golang(?:[:@]|$)/.test(name) ? [['GOPATH', '/go'] as [string, string]] : []),
]

type Family = {pattern: RegExp; read(match: RegExpExecArray): BaseImage}

const base = (distribution: BaseImage['distribution'], python?: string, hasBuildTools = false): BaseImage => ({
  distribution,
  python,
  hasBuildTools,
  hasPackages: false,
})
const releases = '(?:trixie|bookworm|bullseye|buster)'

/** The official images and those of uv and tiangolo, by their tags (docker-library/official-images). */
const families: Family[] = [
  {
    pattern: /^python:(?:(\d+\.\d+(?:\.\d+)?)(?!\d)[\w.]*(?:-rc)?-)?alpine[\d.]*$/,
    read: ([, python]) => base('alpine', python),
  },
  {
    pattern: new RegExp(`^python:(?:(\\d+\\.\\d+(?:\\.\\d+)?)(?!\\d)[\\w.]*(?:-rc)?-)?slim(?:-${releases})?$`),
    read: ([, python]) => base('debian', python),
  },
  {
    pattern: new RegExp(
      `^python(?::(?:(\\d+\\.\\d+(?:\\.\\d+)?)(?!\\d)[\\w.]*(?:-rc)?(?:-${releases})?|\\d|latest|${releases}))?$`,
    ),
    read: ([, python]) => base('debian', python, true),
  },
  {
    pattern: /^ghcr\.io\/astral-sh\/uv:(?:\d[\d.]*-)?python(\d+\.\d+)-(alpine|(?:trixie|bookworm)(-slim)?)/,
    read: ([, python, distribution, slim]) =>
      distribution?.startsWith('alpine') ? base('alpine', python) : base('debian', python, !slim),
  },
  {
    pattern: /^tiangolo\/uvicorn-gunicorn(?:-fastapi|-starlette)?:python(\d+\.\d+)(-slim)?/,
    read: ([, python, slim]) => ({...base('debian', python, !slim), hasPackages: true}),
  },
  {pattern: /^buildpack-deps(?::(?:latest|stable|\w+))?$/, read: () => base('debian', undefined, true)},
  {pattern: /^debian(?::[\w.-]+)?$/, read: () => base('debian')},
  {pattern: /^ubuntu(?::[\w.-]+)?$/, read: () => base('ubuntu')},
  {pattern: /^alpine(?::[\w.-]+)?$/, read: () => base('alpine')},
]

/** Images that bring no ENTRYPOINT, by their own Dockerfiles; node, php, nginx and others bring a script. */
const withoutEntrypoint =
  /^(?:python|ruby|golang|rust|elixir|erlang|buildpack-deps|debian|ubuntu|alpine|hexpm\/elixir|ghcr\.io\/astral-sh\/uv(?=:(?:[\d.]+-)?python))(?::|$)/

/** Whether a base image is known to start a command as it is. */
export const hasNoEntrypoint = (name: string): boolean => name === 'scratch' || withoutEntrypoint.test(plainName(name))

/** Images whose commands run in another folder than /, by their own Dockerfiles, and those where they run there. */
const baseFolders: readonly (readonly [base: RegExp, folder: string])[] = [
  [/:onbuild|-onbuild/, ''],
  [/^golang(?::|$)/, '/go'],
  [/^php:[\w.-]*(?:apache|fpm)/, '/var/www/html'],
  [withoutEntrypoint, '/'],
  [/^(?:node|php|nginx|openjdk|eclipse-temurin)(?::|$)/, '/'],
]

/** The folder in which a base image runs its commands; empty for one that is not known. */
export const baseFolder = (name: string): string =>
  name === 'scratch' ? '/' : (baseFolders.find(([base]) => base.test(plainName(name)))?.[1] ?? '')

/** The base image by its name; undefined for images that are not known. */
export function baseImage(name: string): BaseImage | undefined {
  const plain = plainName(name)
  for (const {pattern, read} of families) {
    const match = pattern.exec(plain)
    if (match) return read(match)
  }
  return undefined
}

/** The name without mirror, and without a digest behind a tag, in its two parts; without a tag the second is undefined. */
export function nameParts(image: string): [repository: string, tag: string | undefined] {
  const [repository = '', tag] = plainName(image).split(/:(?=[^/:]*$)/)
  return [repository, tag]
}

/** The image of Rust that one of cargo-chef is made from: `rust:1.90` for `latest-rust-1.90`, `rust:latest` for `latest`. */
export function rustOfChef(image: string): string | undefined {
  const [name, tag = 'latest'] = nameParts(image)
  if (name !== 'lukemathwalker/cargo-chef') return undefined
  if (tag === 'latest') return 'rust:latest'
  const [, rust] = /^(?:latest|[\d.]+)-rust-(\S+)$/.exec(tag) ?? []
  return rust && `rust:${rust}`
}

/**
 * The name with mirrors left aside, and the digest behind a tag. One without a tag may be of Alpine as well: it stays, and
 * nothing is known by that name. Rails 7.1 writes registry.docker.com into its Dockerfile.
 */
export const plainName = (name: string): string =>
  name
    .replace(/(:[^/:@]+)@sha256:[0-9a-f]+$/, '$1')
    .replace(
      /^(?:docker\.io\/library|docker\.io|public\.ecr\.aws\/docker\/library|mirror\.gcr\.io\/library|registry\.(?:hub\.)?docker\.com\/library|library)\//,
      '',
    )
