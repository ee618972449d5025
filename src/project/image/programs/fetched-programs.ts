/** What a RUN fetches with a program that is not there, and what it fetches into a folder that is not on PATH. */

import type {FileLocation} from '../../../check.ts'
import type {Dockerfile} from '../../dockerfile/dockerfile.ts'
import {allInstructions, instructionsBefore, mountsOf, rootImage} from '../../dockerfile/parse.ts'
import {plainName} from '../base/base-images.ts'
import type {BuildCommand} from '../build-commands.ts'
import {overlaps} from '../files/image-path.ts'
import {heldOf, type Image} from '../image.ts'
import {leavesOutRecommended} from '../packages/recommended.ts'
import {isCertain, programOf} from '../shell/command.ts'
import {mountsOnPath, programsAt} from './programs-at.ts'
import type {AbsentProgram} from './run-programs.ts'

export type Lack = Pick<
  AbsentProgram,
  'program' | 'says' | 'starves' | 'aside' | 'noCertificates' | 'carriage' | 'likely'
> & {
  command: BuildCommand
  /** A script that calls it, and where. */
  by?: string
  written?: FileLocation
}

/** They end well when they get nothing to run. */
const interpreters = /^(?:(?:ba|da|z)?sh|python3?|node|perl)$/
/** They stop when they get nothing to unpack, or no key. */
const stopping = /^(?:tar|gunzip|unxz|bunzip2|gpg|apt-key|bsdtar)$/

/**
 * `curl … | sh` without curl: only the failure of the last program of a pipe counts, so that the shell runs nothing and
 * the build goes on. Under pipefail it stops, and so does what must get something.
 */
export function* unfedPipes(commands: readonly BuildCommand[], image: Image, {file}: Dockerfile): Iterable<Lack> {
  for (const [index, command] of commands.entries()) {
    const program = programOf(command) ?? ''
    const sink = commands[index + 1]
    if (!/^(?:curl|wget)$/.test(program) || program !== command.words[0] || command.by !== undefined) continue
    if (command.conditional || sink?.moment !== command.moment || !sink.decisive || sink.conditional) continue
    const {instruction, stage} = command.moment
    const {endLine = 1, endColumn = 1} = command.at
    const behind = instruction.text.slice(file.offset(endLine, endColumn) - instruction.offset)
    if (!/^(?:\s|\\\n)*\|(?![|&])/.test(behind) || mountsOnPath(command)) continue
    const isThere = programsAt(command, image)?.has(program) !== 'no'
    const noCertificates = isThere ? uncertified(command, image) : undefined
    if (isThere && !noCertificates) continue
    const shells = allInstructions(stage).filter(({keyword}) => keyword === 'SHELL')
    const fails = /\bpipefail\b/.test(`${command.before}${shells.map(({text}) => text).join('\n')}`)
    const to = programOf(sink) ?? ''
    if (fails || stopping.test(to)) yield {command, program, says: noCertificates, noCertificates: isThere}
    else if (interpreters.test(to)) yield {command, program, says: noCertificates, starves: to, noCertificates: isThere}
  }
}

/** `curl https://…`, where nothing has brought the certificates that it wants to see. */
export function* uncertifiedFetches(commands: readonly BuildCommand[], image: Image): Iterable<Lack> {
  for (const command of commands) {
    const says = isCertain(command) && command.by === undefined ? uncertified(command, image) : undefined
    if (says) yield {command, program: programOf(command) ?? '', says, noCertificates: true}
  }
}

/** Debian's packages that do not need ca-certificates; curl, wget and git only recommend it. */
const withoutCertificates =
  /^(?:curl|wget|git|(?:un)?zip|xz-utils|tar|bzip2|make|gcc|g\+\+|build-essential|pkg-config|libpq-dev|libpq5|libssl-dev|libssl3|openssl|procps|tini|dumb-init|jq|sqlite3|libsqlite3-0|tzdata|locales|netcat-openbsd|gnupg2?|dirmngr|lsb-release|less|nano|vim|file|patch|rsync|openssh-client|libvips42?|libjemalloc2|postgresql-client|python3|python-is-python3|node-gyp|gosu)$/
/** Debian's slim image, Ubuntu's, and the slim ones of Node.js have none. */
const plainBases = /^(?:debian(?::[\w.-]+)?|ubuntu(?::[\w.-]+)?|node:(?:[\w.]+-)?(?:\w+-)?slim)$/

/** What the program says that finds no certificates; undefined where it may have some. */
function uncertified(command: BuildCommand, image: Image): string | undefined {
  const {moment, before, words} = command
  const {stage, instruction, files, variables} = moment
  const text = words.map((word) => word ?? '$').join(' ')
  const says = [...sayings].find(([pattern]) => pattern.test(text))?.[1]
  // What stands before its name in its command: GIT_SSL_NO_VERIFY=1.
  const [own = ''] = instruction.text.slice(before.length).split(words[0] ?? '')
  if (!says || /\s(?:-\w*k\w*|--insecure|--no-check-certificate|--ca\S*|--no-verify-ssl)\b|sslVerify|\$/.test(text))
    return undefined
  const base = rootImage(stage)
  if (base === undefined || !plainBases.test(plainName(base))) return undefined
  const [then, another] = heldOf(image, command).commands
  if (!then || another || then.packagesThen.opaque) return undefined
  const {named} = then.packagesThen
  if (!named.every((each) => withoutCertificates.test(each)) || !named.includes(words[0] ?? '')) return undefined
  const runs = instructionsBefore(stage, instruction).filter(({keyword}) => keyword === 'RUN')
  const texts = [...runs.map((each) => each.text), before, own].map((each) => each.replace(/\\\r?\n/g, ' '))
  if (!leavesOutRecommended(texts)) return undefined
  if (
    texts.some((each) =>
      /certs|certificate|\bssl\b|SSL_|sslVerify|insecure|\.pem|\.crt|\.curlrc|\.wgetrc|gitconfig/i.test(each),
    )
  )
    return undefined
  if ([...variables.keys()].some((name) => /SSL|CERT|CA_BUNDLE|^CURL_HOME$/.test(name)) || files.get('/etc/ssl'))
    return undefined
  if (
    moment.unknown.some(({by, path}) => by === 'copy' && overlaps('/etc/ssl/certs', path)) ||
    mountsOf(instruction).some((mount) => mount.get('type') !== 'cache')
  )
    return undefined
  return says
}

/** Of the programs of Debian, where nothing verifies a certificate. */
const sayings: ReadonlyMap<RegExp, string> = new Map([
  [/^curl\s(?:.*\s)?["']?https:\/\//, 'curl: (77) error setting certificate file'],
  [/^wget\s(?:.*\s)?["']?https:\/\//, 'The certificate is not trusted'],
  [/^git (?:-\S+ )*clone\s(?:.*\s)?https:\/\//, 'server certificate verification failed'],
])

/** Scripts that lay programs in a folder of the home, and tell only later shells of it (the scripts themselves). */
const installers: readonly {url: string; folder: string; programs: readonly string[]}[] = [
  {url: 'astral\\.sh/uv', folder: '.local/bin', programs: ['uv', 'uvx']},
  {url: 'install\\.python-poetry\\.org', folder: '.local/bin', programs: ['poetry']},
  {url: 'sh\\.rustup\\.rs', folder: '.cargo/bin', programs: ['cargo', 'rustc', 'rustup']},
  {url: 'bun\\.(?:sh|com)/install', folder: '.bun/bin', programs: ['bun', 'bunx']},
  {url: 'deno\\.land/(?:x/install/)?install', folder: '.deno/bin', programs: ['deno']},
  {url: 'get\\.pnpm\\.io', folder: '.local/share/pnpm', programs: ['pnpm']},
  {url: 'fly\\.io/install', folder: '.fly/bin', programs: ['flyctl', 'fly']},
]

/** `curl … | sh`, with what stands between and behind. */
const pipedInto = (url: string) =>
  new RegExp(
    String.raw`\b(?:curl|wget)\b(?:[^|;&\n]|\\\n){0,300}${url}(?:[^|;&\n]|\\\n){0,300}\|(?:\s|\\\n){0,50}(?:ba|da)?(?:sh|python3?)\b(?:[^|;&\n]|\\\n){0,200}`,
    'g',
  )

/** What a shell is told for itself, and forgets when its RUN ends. */
const toldToShell = /\bexport PATH=[^;&|\n]{0,500}|(?<=^|[\s;&])(?:\.|source)\s[^;&|\n]{0,500}/g

/** They lay it elsewhere, or on PATH. */
const elsewhere = /\b(?:UV_\w+|XDG_\w+|CARGO_HOME|POETRY_HOME|BUN_INSTALL|DENO_INSTALL|PNPM_HOME|FLYCTL_INSTALL|HOME)\b/

/** A program that was fetched into a folder that no RUN has on PATH: what a RUN exports, or reads of a profile, ends with it. */
export function* programsAside(commands: readonly BuildCommand[], image: Image): Iterable<Lack> {
  for (const command of commands) {
    const {moment, by, before, conditional, decisive} = command
    const name = command.words[0] ?? ''
    const installer = installers.find(({programs}) => programs.includes(name))
    if (!installer || by !== undefined || conditional || !decisive || mountsOnPath(command)) continue
    const fetch = pipedInto(installer.url)
    const {stage, instruction, variables} = moment
    const runs = instructionsBefore(stage, instruction).filter(({keyword}) => keyword === 'RUN')
    const texts = [...runs.map(({text}) => text), before]
    // Of what has a default only: `$HOME` in an `export PATH` says nothing of another folder.
    const settings = texts.map((text) => text.replace(/\bexport PATH=\S+|\$\{?HOME\b/g, '')).join('\n')
    if (!texts.some((text) => text.match(fetch)) || elsewhere.test(settings)) continue
    if ([...variables.keys()].some((each) => elsewhere.test(each))) continue
    const plain = (text: string) => text.replace(fetch, '').replace(toldToShell, '')
    if (programsAt(command, image, plain)?.has(name, true) !== 'no') continue
    const host = /\/\/([\w.-]+)/.exec(texts.join('\n').match(fetch)?.[0] ?? '')?.[1] ?? ''
    const exported = runs.some(({text}) => /\bexport PATH=|(?:^|[\s;&])(?:\.|source)\s/.test(text))
    yield {command, program: name, says: undefined, aside: {folder: installer.folder, host, exported}}
  }
}
