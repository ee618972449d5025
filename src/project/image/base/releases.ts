import {once} from '../../../once.ts'
import {nameParts, rustOfChef} from './base-images.ts'
import {alpineOf} from './official-tags.ts'

/** The release of a distribution that an image is built on. */
export interface Release {
  /** `bookworm`, `noble`, `centos7`, `alpine`. */
  name: string
  /** `Debian 12`. */
  system: string
  libc: 'glibc' | 'musl' | 'none'
  /** Of glibc 2.36 the 36. */
  minor: number | undefined
  /** Of Alpine 3.20 the 20, or of an earlier one that the image may be on. */
  alpine?: number | undefined
  /** Its packages are no longer on the mirrors that it asks. */
  archived: boolean
  /** The tag says so, and will not mean a later one some day. */
  stated: boolean
}

/**
 * Of each release: the system and its glibc (packages.debian.org, packages.ubuntu.com). Archived since: jessie April 2019,
 * stretch April 2023, buster July 2025; Ubuntu moves those of nine months to old-releases.ubuntu.com; the names of CentOS's
 * mirrors went with 7 and Stream 8, in the summer of 2024.
 */
const releases = new Map<string, {system: string; minor: number; archived?: boolean}>([
  ['wheezy', {system: 'Debian 7', minor: 13, archived: true}],
  ['jessie', {system: 'Debian 8', minor: 19, archived: true}],
  ['stretch', {system: 'Debian 9', minor: 24, archived: true}],
  ['buster', {system: 'Debian 10', minor: 28, archived: true}],
  ['bullseye', {system: 'Debian 11', minor: 31}],
  ['bookworm', {system: 'Debian 12', minor: 36}],
  ['trixie', {system: 'Debian 13', minor: 41}],
  ['focal', {system: 'Ubuntu 20.04', minor: 31}],
  ['groovy', {system: 'Ubuntu 20.10', minor: 32, archived: true}],
  ['hirsute', {system: 'Ubuntu 21.04', minor: 33, archived: true}],
  ['impish', {system: 'Ubuntu 21.10', minor: 34, archived: true}],
  ['jammy', {system: 'Ubuntu 22.04', minor: 35}],
  ['kinetic', {system: 'Ubuntu 22.10', minor: 36, archived: true}],
  ['lunar', {system: 'Ubuntu 23.04', minor: 37, archived: true}],
  ['mantic', {system: 'Ubuntu 23.10', minor: 38, archived: true}],
  ['noble', {system: 'Ubuntu 24.04', minor: 39}],
  ['oracular', {system: 'Ubuntu 24.10', minor: 40, archived: true}],
  ['plucky', {system: 'Ubuntu 25.04', minor: 41, archived: true}],
  ['questing', {system: 'Ubuntu 25.10', minor: 42}],
  ['resolute', {system: 'Ubuntu 26.04', minor: 43}],
  ['centos6', {system: 'CentOS 6', minor: 12, archived: true}],
  ['centos7', {system: 'CentOS 7', minor: 17, archived: true}],
  ['centos8', {system: 'CentOS 8', minor: 28, archived: true}],
  ['stream8', {system: 'CentOS Stream 8', minor: 28, archived: true}],
  ['stream9', {system: 'CentOS Stream 9', minor: 34}],
])

/** Images whose tags name their release, or follow the table below. */
export const releasesInTags =
  /^(?:debian|ubuntu|(?:quay\.io\/centos\/)?centos|buildpack-deps|python|node|ruby|golang|rust|php|elixir|erlang|swift|nginx|eclipse-temurin|maven|gradle|hexpm\/elixir|denoland\/deno|oven\/bun|lukemathwalker\/cargo-chef|quay\.io\/evl\.ms\/fullstaq-ruby|ghcr\.io\/astral-sh\/uv|rustlang\/rust|mcr\.microsoft\.com\/(?:dotnet\/(?:sdk|aspnet|runtime|runtime-deps)|devcontainers\/(?:base|rust|go|cpp|python|javascript-node|typescript-node|ruby)|playwright(?:\/python)?))$/

/**
 * What a tag without a release was last built on: from that version of the language on (docker-library/official-images,
 * August 2026). node keeps the release of a major version; the others go with Debian as long as they are built.
 */
const usual = new Map<string, readonly (readonly [from: string, release: string])[]>([
  [
    'node',
    [
      ['12', 'stretch'],
      ['14', 'buster'],
      ['17', 'bullseye'],
      ['18', 'bookworm'],
      ['19', 'bullseye'],
      ['20', 'bookworm'],
      ['26', 'trixie'],
    ],
  ],
  [
    'python',
    [
      ['2.7', 'buster'],
      ['3.6', 'bullseye'],
      ['3.7', 'bookworm'],
      ['3.9', 'trixie'],
    ],
  ],
  [
    'ruby',
    [
      ['2.6', 'bullseye'],
      ['3.1', 'bookworm'],
      ['3.2', 'trixie'],
    ],
  ],
  [
    'golang',
    [
      ['1.18', 'bullseye'],
      ['1.19', 'bookworm'],
      ['1.24', 'trixie'],
    ],
  ],
  [
    'rust',
    [
      ['1.57', 'bullseye'],
      ['1.71', 'bookworm'],
      ['1.89', 'trixie'],
    ],
  ],
  [
    'php',
    [
      ['7.4', 'bullseye'],
      ['8.1', 'trixie'],
    ],
  ],
  [
    'debian',
    [
      ['7', 'wheezy'],
      ['8', 'jessie'],
      ['9', 'stretch'],
      ['10', 'buster'],
      ['11', 'bullseye'],
      ['12', 'bookworm'],
      ['13', 'trixie'],
    ],
  ],
  [
    'ubuntu',
    [
      ['20.04', 'focal'],
      ['20.10', 'groovy'],
      ['21.04', 'hirsute'],
      ['21.10', 'impish'],
      ['22.04', 'jammy'],
      ['22.10', 'kinetic'],
      ['23.04', 'lunar'],
      ['23.10', 'mantic'],
      ['24.04', 'noble'],
      ['24.10', 'oracular'],
      ['25.04', 'plucky'],
      ['25.10', 'questing'],
      ['26.04', 'resolute'],
    ],
  ],
  // Its `latest` has stayed with 8.
  [
    'centos',
    [
      ['6', 'centos6'],
      ['7', 'centos7'],
      ['8', 'centos8'],
    ],
  ],
  [
    'erlang',
    [
      ['24', 'bullseye'],
      ['26', 'bookworm'],
      ['28', 'trixie'],
    ],
  ],
  // Of a tag without `-otp-`: its erlang (erlef/docker-elixir).
  [
    'elixir',
    [
      ['1.18', 'bookworm'],
      ['1.19', 'trixie'],
    ],
  ],
  [
    'mcr.microsoft.com/dotnet/sdk',
    [
      ['8.0', 'bookworm'],
      ['10.0', 'noble'],
    ],
  ],
])

/** Tags of the newest version, and images of which that stands on the newest release in the table. */
const newest = /^(?:latest|slim|fpm|apache|cli)$/
const goesWithDebian = /^(?:python|ruby|golang|rust|php|erlang|elixir)$/

const namedRelease = new RegExp(`(?:^|[-_])(${[...releases.keys()].join('|')})(?:$|[-_])`)

/** undefined where the image is not known, or its tag does not tell. */
export const releaseOf = once((image: string): Release | undefined => {
  const [repository, tag = 'latest'] = nameParts(rustOfChef(image) ?? image)
  if (image === 'scratch' || /^gcr\.io\/distroless\/static(?:-|$)/.test(repository)) {
    return {name: 'scratch', system: 'no system', libc: 'none', minor: undefined, archived: false, stated: true}
  }
  const distroless = /^gcr\.io\/distroless\/\w+(?:-nossl)?(?:-debian(\d+))?$/.exec(repository)
  if (distroless) return named(usualRelease('debian', distroless[1] ?? '13'), distroless[1] !== undefined)
  if (
    repository === 'alpine' ||
    (releasesInTags.test(repository) && /alpine/.test(tag)) ||
    (repository === 'caddy' && !/windows/.test(tag))
  ) {
    const rest = {libc: 'musl', minor: undefined, archived: false, stated: true} as const
    return {name: 'alpine', system: 'Alpine', ...rest, alpine: alpineOf(image)}
  }
  if (!releasesInTags.test(repository)) return undefined
  const [, stated] = namedRelease.exec(tag) ?? []
  if (stated) return named(stated, true)
  const [version] = /^\d+(?:\.\d+)*(?=$|-)/.exec(tag) ?? []
  const isDistribution = /^(?:debian|ubuntu|centos)$/.test(repository)
  if (repository === 'centos' && tag === 'latest') return named('centos8', true)
  // A patch stays on the release of the day when it was built.
  if (version && !isDistribution && repository !== 'node' && version.split('.').length > 2) return undefined
  const [, erlang] = repository === 'elixir' ? (/-otp-(\d+)/.exec(tag) ?? []) : []
  return named(
    erlang
      ? usualRelease('erlang', erlang)
      : newest.test(tag) && goesWithDebian.test(repository)
        ? usual.get(repository)?.at(-1)?.[1]
        : usualRelease(repository, version),
    isDistribution && version !== undefined,
  )
})

/** The release of GitHub's runner of this label (github.com/actions/runner-images; `latest` is 24.04 since January 2025). */
export const runnerRelease = (label: string): Release | undefined => {
  const version = label.replace(/^ubuntu-/, '')
  return version === 'latest' ? named('noble', false) : named(usualRelease('ubuntu', version), true)
}

/** The release of a tag that names none. */
export function usualRelease(repository: string, version: string | undefined): string | undefined {
  const list = usual.get(repository)
  if (!list || version === undefined) return undefined
  const [major = 0, minor] = version.split('.').map(Number)
  // `rust:1` is the newest.
  if (minor === undefined && list[0]?.[0].includes('.'))
    return list.at(-1)?.[0].startsWith(`${major}.`) ? list.at(-1)?.[1] : undefined
  const isFrom = (from: string) => {
    const [first = 0, second = 0] = from.split('.').map(Number)
    return major > first || (major === first && (minor ?? 0) >= second)
  }
  return list.findLast(([from]) => isFrom(from))?.[1]
}

function named(name: string | undefined, stated: boolean): Release | undefined {
  const found = name === undefined ? undefined : releases.get(name)
  if (name === undefined || !found) return undefined
  return {name, system: found.system, libc: 'glibc', minor: found.minor, archived: found.archived ?? false, stated}
}
