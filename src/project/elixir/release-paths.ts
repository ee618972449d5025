import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {codeOf} from '../code/code.ts'
import {allInstructions} from '../dockerfile/parse.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {functionAt, headsAt, statementEnd, statementStart} from './blocks.ts'
import {takesRelease} from './release-starts.ts'

/** A path of the project that a function names, and that a release has elsewhere. */
export interface ReleasePath {
  /** `File.read!`, `Path.join`. */
  call: string
  /** `priv/rates.json` */
  path: string
  at: FileLocation
  /** The function is the one that starts the app. */
  starts: boolean
}

const calls =
  /\b((?:File\.(?:read|stream|ls|open|write|cp|rm|stat|touch|cp_r|rename|mkdir|mkdir_p)!?|Path\.(?:join|expand|wildcard)))\(\s{0,50}\[?\s{0,50}"(priv(?:\/[^"\n#]{0,200})?)"/g

/**
 * A release lies below lib/APP-VERSION, its priv with it (hexdocs.pm/mix, "Mix.Tasks.Release"), and is started in WORKDIR, or
 * in bin by the scripts of `mix phx.gen.release`: "priv/…" is in neither.
 */
export async function loadReleasePaths({reader}: Inputs, facts: FactStore): Promise<Fact<ReleasePath[]>> {
  const [image, files] = await Promise.all([facts.need('image'), facts.value('files')])
  // A priv of its own that the image has; another place that something goes to before.
  const texts = allInstructions(image.final.stage).map(({text}) => text)
  if (!takesRelease(image) || texts.some((text) => /\bpriv\b/.test(text))) return known([])
  const paths = (files ?? noFiles).only((path) => !isApart(path))
  const scripts = await reader.texts(paths.under('.').filter((path) => /(?:^|\/)rel\/|entrypoint/.test(path)))
  if (scripts.some(({text}) => /\bpriv\b|\bcd (?!-P -- "\$\(dirname)/.test(text))) return known([])
  const own = paths.under('.').filter((path) => /(?:^|\/)priv\//.test(path))
  const sources = await reader.texts(paths.ending('.ex').filter((path) => /(?:^|\/)lib\/(?!mix\/)/.test(path)))
  if (sources.some(({text}) => /\bFile\.cd!?\b|\bset_cwd\b/.test(text))) return known([])
  // A folder that the project does not have, and that the program makes where it was started, is there when it is asked for.
  // Not below priv/static: Plug.Static serves that of the release, wherever the program wrote.
  const makes = sources.some(({text}) => /\bFile\.mkdir_p!?\(/.test(text))
  const isMade = (path: string) => makes && !/^priv\/static\b/.test(path) && !own.some((file) => file.includes(path))
  const found: ReleasePath[] = []
  for (const file of sources) {
    const code = file.text.includes('"priv') ? codeOf(file) : undefined
    for (const {0: whole, 1: call = '', 2: path = '', index} of code?.text.matchAll(calls) ?? []) {
      if (!code?.bare.startsWith(call, index)) continue
      // `dir |> Path.join("priv")`: what stands before it is the path.
      if (/\|>\s{0,200}$/.test(code.bare.slice(Math.max(0, index - 200), index))) continue
      const statement = code.text.slice(statementStart(code, index), statementEnd(code, index))
      // Taken from the place of the app, or for development.
      if (/\b(?:app_dir|priv_dir|cwd!?|__DIR__|env\b|ensure_loaded)/.test(statement)) continue
      const heads = headsAt(code, index)
      const body = functionAt(code, index)
      if (
        body === undefined ||
        isMade(path) ||
        heads.some((head) => /^(?:defmacrop?|quote|if|unless|case|cond)\b|^else$/.test(head))
      )
        continue
      const starts = /^def start\s*\(/.test(body) && /\buse Application\b/.test(code.bare)
      // Of a file the first: the others are of the same kind.
      found.push({call, path, at: file.span(index, index + whole.length), starts})
      break
    }
  }
  return known(found)
}
