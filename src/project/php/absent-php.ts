import {instructionsBefore} from '../dockerfile/parse.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import type {Image} from '../image/image.ts'
import type {Lack} from '../image/programs/fetched-programs.ts'
import {mountsOnPath, programsAt} from '../image/programs/programs-at.ts'
import {programOf} from '../image/shell/command.ts'

/**
 * What has the name and brings nothing: files of PHP, the folder of its settings, a source of packages; and lists of
 * packages, which are known by themselves.
 */
const onlyNames =
  /\b(?:apt-get|apt|apk)\s[^;&|\n]{1,3000}|[^\s;&|"']{0,200}\.php\b|\/etc\/php[^\s;&|"']{0,200}|\bppa:[^\s;&|"']{1,100}|"[^"\n]{0,300}<\?php[^"\n]{0,300}"/g

/**
 * Composer is a file of PHP, which `COPY --from=composer` brings alone: its first line asks for php, and the image has none.
 * "env: 'php': No such file or directory".
 */
export function phpLack(command: BuildCommand, image: Image): Lack | undefined {
  if (programOf(command) !== 'composer' || command.words[0] !== 'composer' || mountsOnPath(command)) return undefined
  const programs = programsAt(command, image, (text) => text.replace(/\\\r?\n/g, ' ').replace(onlyNames, ''))
  if (programs?.base === undefined || programs.has('php', true) !== 'no') return undefined
  if (!bringsComposer(command)) return undefined
  return {command, program: 'php', by: 'composer', says: "env: 'php': No such file or directory"}
}

/** A COPY of the file alone: what a package of the system brings has its PHP. */
const bringsComposer = ({moment}: BuildCommand): boolean =>
  instructionsBefore(moment.stage, moment.instruction).some(
    ({keyword, flags, words}) =>
      keyword === 'COPY' &&
      flags.some(([name]) => name === 'from') &&
      words.slice(0, -1).every((word) => /\/composer(?:\.phar)?$/.test(word)),
  )
