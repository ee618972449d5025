import type {Code, Language, Span} from './code.ts'

/** A call that starts a program of the system. */
export interface ProgramCall {
  program: string
  /** The library that starts it; undefined where the code itself does. */
  library: ProgramLibrary | undefined
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
      call: /\b(?:subprocess\s{0,20}\.\s{0,20}(?:run|Popen|call|check_call|check_output)|Popen|check_output|check_call)\s{0,20}\(\s{0,200}(?:args\s{0,20}=\s{0,20})?\[?\s{0,200}[fr]?(?=["'])/g,
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
  elixir: [{call: /\bSystem\s{0,20}\.\s{0,20}cmd\s{0,20}\(\s{0,200}(?=")/g}],
}

/** A list that a name stands for: `command = ["ffmpeg", "-i", …]`, which a call is then given. */
const namedList =
  /^[ \t]*(\w{1,100})(?:[ \t]{0,20}:[ \t]{0,20}[\w[\], ]{1,100})?[ \t]{0,20}=[ \t]{0,20}\[\s{0,200}(?=["'])/gm

/** A library that starts a program itself. */
export interface ProgramLibrary {
  name: string
  program: string
  call: RegExp
  /** The file must have that, and must not have this: what is connected to elsewhere, or brought along. */
  needs: RegExp
  unless?: RegExp
  /** What the image lacks, where it is not the program itself. */
  lacks?: string
  /** How it is brought in its own way, on Debian. */
  cure?: string
  /** It finds its browser as Puppeteer does. */
  isPuppeteer?: boolean
}

const elsewhere =
  /\bconnect(?:_over_cdp|OverCDP)?\s*\(|[Ww]s_?[Ee]ndpoint|browserless|sparticuz|chrome-aws-lambda|\bRemote\s*\(/

/** As their documentation says: none but Puppeteer brings the browser, and that does not bring its libraries. */
const libraries: Partial<Readonly<Record<Language, readonly ProgramLibrary[]>>> = {
  python: [
    // matplotlib.animation: "FFMpegWriter: Pipe-based ffmpeg writer".
    {
      name: 'matplotlib',
      program: 'ffmpeg',
      call: /\bFFMpegWriter\s*\(|\bwriter\s*=\s*["']ffmpeg["']/g,
      needs: /\bmatplotlib\b/,
    },
    {
      name: 'Playwright',
      program: 'chromium',
      call: /\.\s*chromium\s*\.\s*launch(?:_persistent_context)?\s*\(/g,
      needs: /\bplaywright\b/,
      unless: elsewhere,
      cure: 'RUN playwright install --with-deps chromium',
    },
    // A Playwright that pages do not tell from a person's browser, under a name of its own.
    {
      name: 'Patchright',
      program: 'chromium',
      call: /\.\s*chromium\s*\.\s*launch(?:_persistent_context)?\s*\(/g,
      needs: /\bpatchright\b/,
      unless: elsewhere,
      cure: 'RUN patchright install --with-deps chromium',
    },
    {
      name: 'Selenium',
      program: 'chromium',
      call: /\bwebdriver\s*\.\s*Chrome\s*\(/g,
      needs: /\bselenium\b/,
      unless: elsewhere,
      cure: 'RUN apt-get update && apt-get install -y --no-install-recommends chromium chromium-driver',
    },
  ],
  javascript: [
    {
      name: 'Playwright',
      program: 'chromium',
      call: /\bchromium\s*\.\s*launch(?:PersistentContext)?\s*\(/g,
      needs: /["'](?:rebrowser-)?playwright(?:-core|-extra)?["']/,
      unless: elsewhere,
      cure: 'RUN npx playwright install --with-deps chromium',
    },
    {
      name: 'Patchright',
      program: 'chromium',
      call: /\bchromium\s*\.\s*launch(?:PersistentContext)?\s*\(/g,
      needs: /["']patchright(?:-core)?["']/,
      unless: elsewhere,
      cure: 'RUN npx patchright install --with-deps chromium',
    },
    {
      name: 'Puppeteer',
      program: 'chromium',
      call: /\bpuppeteer\s*\.\s*launch\s*\(/g,
      needs: /["'](?:rebrowser-puppeteer|puppeteer(?:-extra)?)["']/,
      unless: elsewhere,
      lacks: 'none of the libraries that Chrome needs',
      isPuppeteer: true,
    },
    {
      name: 'puppeteer-core',
      program: 'chromium',
      call: /\bpuppeteer\s*\.\s*launch\s*\(/g,
      needs: /["']puppeteer-core["']/,
      unless: new RegExp(`${elsewhere.source}|["'](?:rebrowser-puppeteer|puppeteer(?:-extra)?)["']`),
      isPuppeteer: true,
    },
  ],
}

/** git asks about the repository of the project itself, which no image has: whoever calls it so does without. */
const asksOfItself =
  /^git(?:\s|["'],?\s{0,20}\[?\s{0,20}["'])(?:rev-parse|describe|log|status|show|config|branch|diff|remote)\b/

/** `which("ffmpeg")`, `["ffmpeg", "-version"]`: a program that the code asks for, to find out whether it is there. */
const asksFor =
  /\b(?:which|LookPath|commandExists|hasCommand)(?:Sync)?\s{0,20}\(\s{0,20}["'`]([\w.-]+)|["'`]([\w.-]+)(?:["'`]\s{0,20},\s{0,20}\[?\s{0,20}["'`]|\s)--?(?:version|help)\b/g

export const askedFor = ({text}: Code): string[] =>
  [...text.matchAll(asksFor)].map(([, name, other]) => (name ?? other) as string)

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
  for (const library of libraries[language] ?? []) {
    if (!library.needs.test(text) || library.unless?.test(text)) continue
    const [match] = text.matchAll(library.call)
    if (!match) continue
    found.push({program: library.program, library, span: {start: match.index, end: match.index + match[0].length}})
  }
  return found
}
