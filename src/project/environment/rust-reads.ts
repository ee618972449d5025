import {codeOf} from '../code/code.ts'
import type {TextFile} from '../files/text.ts'
import {configures} from './configures.ts'
import type {VariableRead} from './environment.ts'

/** `env::var("X")`, with what is done about an absent one. */
const read =
  /\b(?:env|dotenvy|dotenv)::var(?:_os)?\(\s*"([A-Z][A-Z0-9_]*)"\s*\)((?:\s*\.(?:map_err|context|with_context|wrap_err|ok_or|ok_or_else)\((?:[^()]|\([^()]*\))*\))*\s*(?:\?|\.\w+))?/g

/** What a Rust file reads. Missed: envy, figment and clap, which make the names of fields. */
export function rustReads(file: TextFile): VariableRead[] {
  const code = codeOf(file)
  if (!code) return []
  const stops = configures(file.path) ? /(?:\?|\.(?:expect|unwrap))$/ : /\.(?:expect|unwrap)$/
  const tests = code.bare.search(/#\[cfg\(test\)\]/)
  return [...code.text.matchAll(read)].flatMap((match): VariableRead[] => {
    if (tests >= 0 && match.index > tests) return []
    const [, name = '', then = ''] = match
    const start = match.index + match[0].indexOf(name)
    const at = file.span(start, start + name.length)
    if (/\.(?:unwrap_or\w*|or|or_else|is_ok|is_err|map_or\w*)$/.test(then))
      return [{name, without: 'continues', required: false, at}]
    // `.ok()` may be asked for once more behind it.
    return [{name, without: 'unknown', required: stops.test(then), at}]
  })
}
