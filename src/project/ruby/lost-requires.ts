/** What the files that Rails loads require, and what is not in the bundle of the image. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {rootImage} from '../dockerfile/parse.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import type {Inputs} from '../inputs.ts'
import {imageVersion} from '../toolchains/image-versions.ts'
import {constantOf, type GroupGem, leftOutGems, usedInConfig} from './left-out-gems.ts'
import {isEager, isProduction} from './rails-environment.ts'
import {reachedLines} from './reached-lines.ts'

export interface LostRequire {
  /**
   * `bundled`: of Ruby's own library, which is a gem from a version on. `group`: of a gem whose group is left out. `seeds`:
   * of such a gem in db/seeds.rb, which a command of the deploy runs.
   */
  kind: 'bundled' | 'group' | 'seeds'
  /** `require "csv"`, `Faker`. */
  written: string
  gem: string
  at: FileLocation
  /** `bundled`: since which Ruby. `group`: the groups of the gem. */
  since: string
  /** Where the Gemfile has it. */
  named?: FileLocation
  /** `seeds`: the command that runs it, and what it says. */
  run?: {at: FileLocation; by: string; task: string}
}

/** The libraries that are gems which Ruby brings along, from which version on (Ruby's lib/bundled_gems.rb, SINCE). */
const bundledSince: readonly (readonly [version: number, names: string])[] = [
  [3.01, 'matrix net-ftp net-imap net-pop net-smtp prime'],
  [3.04, 'abbrev base64 bigdecimal csv drb getoptlong mutex_m nkf observer resolv-replace rinda syslog'],
  [4, 'ostruct pstore rdoc fiddle logger benchmark irb reline'],
]

/** `net/smtp` is of net-smtp, `bigdecimal/util` of bigdecimal, kconv of nkf. */
function bundledGem(path: string, ruby: number): {gem: string; since: number} | undefined {
  const [first = '', second = ''] = path.split('/')
  const gem = path === 'kconv' ? 'nkf' : first === 'net' ? `net-${second}` : first
  for (const [since, names] of bundledSince) if (ruby >= since && names.split(' ').includes(gem)) return {gem, since}
  return undefined
}

/** Folders that Rails' own generators make, whose files are all loaded in production; a gem may take others for itself. */
const eager = /^app\/(?:models|controllers|helpers|jobs|mailers|channels|services)\/.+\.rb$/
const ofConfig = (path: string, inProduction: boolean): boolean =>
  /^config\/(?:boot|application|environment|initializers\/(?:[\w-]+\/)*[\w-]+)\.rb$/.test(path) ||
  (inProduction && path === 'config/environments/production.rb')

const requiresGroups = /^[ \t]{0,99}Bundler\.require\(\*Rails\.groups\)\s{0,99}$/m

export async function loadLostRequires({reader}: Inputs, facts: FactStore): Promise<Fact<LostRequire[]>> {
  const [build, files, lock, gemfile, application, settings, buildCommands, flyConfig] = await Promise.all([
    facts.value('build'),
    facts.value('files'),
    reader.text('Gemfile.lock'),
    reader.text('Gemfile'),
    reader.text('config/application.rb'),
    reader.text('config/environments/production.rb'),
    facts.value('buildCommands'),
    facts.value('flyConfig'),
  ])
  const paths = files ?? noFiles
  const boot = (await reader.text('config/boot.rb'))?.text ?? ''
  if (!build || !lock || !gemfile || !application || !/^ {4}railties \(/m.test(lock.text)) return known([])
  const sources = paths.ending('.rb')
  const inProduction = isProduction(build, flyConfig)
  const loadsAll = inProduction && isEager(settings?.text)
  const texts = await reader.texts(
    sources.filter(
      (path) => ofConfig(path, inProduction) || path === 'config/routes.rb' || (loadsAll && eager.test(path)),
    ),
  )
  const installs = (buildCommands?.commands ?? []).filter(({words}) => words[0] === 'bundle' && words[1] === 'install')
  const [, major = '', minor = ''] =
    /^(\d+)\.(\d+)/.exec(imageVersion(rootImage(build.final.stage) ?? '', 'Ruby') ?? '') ?? []
  const ruby = major === '' ? 0 : Number(major) + Number(minor) / 100
  const withBundler = /^require\s*\(?["']bundler\/setup["']/m.test(boot)
  const left = inProduction ? leftOutGems(gemfile, lock) : []
  return known([
    ...(withBundler ? texts.flatMap((file) => bundled(file, lock, ruby)) : []),
    ...(withBundler ? texts.flatMap((file) => requiredFrom(file, left, installs)) : []),
    ...(await named(left, texts, application)),
    ...(await seeded(left, application)),
  ])

  /** db:prepare seeds the database that it finds empty, as the first deploy does. */
  async function seeded(gems: readonly GroupGem[], {text}: TextFile): Promise<LostRequire[]> {
    const seeds = gems.length > 0 && requiresGroups.test(text) ? await reader.text('db/seeds.rb') : undefined
    const run = seeds && (await facts.value('processes'))?.find(/\bdb:(?:seed|prepare|setup|seed:replant)(?=\s|$)/)
    const [, task = ''] = /\b(db:(?:seed:replant|seed|prepare|setup))(?=\s|$)/.exec(run?.text ?? '') ?? []
    if (!seeds || !run || !('file' in run.at)) return []
    const code = seeds.text.replace(/(^|\s)#(?!\{)[^\n]*/g, (comment) => ' '.repeat(comment.length))
    // It asks where it runs, or loads what it needs.
    if (/\bRails\.env\b|\bENV\b|\bdefined\?|\brequire\b|\bload\b|\brescue\b|^__END__/m.test(code)) return []
    for (const gem of gems) {
      const match = new RegExp(`(?<![\\w:.'"@$])(?:::)?${constantOf(gem.name)}(?=::[A-Z]|\\.[a-z])`).exec(code)
      if (!match || (await isDefined(match[0]))) continue
      const at = seeds.span(match.index, match.index + match[0].length)
      const common = {kind: 'seeds' as const, written: match[0], gem: gem.name, since: gem.groups.join(', ')}
      return [{...common, at, named: gem.at, run: {at: run.at, by: run.by, task}}]
    }
    return []
  }

  /** What config/ names of a gem that Bundler.require leaves out. */
  async function named(gems: readonly GroupGem[], all: readonly TextFile[], {text}: TextFile): Promise<LostRequire[]> {
    if (!requiresGroups.test(text) || gems.length === 0) return []
    const config = all.filter(({path}) => path.startsWith('config/'))
    const uses = config.flatMap((file) => usedInConfig(file, gems, config))
    const found: LostRequire[] = []
    for (const {gem, constant, at} of uses) {
      if (await isDefined(constant)) continue
      found.push({kind: 'group', written: constant, gem: gem.name, at, since: gem.groups.join(', '), named: gem.at})
    }
    return found
  }

  /** A class of the project's own may be called so. */
  async function isDefined(constant: string): Promise<boolean> {
    const [root = ''] = constant.split('::')
    const own = await reader.texts(sources.filter((path) => !/^(?:spec|test|features)\//.test(path)))
    const definition = new RegExp(
      `^[ \\t]{0,99}(?:class|module)\\s{1,99}(?:::)?${root}\\b|\\b${root}\\s{0,99}=[^=~]`,
      'm',
    )
    return own.some(({text}) => definition.test(text))
  }
}

/** A line of its own that is reached: no modifier, no rescue. */
const required = /^[ \t]{0,99}require\s{0,99}\(?\s{0,99}["']([\w./-]{1,200})["']\s{0,99}\)?\s{0,99}$/

function* requiresOf(file: TextFile): Generator<{path: string; at: FileLocation}> {
  // Above everything else of a file it is reached, too.
  const plain = /\brescue\b/.test(file.text)
  for (const {text, offset} of plain ? [] : reachedLines(file)) {
    const [whole = '', path] = required.exec(text) ?? []
    if (path === undefined) continue
    const start = offset + whole.search(/\S/)
    yield {path, at: file.span(start, start + whole.trim().length)}
  }
}

function bundled(file: TextFile, lock: TextFile, ruby: number): LostRequire[] {
  return [...requiresOf(file)].flatMap(({path, at}) => {
    const own = bundledGem(path, ruby)
    if (!own || new RegExp(`^ {4}${own.gem} \\(`, 'm').test(lock.text)) return []
    const since = own.since === 4 ? '4.0' : `3.${Math.round((own.since - 3) * 100)}`
    return [{kind: 'bundled' as const, written: `require "${path}"`, gem: own.gem, at, since}]
  })
}

/** `require "faker"`, of a gem that `bundle install` is told to leave out. */
function requiredFrom(file: TextFile, gems: readonly GroupGem[], installs: readonly BuildCommand[]): LostRequire[] {
  const [install, another] = installs
  const without = install && !another ? groupsWithout(install) : []
  const gone = gems.filter(({groups}) => groups.every((group) => without.includes(group)))
  return [...requiresOf(file)].flatMap(({path, at}) => {
    const gem = gone.find(
      ({name}) => path === name || path.startsWith(`${name}/`) || path === name.replaceAll('-', '/'),
    )
    return gem
      ? [
          {
            ...{kind: 'group' as const, written: `require "${path}"`, gem: gem.name, at},
            ...{since: gem.groups.join(', '), named: gem.at},
          },
        ]
      : []
  })
}

/** BUNDLE_WITHOUT, `bundle config set without …` of an earlier RUN, `bundle install --without …`. */
function groupsWithout({moment, words, before}: BuildCommand): string[] {
  const value = moment.variables.get('BUNDLE_WITHOUT') ?? ''
  const text = [before, ...moment.unknown.map((each) => each.text ?? '')].join('\n')
  const [, configured = ''] = /\bbundle config (?:set )?(?:--\w+ )?without ["']?([\w: ]+)/.exec(text) ?? []
  const flag = words.indexOf('--without')
  const flagged = flag < 0 ? [] : words.slice(flag + 1).map((word) => word ?? '')
  return [...value.split(/[\s:]+/), ...configured.split(/[\s:]+/), ...flagged.flatMap((word) => word.split(':'))]
}
