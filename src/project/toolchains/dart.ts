import {parseRange} from './ranges.ts'
import type {Rule} from './rule.ts'

/** "Because shop requires SDK version ^3.6.0, version solving failed." (dart.dev, "The pubspec file", SDK constraints) */
export const dart: Rule = {
  language: 'Dart',
  command: /^dart (?:pub (?:get|upgrade|downgrade)|compile|run|test)\b/,
  replaced: /\bfvm\b|\bflutter\b|storage\.googleapis\.com\/dart-archive/,
  precision: 2,
  async demands(project) {
    const file = project.words.some((word) => /^(?:-C|--directory)/.test(word))
      ? undefined
      : await project.read('pubspec.yaml')
    if (!file) return []
    const {text} = file
    let section = ''
    for (let number = 1; number <= text.lineCount; number++) {
      const line = text.line(number)
      section = /^([\w-]+):/.exec(line)?.[1] ?? section
      const [, wanted] =
        section === 'environment' ? (/^\s+sdk:\s*["']?([^"'#]{1,100}?)["']?\s*(?:#.*)?$/.exec(line) ?? []) : []
      const range = wanted ? parseRange(wanted, 'gem') : undefined
      if (range) return [{range, said: `${text.path} asks for ${wanted}`, at: text.lineSpan(number)}]
    }
    return []
  },
}
