import {parseRange} from './ranges.ts'
import type {Rule} from './rule.ts'

/**
 * Mix stops before it compiles a project whose mix.exs asks for another Elixir (Mix.Tasks.Loadpaths); it has got and
 * compiled the dependencies by then.
 */
export const elixir: Rule = {
  language: 'Elixir',
  command:
    /^mix (?:do (?:.{0,500}[\s,+])?)?(?:compile|release|assets\.deploy|phx\.digest)(?![\w.])(?!.*--no-elixir-version-check)/,
  replaced: /\basdf\b|\bmise\b|precompiled\/elixir|elixir-lang\/elixir\/|\bkiex\b/,
  precision: 2,
  async demands(project) {
    const file = await project.read('mix.exs')
    if (!file) return []
    const {text} = file
    for (let number = 1; number <= text.lineCount; number++) {
      const [, wanted] = /^(?!\s*#).*?\belixir:\s*"([^"]+)"/.exec(text.line(number)) ?? []
      const range = wanted ? parseRange(wanted, 'gem') : undefined
      if (range) return [{range, said: `${text.path} asks for ${wanted}`, at: text.lineSpan(number)}]
    }
    return []
  },
}
