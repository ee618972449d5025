import {statementEnd} from '../../../elixir/blocks.ts'
import type {TextFile} from '../../../files/text.ts'
import {closing, codeOf} from '../../code.ts'
import {type AppCode, placeOf, type Refusal} from './refusal.ts'

/** force_ssl counts where it stands when the release is built; a plug of the endpoint does the same. */
export async function phoenixRefusals({paths, read, mixEnvironment}: AppCode): Promise<(Refusal | undefined)[]> {
  if (!paths.has('mix.exs')) return []
  const configured =
    configuredRedirect(await read(`config/${await mixEnvironment()}.exs`)) ??
    configuredRedirect(await read('config/config.exs'))
  const [endpoint, another] = paths.ending('.ex').filter((path) => /^lib\/.*endpoint\.ex$/.test(path))
  return [configured ?? (endpoint && !another ? pluggedRedirect(await read(endpoint)) : undefined)]
}

/** Plug.SSL; what is in comments is the template's advice. */
function configuredRedirect(file: TextFile | undefined): Refusal | undefined {
  const code = file && codeOf(file)
  const match = /\bforce_ssl:\s{0,200}\[/.exec(code?.bare ?? '')
  if (!code || !match) return undefined
  const end = closing(code, match.index + match[0].length - 1)
  const options = code.text.slice(match.index + match[0].length, end)
  return {
    by: 'Phoenix',
    kind: 'redirect',
    believesHeader: options.includes('x_forwarded_proto'),
    exempt:
      /paths:\s{0,200}\[([^[\]]{0,2000})\]/.exec(options)?.[1] ?? (/exclude:\s*[{&]|conn:/.test(options) ? '*' : ''),
    at: code.file.span(match.index, end + 1),
  }
}

/** `plug Plug.SSL, …` of an endpoint, unless something rewrites the request before. */
function pluggedRedirect(file: TextFile | undefined): Refusal | undefined {
  const code = file && codeOf(file)
  const match = /^ {2}plug[ (]+Plug\.SSL\b/m.exec(code?.text ?? '')
  if (!code || !match || /\bRewriteOn\b/.test(code.text)) return undefined
  const options = code.text.slice(match.index, statementEnd(code, match.index))
  return {
    by: 'Phoenix',
    kind: 'redirect',
    believesHeader: options.includes('x_forwarded_proto'),
    exempt: /exclude:|@/.test(options) ? '*' : '',
    at: placeOf(code.file, match),
  }
}
