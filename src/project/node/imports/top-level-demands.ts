/** Variables of the environment that a module of JavaScript stops without as soon as it is loaded. */
import type {FileLocation} from '../../../check.ts'
import {blocksAround, type Code} from '../../code/code.ts'
import {scriptReads} from '../../environment/script-reads.ts'

export interface Demand {
  name: string
  at: FileLocation
}

interface Client {
  package: string
  call: string
  key?: string
  standard?: string
  /** The first major version that throws; all that are tried where nothing stands. */
  since?: number
}

/** Clients that throw as they are made without their key: tried with the newest version of each and some four before. */
const clients: readonly Client[] = [
  {package: 'stripe', call: 'new Stripe', since: 17},
  {package: 'resend', call: 'new Resend', standard: 'RESEND_API_KEY'},
  {package: 'openai', call: 'new OpenAI', key: 'apiKey', standard: 'OPENAI_API_KEY'},
  {package: 'groq-sdk', call: 'new Groq', key: 'apiKey', standard: 'GROQ_API_KEY'},
  {package: '@pinecone-database/pinecone', call: 'new Pinecone', key: 'apiKey', standard: 'PINECONE_API_KEY'},
  {package: '@supabase/supabase-js', call: 'createClient'},
  {package: '@supabase/ssr', call: 'createBrowserClient'},
  {package: '@libsql/client', call: 'createClient', key: 'url'},
  {package: 'mongodb', call: 'new MongoClient', since: 4},
  {package: 'postmark', call: 'new ServerClient'},
]

/** `process.env.X`, `process.env["X"]`; `env.X` of SvelteKit. */
const read = String.raw`(?:process\.env|import\.meta\.env|(?<![\w.$])env)(?:\.([A-Z][A-Z0-9_]*)|\[\s*["']([A-Z]\w*)["']\s*\])`
/** What TypeScript alone sees of it. */
const sure = String.raw`(?:!|\s+as\s+string)?`

/** `manifests`: the texts of the files that say which versions are installed. */
export function topLevelDemands(
  code: Code,
  isSet: (name: string) => boolean,
  manifests: readonly string[] = [],
): Demand[] {
  const {text} = code
  if (!/\benv\b/.test(text) && !clients.some((each) => text.includes(each.package))) return []
  const isKit = /["']\$env\/dynamic\/(?:private|public)["']/.test(text)
  const constants = new Map<string, string>()
  for (const match of atTop(
    new RegExp(
      `^(?:export\\s+)?const\\s+(\\w+)(?:\\s*:[^=\\n]{1,80})?\\s*=\\s{0,20}${read}${sure}[ \\t]{0,20};?[ \\t]{0,20}$`,
      'gm',
    ),
  )) {
    const name = nameOf(match[0], match[2] ?? match[3])
    if (match[1] && name) constants.set(match[1], name)
  }
  for (const {1: names = '', 0: written} of atTop(
    /^(?:export\s+)?const\s{0,20}\{([^{}=:]{1,1000})\}\s{0,20}=\s{0,20}(?:process\.env|env)[ \t]{0,20};?[ \t]{0,20}$/gm,
  )) {
    for (const each of names.split(',').map((part) => part.trim())) {
      const name = nameOf(written, each)
      if (name) constants.set(name, name)
    }
  }
  return [...guards(), ...made(), ...schemas(), ...built()]

  function atTop(pattern: RegExp): RegExpExecArray[] {
    return [...text.matchAll(pattern)].filter((match) => blocksAround(code, match.index).length === 0)
  }

  /** `env` is that of SvelteKit, or any object. */
  function nameOf(written: string, name: string | undefined): string | undefined {
    return /process\.env|import\.meta\.env/.test(written) || isKit ? name : undefined
  }

  /** The variable that an expression is, and nothing else beside it. */
  function variableOf(expression: string): string | undefined {
    const written = expression.trim()
    const match = new RegExp(`^${read}${sure}$`).exec(written)
    return match ? nameOf(written, match[1] ?? match[2]) : constants.get(written.replace(/!$/, ''))
  }

  /** `if (!process.env.X) throw …`, also with several of them. */
  function guards(): Demand[] {
    const pattern =
      /^if\s{0,20}\(((?:\s{0,50}!\s{0,20}[\w.[\]"']{1,100}\s{0,50}(?:\|\||(?=\)))){1,20})\)\s{0,50}(?:\{[^{}]{0,400}?)?\s{0,50}(?:throw\s|process\.exit\()/gm
    return atTop(pattern).flatMap((match) => {
      const start = match.index + match[0].indexOf(match[1] as string)
      return (match[1] as string).split('||').flatMap((each) => {
        const name = variableOf(each.replace(/^\s*!/, ''))
        return name ? [demand(name, start, (match[1] as string).length)] : []
      })
    })
  }

  /** `const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!)`, and nothing in between may make it later. */
  function made(): Demand[] {
    return clients.flatMap(({package: from, call, key, standard, since = 0}) => {
      if (!text.includes(`'${from}'`) && !text.includes(`"${from}"`)) return []
      if (since > 0 && !manifests.some((each) => majorIn(each, from) >= since)) return []
      const pattern = new RegExp(
        `^(?:export\\s+)?(?:default\\s+|(?:const|let|var)\\s+\\w+(?:\\s*:[^=\\n]{1,80})?\\s*=\\s*)${call}(?:<[^>()]{1,80}>)?\\(([^()]{0,1000})`,
        'gm',
      )
      return atTop(pattern).flatMap((match) => {
        const [, inside = ''] = match
        const start = match.index
        const given = key
          ? new RegExp(`\\b${key}\\s*:\\s*([^,}\\n]+)`).exec(inside)?.[1]
          : inside.split(/,|\n[ \t]{0,200}\{/)[0]
        // Behind the bracket of a call more may stand.
        const isNone = key
          ? /^\s*(?:\{\s*\}\s*)?$/.test(inside) && text[start + match[0].length] === ')'
          : inside.trim() === '' && text[start + match[0].length] === ')'
        const name = isNone ? standard : given && variableOf(given)
        return name && !(standard && isSet(standard)) ? [demand(name, start, match[0].split('\n')[0]?.length ?? 1)] : []
      })
    })
  }

  /** createEnv of t3-env, and a schema that process.env is put through. */
  function schemas(): Demand[] {
    const [checked] = atTop(
      /^(?:export\s+)?(?:default\s+|const\s+\w+\s*=\s*)(?:createEnv\s*\(|\w+\.parse\(\s*process\.env\b)/gm,
    )
    if (!checked) return []
    const [, skip] = /\bskipValidation\s*:[^,\n]*?\b(?:process\.)?env\.(\w+)/.exec(text) ?? []
    if (/\bskipValidation\s*:/.test(text) && (skip === undefined || isSet(skip))) return []
    return scriptReads(code.file).flatMap(({name, required, at}) => (required ? [{name, at}] : []))
  }

  function built(): Demand[] {
    return staticVariables(text).map(({name, start, length}) => demand(name, start, length))
  }

  function demand(name: string, start: number, length: number): Demand {
    return {name, at: code.file.span(start, start + length)}
  }
}

/** Variables that SvelteKit writes into the build, which ends where one is not there: `import {A} from '$env/static/public'`. */
export function staticVariables(text: string): {name: string; start: number; length: number}[] {
  const imports =
    /^([ \t]{0,20})import\s{0,20}\{([^{}]{1,2000})\}\s{0,20}from\s{0,20}["']\$env\/static\/(?:private|public)["']/gm
  return [...text.matchAll(imports)].flatMap(({0: all, 1: indent = '', 2: names = '', index}) =>
    names.split(',').flatMap((each) => {
      const [name = ''] = each.trim().split(/\s{1,20}as\s/)
      const start = index + indent.length
      return name === '' ? [] : [{name, start, length: all.length - indent.length}]
    }),
  )
}

/** Of a package, as a package.json asks for it: `17` of `"stripe": "^17.2.0"`; 0 where it does not, or by no number. */
const majorIn = (manifest: string, name: string): number =>
  Number(new RegExp(`"${name}"\\s{0,20}:\\s{0,20}"[\\^~]?(\\d{1,5})`).exec(manifest)?.[1] ?? 0)
