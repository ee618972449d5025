/** The home of the image's user, where programs keep what they need, and whether it is there at all. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {lineage, rootImage} from '../../dockerfile/parse.ts'
import {basePrograms} from '../base/base-programs.ts'
import {mayMakeAny} from '../base/known-users.ts'
import {type Release, releaseOf} from '../base/releases.ts'
import type {Build} from '../build.ts'
import type {Moment} from '../moment.ts'
import {type Command, isCertain, programOf} from '../shell/command.ts'

export interface Home {
  path: string
  /** What makes the user, and not its home; of a number without a name the USER. */
  at: FileLocation
}

/** Releases in which `adduser --system` gives its users a home that does not exist (adduser 3.122, NEWS). */
const withoutHome = /^(?:bookworm|trixie|forky|noble|oracular|plucky|questing|resolute)$/

/** The home that is not there; undefined where there is one, or it cannot be told. */
export function missingHome(
  {final, stages}: Pick<Build, 'final' | 'stages'>,
  user: string,
  at: FileLocation,
): Home | undefined {
  const [name = ''] = user.split(':')
  const root = rootImage(final.stage)
  const base = root === undefined ? undefined : basePrograms(root)
  if (root === undefined || !base || final.config.env.get('HOME') !== undefined || final.files.get('/etc/passwd'))
    return undefined
  const own = new Set(lineage(final.stage))
  const moments = stages.filter(({stage}) => own.has(stage)).flatMap((each) => each.moments)
  const makers = moments.flatMap((moment) => moment.commands.filter(makesUsers).map((command) => ({command, moment})))
  const [maker, another] = makers.filter(({command: {words}}) => words.some((word) => word === name))
  if (
    another ||
    moments.some(({instruction: {text}}) => /\busermod\b|\/etc\/(?:passwd|skel|default|adduser|login)/.test(text))
  )
    return undefined
  if (!maker) {
    // Fly.io's init gives a number that no name has the home /; the images bring users up to 1000.
    const isNew = /^\d+$/.test(name) && Number(name) > 1000 && Number(name) < 60_000
    const opens = /\s\/\.cache\b|\bch(?:mod|own|grp)\s[^&|;\n]{0,200}\s\/(?=[\s&|;]|$)/
    return isNew &&
      makers.length === 0 &&
      !moments.some(({instruction: {text}}) => mayMakeAny(text) || opens.test(text))
      ? {path: '/', at}
      : undefined
  }
  const path = isCertain(maker.command) ? unmadeHome(maker.command, base.distribution, releaseOf(root)) : undefined
  return path === undefined || isMade(path) ? undefined : {path, at: maker.command.at}

  /** By a COPY, a WORKDIR, or a RUN that speaks of it, or of homes. */
  function isMade(home: string): boolean {
    const {files, unknown} = final
    const speaks = ({instruction: {text}}: Moment) =>
      new RegExp(`(?:^|[^\\w/])${home}(?![\\w-])`).test(text.replace(/\b(?:useradd|adduser)\b[^&|;\n]*/g, '')) ||
      /\bmkhomedir|~|\$\{?HOME\b|\/home\/\$/.test(text)
    return (
      files.get(home) !== undefined ||
      moments.some(speaks) ||
      unknown.some(({by, path: place}) => by === 'copy' && (place === '/home' || place.startsWith(home)))
    )
  }
}

const makesUsers = (command: Command): boolean => /^(?:useradd|adduser)$/.test(programOf(command) ?? '')

/** The home that a command gives its user without making it. */
function unmadeHome(
  {words}: Command,
  distribution: 'debian' | 'alpine' | 'none',
  release: Release | undefined,
): string | undefined {
  const [program = '', ...rest] = words
  if (rest.includes(undefined)) return undefined
  const options = rest as string[]
  const short = (letter: string) => options.some((word) => new RegExp(`^-[a-zA-Z]*${letter}`).test(word))
  const long = (...names: string[]) => options.some((word) => names.includes(word.split('=')[0] as string))
  // A home of its own may be the folder of the app, or be made elsewhere.
  if (long('--home', '--home-dir', '--root', '--prefix') || short('d') || short('h')) return isNone(options)
  const name = options.at(-1) ?? ''
  if (
    !/^[a-z_][\w-]*$/.test(name) ||
    /^-\w*[ugGsKkcef]$|^--(?!(?:system|group|disabled-\w+|(?:no-)?create-home|(?:no-)?user-group|no-log-init|quiet|non-unique)$)[a-z-]+$/.test(
      options.at(-2) ?? '',
    )
  )
    return undefined
  if (posix.basename(program) === 'useradd') return short('m') || long('--create-home') ? undefined : `/home/${name}`
  if (distribution === 'alpine') return short('H') || long('--no-create-home') ? `/home/${name}` : undefined
  if (distribution !== 'debian') return undefined
  if (long('--system')) return release && withoutHome.test(release.name) ? '/nonexistent' : undefined
  return long('--no-create-home') ? `/home/${name}` : undefined
}

/** `--home /nonexistent --no-create-home`, as docker init writes it. */
const isNone = (options: readonly string[]): string | undefined =>
  options.some(
    (word, index) => /^(?:--home|--home-dir|-d|-h)$/.test(options[index - 1] ?? '') && word === '/nonexistent',
  ) && options.some((word) => /^(?:--no-create-home|-M|-H)$/.test(word))
    ? '/nonexistent'
    : undefined
