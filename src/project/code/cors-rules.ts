/** What the frameworks refuse of CORS settings, as it stands in the code. */
import type {FileLocation} from '../../check.ts'
import {blocksAround, type Code, closing, openBraces, placeOf, type Span} from './code.ts'

/** Settings for other origins that a framework refuses as the app starts: any of them, and credentials with it. */
export interface CorsFault {
  /** `AllowAnyOrigin() with AllowCredentials()`. */
  settings: string
  /** `ASP.NET Core stops as it starts ("…")`. */
  outcome: string
  at: FileLocation
  related: FileLocation[]
  hint: string
  /** It is surely come by; else a function of the code may never be called. */
  sure: boolean
}

/** What decides whether code comes to be run, and C#'s conventions for another environment. */
const decides =
  /\b(?:else|if|case|switch|match|catch|when|then)\b|#\[cfg\(|&&|\|\||\bConfigure(?:Development|Staging)\w*\s*\(/

/** Whether it may be left out: in a block, a statement or a part for the preprocessor that begins with a condition. */
function isGuarded(code: Code, offset: number): boolean {
  const {bare} = code
  const before = bare.slice(0, offset)
  const count = (pattern: RegExp) => before.match(pattern)?.length ?? 0
  if (count(/^[ \t]*#[ \t]*if\b/gm) > count(/^[ \t]*#[ \t]*endif\b/gm)) return true
  return (
    [...openBraces(code, offset), offset].some((at) => decides.test(headerAt(bare, at))) ||
    /\s\?\s/.test(statementAt(bare, offset))
  )
}

/** What stands before an offset: in its statement, and in its line, as Go's `if err := run(); err != nil {`. */
function headerAt(bare: string, offset: number): string {
  const line = bare.slice(bare.lastIndexOf('\n', offset - 1) + 1, offset)
  const statement = statementAt(bare, offset)
  return line.length > statement.length ? line : statement
}

function statementAt(bare: string, offset: number): string {
  let from = offset
  while (from > 0 && !/[;{}]/.test(bare[from - 1] as string)) from--
  return bare.slice(from, offset)
}

/** A method that nothing is seen to call; what the host calls by itself, and the code at the top, is run. */
function inOwnMethod({bare}: Code, offset: number, headers: readonly string[]): boolean {
  const names = [...headers, statementAt(bare, offset)].flatMap((text) => [
    ...text.matchAll(/\b(?:void|static|private|public|internal|protected)\b[^()={}]{0,200}?\b(\w+)\s*\(/g),
  ])
  return names.some(([, name = '']) => !/^(?:Main|Configure|ConfigureServices|CreateHostBuilder)$/.test(name))
}

const inMain = (code: Code, offset: number): boolean =>
  blocksAround(code, offset).some((block) => /\b(?:func|fn)\s+main\s*\(/.test(block))

/** `.a().b(x)`: the calls that are made one upon the other from an offset on. */
function chainAt(code: Code, start: number): {name: string; argument: string; span: Span}[] {
  const calls: {name: string; argument: string; span: Span}[] = []
  const call = /\s*\.\s*(\w+)\s*(?:::<[^>\n]{0,100}>)?\(/y
  for (let at = start; ; ) {
    call.lastIndex = at
    const match = call.exec(code.bare)
    if (!match) return calls
    const end = closing(code, call.lastIndex - 1)
    const from = match.index + match[0].indexOf('.')
    calls.push({
      name: match[1] as string,
      argument: code.text.slice(call.lastIndex, end).trim(),
      span: {start: from, end: end + 1},
    })
    at = end + 1
  }
}

/** CorsPolicyBuilder.Build() throws, and CorsOptions build every policy as soon as one of them is used. */
export function* dotnetFaults(codes: readonly Code[]): Generator<CorsFault> {
  const used = codes.flatMap((code) =>
    [...code.bare.matchAll(/\.\s*UseCors\s*\(/g)].flatMap(({index, 0: text}) =>
      isGuarded(code, index) ? [] : [placeOf(code, {start: index, end: index + text.length})],
    ),
  )
  const [use] = used
  if (!use) return
  for (const code of codes) {
    // Each chain begins at its builder.
    for (const {index, 0: builder} of code.bare.matchAll(
      /(?<![\w.)\]>])[A-Za-z_]\w*(?=\s*\.\s*(?:Allow|With|Set)\w+\()/g,
    )) {
      const calls = chainAt(code, index + builder.length)
      const any = calls.find(
        ({name, argument}) => name === 'AllowAnyOrigin' || (name === 'WithOrigins' && argument === '"*"'),
      )
      const credentials = calls.find(({name}) => name === 'AllowCredentials')
      if (!any || !credentials || calls.filter(({name}) => /Origins?$/.test(name)).length > 1) continue
      if (calls.some(({name}) => name === 'DisallowCredentials') || isGuarded(code, index)) continue
      yield {
        settings: `${any.name}(${any.argument}) with AllowCredentials()`,
        outcome:
          'ASP.NET Core stops as it starts ("The CORS protocol does not allow specifying a wildcard (any) origin and credentials at the same time")',
        at: placeOf(code, credentials.span),
        related: [placeOf(code, any.span), use],
        hint: 'Name the origins: WithOrigins("https://…"); or take AllowCredentials() out, where no cookie goes along.',
        sure:
          /(?:^|\/)(?:Program|Startup)\.cs$/.test(code.file.path) &&
          !inOwnMethod(code, index, blocksAround(code, index)),
      }
    }
  }
}

/** cors.New() panics: of Fiber where the origin is `*`, as it is by default, of gin where a list stands beside it. */
export function* goFaults(code: Code): Generator<CorsFault> {
  const [, version] = /"github\.com\/gofiber\/fiber\/v(\d)\/middleware\/cors"/.exec(code.text) ?? []
  const isGin = /"github\.com\/gin-contrib\/cors"/.test(code.text)
  if (version === undefined && !isGin) return
  // What is filled in later is not known.
  if (/\.\s*Allow(?:All)?(?:Origins?|Credentials)\w*\s*=(?!=)/.test(code.bare)) return
  for (const {index, 0: whole} of code.bare.matchAll(/\bcors\.Config\s*\{/g)) {
    const end = closing(code, index + whole.length - 1)
    const body = code.text.slice(index, end)
    if (isGuarded(code, index) || /AllowOrigins?(?:WithContext)?Func/.test(body)) continue
    const field = (name: string) =>
      new RegExp(`\\b${name}\\s{0,20}:[ \\t]{0,20}([^\\s][^\\n]{0,300}?),?[ \\t]{0,20}(?=\\n|$|\\}$)`).exec(body)
    const origins = field('AllowOrigins')
    const place = (match: RegExpExecArray) =>
      placeOf(code, {start: index + match.index, end: index + match.index + match[0].replace(/,$/, '').length})
    const around = {sure: inMain(code, index)}
    if (version !== undefined) {
      const credentials = field('AllowCredentials')
      const isAny = origins ? /^(?:\[\]string\s*\{\s*)?["`]\*["`]\s*\}?$/.test(origins[1] ?? '') : version === '2'
      // Others may be filled in by their order.
      if (credentials?.[1] !== 'true' || !isAny) continue
      yield {
        settings: `AllowCredentials: true with ${origins ? 'AllowOrigins: "*"' : 'no AllowOrigins, which means "*"'}`,
        outcome: 'cors.New of Fiber panics as the app starts',
        at: place(credentials),
        related: origins ? [place(origins)] : [],
        hint: 'Name the origins in AllowOrigins, or take AllowCredentials out, where no cookie goes along.',
        ...around,
      }
    } else {
      const all = field('AllowAllOrigins')
      if (all?.[1] !== 'true' || !origins || !/^\[\]string\s*\{\s*["`]/.test(origins[1] ?? '')) continue
      yield {
        settings: 'AllowAllOrigins: true with AllowOrigins',
        outcome: 'cors.New of gin panics as the app starts ("all origins are allowed. AllowOrigins is not needed")',
        at: place(all),
        related: [place(origins)],
        hint: 'Keep one of the two.',
        ...around,
      }
    }
  }
}

/** CorsLayer::layer asserts that no wildcard stands beside credentials (tower-http, ensure_usable_cors_rules). */
export function* rustFaults(code: Code): Generator<CorsFault> {
  if (!/\btower_http\b/.test(code.text)) return
  for (const {index, 0: whole, 1: kind} of code.bare.matchAll(/\bCorsLayer::(new|permissive)\(\)/g)) {
    const calls = chainAt(code, index + whole.length)
    const last = (name: string) => calls.findLast((each) => each.name === name)
    const credentials = last('allow_credentials')
    if (credentials?.argument !== 'true' || isGuarded(code, index)) continue
    const rules = ['allow_origin', 'allow_methods', 'allow_headers', 'expose_headers']
    const wild = rules.find((name) => {
      const argument = last(name)?.argument
      return argument === undefined ? kind === 'permissive' : /^(?:\w+::)*Any$/.test(argument)
    })
    if (wild === undefined) continue
    const call = last(wild)
    yield {
      settings: `allow_credentials(true) with ${call ? `${wild}(Any)` : 'CorsLayer::permissive()'}`,
      outcome: 'tower-http panics as the layer is added ("Invalid CORS configuration")',
      at: placeOf(code, credentials.span),
      related: call ? [placeOf(code, call.span)] : [],
      hint: 'Name what is allowed, or mirror the request: AllowOrigin::mirror_request(), AllowMethods::mirror_request(), AllowHeaders::mirror_request().',
      sure: inMain(code, index),
    }
  }
}

/** The text with each `{` on the line of what it belongs to, as C# does not write it. */
export function withHeaders(code: Code): Code {
  const join = (text: string) => text.replace(/\r?\n[ \t]*(?=\{)/g, (blank) => ' '.repeat(blank.length))
  return {...code, text: join(code.text), bare: join(code.bare)}
}
