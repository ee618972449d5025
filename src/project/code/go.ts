import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Surroundings} from '../image/servers/servers.ts'
import {socketOf} from '../image/servers/sockets.ts'
import {argumentsAt, blocksAround, type Code, closing, codeOf, parts, placeOf, type Span, textOf, trim} from './code.ts'
import type {ListenCall} from './listen/listen-calls.ts'
import {type CodeWord, filled, fromEnvironment, joined, literal, unknownWord} from './word.ts'

const most = 600

/** The files of a package, that of a folder, and of the packages of the project that it imports; its own come first. */
export async function goPackage(folder: string, paths: Files, reader: ProjectReader): Promise<Code[]> {
  const above = (each: string) => (each === '.' ? '' : `${each}/`)
  let root = folder
  while (root !== '.' && !paths.has(`${above(root)}go.mod`)) root = posix.dirname(root)
  const manifest = await reader.text(`${above(root)}go.mod`)
  const [, module] = /^module\s+"?([^\s"]+)/m.exec(manifest?.text ?? '') ?? []
  const files: Code[] = []
  const seen = new Set<string>()
  const next = [folder]
  for (let each = next.shift(); each !== undefined && files.length < most; each = next.shift()) {
    if (seen.has(each)) continue
    seen.add(each)
    for (const path of paths.in(each)) {
      if (!path.endsWith('.go') || path.endsWith('_test.go')) continue
      const file = await reader.text(path)
      const code = file && codeOf(file)
      if (!code || /^\/\/go:build\s+(?!linux\b)(?:ignore|windows|darwin|tools)/m.test(code.file.text)) continue
      files.push(code)
      for (const [, name = ''] of code.text.matchAll(/^[ \t]*(?:import\s+)?(?:[\w.]+\s+)?"([^"\n]+)"\s*$/gm)) {
        if (module && (name === module || name.startsWith(`${module}/`))) {
          next.push(posix.join(root, name.slice(module.length + 1)))
        }
      }
    }
  }
  return files
}

/** What listens, and which of its arguments is the address; gin without one reads PORT. */
const listening =
  /(?:\bhttp\.ListenAndServe(?:TLS)?|\bnet\.Listen|\.(?:Run|RunTLS|Start|StartTLS|Listen|ListenAndServe(?:TLS)?))\s*\(|\bhttp\.Server\s*\{/g

export function goListens(files: readonly Code[], folder: string, around: Surroundings): ListenCall[] {
  return files.flatMap((code) => [...code.bare.matchAll(listening)].flatMap((match) => found(code, match)))

  function found(code: Code, match: RegExpExecArray): ListenCall[] {
    const open = match.index + match[0].length - 1
    const span = {start: match.index, end: closing(code, open) + 1}
    const args = argumentsAt(code, open)
    const uses = (name: RegExp) => files.some(({text}) => name.test(text))
    const call = match[0]
    let address: Span | undefined
    if (call.startsWith('net.')) {
      // `net.Listen("tcp", ":8080")`
      if (!/^"tcp/.test(textOf(code, args[0] ?? {start: 0, end: 0}))) return []
      address = args[1]
    } else if (call.endsWith('{')) {
      address = args.find((each) => /^Addr\s*:/.test(textOf(code, each)))
      if (!address) return []
      // `server.Addr = …` further down.
      if (/\.Addr\s*=(?!=)/.test(code.bare)) return [heard(code, span, unknownWord)]
      address = trim(code, {start: code.bare.indexOf(':', address.start) + 1, end: address.end})
    } else if (/ListenAndServe/.test(call)) {
      // That of an http.Server has none, and its Addr was read.
      if (!call.startsWith('http.')) return []
      address = args[0]
    } else {
      const framework = /^\.Run/.test(call)
        ? /gin-gonic\/gin"/
        : /^\.Start/.test(call)
          ? /labstack\/echo/
          : /gofiber\/fiber/
      if (!uses(framework)) return []
      const [first] = args
      if (!first) {
        const port = around.variable('PORT')
        if (
          !/^\.Run\b/.test(call) ||
          !/\b(?:r|router|engine|app|g|server|s|e|api)\s*$/.test(code.bare.slice(0, match.index))
        )
          return []
        return [heard(code, span, {text: `:${port ? (port.value ?? '?') : '8080'}`, fixed: false, variable: 'PORT'})]
      }
      if (!/^["`]|^:|\.|^\w+$/.test(textOf(code, first))) return []
      address = first
    }
    if (!address) return []
    const word = goValue(files, code, address, around)
    // What is no address is an argument of something else.
    if (/^\./.test(call) && (word.text === undefined || !/:\d*$/.test(word.text))) {
      return /[Aa]ddr|[Pp]ort/.test(textOf(code, address)) ? [heard(code, span, unknownWord)] : []
    }
    return [heard(code, span, word)]
  }

  function heard(code: Code, span: Span, word: CodeWord): ListenCall {
    // `:` alone is the port of http.
    const socket = socketOf({...word, text: word.text?.replace(/:$/, ':80')})
    // What runs beside the rest may be for profiles or metrics, and the server something that is not seen.
    const beside = /\bgo\s+(?:[\w.]+\(\s*)*$/.test(code.bare.slice(Math.max(0, span.start - 60), span.start))
    const branch = beside || blocksAround(code, span.start).some((block) => /^(?:else|if|case|switch|go)\b/.test(block))
    const imported = posix.dirname(code.file.path) !== folder
    const port = socket?.port?.value ?? 8080
    return {at: placeOf(code, span), everywhere: `":${port}"`, socket, indirect: branch || imported}
  }
}

/** Where a package listens at a port alone, as `net.Listen` does not read it. */
export function goBarePorts(files: readonly Code[], around: Surroundings): {at: FileLocation; word: CodeWord}[] {
  return files.flatMap((code) =>
    [...code.bare.matchAll(takesAddress)].flatMap((match) => {
      const open = match.index + match[0].length - 1
      const args = argumentsAt(code, open)
      const [, tcp, server, framework] = match
      if (framework && !files.some(({text}) => (framework === 'Run' ? /gin-gonic\/gin"/ : /labstack\/echo/).test(text)))
        return []
      if (tcp && !/^"tcp/.test(textOf(code, args[0] ?? {start: 0, end: 0}))) return []
      const field = server ? args.find((each) => /^Addr\s*:/.test(textOf(code, each))) : undefined
      // `server.Addr = …` further down.
      if (server && /\.Addr\s*=(?!=)/.test(code.bare)) return []
      const address = server
        ? field && trim(code, {start: code.bare.indexOf(':', field.start) + 1, end: field.end})
        : args[tcp ? 1 : 0]
      if (!address || blocksAround(code, match.index).some((block) => /^(?:if|else)\b/.test(block))) return []
      const word = goValue(files, code, address, around)
      return /^\d{1,5}$/.test(word.text ?? '') ? [{at: placeOf(code, address), word}] : []
    }),
  )
}

/** `http.ListenAndServe`, `net.Listen("tcp", …)`, `http.Server{Addr: …}`, the Run of gin and the Start of echo. */
const takesAddress =
  /\bhttp\.ListenAndServe(?:TLS)?\s*\(|\bnet\.(Listen)\s*\(|\bhttp\.(Server)\s*\{|\b(?:r|router|engine|app|e|server|srv)\.(Run|Start)\s*\(/g

/** The text that an expression is, where that can be read without running anything. */
function goValue(files: readonly Code[], code: Code, span: Span, around: Surroundings, depth = 0): CodeWord {
  if (depth > 8) return unknownWord
  const {start, end} = trim(code, span)
  const text = code.text.slice(start, end)
  const again = (inner: Span, of = code) => goValue(files, of, inner, around, depth + 1)
  if (/^"[^"\\]*"$|^`[^`]*`$/.test(text)) return literal(text.slice(1, -1))
  if (/^\d+$/.test(text)) return literal(text)
  const sum = parts(code, {start, end}, /\+/y)
  if (sum.length > 1) return joined(sum.map((each) => again(each)))
  const call = /^([\w.]+)\s*\(/.exec(text)
  if (call && closing(code, start + call[0].length - 1) === end - 1) {
    const args = argumentsAt(code, start + call[0].length - 1)
    const name = call[1] as string
    const values = () => args.map((each) => again(each))
    const [first] = args
    if (name === 'os.Getenv') return variable(values()[0], undefined)
    if (name === 'fmt.Sprintf' && first) {
      const [format, ...words] = values()
      return format?.text === undefined ? unknownWord : filled(format.text, /%[sdv]/, words)
    }
    if (name === 'net.JoinHostPort') {
      const [host = unknownWord, port = unknownWord] = values()
      return joined([host, literal(':'), port])
    }
    if (name === 'cmp.Or') {
      const [one, two] = values()
      return one?.variable && one.unset && two ? {...two, fixed: false, variable: one.variable} : (one ?? unknownWord)
    }
    if (/^strconv\.Itoa$|^string$/.test(name)) return values()[0] ?? unknownWord
    // A helper of the project: getEnv("PORT", "8080").
    if (/env/i.test(name) && args.length === 2) return variable(values()[0], values()[1])
    return unknownWord
  }
  const pointer = /^\*(\w+)$/.exec(text)
  if (pointer) return flag(pointer[1] as string)
  return /^\w+$/.test(text) ? named(text) : unknownWord

  function variable(name: CodeWord | undefined, standard: CodeWord | undefined): CodeWord {
    return name?.fixed && name.text ? fromEnvironment(name.text, standard, around) : unknownWord
  }

  /** `port := os.Getenv("PORT")` and, where it is empty, `port = "8080"`; a constant of the package. */
  function named(name: string): CodeWord {
    const pattern = new RegExp(`(?:^|[^.\\w])${name}(?:\\s+[\\w.]+)?\\s*(?::=|=(?!=))\\s*([^\\n]+)`, 'g')
    const here = [...code.bare.matchAll(pattern)]
    const others = files.filter(
      (each) => posix.dirname(each.file.path) === posix.dirname(code.file.path) && each !== code,
    )
    const [place, found] = here.length
      ? [code, here]
      : (others.map((each) => [each, [...each.bare.matchAll(pattern)]] as const).find(([, all]) => all.length) ?? [
          code,
          [],
        ])
    const words = found.map((match) => {
      const at = match.index + match[0].length - (match[1] as string).length
      return again(
        trim(place, {start: at, end: match.index + match[0].replace(/(?<!\s)\s*[{;]\s*$/, '').length}),
        place,
      )
    })
    const [first, second] = words
    if (words.length === 1) return first as CodeWord
    if (words.length !== 2 || !first || !second) return unknownWord
    if (first.unset && second.fixed) return {...second, fixed: false, variable: first.variable}
    if (first.variable && !first.unset && second.fixed) return first
    // The default stands first: `port := "8080"`, then `if p := os.Getenv("PORT"); p != "" { port = p }`.
    if (first.fixed && second.unset) return {...first, fixed: false, variable: second.variable}
    return second.variable && !second.unset ? second : unknownWord
  }

  /** `flag.String("addr", ":8080", "…")`: its default, which the command may change. */
  function flag(name: string): CodeWord {
    const match = new RegExp(`\\b${name}\\s*:?=\\s*flag\\.(?:String|Int)\\s*\\(`).exec(code.bare)
    const [, standard] = match ? argumentsAt(code, match.index + match[0].length - 1) : []
    return standard ? {...again(standard), fixed: false} : unknownWord
  }
}
