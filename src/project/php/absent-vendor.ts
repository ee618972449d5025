/** Files of PHP that begin with composer's autoloader, where the image has no packages of composer at all. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions, flagOf, rootImage} from '../dockerfile/parse.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import {plainName} from '../image/base/base-images.ts'
import {copyOf} from '../image/files/context-path.ts'
import {isBelow, overlaps, withAbove} from '../image/files/image-path.ts'
import {leavesVendor} from '../image/shell/quiet-run.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes/processes.ts'

export interface AbsentVendor {
  /** The command that loads the file; undefined where the web server does, with every request. */
  by: string | undefined
  command: FileLocation
  at: FileLocation
  /** `/var/www/html/vendor/autoload.php` */
  path: string
  /** The line of .dockerignore that leaves vendor out. */
  ignoredAt: FileLocation | undefined
  /** The packages of the computer that deploys may come. */
  isByHand: boolean
}

/** Images that have no app of their own. */
const plainImages = /^(?:php|debian|ubuntu|alpine|dunglas\/frankenphp)(?::|$)/
const webImages = /^php:(?:[\d.]+-)?(?:apache|fpm)\b/

/** At the beginning of a line, where no condition is around it. */
const loads =
  /^(?:return\s{1,20})?require(?:_once)?[ \t]{0,20}\(?[ \t]{0,20}(__DIR__|dirname\(__DIR__\))[ \t]{0,20}\.[ \t]{0,20}(['"])(\/[\w./-]{0,300}\bvendor\/autoload(?:_runtime)?\.php)\2/m

export async function loadAbsentVendor({reader}: Inputs, facts: FactStore): Promise<Fact<AbsentVendor[]>> {
  const [[{final}, context], files, flyConfig, workflows] = await Promise.all([
    facts.needAll('build', 'buildContext'),
    facts.value('files'),
    facts.value('flyConfig'),
    facts.value('workflows'),
  ])
  const paths = files ?? noFiles
  const instructions = allInstructions(final.stage)
  const base = plainName(rootImage(final.stage) ?? '')
  const runs = instructions.filter(({keyword}) => keyword === 'RUN')
  if (!plainImages.test(base) || !runs.every(({flags, text}) => flags.length === 0 && leavesVendor(text)))
    return known([])
  // A script that the machine begins with may install them, also one that is not followed.
  const {started, texts} = await startedCommands(facts)
  const scripts = await reader.texts(paths.ending('.sh').filter((path) => !/(?:^|\/)vendor\//.test(path)))
  const shell = texts.filter(({text, code}) => !code && !text.includes('<?php'))
  if ([...shell, ...scripts].some(({text}) => /\bcomposer\b|\bvendor\b/.test(text))) return known([])
  const mounts = (flyConfig?.config.mounts ?? []).flatMap(({destination}) => destination ?? [])

  for (const {by, command, folder, certain} of started) {
    const [program = '', script] = command.words.filter((word) => !word?.startsWith('-'))
    if (!certain || folder === undefined || script === undefined || !/^(?:\S*\/)?php$/.test(program)) continue
    const found = await absentFor(posix.resolve(folder, script))
    if (found) return known([{...found, by, command: command.at}])
  }
  const root = final.config.workingDir || '/'
  for (const folder of webImages.test(base) ? [root, '/var/www/html'] : []) {
    const found = (await absentFor(posix.join(folder, 'public/index.php'))) ?? (await absentFor(`${folder}/index.php`))
    if (found) return known([{...found, by: undefined, command: final.stage.at}])
  }
  return known([])

  /** What a file of the image asks for first, where it surely is not there. */
  async function absentFor(path: string): Promise<Omit<AbsentVendor, 'by' | 'command'> | undefined> {
    const entry = final.files.get(path)
    const file: TextFile | undefined =
      entry?.kind === 'file' && paths.has(entry.source) ? await reader.text(entry.source) : undefined
    const match = file && loads.exec(file.text)
    if (entry?.kind !== 'file' || !file || !match) return undefined
    const [whole, from, , wanted = ''] = match
    const place = posix.join(posix.dirname(path), from === '__DIR__' ? '.' : '..', wanted)
    const vendor = posix.dirname(place)
    if (withAbove(vendor).some((each) => final.files.get(each, {followLast: false})?.kind === 'link')) return undefined
    if (final.files.get(place) || final.files.get(vendor)?.kind === 'folder') return undefined
    if (final.unknown.some((each) => each.by === 'copy' && overlaps(place, each.path))) return undefined
    if (mounts.some((each) => overlaps(place, each))) return undefined
    // The folder of the project that this one is a copy of.
    const origin = posix.join(posix.dirname(entry.source), from === '__DIR__' ? '.' : '..', wanted)
    const ignoredAt = context.ruleAgainst(`/${origin}`)
    if (origin.startsWith('..') || (!ignoredAt && paths.hasFolder(posix.dirname(origin)))) return undefined
    // The steps of a workflow before its deploy may install them, and so may whoever deploys by hand.
    const isByHand = !ignoredAt && isCopied(posix.dirname(origin))
    if (isByHand && workflows?.deploys.some(({config}) => config === flyConfig?.file)) return undefined
    const at = file.span(match.index, match.index + whole.length)
    return {at, path: place, ignoredAt, isByHand}
  }

  /** Whether a COPY takes the folder from the build context, once it is there. */
  function isCopied(origin: string): boolean {
    return instructions.some(
      (each) =>
        flagOf(each, 'from') === undefined &&
        copyOf(each)?.sources.some(
          (source) => /[$*?[]/.test(source) || isBelow(`/${origin}`, posix.resolve('/', source)),
        ),
    )
  }
}
