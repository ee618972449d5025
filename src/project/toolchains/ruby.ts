import {parseRange} from './ranges.ts'
import type {Rule} from './rule.ts'
import type {StepProject} from './step-project.ts'

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
    const {text} = gemfile
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
  },
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
