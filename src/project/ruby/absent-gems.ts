/** Gems that `bundle install` lays where the machines do not find them. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {copiesFrom, lineage} from '../dockerfile/parse.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {isBelow, overlaps} from '../image/files/image-path.ts'
import {isQuietStage} from '../image/shell/quiet-run.ts'
import {startedCommands} from '../processes/processes.ts'
import {type GemPlace, gemPlaceOf, isOfficial} from './gem-places.ts'

export interface AbsentGems {
  by: string
  /** The program that the gems are not found by, or that is not found itself. */
  program: string
  /** `gems`: no COPY brings them to the last stage. `path`: the program lies in no folder of PATH. */
  kind: 'gems' | 'path'
  at: FileLocation
  install: FileLocation
  /** The folder of the gems. */
  folder: string
  /** The stage that has them, by its name. */
  stage: string | undefined
}

/** Programs that are of gems alone, and that a name of one's own is seldom given to. */
const ofGems: Readonly<Record<string, string>> = {
  rails: 'railties',
  rake: 'rake',
  puma: 'puma',
  unicorn: 'unicorn',
  sidekiq: 'sidekiq',
  good_job: 'good_job',
  thrust: 'thruster',
  foreman: 'foreman',
  rackup: 'rackup',
  falcon: 'falcon',
  hanami: 'hanami-cli',
}

export async function loadAbsentGems(facts: FactStore): Promise<Fact<AbsentGems[]>> {
  const [[build, {commands}], gems, flyConfig] = await Promise.all([
    facts.needAll('build', 'buildCommands'),
    facts.value('gems'),
    facts.value('flyConfig'),
  ])
  const {final} = build
  const installs = commands.filter(({words}) => words[0] === 'bundle' && words[1] === 'install')
  const [install, another] = installs
  const place = install && !another && !install.conditional ? gemPlaceOf(install) : undefined
  const {started, texts} = await startedCommands(facts)
  // A script that starts the app may install them.
  if (
    !install ||
    !place ||
    !isOfficial(final.stage) ||
    texts.some(({text}) => /\b(?:bundler?|gem) (?:install|check|update|config)\b/.test(text))
  )
    return known([])
  const mounts = (flyConfig?.config.mounts ?? []).flatMap(({destination}) => destination ?? [])
  if (mounts.some((each) => overlaps(each, place.folder))) return known([])
  const first = isAbsent(install, place)
    ? started.find(({command, certain}) => certain && needsGems(command.words))
    : undefined
  const own = {install: install.at, folder: place.folder, stage: install.moment.stage.name}
  if (first)
    return known([{...own, kind: 'gems', by: first.by, program: nameOf(first.command.words), at: first.command.at}])
  const locked = new Set([...(gems?.values() ?? [])].flatMap((lock) => [...lock.gems.keys()]))
  const off = place.isOwn ? started.find((each) => each.certain && isOffPath(each.command.words[0] ?? '')) : undefined
  return known(
    off ? [{...own, kind: 'path', by: off.by, program: off.command.words[0] as string, at: off.command.at}] : [],
  )

  /** Whether the last stage is built beside the one that has them, and nothing of it may bring them. */
  function isAbsent({moment}: Pick<BuildCommand, 'moment'>, {folder}: GemPlace): boolean {
    if (lineage(final.stage).includes(moment.stage) || !isQuietStage(final.stage)) return false
    return (
      copiesFrom(final.stage, moment.stage) &&
      final.files.get(folder) === undefined &&
      !final.unknown.some(({by, path}) => by === 'copy' && overlaps(path, folder))
    )
  }

  /** Whether a program is of a gem, and in no folder of PATH. */
  function isOffPath(program: string): boolean {
    const gem = Object.hasOwn(ofGems, program) ? (ofGems[program] as string) : undefined
    const folders = (final.config.env.get('PATH') ?? '').split(':')
    const runs = build.stages.flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'RUN'))
    return (
      gem !== undefined &&
      locked.has(gem) &&
      // The bin of GEM_HOME has the programs of gems that are installed without Bundler.
      folders.every((each) => /^\/[\w./-]*$/.test(each) && !isHeld(each, program)) &&
      !runs.some(({text}) => installsPrograms.test(text)) &&
      !texts.some(({text}) => /\bPATH=/.test(text))
    )
  }

  function isHeld(each: string, program: string): boolean {
    return (
      isBelow(each, `${(place as GemPlace).folder}/ruby`) ||
      final.files.get(posix.join(each, program)) !== undefined ||
      (!isOfSystem(each) && final.unknown.some(({by, path}) => by === 'copy' && overlaps(path, each)))
    )
  }
}

/** The folders of the official images, in which only what installs programs lays some. */
const isOfSystem = (folder: string): boolean => /^\/(?:usr\/)?(?:local\/(?:bundle\/)?)?s?bin$/.test(folder)

/** `gem install` of another than Bundler, binstubs, a link, a copy. */
const installsPrograms =
  /\bgem install (?!(?:(?:-N|--no-document) )?bundler\b)|\bbinstubs?\b|\b(?:ln|cp|mv|install) (?:-\w{1,9} ){0,3}\S{1,99} \S{0,99}bin\b|\bapt\S{0,20} install\b[^;&]{0,600}\s(?:ruby|rails|puma)\b|\.sh\b/

/** What loads the gems with Bundler before anything else. */
function needsGems(words: readonly (string | undefined)[]): boolean {
  const [program = '', verb, name] = words
  if (program === 'bundle') return verb === 'exec' && name !== undefined
  const own = program === 'ruby' ? (verb ?? '') : program
  return /^(?:\S*\/)?bin\/(?:rails|rake|thrust|puma|jobs|sidekiq)$/.test(own)
}

const nameOf = (words: readonly (string | undefined)[]): string =>
  words.slice(0, words[0] === 'bundle' || words[0] === 'ruby' ? 3 : 2).join(' ')
