import {nameParts} from './base-images.ts'
import {noSuchDay} from './debian-dates.ts'
import {noSuchHexTag} from './hexpm-tags.ts'
import {officialTags} from './official-tags-data.ts'

/** A tag that an official image never had. */
export interface NoSuchTag {
  /** Completes "python:3.12-bookworm-slim: ". */
  why: string
  /** Tags of the same version that there are, the likeliest first. */
  instead: string[]
  /** What to do, where there is more to say than these. */
  cure?: string
  /** What of the tag is wrong. */
  part?: string
  /** Somebody may have an image of this name. */
  likely?: boolean
}

/** The series of a version: `3.12` of 3.12.4, or `22` where the image counts by major version. */
type Variants = ReadonlyMap<string, ReadonlySet<string>>

/** Node, Python and the like are built on Debian and Alpine alone; where Ubuntu is meant, the table has a variant of it. */
const ubuntu = /^(?:trusty|xenial|bionic|focal|jammy|noble)\b/

const words = /^(?:(?:slim|alpine|stretch|buster|bullseye|bookworm|trixie|fpm|apache|cli|zts|jre|jdk)(?:-|$))+$/

/** The newest version of a variant has the name of the variant alone: `node:slim`. */
const latest = /^latest-(slim|alpine)$/
const neverOfLatest: ReadonlySet<string> = new Set(['debian', 'node', 'python', 'ruby', 'rust'])

/** `node:v20-slim`, `golang:go1.22`, `node:20.x`, `ruby:3.1.2p20`: a version as the language or others write it. */
const otherwise = /^(v|go|ruby-|python|php-?)?(\d{1,3}(?:\.\d{1,3}){0,2})(p\d{1,4}|\.?x)?(-.*)?$/

/** `rust/latest`, `node/20-alpine`: for Docker Hub it is an image of somebody who is called rust or node. */
const slashed = /^([a-z-]+)\/(latest|lts|slim|alpine|(?:\d{1,3}(?:\.\d{1,3}){0,2})(?:-[\w.-]+)?)$/

/** undefined where the tag is or may be there: of another image, newer than the table, or with parts that it leaves out. */
export function noSuchTag(image: string): NoSuchTag | undefined {
  if (image.includes('@')) return undefined
  const [repository, tag = ''] = nameParts(image)
  if (repository === 'hexpm/elixir') return noSuchHexTag(tag)
  // github.com/bitnami/containers/issues/83267: of most, `latest` alone was left.
  if (/^bitnami\/[\w-]+$/.test(repository) && /^\d/.test(tag)) {
    const why = 'Bitnami took its versions away in September 2025, and left them in bitnamilegacy as they were'
    return {why, instead: [image.replace('bitnami/', 'bitnamilegacy/')], likely: true}
  }
  const [, official = '', behind = ''] = tag === '' ? (slashed.exec(repository) ?? []) : []
  if (Object.hasOwn(officialTags, official) || /^(?:debian|ubuntu|alpine|postgres|redis)$/.test(official))
    return {why: 'a tag stands behind a colon', instead: [`${official}:${behind}`], likely: true}
  const [, ofLatest] = latest.exec(tag) ?? []
  if (ofLatest !== undefined && neverOfLatest.has(repository)) {
    const newest = repository === 'debian' ? `stable-${ofLatest}` : ofLatest
    return {why: 'latest has no variants', instead: [`${repository}:${newest}`]}
  }
  if (repository === 'debian' || repository === 'ubuntu') return ofOther(repository, tag)
  const variants = Object.hasOwn(officialTags, repository) ? read(officialTags[repository] as string) : undefined
  const [, before, plain = '', after, rest = ''] = otherwise.exec(tag) ?? []
  if (variants && (before ?? after)) {
    const why = `its tags have versions as numbers alone, without ${before ?? after}`
    return {why, instead: [`${repository}:${plain}${rest}`]}
  }
  const [, number, written = '-'] = /^(\d+(?:\.\d+){0,2})(?:-(.*))?$/.exec(tag) ?? []
  // Of openjdk `17-jdk-slim` and `17-slim` are the same.
  const variant = repository === 'openjdk' ? written.replace(/^jdk(?:-|$)/, '') || '-' : written
  // One with other words is of a release candidate, or newer than the table.
  if (!variants || !number) return undefined
  const isForeign = ubuntu.test(variant) && ![...variants.keys()].some((each) => ubuntu.test(each))
  if (!(variant === '-' || variants.has(variant) || words.test(variant) || isForeign)) return undefined
  const existing = [...(variants.get('-') ?? [])]
  const countsMajors = !existing[0]?.includes('.')
  const series = number
    .split('.')
    .slice(0, countsMajors ? 1 : 2)
    .join('.')
  // `python:3-slim`: of a whole major version there is what its newest series has.
  if (!countsMajors && !series.includes('.')) return undefined
  if (!existing.includes(series)) {
    const isNewer = compare(series, existing.at(-1) ?? '') > 0
    const isOlder = compare(series, existing[0] ?? '') < 0
    const near = existing.filter((each) => each.split('.')[0] === series.split('.')[0]).slice(-1)
    const instead = [...near, existing.at(-1) ?? ''].map((each) => `${repository}:${each}`)
    return isNewer || isOlder ? undefined : {why: `there was never a version ${series}`, instead: [...new Set(instead)]}
  }
  const found = variants.get(variant)
  if (found?.has(series)) return undefined
  const near = [...variants.keys()]
    .filter((each) => variants.get(each)?.has(series) && !/alpine-?\d/.test(each))
    .sort((a, b) => distance(a, variant) - distance(b, variant))
  return {
    why: found ? `${variant} was never built for ${series}` : `there is no variant ${variant}`,
    instead: near.slice(0, 3).map((each) => `${repository}:${number}${each === '-' ? '' : `-${each}`}`),
  }
}

const releases = {
  debian: /^(?:jessie|stretch|buster|bullseye|bookworm|trixie|forky|sid)\b/,
  ubuntu:
    /^(?:ubuntu|trusty|xenial|bionic|focal|jammy|lunar|mantic|noble|oracular|plucky|questing|resolute|(?:1[68]|2[0-9])\.(?:04|10))\b/,
}

/** A tag of the one distribution at the image of the other: tags that hexpm/elixir has are often cut out of its names. */
function ofOther(repository: 'debian' | 'ubuntu', tag: string): NoSuchTag | undefined {
  if (repository === 'debian') {
    const [release] = releases.ubuntu.exec(tag) ?? []
    const [, name = '', day = '', slim = ''] = /^([a-z]+)-(\d{8})(-slim)?$/.exec(tag) ?? []
    const wrong = noSuchDay(name, day)
    if (wrong) return {why: wrong.why, instead: wrong.near.map((each) => `debian:${name}-${each}${slim}`), part: tag}
    return release === undefined
      ? undefined
      : {why: `${release} is no release of Debian`, instead: ['debian:trixie-slim', 'debian:bookworm-slim']}
  }
  const [release] = releases.debian.exec(tag) ?? []
  if (release !== undefined) {
    return {why: `${release} is no release of Ubuntu`, instead: [`debian:${tag}`, 'ubuntu:24.04']}
  }
  return /^[\w.]+(?:-\d{8})?-slim$/.test(tag) && releases.ubuntu.test(tag)
    ? {why: 'Ubuntu has no slim images', instead: [`ubuntu:${tag.replace(/-slim$/, '')}`]}
    : undefined
}

/**
 * Which release of Alpine 3 an image is built on, or a later one: `20` of 3.20. A tag without it follows Alpine as long as
 * its version is built; a patch stays where it was. undefined where the table does not tell.
 */
export function alpineOf(image: string): number | undefined {
  const [repository, tag = ''] = nameParts(image)
  const [, stated] = (repository === 'alpine' ? /^3\.(\d+)/ : /alpine-?3\.(\d+)/).exec(tag) ?? []
  if (stated !== undefined) return Number(stated)
  if (repository === 'alpine') return newestAlpine
  const variants = Object.hasOwn(officialTags, repository) ? read(officialTags[repository] as string) : undefined
  if (!variants) return undefined
  const [version = ''] = /^\d+(?:\.\d+)*(?=-|$)/.exec(tag) ?? []
  const length = [...(variants.get('-') ?? [])][0]?.includes('.') ? 2 : 1
  const parts = version.split('.').filter(Boolean)
  // `lts-alpine` and `3-alpine` are the newest, which the next release of Alpine reaches some weeks later.
  if (parts.length < length) return newestAlpine - 1
  const own = [...variants].flatMap(([name, series]) => {
    const [, release] = /^alpine3\.(\d+)$/.exec(name) ?? []
    return release !== undefined && series.has(parts.slice(0, length).join('.')) ? Number(release) : []
  })
  return own.length === 0 ? undefined : parts.length > length ? Math.min(...own) : Math.max(...own)
}

/** Of the table below. */
const newestAlpine = 24

/** How many words one variant has and the other has not. */
function distance(a: string, b: string): number {
  const [one, two] = [new Set(a.split('-').filter(Boolean)), new Set(b.split('-').filter(Boolean))]
  return [...one].filter((word) => !two.has(word)).length + [...two].filter((word) => !one.has(word)).length
}

const compare = (a: string, b: string): number => {
  const [[one = 0, two = 0], [three = 0, four = 0]] = [a.split('.').map(Number), b.split('.').map(Number)]
  return one - three || two - four
}

/** `slim alpine: 2.7 3.3..3.14`, a line each. */
function read(table: string): Variants {
  const variants = new Map<string, Set<string>>()
  for (const line of table.trim().split('\n')) {
    const [names = '', ranges = ''] = line.split(': ')
    for (const name of names.split(' ')) variants.set(name, new Set(ranges.split(' ').flatMap(seriesOf)))
  }
  return variants
}

function seriesOf(range: string): string[] {
  const [from = '', to = from] = range.split('..')
  const prefix = from.includes('.') ? `${from.split('.')[0]}.` : ''
  const last = (text: string) => Number(text.split('.').at(-1))
  return Array.from({length: last(to) - last(from) + 1}, (_, index) => `${prefix}${last(from) + index}`)
}
