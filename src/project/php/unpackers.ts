import {posix} from 'node:path'
import {instructionsBefore, mountsOf, mountTarget, rootImage} from '../dockerfile/parse.ts'
import {isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import {basePrograms} from '../image/base/base-programs.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {overlaps} from '../image/files/image-path.ts'
import {heldOf, type Image} from '../image/image.ts'
import {sourceAt, unchangedAt} from '../image/moment.ts'
import type {Project} from '../image/programs/missing-tasks.ts'
import {programsAt} from '../image/programs/programs-at.ts'
import {isCertain, programOf} from '../image/shell/command.ts'
import {installedIn} from './extensions.ts'

/** `libzip-dev` brings no program of this name, and an address on GitHub none of that. */
const named = /\bunzip\b|@composer\b|(?<![.\w-])git\s/

/**
 * Composer unpacks what it loads with unzip or 7z, or with the extension zip, and clones it with git where it has none of
 * them (composer's ZipDownloader and GitDownloader). The images of PHP on Debian have nothing of that; on Alpine busybox
 * unpacks.
 */
export async function composerLack(
  command: BuildCommand,
  image: Image,
  {reader, tracked}: Project,
): Promise<{program: string; by: string; says: string; likely: boolean} | undefined> {
  const {moment, words, folder} = command
  if (!isCertain(command) || programOf(command) !== 'composer' || !/^(?:install|i|update|u)$/.test(words[1] ?? ''))
    return undefined
  if (words.some((word) => word === undefined || /^(?:-d|--working-dir|--dry-run|--no-install)/.test(word)))
    return undefined
  const {stage, instruction, files} = moment
  const base = basePrograms(rootImage(stage) ?? '')
  if (base?.distribution !== 'debian') return undefined
  const php = installedIn(stage, moment.variables.values(), instruction)
  if (!php?.isPhp || !php.lacks('zip')) return undefined
  // By any other name: no package, script or COPY is seen that may bring a program.
  if (programsAt(command, image)?.has('7z', true) !== 'no') return undefined
  const [then] = heldOf(image, command).commands
  const texts = [...instructionsBefore(stage, instruction).map(({text}) => text), command.before]
  if (!then?.packagesThen.lack(/^(?:git|unzip|zip)$/) || texts.some((text) => named.test(text))) return undefined
  const manifest = unchangedAt(command, posix.join(folder, 'composer.json'), tracked)
  if (manifest === undefined) return undefined
  // Another file, or another folder: COMPOSER=…, COMPOSER_VENDOR_DIR=…
  if (moment.variables.has('COMPOSER') || /\bCOMPOSER(?:_VENDOR_DIR)?=/.test(instruction.text)) return undefined
  // What is there already is not loaded.
  const vendor = posix.join(folder, 'vendor')
  const isThere = moment.variables.has('COMPOSER_VENDOR_DIR') || files.get(vendor) !== undefined
  if (isThere || moment.unknown.some(({by, path}) => by === 'copy' && overlaps(path, vendor))) return undefined
  if (mountsOf(instruction).some((mount) => (mountTarget(mount) ?? '').includes('vendor'))) return undefined
  if (!(await loadsArchives(manifest))) return undefined
  const isBrought = image.copies(posix.join(posix.dirname(manifest), 'vendor/autoload.php'))
  return {
    program: 'unzip',
    by: `composer ${words[1]}`,
    says: 'The zip extension and unzip/7z commands are both missing',
    likely: isBrought,
  }

  /** Whether it has a package to load: by composer.lock, or where there is none, by composer.json. */
  async function loadsArchives(path: string): Promise<boolean> {
    const lockPath = sourceAt(moment, posix.join(folder, 'composer.lock'), tracked)
    const [own, lock] = await Promise.all([path, lockPath].map(tableOf))
    if (!own || (isTable(own.config) && own.config['vendor-dir'])) return false
    if (lockPath === undefined) {
      const {require, repositories} = own
      // Those of its own may have folders, and archives of another kind.
      if (repositories || !isTable(require)) return false
      return Object.keys(require).some((name) => name.includes('/') && !isPlatform(name))
    }
    const packages = lock?.packages
    return (
      Array.isArray(packages) &&
      packages.some((each) => isTable(each) && isTable(each.dist) && each.dist.type === 'zip')
    )
  }

  async function tableOf(place: string | undefined) {
    const file = await reader.text(place)
    const document = file && parseJson(file)
    return document && 'value' in document ? document.value : undefined
  }
}

const isPlatform = (name: string): boolean => /^(?:ext|lib)-/.test(name)
