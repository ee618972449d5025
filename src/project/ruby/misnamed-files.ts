/** Files of app/ that do not define the constant that Zeitwerk expects of their name. */

import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../facts.ts'
import {camelized} from '../camelized.ts'
import {withoutHashLines} from '../code/comments.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {isEager, isProduction} from './rails-environment.ts'

export interface MisnamedFile {
  /** `Admin::Cart` */
  constant: string
  /** The first that it defines; undefined where it defines none. */
  defined: string | undefined
  at: FileLocation
}

/** Roots that Rails' own generators make; a gem may name the files of others in its own way. */
const root = /^app\/(?:models|controllers|helpers|jobs|mailers|channels|services)\/(?:concerns\/)?(.+)\.rb$/

/** What gives files other names, or takes them out; `config.autoload_lib(ignore: …)` is about lib alone. */
const renames =
  /\b(?:inflect\w*|acronym|collapse|ignore|autoloaders?|autoload_paths|eager_load_paths|push_dir|do_not_eager_load|zeitwerk)\b/

/** What defines a constant without a word of it. */
const hides = /\bconst_set\b|\beval\b|_eval\b|\bload\b|\brequire_relative\b|\bautoload\b|\bsend\b/

export async function loadMisnamedFiles({reader}: Inputs, facts: FactStore): Promise<Fact<MisnamedFile[]>> {
  const [[build, image, processes], files, flyConfig, lock, application, settings] = await Promise.all([
    facts.needAll('build', 'image', 'processes'),
    facts.value('files'),
    facts.value('flyConfig'),
    reader.text('Gemfile.lock'),
    reader.text('config/application.rb'),
    reader.text('config/environments/production.rb'),
  ])
  const paths = files ?? noFiles
  if (!application || !/^ {4}zeitwerk \(/m.test(lock?.text ?? '')) return absent('there is no Rails with Zeitwerk')
  const starts = processes.find(/(?:^|[\s/])(?:rails (?:s|server)|puma|thrust|unicorn|falcon|sidekiq|jobs)\b/)
  if (!isProduction(build, flyConfig) || !isEager(settings?.text) || !starts) return known([])
  const config = await reader.texts(paths.ending('.rb').filter((path) => path.startsWith('config/')))
  const isOther = config.some(({text}) => renames.test(withoutHashLines(text).replace(/\bautoload_lib\b[^\n]*/g, '')))
  if (isOther) return known([])
  const sources = paths.ending('.rb').filter((path) => root.test(path) && image.copies(path))
  if (sources.length > 5_000) return known([])
  return known((await reader.texts(sources)).flatMap((file) => misnamed(file) ?? []))
}

function misnamed(file: TextFile): MisnamedFile | undefined {
  const [, below = ''] = root.exec(file.path) ?? []
  const names = below.split('/').map(camelized)
  // A name that is none cannot be loaded, which Zeitwerk says in another way.
  if (names.some((name) => !/^[A-Z]\w*$/.test(name))) return undefined
  const text = file.text.replace(/^=begin[\s\S]*?^=end/gm, '').replace(/(^|\s)#(?!\{)[^\n]*/g, '$1')
  const wanted = names.at(-1)?.toLowerCase()
  // A gem may know it as an acronym: HTMLParser.
  const isThere = [...text.matchAll(/(?<![\w$@])[A-Z]\w*/g)].some(([name]) => name.toLowerCase() === wanted)
  if (isThere || hides.test(text)) return undefined
  const [, defined] = /^[ \t]{0,99}(?:class|module)\s{1,99}([A-Z][\w:]*)/m.exec(text) ?? []
  if (defined === undefined && text.trim() !== '') return undefined
  const line =
    defined === undefined
      ? 1
      : file.position(file.text.search(new RegExp(`^[ \\t]{0,99}(?:class|module)\\s{1,99}${defined}`, 'm'))).line
  const number = file.line(line).trim() === '' && defined !== undefined ? line + 1 : line
  return {constant: names.join('::'), defined, at: file.lineSpan(number)}
}
