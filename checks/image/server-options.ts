import {behindLaunchers, defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/server-options',
  title: 'servers get options that they know',
  why: 'Each server has options of its own: what another one calls --bind or --port ends it before it listens.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['startedCommands'],
  uses: ['flyConfig', 'buildsElse'],
  *run({startedCommands, flyConfig, buildsElse}) {
    const told = new Set<string>()
    const groups = flyConfig?.groups ?? []
    // The image's own command is not run where each group has another one.
    const isReplaced = groups.length > 0 && groups.every((each) => flyConfig?.config.processes?.[each])
    for (const {by, command, certain} of startedCommands.started) {
      const {words, supervised, conditional, at} = command
      if (conditional || !(certain || supervised) || (isReplaced && by === 'CMD')) continue
      const found = refusedBy(words)
      const key = `${at.file}:${at.line}:${found?.option}`
      if (!found || told.has(key)) continue
      told.add(key)
      const {program, option, says, instead} = found
      yield {
        message: `${by} gives ${program} ${option}, and ${program} has no such option: it ends with "${says}"`,
        at,
        hint: instead,
        ...((!certain || buildsElse) && {severity: 'warning'}),
        ...(by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})

interface Options {
  /** `flask run`: the words that it begins with. */
  program: RegExp
  /** Options that no version has had, and by which others call something (the sources of each). */
  unknown: readonly string[]
  says: (option: string) => string
  instead: (option: string) => string
}

const click = (option: string): string => `No such option: ${option}`
const argparse = (option: string): string => `unrecognized arguments: ${option}`
const address = (text: string) => (option: string) =>
  /bind|host|port|^-b$/.test(option)
    ? `It is told where to listen by ${text}.`
    : 'Take it out, or call it as its --help does.'

/** gunicorn 26.0, uvicorn 0.50 and flask 3.1 were tried with each; of the others their parsers name all that there are. */
const servers: readonly Options[] = [
  {
    program: /^gunicorn /,
    unknown: ['--host', '--port', '--proxy-headers', '--app-dir', '--factory', '--loop'],
    says: argparse,
    instead: address('--bind 0.0.0.0:8080'),
  },
  {
    program: /^uvicorn /,
    unknown: [
      ...['--bind', '-b', '-w', '-k', '-p', '--worker-class', '--threads', '--timeout', '--preload', '--keep-alive'],
      ...['--access-logfile', '--error-logfile', '--chdir', '--max-requests', '--max-requests-jitter'],
    ],
    says: click,
    instead: (option) =>
      /^-w$/.test(option)
        ? 'Write --workers.'
        : address('--host 0.0.0.0 --port 8080')(option === '-p' ? '--port' : option),
  },
  {
    program: /^hypercorn /,
    unknown: ['--host', '--port', '--proxy-headers', '--app-dir', '--factory'],
    says: argparse,
    instead: address('--bind 0.0.0.0:8080'),
  },
  {
    program: /^flask (?:-\S+ \S+ )*run /,
    unknown: ['--bind', '-b', '--workers', '-w'],
    says: click,
    instead: address('--host 0.0.0.0 --port 8080'),
  },
  {
    program: /^fastapi run /,
    unknown: ['--bind', '-b', '-w', '-k', '--worker-class'],
    says: click,
    instead: address('--host 0.0.0.0 --port 8080'),
  },
]

interface Refused {
  program: string
  option: string
  says: string
  instead: string
}

function refusedBy(words: readonly (string | undefined)[]): Refused | undefined {
  // A word that is not known may be the value of an option, or any number of them.
  const plain = behindLaunchers(words).replace(/^\S{1,200}\/(?=\w)/, '')
  const [name = '', ...rest] = plain.split(' ')
  if (/^(?:remix-serve|react-router-serve)$/.test(name)) {
    // cli.ts of both takes process.argv[2] for the build.
    const [first = ''] = rest
    if (!/^--?[a-z]/.test(first)) return undefined
    return {
      program: name,
      option: first,
      says: `Cannot find module '…/${first}'`,
      instead: `It takes the build as its first word, and HOST and PORT from the environment: ${name} ./build/server/index.js`,
    }
  }
  for (const {program, unknown, says, instead} of servers) {
    const [begins] = program.exec(plain) ?? []
    if (begins === undefined || / (?:--help|-h|--version)(?: |$)/.test(plain)) continue
    const option = plain
      .slice(begins.length)
      .split(' ')
      .map((word) => word.replace(/=.*$/s, ''))
      .find((word) => unknown.includes(word))
    if (option !== undefined) return {program: begins.trim(), option, says: says(option), instead: instead(option)}
  }
  return undefined
}
