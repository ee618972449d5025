/**
 * The tags of hexpm/elixir: github.com/hexpm/bob makes all of them, one for each Elixir, Erlang and system of that time
 * (lib/bob/job/docker_checker.ex).
 */
import {debianDates, noSuchDay} from './debian-dates.ts'
import type {NoSuchTag} from './official-tags.ts'

/** A version of two numbers is the branch of it, which is built as well. */
const whole = /^(\d+\.\d+(?:\.\d+(?:-rc\.\d+)?)?)-erlang-(\d+(?:\.\d+)+(?:-rc\d+)?)-(alpine|ubuntu|debian)-([\w.-]+)$/

const systems: Readonly<Record<string, {form: RegExp; such: string}>> = {
  alpine: {form: /^3\.\d+\.\d+$/, such: 'alpine-3.21.3'},
  ubuntu: {form: /^[a-z]+-\d{8}(?:\.\d+)?$/, such: 'ubuntu-noble-20250127'},
  debian: {form: /^[a-z]+-\d{8}(?:-slim)?$/, such: 'debian-bookworm-20250520-slim'},
}

/** With which Erlang each Elixir is compiled, of those that are finished (hexdocs.pm, compatibility and deprecations). */
const erlangs: Readonly<Record<string, readonly [from: number, to: number]>> = {
  '1.10': [21, 23],
  '1.11': [21, 24],
  '1.12': [22, 24],
  '1.13': [22, 25],
  '1.14': [23, 26],
  '1.15': [24, 26],
  '1.16': [24, 26],
  '1.17': [25, 27],
  '1.18': [25, 28],
}

/**
 * The day before which no patch of a version was, since the newest Debian alone is taken (March 2024). Of Erlang the second
 * number counts as well.
 */
const released: Readonly<Record<'Elixir' | 'Erlang', Readonly<Record<string, string>>>> = {
  Elixir: {'1.17': '20240610', '1.18': '20241218', '1.19': '20251014', '1.20': '20260601'},
  Erlang: {
    '27.0': '20240515',
    '27.1': '20240915',
    '27.2': '20241207',
    '27.3': '20250301',
    '28.0': '20250518',
    '28.1': '20250912',
    '28.2': '20251101',
    '28.3': '20251201',
    '29.0': '20260510',
  },
}

/** undefined where the tag is or may be there. */
export function noSuchHexTag(tag: string): NoSuchTag | undefined {
  if (!/^(?:latest$|$|\d)/.test(tag)) return undefined
  const [, elixir = '', erlang = '', system = '', os = ''] = whole.exec(tag) ?? []
  const known = systems[system]
  if (!known) {
    const official = /^\d+\.\d+(?:\.\d+)?$/.test(tag) ? [`elixir:${tag}`] : []
    const why = 'its tags name Elixir, Erlang and a system, as 1.18.4-erlang-27.3.4-debian-bookworm-20250520-slim does'
    // One with a system has a version of another form.
    return /-erlang-.{0,128}-(?:alpine|ubuntu|debian)-/.test(tag) ? undefined : {why, instead: official, cure}
  }
  if (!known.form.test(os))
    return {
      why: `it has none for ${system}-${os}, only with the whole version, as ${known.such}`,
      instead: [],
      cure,
      part: os,
    }
  const [, series = '', major = ''] = /^((\d+)\.\d+)/.exec(erlang) ?? []
  const [minor = ''] = /^\d+\.\d+/.exec(elixir) ?? []
  const [least, most] = erlangs[minor] ?? []
  if (least !== undefined && most !== undefined && (Number(major) < least || Number(major) > most))
    return {why: `Elixir ${minor} is made for Erlang ${least} to ${most}`, instead: [], cure, part: erlang}
  const [, release = '', day = '', slim = ''] = (system === 'debian' && /^([a-z]+)-(\d{8})(-slim)?$/.exec(os)) || []
  const wrong = noSuchDay(release, day)
  if (wrong)
    return {
      why: wrong.why,
      instead: [],
      cure: `Take ${wrong.near.map((each) => `${release}-${each}${slim}`).join(' or ')}.`,
      part: os,
    }
  for (const [name, version, since] of [
    ['Elixir', elixir, released.Elixir[minor]],
    ['Erlang', erlang, released.Erlang[series]],
  ] as const) {
    // Branches and candidates are older than the version.
    if (!/^\d+\.\d+\.\d+$/.test(version) && (name === 'Elixir' || version.includes('-'))) continue
    // The newest image of Debian may be some days late.
    const between = since === undefined || day === '' ? [] : debianDates.filter((each) => each > day && each <= since)
    if (between.length < 2) continue
    const later = debianDates.find((each) => each > (since ?? ''))
    return {
      why: `${name} ${version} is newer than the Debian of ${day}, and is built only on those from then on`,
      instead: [],
      cure: `Take a newer Debian${later ? `, such as ${release}-${later}${slim}` : ''}: hub.docker.com/r/hexpm/elixir/tags has what there is.`,
      part: os,
    }
  }
  return undefined
}

const cure = 'Take one of hub.docker.com/r/hexpm/elixir/tags, or the official elixir.'
