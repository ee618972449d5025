import {defineCheck, type Facts} from '../../src/check.ts'

type StageCommand = Facts['image']['stages'][number]['commands'][number]

export default defineCheck({
  id: 'python/poetry-2',
  title: 'Poetry knows the commands and options it is given',
  why: 'Poetry 2 took options and a command away that Poetry 1 had: without a pinned version a build that worked ends there.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  *run({image}) {
    let used = false
    for (const {commands, env, base, stage} of image.stages) {
      // The installer is told a version in the words behind the pipe.
      const told = stage.instructions.some(({text}) => installer.test(text) && /--version|POETRY_VERSION/.test(text))
      const version = told ? undefined : versionOf(commands, env.get('POETRY_VERSION')?.value)
      const plugin = commands.some(({words}) => words.some((word) => word?.includes('poetry-plugin-export')))
      for (const {words, at, conditional, decisive} of commands) {
        const args = poetryArguments(words)
        if (!args) continue
        used = true
        if (version === undefined || conditional) continue
        // pip takes Poetry 1 for a Python that Poetry 2 does not support.
        const sure =
          decisive && (version === 'pinned' || (base?.python !== undefined && /^3\.(9|1\d)/.test(base.python)))
        if (args.includes('--no-dev') && /^(install|update)$/.test(args.find((word) => !word.startsWith('-')) ?? '')) {
          yield {
            message: `Poetry 2 has no option --no-dev: the build ends here${version === 'newest' ? ', since nothing pins Poetry to 1' : ''}`,
            at,
            hint: 'Write --only main (or --without dev), which Poetry 1.2 and later know too.',
            ...(!sure && {severity: 'warning' as const}),
          }
        }
        if (args[0] === 'export' && !plugin) {
          yield {
            message:
              'Poetry 2 has no command export of its own: it comes with poetry-plugin-export, which no step installs',
            at,
            hint: 'Install it beside Poetry: pip install poetry poetry-plugin-export',
            // pyproject.toml may ask for the plugin, which Poetry 2 then installs itself.
            severity: 'warning',
          }
        }
      }
    }
    if (!used) return 'no RUN runs Poetry'
  },
})

const installer = /install\.python-poetry\.org/

/** What stands behind `poetry`, or `python -m poetry`. */
function poetryArguments(words: readonly (string | undefined)[]): string[] | undefined {
  const [first = '', ...rest] = words.map((word) => word ?? '?')
  if (/(^|\/)poetry$/.test(first)) return rest
  return /^python3?(\.\d+)?$/.test(first) && rest[0] === '-m' && rest[1] === 'poetry' ? rest.slice(2) : undefined
}

/**
 * Whether Poetry is 2: `pinned`, or the `newest`, where an install names no version. undefined where it is another one, or
 * cannot be told.
 */
function versionOf(commands: readonly StageCommand[], variable: string | undefined): 'pinned' | 'newest' | undefined {
  for (const {words} of commands) {
    const known = words.map((word) => word ?? '?')
    const installs =
      known.includes('install') && known.some((word) => /^(\S*\/)?(pip[\d.]*|pipx|uv|python[\d.]*)$/.test(word))
    const poetry = known.find((word) => /^["']?poetry(\[[^\]]*\])?([=<>~!].*)?["']?$/.test(word))
    if (installs && poetry && !/poetry$/.test(known[0] as string)) {
      const specifier = poetry.replace(/^["']?poetry(\[[^\]]*\])?/, '')
      if (/^(==|~=|>=)2\./.test(specifier)) return 'pinned'
      return specifier === '' ? 'newest' : undefined
    }
    // The installer takes POETRY_VERSION, else the newest.
    if (known.some((word) => installer.test(word))) {
      return variable === undefined ? 'newest' : /^2\./.test(variable) ? 'pinned' : undefined
    }
  }
  return undefined
}
