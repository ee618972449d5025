import type {ReadWord} from '../shell/arguments.ts'

const text = (word: ReadWord | undefined): string => word?.text ?? ''
const base = (word: ReadWord | undefined): string => text(word).split('/').at(-1) as string

/** Programs that serve by a word behind their name, as the server is then called. */
const subcommands: readonly (readonly [program: string, word: RegExp, name: string])[] = [
  ['next', /^start$/, 'next start'],
  ['next', /^dev$/, 'next dev'],
  ['vite', /^preview$/, 'vite preview'],
  ['vite', /^(?:dev|serve)$/, 'vite dev'],
  ['rails', /^s(?:erver)?$/, 'rails server'],
  ['fastify', /^start$/, 'fastify start'],
  ['react-scripts', /^start$/, 'react-scripts start'],
  ['vue-cli-service', /^serve$/, 'vue-cli-service serve'],
  ['deno', /^serve$/, 'deno serve'],
  ['litestar', /^run$/, 'litestar run'],
  ['chainlit', /^run$/, 'chainlit run'],
  ['shiny', /^run$/, 'shiny run'],
  ['mlflow', /^(?:server|ui)$/, 'mlflow server'],
  ['mkdocs', /^serve$/, 'mkdocs serve'],
  ['pocketbase', /^serve$/, 'pocketbase serve'],
  ['hugo', /^serve(?:r)?$/, 'hugo server'],
  ['jekyll', /^s(?:erve|erver)?$/, 'jekyll serve'],
]

function artisanServer(word: string, rest: ReadWord[]): [string, ReadWord[]] | undefined {
  if (word === 'serve') return ['artisan serve', rest]
  return /^octane:(?:start|frankenphp|swoole|roadrunner)$/.test(word) ? ['artisan octane:start', rest] : undefined
}

/** The name under which a server is known, and its arguments. */
export function nameOf(words: readonly ReadWord[]): [string, ReadWord[]] | undefined {
  const [first, ...rest] = words
  const program = base(first)
  /** What stands behind a subcommand: it is the first word that is no flag, nor the value of one. */
  const after = (word: string): ReadWord[] | undefined => {
    let at = 0
    while (text(rest[at]).startsWith('-'))
      at += /^(-A|-e|--app|--env-file|--settings|--pythonpath)$/.test(text(rest[at])) ? 2 : 1
    return text(rest[at]) === word ? rest.slice(at + 1) : undefined
  }
  const pair = (name: string, found: ReadWord[] | undefined): [string, ReadWord[]] | undefined => found && [name, found]
  if (
    /^(uvicorn|gunicorn|hypercorn|daphne|granian|waitress-serve|http-server|http\.server|json-server|serve|sirv|puma|thrust|react-router-serve|remix-serve|sanic)$/.test(
      program,
    )
  ) {
    return [program, rest]
  }
  if (program === 'flask') return pair('flask run', after('run'))
  const subcommand = subcommands.find(([name, word]) => name === program && word.test(text(rest[0])))?.[2]
  if (subcommand) return [subcommand, rest.slice(1)]
  if (program === 'fastapi') return pair('fastapi run', after('run')) ?? pair('fastapi dev', after('dev'))
  if (program === 'streamlit') return pair('streamlit run', after('run'))
  if (program === 'vite' && (rest.length === 0 || text(rest[0]).startsWith('-'))) return ['vite dev', rest]
  if (/^(manage\.py|django-admin)$/.test(program)) return pair('manage.py runserver', after('runserver'))
  if (/^php[\d.]*$/.test(program)) {
    const artisan = rest.findIndex((each) => base(each) === 'artisan')
    if (artisan >= 0) return artisanServer(text(rest[artisan + 1]), rest.slice(artisan + 2))
    const asServer = text(rest[0]).startsWith('-') && rest.some((each) => text(each).startsWith('-S'))
    return asServer ? ['php -S', rest] : undefined
  }
  return undefined
}

/** Flags of the wrappers that take the next word. */
const wrapperValues =
  /^(--(with|with-requirements|python|group|only-group|extra|env-file|package|project|directory|index|index-url|config-file)|-p|-C)$/

/** The command behind what only starts it, as one text: `?` for a word that is not known. */
export const behindLaunchers = (words: readonly (string | undefined)[]): string =>
  peel(words.map((text) => ({text, fixed: true})))
    .map((word) => word.text ?? '?')
    .join(' ')

/** The words of a command behind what starts another program with the rest of its words. */
export function peel(words: readonly ReadWord[]): readonly ReadWord[] {
  const [first, second] = words
  const program = base(first)
  const from = (start: number) => peel(words.slice(start))
  const flags = (start: number, takes = wrapperValues): number => {
    let at = start
    while (text(words[at]).startsWith('-')) {
      if (text(words[at]) === '--') return at + 1
      at += takes.test(text(words[at])) ? 2 : 1
    }
    return at
  }
  if (/^(uv|poetry|pdm|pipenv|rye|hatch)$/.test(program) && text(second) === 'run') {
    const module = words.findIndex((word, index) => index > 1 && /^(-m|--module)$/.test(text(word)))
    const start = flags(2)
    return module > 0 && module < start ? from(module + 1) : from(start)
  }
  if (program === 'bundle' && text(second) === 'exec') return from(2)
  if (/^(pnpm|npm|yarn)$/.test(program) && /^(exec|dlx)$/.test(text(second))) return from(flags(2))
  if (/^(npx|bunx)$/.test(program)) return from(flags(1))
  if (program === 'yarn' && text(second) === 'next') return from(1)
  if (/^(nohup|tini|dumb-init|catatonit)$/.test(program)) return from(flags(1))
  if (/^(gosu|su-exec)$/.test(program)) return from(2)
  if (/^(opentelemetry-instrument|ddtrace-run)$/.test(program) && !text(second).startsWith('-')) return from(1)
  // Variables that these set count as set by the text they stand in.
  if (/^(cross-env|env|exec)$/.test(program)) {
    const start = words.findIndex((word, index) => index > 0 && !/^\w+=/.test(text(word)))
    return start > 0 && !text(words[start]).startsWith('-') ? from(start) : words
  }
  if (/^(node|ruby)$/.test(program) && /(^|\/)(\.bin\/(next|vite|serve|http-server)|bin\/rails)$/.test(text(second))) {
    return from(1)
  }
  if (/^python[\d.]*$/.test(program)) {
    // -u, -O and the like take no value; -m and what follows is the program; `-W ignore` is two words.
    let at = 1
    while (/^-(?!m$)/.test(text(words[at]))) at += /^-[WX]$/.test(text(words[at])) ? 2 : 1
    return text(words[at]) === '-m' ? from(at + 1) : base(words[at]) === 'manage.py' ? from(at) : words
  }
  return words
}
