import {parseRange} from './ranges.ts'
import type {Rule} from './rule.ts'

/** Gleam stops before it compiles a package whose gleam.toml asks for another version of it ("Incompatible Gleam version"). */
export const gleam: Rule = {
  language: 'Gleam',
  command: /^gleam (?:build|export|run|check|test)\b/,
  replaced: /\basdf\b|\bmise\b|gleam-lang\/gleam\/|\bapk\b[^\n;&|]{0,300}\bgleam\b/,
  precision: 3,
  async demands(project) {
    const file = await project.read('gleam.toml')
    if (!file) return []
    const {text} = file
    for (let number = 1; number <= text.lineCount; number++) {
      const line = text.line(number)
      // A key of the package itself stands before the tables.
      if (/^\s*\[/.test(line)) return []
      const [, wanted] = /^\s*gleam\s*=\s*"([^"]+)"/.exec(line) ?? []
      const range = wanted ? parseRange(wanted, 'gem') : undefined
      if (range) return [{range, said: `${text.path} asks for ${wanted}`, at: text.lineSpan(number)}]
    }
    return []
  },
}
