import {posix} from 'node:path'
import {parseRange} from './ranges.ts'
import type {Demand, Rule} from './rule.ts'
import type {StepFile, StepProject} from './step-project.ts'

/** Bundler stops where the Gemfile names another Ruby, to the patch (bundler.io/guides/gemfile_ruby.html). */
export const ruby: Rule = {
  language: 'Ruby',
  command: /^bundle (?:install|exec|check)\b/,
  replaced:
    /\b(?:rbenv|ruby-build|rvm|ruby-install|asdf|mise|BUNDLE_GEMFILE)\b|\bGemfile\b[^\n]{0,300}>|sed\b[^\n]{0,300}Gemfile/,
  precision: 3,
  async demands(project) {
    const gemfile = await project.find('Gemfile')
    if (!gemfile) return []
    return [...(await ofGemfile(gemfile, project)), ...(await ofRails(gemfile, project))]
  },
}

async function ofGemfile({text}: StepFile, project: StepProject): Promise<Demand[]> {
  for (let number = 1; number <= text.lineCount; number++) {
    const [, listed] = /^ruby[ (]\s*(.*)$/.exec(text.line(number)) ?? []
    if (!listed) continue
    const wanted = await requirement(listed, project)
    const range = wanted ? parseRange(wanted, 'gem') : undefined
    // Of "3.3" without a patch the documentation does not say what it means.
    const likely = /^\d+\.\d+$/.test(wanted ?? '')
    return range ? [{range, said: `${text.path} asks for ${wanted}`, at: text.lineSpan(number), likely}] : []
  }
  return []
}

/** The Ruby that each version of Rails needs at least, by its gemspec; the newest first. */
const rubyOfRails: readonly (readonly [rails: number, ruby: string])[] = [
  [8, '3.2.0'],
  [7.2, '3.1.0'],
  [7, '2.7.0'],
]

const rubyFor = (version: string): string | undefined =>
  rubyOfRails.find(([rails]) => Number.parseFloat(version) >= rails)?.[1]

/** "rails-8.0.1 requires ruby version >= 3.2.0": of the version in Gemfile.lock. */
async function ofRails({path, text}: StepFile, project: StepProject): Promise<Demand[]> {
  if (!/^bundle install\b/.test(project.words.join(' '))) return []
  const lock = (await project.read(posix.join(posix.dirname(path), 'Gemfile.lock')))?.text
  const match = /^ {4}(?:rails|railties) \((\d{1,5}\.\d{1,5}\.\d{1,5})[\w.]{0,40}\)$/m.exec(lock?.text ?? '')
  const [, version = ''] = match ?? []
  const wanted = rubyFor(version)
  const range = wanted ? parseRange(`>= ${wanted}`, 'gem') : undefined
  if (!lock || !match || !range) return []
  const said = `Rails ${version} of ${lock.path} asks for >= ${wanted}`
  // Where the Gemfile lets Bundler take an earlier one, for which this Ruby does, it may go on with that.
  const [, written = ''] = /^[ \t]*gem[ (]+["']rails["'],\s*["'](?:~>|=)?\s*(\d+\.\d+)/m.exec(text.text) ?? []
  const isOpen = rubyFor(written) !== wanted
  return [{range, said, at: lock.span(match.index + 4, match.index + match[0].length), likely: isOpen}]
}

/** The versions that a `ruby` line lists; undefined where it is computed, or names another engine. */
async function requirement(listed: string, project: StepProject): Promise<string | undefined> {
  const [, named] = /^file:\s*["']([^"']+)["'](?:\s*\))?\s*(?:#.*)?$/.exec(listed) ?? []
  if (named) {
    const file = await project.read(named)
    // .tool-versions has a line of its own for each language.
    const [, version] = /^[ \t]*(?:ruby[- ])?(\d+\.\d+\.\d+)\s*$/m.exec(file?.text.text ?? '') ?? []
    return version
  }
  const plain = listed.replace(/(?<!\s)\s*(?:#.*)?$/s, '').replace(/\)$/, '')
  return /^(?:["'][^"']+["']\s*(?:,\s*)?)+$/.test(plain) ? plain.replace(/["']/g, '') : undefined
}
