import type {Surroundings} from '../../image/servers/servers.ts'
import {type Socket, socketOf} from '../../image/servers/sockets.ts'
import {argumentsAt, blocksAround, type Code, closing, placeOf, type Span, textOf, trim} from '../code.ts'
import {type CodeWord, filled, fromEnvironment, joined, literal, unknownWord} from '../word.ts'
import {clapField} from './clap.ts'
import type {ListenCall} from './listen-calls.ts'

/** tokio, axum, actix-web, hyper, warp, poem: `bind` and `run` with an address. */
const listening = /(?:\bTcpListener::bind|\bServer::bind|\baxum_server::bind|[)?]\s*\.bind|\w\s*\.bind|\.run)\s*\(/g

export function rustListens(files: readonly Code[], entry: string, around: Surroundings): ListenCall[] {
  return files.flatMap((code) =>
    [...code.bare.matchAll(listening)].flatMap((match): ListenCall[] => {
      const open = match.index + match[0].length - 1
      const span = {start: match.index, end: closing(code, open) + 1}
      const [address, another] = argumentsAt(code, open)
      if (!address || another || insideTests(code, match.index)) return []
      const word = rustValue(files, code, address, around)
      if (/^\w?\s*\.bind|^[)?]\s*\.bind|^\.run/.test(match[0])) {
        // Databases bind, too, and much else runs.
        const server = /\bHttpServer\b|\bwarp::|\bpoem\b/.test(code.text)
        if (!server || word.text === undefined || !/:\d+$/.test(word.text)) {
          return server && /^(?:&?addr|\()/.test(textOf(code, address)) ? [heard(code, span, unknownWord)] : []
        }
      }
      return [heard(code, span, word)]
    }),
  )

  function heard(code: Code, span: Span, word: CodeWord): ListenCall {
    const socket: Socket | undefined = socketOf(word)
    const branch = blocksAround(code, span.start).some((block) => /(?:^|\}\s*)(?:else|if|match)\b/.test(block))
    const port = socket?.port?.value ?? 8080
    return {
      at: placeOf(code, span),
      everywhere: `"0.0.0.0:${port}"`,
      socket,
      indirect: branch || code.file.path !== entry,
    }
  }
}

function insideTests({bare}: Code, offset: number): boolean {
  const tests = bare.search(/#\[cfg\(test\)\]/)
  return tests >= 0 && offset > tests
}

/** The address or port that an expression is, where that can be read without running anything. */
function rustValue(files: readonly Code[], code: Code, span: Span, around: Surroundings, depth = 0): CodeWord {
  if (depth > 8) return unknownWord
  const again = (inner: Span) => rustValue(files, code, inner, around, depth + 1)
  let {start, end} = trim(code, span)
  while (/[&*]/.test(code.text[start] ?? '')) start++
  const ending =
    /(?<!\s)\s*(?:\.(?:await|unwrap|expect|parse(?:::<\w+>)?|to_string|to_owned|into|as_str|as_ref|clone|unwrap_or_default)\b(?:\s*\((?:"[^"]*")?\))?|\?|(?<=\s)as\s+u16|(?<=\d)_?u16)\s*$/
  for (let match = ending.exec(code.text.slice(start, end)); match; match = ending.exec(code.text.slice(start, end))) {
    end -= match[0].length
  }
  const text = code.text.slice(start, end)
  if (/^"[^"\\]*"$/.test(text)) return literal(text.slice(1, -1))
  if (/^\d[\d_]*$/.test(text)) return literal(text.replaceAll('_', ''))
  if (/^(?:[\w:]*::)?UNSPECIFIED$/.test(text)) return literal(/Ipv6/.test(text) ? '[::]' : '0.0.0.0')
  if (/^(?:[\w:]*::)?LOCALHOST$/.test(text)) return literal(/Ipv6/.test(text) ? '[::1]' : '127.0.0.1')
  // `([0, 0, 0, 0], 3000)`, `("0.0.0.0", 8080)`
  if (text.startsWith('(') && closing(code, start) === end - 1) {
    const [host, port, more] = argumentsAt(code, start)
    if (host && port && !more) return joined([again(host), literal(':'), again(port)])
    return host && !port ? again(host) : unknownWord
  }
  if (/^\[[\d,\s]+\]$/.test(text)) {
    const bytes = text
      .slice(1, -1)
      .split(',')
      .map((each) => each.trim())
    return literal(bytes.length === 4 ? bytes.join('.') : bytes.every((each) => each === '0') ? '[::]' : '?')
  }
  const call = /^(?:[\w:]*::)?(\w+)(?:::(\w+))?(!?)\s*\(/.exec(text)
  if (call && closing(code, start + call[0].length - 1) === end - 1) {
    const args = argumentsAt(code, start + call[0].length - 1)
    const [first] = args
    const name = call[0].replace(/(?<!\s)\s*\($/, '')
    if (name.endsWith('format!') && first) return format(first, args.slice(1))
    if (/SocketAddr(?:V4)?::(?:new|from)$/.test(name)) {
      return args.length === 2
        ? joined([again(args[0] as Span), literal(':'), again(args[1] as Span)])
        : first
          ? again(first)
          : unknownWord
    }
    if (/Ipv4Addr::new$/.test(name))
      return joined(args.flatMap((each, index) => [...(index ? [literal('.')] : []), again(each)]))
    if (/(?:IpAddr::V4|IpAddr::from|Some|Ok|String::from)$/.test(name) && first) return again(first)
    if (/\bvar$/.test(name) && first) return variable(first, undefined)
    return unknownWord
  }
  // `env::var("PORT").unwrap_or("3000".to_string())` and the other spellings of a default.
  const read = /^(?:std::)?env::var\s*\(\s*"(\w+)"\s*\)/.exec(text)
  if (read) {
    const rest = /\.(?:unwrap_or|unwrap_or_else|map_or|map_or_else)\s*\(/.exec(text.slice(read[0].length))
    const ok = !rest && !/unwrap_or/.test(text)
    if (!rest) return ok ? fromEnvironment(read[1] as string, undefined, around) : unknownWord
    const [standard] = argumentsAt(code, start + read[0].length + rest.index + rest[0].length - 1)
    if (!standard) return unknownWord
    const closure = /^\|_?\w*\|\s*/.exec(textOf(code, standard))?.[0].length ?? 0
    return fromEnvironment(read[1] as string, again({...standard, start: standard.start + closure}), around)
  }
  // `args.port`, of a struct that clap fills; `self.address`, which was worked out before it was put there.
  const [, owner, field] = /^(\w+(?:\.\w+){0,3})\.(\w+)$/.exec(text) ?? []
  if (field !== undefined) {
    const filledIn = clapField(files, field, around)
    return filledIn ?? (owner === 'self' ? named(field, true) : unknownWord)
  }
  return /^\w+$/.test(text) ? named(text) : unknownWord

  function variable(name: Span, standard: CodeWord | undefined): CodeWord {
    const {text: read, fixed} = again(name)
    return fixed && read ? fromEnvironment(read, standard, around) : unknownWord
  }

  /** `format!("0.0.0.0:{}", port)`, `format!("{host}:{port}")` */
  function format(first: Span, args: readonly Span[]): CodeWord {
    const pattern = again(first).text
    if (pattern === undefined) return unknownWord
    let next = 0
    const words = [...pattern.matchAll(/\{(\w*)(?::\??)?\}/g)].map(([, name]) => {
      if (name && !/^\d+$/.test(name)) return named(name)
      const argument = args[next++]
      return argument ? again(argument) : unknownWord
    })
    return filled(pattern, /\{\w*(?::\??)?\}/, words)
  }

  /** `isElsewhere`: of a constructor, which may stand anywhere in the file, and is the only one. */
  function named(name: string, isElsewhere = false): CodeWord {
    const all = [
      ...code.bare.matchAll(
        new RegExp(`\\b(?:let(?:\\s+mut)?|const|static)\\s+${name}\\s*(?::[^=;]{1,500})?=\\s*`, 'g'),
      ),
    ]
    // Of several with one name the last one before counts.
    const before = isElsewhere ? undefined : all.findLast(({index}) => index < start)
    const match = before ?? (all.length === 1 ? all[0] : undefined)
    if (!match) return unknownWord
    const from = match.index + match[0].length
    let to = from
    for (let depth0 = 0; to < code.bare.length; to++) {
      const character = code.bare[to] as string
      if ('([{'.includes(character)) depth0++
      else if (')]}'.includes(character)) depth0--
      else if (character === ';' && depth0 <= 0) break
    }
    return again({start: from, end: to})
  }
}
