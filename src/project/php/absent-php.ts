import {posix} from 'node:path'
import {instructionsBefore} from '../dockerfile/parse.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import type {Image} from '../image/image.ts'
import {unchangedAt} from '../image/moment.ts'
import type {Lack} from '../image/programs/fetched-programs.ts'
import type {Project} from '../image/programs/missing-tasks.ts'
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

/**
 * The plugin runs `php artisan wayfinder:generate` as a build begins, and ends it where that fails (its `buildStart`); a stage
 * of Node.js has no php.
 */
export async function wayfinderLack(command: BuildCommand, image: Image, project: Project): Promise<Lack | undefined> {
  if (programOf(command) !== 'vite' || command.words[1] !== 'build' || mountsOnPath(command)) return undefined
  const names = ['ts', 'js', 'mts', 'mjs'].map((end) => posix.join(command.folder, `vite.config.${end}`))
  const paths = names.map((name) => unchangedAt(command, name, project.tracked)).filter((path) => path !== undefined)
  const [path, another] = paths
  const config = another === undefined ? await project.reader.text(path) : undefined
  const [, name] =
    /\bimport\s*\{\s*(wayfinder)\s*\}\s*from\s*["']@laravel\/vite-plugin-wayfinder["']/.exec(config?.text ?? '') ?? []
  // It may stand under a condition, or run something else.
  const plain = /^[^\S\n]{0,200}(?:wayfinder\(|plugins:\s*\[[^?&\n]{0,300}\bwayfinder\()/m
  if (!config || !name || !plain.test(config.text) || /\bcommand\s*:/.test(config.text)) return undefined
  const programs = programsAt(command, image, (text) => text.replace(/\\\r?\n/g, ' ').replace(onlyNames, ''))
  if (programs?.base === undefined || programs.has('php', true) !== 'no') return undefined
  return {command, program: 'php', by: '@laravel/vite-plugin-wayfinder', says: 'Error generating types'}
}
