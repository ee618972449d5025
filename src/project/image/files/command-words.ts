/** The files that the words of a command name: what is started, and the settings that it is told of. */

/** The file that a command starts: a program with a folder in its name, or what an interpreter reads. */
export function scriptOf(words: readonly string[]): string | undefined {
  const [program = '', ...rest] = words
  if (/^(\/usr|\/bin|\/sbin)\//.test(program)) return scriptOf([program.split('/').at(-1) as string, ...rest])
  if (/^(\.{0,2}\/)/.test(program) && /\.(sh|bash|py|js|mjs|cjs|ts|rb|php)$/.test(program)) return program
  // Of frameworks that call theirs without an ending.
  if (/^(?:\.?\/)?bin\/(?:rails|rake)$/.test(program)) return program
  if (/^(?:poetry|uv|pdm|pipenv)$/.test(program) && rest[0] === 'run') return scriptOf(rest.slice(1))
  if (program === 'npx' && /^(?:tsx|ts-node)$/.test(rest[0] ?? '')) return scriptOf(rest)
  // `bun run build` is a script of package.json, which has no ending.
  if (program === 'bun' && rest[0] === 'run') return scriptOf([program, ...rest.slice(1)])
  if (program === 'deno') return denoScript(rest)
  // What node loads before the file: `node -r ts-node/register seed.ts`.
  if (program === 'node' && /^(?:-r|--(?:require|import|loader|experimental-loader))$/.test(rest[0] ?? ''))
    return scriptOf([program, ...rest.slice(2)])
  if (!/^(ba|da|a)?sh$|^python[\d.]*$|^node$|^bun$|^ruby$|^php$|^tsx$|^ts-node$/.test(program)) return undefined
  // A flag that takes a value, or a text to run in the place of a file.
  if (rest.some((word) => /^-(-?(require|import|loader|eval|print|module|env-file|cwd)|[a-z]*[cemrp])/.test(word)))
    return undefined
  const file = rest.find((word) => !word.startsWith('-'))
  return file &&
    /^(?:[\w./-]+\.(?:sh|bash|py|js|mjs|cjs|ts|rb|php)|(?:[\w./-]*\/)?(?:artisan|bin\/console))$/.test(file)
    ? file
    : undefined
}

/** The files of the project that node is told to load before its program: `--import ./instrument.mjs`. */
export function preloads(words: readonly string[]): string[] {
  const end = words.findIndex((word, index) => /^[^-].*\.[cm]?[jt]s$/.test(word) && !loads.test(words[index - 1] ?? ''))
  const own = end < 0 ? words : words.slice(0, end)
  return own.flatMap((word, index) => {
    const [, option, value = own[index + 1]] =
      /^(-r|--(?:require|import|loader|experimental-loader))(?:=(.+))?$/.exec(word) ?? []
    return option && value && /^\.{0,2}\/[\w./-]+\.[cm]?js$/.test(value) && !value.includes('node_modules/')
      ? value
      : []
  })
}

const loads = /^(?:-r|--(?:require|import|loader|experimental-loader))$/

/** Options of deno that are followed by their value (deno run --help). */
const denoValued =
  /^(?:-c|-L|-e|--(?:config|import-map|env-file|location|cert|lock|log-level|seed|ext|port|host|preload|import|watch|coverage))$/

function denoScript([verb, ...rest]: readonly string[]): string | undefined {
  if (!/^(?:run|serve)$/.test(verb ?? '') || rest.some((word) => denoValued.test(word))) return undefined
  const file = rest.find((word) => !word.startsWith('-'))
  return file && /^[\w./-]+\.(?:[cm]?[jt]sx?)$/.test(file) ? file : undefined
}

/** Programs by the options that name a file which they cannot do without. */
const configs: ReadonlyMap<string, RegExp> = new Map([
  // `python:module` is no file; gunicorn's own default may be missing.
  ['gunicorn', /\s(?:-c|--config)[ =](?:file:)?([\w./-]+\.py)(?=\s|$)/],
  ['hypercorn', /\s(?:-c|--config)[ =]([\w./-]+\.toml)(?=\s|$)/],
  ['uvicorn', /\s(?:--env-file|--log-config)[ =]([\w./-]+)(?=\s|$)/],
  ['alembic', /\s(?:-c|--config)[ =]([\w./-]+\.ini)(?=\s|$)/],
  ['supervisord', /\s(?:-c|--configuration)[ =]([\w./-]+)(?=\s|$)/],
  ['php-fpm', /\s(?:-y|--fpm-config)[ =]([\w./-]+)(?=\s|$)/],
  ['frankenphp', /\s(?:-c|-config|--config)[ =]([\w./-]+)(?=\s|$)/],
  ['nginx', /\s-c\s+([\w./-]+)(?=\s|$)/],
  ['caddy', /\s(?:-config|--config)[ =]([\w./-]+)(?=\s|$)/],
  ['litestream', /\s-config[ =]([\w./-]+)(?=\s|$)/],
  ['puma', /\s(?:-C|--config)[ =]([\w./-]+)(?=\s|$)/],
  ['node', /\s--env-file=([\w./-]+)(?=\s|$)/],
  ['typeorm', /\s(?:-d|--dataSource)[ =]([\w./-]+\.[cm]?[jt]s)(?=\s|$)/],
  ['knex', /\s--knexfile[ =]([\w./-]+\.[cm]?[jt]s)(?=\s|$)/],
  ['drizzle-kit', /\s--config[ =]([\w./-]+\.(?:[cm]?[jt]s|json))(?=\s|$)/],
])

/** What the options of programs that are not known mean by their names: `vault server -config=/vault/config/vault.hcl`. */
const ofAnyProgram =
  /\s--?(?:config|conf|cfg)(?:[-_]?(?:file|path))?[ =](\/[\w./-]+\.(?:conf|cfg|hcl|toml|ya?ml|json|ini|xml))(?=\s|$)/

/** The configuration that a command names, or in the case of alembic looks for where it runs. */
export function configOf([first = '', ...rest]: readonly string[], env: ReadonlySet<string>): string | undefined {
  if (/^(poetry|uv|pdm|pipenv)$/.test(first) && rest[0] === 'run') return configOf(rest.slice(1), env)
  if (first === 'bundle' && rest[0] === 'exec') return configOf(rest.slice(1), env)
  if (first === 'npx' && /^[\w-]+$/.test(rest[0] ?? '')) return configOf(rest, env)
  if (/^(?:pnpm|yarn)$/.test(first) && rest[0] === 'exec') return configOf(rest.slice(1), env)
  // `node ./node_modules/typeorm/cli.js`, `typeorm-ts-node-commonjs`
  if (first === 'node' && /(?:^|\/)node_modules\/typeorm\/cli[\w-]*(?:\.js)?$/.test(rest[0] ?? ''))
    return configOf(['typeorm', ...rest.slice(1)], env)
  const program = (first.split('/').at(-1) ?? '')
    .replace(/^php-fpm[\d.]+$/, 'php-fpm')
    .replace(/^typeorm-ts-node-\w+$/, 'typeorm')
  const named = configs.get(program)?.exec(` ${rest.join(' ')}`)?.[1]
  const other = configs.has(program) ? undefined : ofAnyProgram.exec(` ${rest.join(' ')}`)?.[1]
  const isDefault =
    program === 'alembic' && rest.includes('upgrade') && !rest.some((word) => /^(-c|--config|-n|--name)/.test(word))
  return named ?? other ?? (isDefault && !env.has('ALEMBIC_CONFIG') ? 'alembic.ini' : undefined)
}
