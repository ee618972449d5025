import type {Code, Language, Span} from './code.ts'

/** A call that starts a program of the system. */
export interface ProgramCall {
  program: string
  /** The library that starts it; undefined where the code itself does. */
  library: string | undefined
  span: Span
}

interface Caller {
  /** Up to the quotation mark that begins the command; what comes before is the call. */
  call: RegExp
  /** The file must have that: what the call is imported from. */
  needs?: RegExp
}

/** Calls whose first argument, or the first item of it, is the program. */
const callers: Partial<Readonly<Record<Language, readonly Caller[]>>> = {
  python: [
    {
      call: /\b(?:subprocess\s*\.\s*(?:run|Popen|call|check_call|check_output)|Popen|check_output|check_call)\s*\(\s*(?:args\s*=\s*)?\[?\s*[fr]?(?=["'])/g,
      needs: /\bsubprocess\b/,
    },
    {call: /\bcreate_subprocess_(?:exec|shell)\s*\(\s*[fr]?(?=["'])/g},
    {call: /\bos\s*\.\s*(?:system|popen)\s*\(\s*[fr]?(?=["'])/g},
  ],
  javascript: [
    {
      call: /(?:(?<![.\w$])|\b(?:child_?[pP]rocess|cp)\s*\.\s*)(?:spawn|spawnSync|exec|execSync|execFile|execFileSync|execAsync|execPromise|execFileAsync|execa|execaSync)\s*\(\s*(?=["'`])/g,
      needs: /["'](?:node:)?child_process["']|["']execa["']/,
    },
  ],
  go: [{call: /\bexec\s*\.\s*Command(?:Context\s*\(\s*[\w.()]+\s*,|\s*\()\s*(?=["`])/g, needs: /"os\/exec"/}],
  rust: [{call: /\bCommand\s*::\s*new\s*\(\s*(?=")/g, needs: /\bprocess\b/}],
}

/** A list that a name stands for: `command = ["ffmpeg", "-i", …]`, which a call is then given. */
const namedList = /^[ \t]*(\w+)(?:\s*:\s*[\w[\], ]+)?\s*=\s*\[\s*(?=["'])/gm

/** What starts a program inside a library, as its documentation says. */
const libraries: Partial<
  Readonly<Record<Language, readonly {call: RegExp; needs: RegExp; library: string; program: string}[]>>
> = {
  // matplotlib.animation: "FFMpegWriter: Pipe-based ffmpeg writer".
  python: [
    {
      call: /\bFFMpegWriter\s*\(|\bwriter\s*=\s*["']ffmpeg["']/g,
      needs: /\bmatplotlib\b/,
      library: 'matplotlib',
      program: 'ffmpeg',
    },
  ],
}

/** git asks about the repository of the project itself, which no image has: whoever calls it so does without. */
const asksOfItself = /^git(?:\s|["'],?\s*\[?\s*["'])(?:rev-parse|describe|log|status|show|config|branch|diff|remote)\b/

/** The calls of a file that start a program whose name is written there. */
export function programCalls(code: Code): ProgramCall[] {
  const {language, text} = code
  const found: ProgramCall[] = []
  const add = (start: number, end: number) => {
    const quoted = /^(["'`])([\w.-]+)(?=[\s"'`])/.exec(text.slice(end, end + 60))
    if (!quoted || asksOfItself.test(text.slice(end + 1, end + 80))) return
    found.push({program: quoted[2] as string, library: undefined, span: {start, end: end + quoted[0].length}})
  }
  for (const {call, needs} of callers[language] ?? []) {
    if (needs && !needs.test(text)) continue
    for (const match of text.matchAll(call)) add(match.index, match.index + match[0].length)
  }
  if (language === 'python' && /\bsubprocess\b/.test(text)) {
    for (const match of text.matchAll(namedList)) {
      const name = match[1] as string
      const given = new RegExp(
        `\\b(?:run|Popen|call|check_call|check_output)\\s*\\(\\s*${name}\\b|subprocess_exec\\s*\\(\\s*\\*${name}\\b`,
      )
      if (given.test(text.slice(match.index))) add(match.index + match[0].search(/\S/), match.index + match[0].length)
    }
  }
  for (const {call, needs, library, program} of libraries[language] ?? []) {
    const match = needs.test(text) ? [...text.matchAll(call)][0] : undefined
    if (match) found.push({program, library, span: {start: match.index, end: match.index + match[0].length}})
  }
  return found
}
