/** What cannot unpack what it is given: scripts that are fetched and run, and tar. */
import {instructionsBefore, rootImage} from '../../dockerfile/parse.ts'
import {plainName} from '../base/base-images.ts'
import {basePrograms} from '../base/base-programs.ts'
import type {BuildCommand} from '../build-commands.ts'
import {overlaps} from '../files/image-path.ts'
import {heldOf, type Image} from '../image.ts'
import {lacks} from '../moment.ts'
import {mayInstallAnything} from '../programs/programs.ts'
import {runsFetched} from './fetched-scripts.ts'
import {leavesOutRecommended} from './recommended.ts'

/** One of the programs is enough (the scripts themselves). */
const scripts: readonly {url: RegExp; needs: readonly [string, ...string[]]; says: string}[] = [
  {url: /^https:\/\/bun\.(?:sh|com)\/install$/, needs: ['unzip'], says: 'unzip is required to install bun'},
  {
    url: /^https:\/\/deno\.land\/(?:x\/install\/)?install\.sh$/,
    needs: ['unzip', '7z'],
    says: 'either unzip or 7z is required to install Deno',
  },
  {
    url: /^https:\/\/rclone\.org\/install\.sh$/,
    needs: ['unzip', '7z', 'busybox'],
    says: 'None of the supported tools for extracting zip archives (unzip 7z busybox) were found',
  },
]
/** The images of Debian and Ubuntu without build tools, and those of languages on them, have tar and no xz. */
const withoutXz = /^(?:debian|ubuntu)(?::[\w.-]+)?$|^(?:node|python|ruby|oven\/bun):(?:[\w.]+-)*slim(?:-\w+)?$/
/** Packages that are xz, or need it: those that build packages of Debian do. */
const bringsXz =
  /xz|dpkg|essential|deb(?:helper|ootstrap|conf)?$|devscripts|rpm|squashfs|kmod|linux-|archive|7z|busybox|npm|node-gyp|ruby|gem|r-base|texlive|qt|llvm|^ubuntu-|autopoint|sysstat|unattended-upgrades|needrestart|^nix|haskell-stack|guestfs|hplip|printer-/
/** They recommend none that needs it. */
const plainPackage =
  /^(?:curl|wget|git|ca-certificates|gnupg2?|unzip|zip|jq|openssl|tini|dumb-init|procps|bash|sudo|make|tar|bzip2|gzip|sqlite3|tzdata|netcat-openbsd|libpq5|ffmpeg)$/

/** Packages of Debian that need or recommend unzip, or bring another program of those. */
const brings = /unzip|^zip$|7z|busybox|composer|texlive|libreoffice|^r-|mc$/

/** What a script of a RUN lacks; Alpine, with busybox, unpacks by itself. */
export function unpackerLack(
  command: BuildCommand,
  image: Image,
): {program: string; by: string; says: string} | undefined {
  const {moment, words, before, conditional} = command
  const {stage, instruction} = moment
  if (words[0] === 'tar') return xzLack(command, image)
  const url = words.find((word) => word?.startsWith('https://')) ?? ''
  const script = scripts.find((each) => each.url.test(url))
  const base = basePrograms(rootImage(stage) ?? '')
  if (!script || conditional || base?.distribution !== 'debian') return undefined
  if (!runsFetched.test(instruction.text) || instruction.text.includes('||')) return undefined
  const [then, another] = heldOf(image, command).commands
  const earlier = instructionsBefore(stage, instruction).filter(({keyword}) => keyword === 'RUN')
  const texts = [...earlier.map(({text}) => text), before]
  const isThere = script.needs.some(
    (each) =>
      base.has.has(each) ||
      texts.some((text) => text.includes(each)) ||
      ['/usr/bin', '/usr/local/bin', '/bin'].some((folder) => !lacks(command, `${folder}/${each}`)),
  )
  if (!then || another || isThere || texts.some(mayInstallAnything) || !then.packagesThen.lack(brings)) return undefined
  return {program: script.needs[0], by: `the script of ${new URL(url).hostname}`, says: script.says}
}

/** `tar -xJf node.tar.xz`: tar starts xz for it (GNU tar; that of busybox needs none). */
function xzLack(command: BuildCommand, image: Image): {program: string; by: string; says: string} | undefined {
  const {moment, words, before, conditional, decisive, by} = command
  const {stage, instruction} = moment
  const [, first = '', ...rest] = words.map((word) => word ?? '?')
  const base = rootImage(stage)
  if (conditional || !decisive || by !== undefined || base === undefined || !withoutXz.test(plainName(base)))
    return undefined
  const letters = [first.replace(/^-?(?!-)/, '-'), ...rest].filter((word) => /^-[A-Za-z]+$/.test(word)).join('')
  // Other names are those of members.
  const archive = words[words.findIndex((word) => /^-?[A-Za-z]*f$|^--file$/.test(word ?? '')) + 1] ?? ''
  const isNamed = /\.(?:tar\.xz|txz)$/.test(archive) && !/[zj]/.test(letters)
  const unpacks = /x/.test(letters) && (/J/.test(letters) || isNamed)
  const usesAnother = /I/.test(letters) || words.some((word) => word?.startsWith('--use-compress'))
  if (usesAnother || !(unpacks || [first, ...rest].includes('--xz'))) return undefined
  const [then, another] = heldOf(image, command).commands
  const earlier = instructionsBefore(stage, instruction).filter(({keyword}) => keyword === 'RUN')
  const texts = [...earlier.map(({text}) => text), before]
  // A file that a COPY lays there, or a folder of programs that is not seen.
  const isThere = ['/usr/bin/xz', '/usr/local/bin/xz', '/bin/xz'].some(
    (path) => moment.files.get(path) || moment.unknown.some((each) => each.by === 'copy' && overlaps(path, each.path)),
  )
  if (!then || another || isThere || texts.some((text) => mayInstallAnything(text) || /(?<![.\w])xz\b/.test(text)))
    return undefined
  const isPlain = leavesOutRecommended(texts)
  if (!then.packagesThen.lack((name) => bringsXz.test(name) || !(isPlain || plainPackage.test(name)))) return undefined
  return {program: 'xz', by: 'tar', says: 'tar (child): xz: Cannot exec: No such file or directory'}
}
