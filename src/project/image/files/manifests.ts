/** Files of the project that programs look for where they run, and in the folders above, and stop without. */
import {isScriptAlone, readRequest} from '../../node/scripts/package-runner.ts'

interface Seeker {
  runs: RegExp
  file: string
  /** A variable that names the file. */
  variable?: string
  /** An option that does, or that goes to another folder. */
  option?: RegExp
}

const seekers: readonly Seeker[] = [
  // "Could not locate Gemfile or .bundle/ directory"
  {runs: /^bundle exec\b/, file: 'Gemfile', variable: 'BUNDLE_GEMFILE', option: /\s--gemfile\b/},
  // "Poetry could not find a pyproject.toml file in /app or its parents"
  {runs: /^poetry run\b/, file: 'pyproject.toml', option: /\s(?:-C|-P|--directory|--project)\b/},
  // "The task "phx.server" could not be found", as there is no project
  {runs: /^mix (?:phx|ecto)\./, file: 'mix.exs', variable: 'MIX_EXS'},
  // "Could not find turbo.json or turbo.jsonc"
  {
    runs: /^(?:(?:npx|bunx|pnpm|yarn|(?:npm|pnpm|yarn) exec) (?:--(?:yes)? |-y )?)?turbo run\b/,
    file: 'turbo.json',
    variable: 'TURBO_ROOT_TURBO_JSON',
    option: /\s--(?:cwd|root-turbo-json|experimental-allow-no-turbo-json)\b/,
  },
  // "deno task couldn't find deno.json(c)"
  {runs: /^deno task \w/, file: 'deno.json', option: /\s(?:-c|--config|--cwd|-f|--filter|-r|--recursive)\b/},
]

/** `npm init -y`, `npm install express`: they make a package.json where there is none. */
export const makesManifest =
  /\b(?:npm|pnpm|yarn|bun)\s(?:init|create|add|pkg)\b|\b(?:npm|pnpm|bun)\s(?:i|install)\s(?!(?:[^\s;&|]+\s){0,20}(?:-g|--global)\b)(?:-[^\s;&|]+\s){0,10}[@\w]/

/** Other names under which the program takes the file; Deno has tasks of the scripts of package.json, too. */
export const otherNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['turbo.json', ['turbo.jsonc']],
  ['deno.json', ['deno.jsonc', 'package.json']],
])

/** The file that a command cannot do without; undefined where it needs none, or is told where it is. */
export function manifestOf(words: readonly string[], isSet: (variable: string) => boolean): string | undefined {
  const [program = '', ...rest] = words
  const text = [program.split('/').at(-1), ...rest].join(' ')
  const seeker = seekers.find(({runs}) => runs.test(text))
  if (seeker) return isSet(seeker.variable ?? '') || seeker.option?.test(text) ? undefined : seeker.file
  const request = readRequest(words)
  if (request?.kind !== 'script' || request.folder !== undefined || request.member !== undefined) return undefined
  // bun runs a file as well, and yarn stops without a package.json whatever it is to run.
  return request.manager !== 'bun' || isScriptAlone('bun', request.name) ? 'package.json' : undefined
}
